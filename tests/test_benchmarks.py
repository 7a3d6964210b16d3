"""The benchmarks' own arithmetic; `make bench` does the measuring."""

import pytest

from benchmarks.__main__ import BENCHMARKS, main
from benchmarks.journal import journal_beside_sqlite
from benchmarks.table import Line, table
from benchmarks.terminal import Size, seconds_to_first_frame


def line(measured, *, demanded, at_most=False, yardsticks=(100.0,)):
    return Line.of("export", "orders/s", measured, yardsticks, beside="bare loop", demanded=demanded, at_most=at_most)


def test_a_line_compares_medians():
    one = line([10.0, 80.0, 90.0], demanded=0.7)
    assert (one.measured, one.ratio, one.spread) == (80.0, 0.8, (10.0, 90.0))


def test_runs_that_a_busy_machine_slowed_are_compared_with_the_yardstick_of_their_moment():
    one = line([80.0, 40.0, 20.0], yardsticks=[100.0, 50.0, 25.0], demanded=0.7)
    assert one.ratio == 0.8


@pytest.mark.parametrize(
    ("measured", "demanded", "at_most", "met"),
    [(70.0, 0.7, False, True), (69.0, 0.7, False, False), (150.0, 1.5, True, True), (151.0, 1.5, True, False)],
)
def test_a_ratio_is_met_or_missed_by_its_own_direction(measured, demanded, at_most, met):
    one = line([measured], demanded=demanded, at_most=at_most)
    assert one.met is met
    assert one.as_json()["met"] is met
    assert table([one]).splitlines()[1].split()[-1] == ("met" if met else "MISSED")


def test_the_journal_is_measured_beside_the_statements_that_it_executes():
    assert all(line.ratio > 0 for line in journal_beside_sqlite(orders=5, rounds=2))


def test_a_frame_is_painted_when_the_screen_is_full_and_has_its_words():
    script = 'printf "\\033[?1049h%2000s\\033[1;1Hwork"; sleep 5'
    assert seconds_to_first_frame(["/bin/sh", "-c", script], Size(80, 24), {}, [b"work"]) < 5


def test_help_names_every_benchmark(capsys):
    with pytest.raises(SystemExit, match="0"):
        main(["--help"])
    told = capsys.readouterr().out
    assert all(name in told for name in BENCHMARKS)

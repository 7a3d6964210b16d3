"""How a probe runs: one call at a time, in the journal first; killed and resumed; alone on its journal."""

import json
import os
import pty
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest

from specter_tui.cli.commands import probe
from specter_tui.engine.events import StopChanged
from specter_tui.engine.probe.run import ProbeRun
from specter_tui.engine.probe.runner import ProbeWish, run_probe
from specter_tui.engine.service import ShopService
from specter_tui.journal.database import Clock
from specter_tui.journal.errors import OrderUnderWay, SendingStopped
from specter_tui.journal.journal import Journal
from specter_tui.journal.location import journal_place
from specter_tui.journal.opening import open_journal
from specter_tui.journal.safety.lease_clock import LeaseClock
from tests.faults.programs import Program
from tests.journal.orders import BO, LEASE, TurnedClock, claimed, intent
from tests.probe.probing import Probed, settings_for, values_for
from tests.probe.untrue_shop import UntrueShop, Wrong, serving
from tests.support.driven_engine import Driven
from tests.support.json_output import check_printed
from tests.support.waiting import wait_for

SHOP = 22033
STEPS = [f"A{number}" for number in range(1, 11)]


def without_pause() -> None:
    probe.PAUSE = 0.0


@pytest.fixture
def shop() -> UntrueShop:
    return UntrueShop(Wrong())


@pytest.fixture
def address(shop: UntrueShop) -> Iterator[str]:
    with serving(shop) as served:
        yield served


def environment(address: str, folder: Path) -> dict[str, str]:
    """Return the environment of a program with the settings of `settings_for`."""
    own = {f"SPECTER_TUI_{name}": value for name, value in values_for(address, folder).items()}
    return {**{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}, **own}


@contextmanager
def program(address: str, folder: Path, *words: str) -> Iterator[Program]:
    """Start `probe --json` as a person does, but without its pauses."""
    started = Program(folder, ("probe", "--json", *words), environment(address, folder), without_pause, folder)
    try:
        yield started
    finally:
        started.close()


def journal(folder: Path, clock: Clock | None = None) -> Journal:
    """Open the journal of the probe as another program would; with a clock of another process as that one."""
    place = journal_place(f"sqlite:///{folder / 'journal' / 'journal.db'}", SHOP, str(folder))
    return open_journal(place, SHOP, BO, clock=clock)


def run(address: str, folder: Path, *again: str, pause: float = 0) -> Probed:
    settings = settings_for(address, folder)
    with Driven(settings) as driven:
        end = driven.do(run_probe, ProbeWish(again=frozenset(again), pause=pause))
    return Probed(end, settings, UntrueShop(Wrong(), 0))


def methods(shop: UntrueShop, since: int = 0) -> list[str]:
    return [f"{method} {json.dumps(params)}" for method, params in shop.calls[since:]]


def test_killed_in_a_step_it_goes_on_with_the_next_and_sends_nothing_twice(shop, address, tmp_path):
    shop.block_at = 20  # In A4.
    with program(address, tmp_path) as probing:
        assert shop.blocked.wait(60)
        with journal(tmp_path) as other:
            assert [step.step for step in other.probe_steps.all(settings_for(address, tmp_path).accounts)] == STEPS[:4]
            with pytest.raises(SendingStopped, match="probe"):
                other.claims.claim(intent(), LEASE, is_new=True)
        probing.kill()
    shop.released.set()
    with journal(tmp_path) as other:
        assert other.stops.current() is None, "its stop ended with it"
        other.stops.refuse_if_stopped()
    before = len(shop.calls)
    resumed = run(address, tmp_path)
    assert resumed.results == {**dict.fromkeys(STEPS, "done"), "A4": "broken_off"}
    sent = {line for line in methods(shop)[:before] if "Schema" in line or "DeliveryMethod.list" in line}
    assert sent
    assert sent.isdisjoint(methods(shop, before)), "no step is sent again"
    assert any("--again A4" in line for line in resumed.lists["open"])
    assert sum(report.count for report in resumed.end.reports) == len(shop.requests)

    done = len(shop.requests)
    assert set(run(address, tmp_path).results.values()) == {"done", "broken_off"}
    assert len(shop.requests) == done, "there is nothing left to send"
    again = run(address, tmp_path, "A4")
    assert again.results["A4"] == "done"
    assert len(shop.requests) - done == next(one.count for one in again.end.reports if one.step.name == "A4")
    assert not shop.forbidden


def test_a_signal_ends_it_in_a_call_and_leaves_nothing_behind(shop, address, tmp_path):
    shop.block_at = 5  # In A2.
    with program(address, tmp_path) as probing:
        assert shop.blocked.wait(60)
        probing.signal(signal.SIGINT)
        assert probing.end() == 130, "the call that reads is given up"
        shop.released.set()
        assert [json.loads(line)["step"] for line in probing.out.splitlines()] == ["A1"]
    with journal(tmp_path) as other:
        assert other.stops.current() is None
        kept = other.probe_steps.all(settings_for(address, tmp_path).accounts)
        assert [(step.step, step.result) for step in kept] == [("A1", "done"), ("A2", "broken_off")]
        assert kept[1].ended_at is not None
    assert len(shop.requests) <= 5
    assert not list(tmp_path.glob("probe-*"))


def test_the_program_prints_a_line_a_step_and_writes_the_protocol(shop, address, tmp_path):
    with program(address, tmp_path) as probing:
        assert probing.end() == 1
        check_printed(("probe", "--json"), probing.out)
        lines = [json.loads(line) for line in probing.out.splitlines()]
    assert [line["step"] for line in lines] == [*STEPS, "end"]
    keys = ["step", "does", "calls", "result", "facts", "settings", "for_developers", "text"]
    assert all(list(line) == keys for line in lines[:-1])
    assert {line["does"] for line in lines[:-1]} == {"reads"}
    assert list(lines[-1])[:4] == ["step", "set_now", "for_developers", "open"]
    assert sorted(Path(file).suffix for file in lines[-1]["files"]) == [".json", ".md", ".md"]
    assert all(Path(file).stat().st_mode & 0o777 == 0o600 for file in lines[-1]["files"])
    with program(address, tmp_path, "--again", "D1") as probing:
        assert probing.end() == 2
        assert "--again D1" in probing.err
    assert shop.unchanged


def test_calls_are_a_pause_apart(shop, address, tmp_path):
    shop.wrong = Wrong(unwelcome=(4, 403))
    run(address, tmp_path, pause=0.2)
    gaps = [begun - ended for (_, ended), (begun, _) in zip(shop.requests, shop.requests[1:], strict=False)]
    assert len(gaps) == 3
    assert min(gaps) >= 0.19


def test_it_does_not_begin_while_an_order_is_being_sent(shop, address, tmp_path):
    with journal(tmp_path) as other:
        claim = claimed(other)
        with pytest.raises(OrderUnderWay, match="1001"):
            run(address, tmp_path)
        other.results.unknown(claim, "")
        assert not shop.requests
        assert other.stops.current() is None


def test_under_a_persons_stop_it_reads_and_leaves_the_stop(shop, address, tmp_path):
    with journal(tmp_path) as other:
        other.stops.begin("wrong prices")
        assert set(run(address, tmp_path).results.values()) == {"done"}
        assert other.stops.current().reason == "wrong prices"


def test_a_second_probe_waits_for_its_turn(shop, address, tmp_path):
    shop.block_at = 3
    with program(address, tmp_path) as probing:
        assert shop.blocked.wait(60)
        second = run(address, tmp_path)
        assert not second.end.reports
        assert any("runs a probe" in line for line in second.lists["open"])
        shop.released.set()
        assert probing.end() == 1
    assert shop.most_at_once == 1


def test_it_ends_when_a_person_lets_sending_go_on(shop, address, tmp_path, monkeypatch):
    monkeypatch.setattr("specter_tui.engine.probe.run.LEASE", LEASE / 60)
    runs: list[ProbeRun] = []
    hold = ProbeRun.hold

    async def noted(run: ProbeRun) -> None:
        await hold(run)
        runs.append(run)

    monkeypatch.setattr(ProbeRun, "hold", noted)
    shop.block_at = 3
    with Driven(settings_for(address, tmp_path)) as driven:
        ending = driven.engine.ask(run_probe, ProbeWish(pause=0))
        assert shop.blocked.wait(60)
        with journal(tmp_path) as other:
            assert other.stops.end("we must send now")
        wait_for(lambda: not runs[0].holds)
        shop.released.set()
        end = ending.result(60)
    assert end.why == "stop_lost"
    assert len(shop.requests) == 3


def test_no_more_calls_are_sent_than_agreed(shop, address, tmp_path, monkeypatch):
    monkeypatch.setattr("specter_tui.engine.probe.run.MOST_CALLS", 30)
    ended = run(address, tmp_path)
    assert len(shop.requests) == 30
    assert ended.end.why == "too_many_calls"


def test_a_side_out_of_reach_ends_it_and_is_tried_again_on_a_persons_word(tmp_path):
    shop = UntrueShop(Wrong())
    with serving(shop) as address:
        gone = address
    ended = run(gone, tmp_path)
    assert (ended.results, ended.end.out_of_reach) == ({"A1": "broken_off"}, True)


def test_auto_mode_waits_for_the_end_of_a_probe_and_is_ended_by_a_person(address, tmp_path):
    clock = TurnedClock(started="")
    clock.turn(timedelta(milliseconds=LeaseClock().now()))
    with journal(tmp_path, clock) as other, Driven(settings_for(address, tmp_path)) as console:
        console.do(ShopService.set_auto, on=True)
        other.stops.begin_own("probe", LEASE)
        assert console.wait_for(StopChanged).stop.by_program
        assert console.do(is_auto)
        other.stops.end_own("probe")
        console.wait_for(StopChanged, lambda message: message.stop is None)
        other.stops.begin("wrong prices")
        console.wait_for(StopChanged, lambda message: message.stop and message.stop.reason == "wrong prices")
        assert not console.do(is_auto)


async def is_auto(service: ShopService) -> bool:
    return service.auto_export.auto


def test_an_operator_answers_in_a_terminal_and_leaves_at_a_question(shop, address, tmp_path):
    master, slave = pty.openpty()
    command = "import specter_tui.cli.commands.probe as p; p.PAUSE = 0; from specter_tui.__main__ import main; main()"
    with subprocess.Popen(
        [sys.executable, "-c", command, "probe"],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        cwd=tmp_path,
        env={**environment(address, tmp_path), "PYTHONPATH": str(Path(__file__).parents[2])},
    ) as started:
        os.close(slave)
        shown = b""
        for question in (b"Is this your shop: Almas te (22033)", b"is the gift card"):
            while question not in shown or not shown.endswith(b"> "):
                shown += os.read(master, 4096)
            if b"gift card" in question:
                started.send_signal(signal.SIGINT)
            else:
                os.write(master, b"y\n")
        while started.poll() is None:
            if not select.select([master], [], [], 1)[
                0
            ]:  # It came before the question was read: an operator repeats it.
                started.send_signal(signal.SIGINT)
                continue
            with suppress(OSError):
                shown += os.read(master, 4096)
        os.close(master)
    assert started.returncode == 130, shown
    assert b"[1/10] A1  reads: The shop" in shown
    assert len(shop.requests) == 7
    with journal(tmp_path) as other:
        assert other.stops.current() is None

"""A small load run; `make load` is the long one."""

from dataclasses import replace

import pytest

from tests.load.load import Plan, Result, run, table

SMALL = Plan(shops=5, orders=8, workers=2, pace=8.0, interval=0.4)


@pytest.mark.parametrize("journal", ["file", "server"])
def test_two_workers_of_which_one_is_killed_copy_and_lose_nothing(tmp_path, request, journal):
    server = request.getfixturevalue("server_url") if journal == "server" else None
    result = run(SMALL, tmp_path, server)
    assert result.good, table({journal: result})
    killed, left = result.served
    assert killed > 0, "it was killed before it had exported anything"
    assert left > SMALL.shops * SMALL.orders / 2, "the other took over its shops"


@pytest.mark.parametrize(
    "spoiled", [{"copies": 1}, {"losses": 1}, {"done": 39}, {"trouble": ["a worker ended with 1"]}], ids=str
)
def test_the_run_tells_what_is_wrong(spoiled):
    whole = Result(replace(SMALL), done=40)
    assert whole.good
    assert not Result(SMALL, **{"done": 40, **spoiled}).good

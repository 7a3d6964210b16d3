"""The bytes sent to a slow terminal, measured: the real program in a real terminal, on the sandbox, as over SSH."""

import os
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from tests.faults.terminal import Size, Terminal, open_terminal
from tests.faults.world import World, sandbox
from tests.support.environment import in_environment

SMALL, MIDDLE = (80, 24), (120, 40)
DOWN, PAGE_DOWN, END, HOME, ESCAPE, CTRL_L = "\x1b[B", "\x1b[6~", "\x1b[F", "\x1b[H", "\x1b", "\x0c"
REFRESH, PAGE, STEP, COLOURED_STEP = 4000, 8000, 1500, 4000
ANSWERED = 3.0
"""Seconds in which a key is answered on a machine with much else to do, so that the next key does not pay for it."""


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with sandbox("--orders", "150") as one:
        yield one


@pytest.fixture(scope="module", params=[SMALL, MIDDLE], ids=["80x24", "120x40"])
def term(request: pytest.FixtureRequest, world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    """Run one console for all measurements, with lean output by default; it polls all the time."""
    with opened(world, tmp_path_factory.mktemp("home"), request.param) as one:
        one.wait_for_screen("updates every")
        rest(one, 1.2)
        yield one


def opened(world: World, home: Path, size: Size, **more: str):
    environment = {
        **{name: value for name, value in os.environ.items() if "__" not in name and name != "NO_COLOR"},
        **world.settings,
        "TERM": "xterm-256color",
        "SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22",
        "JOURNAL__URL": f"sqlite:///{home}/data/journal.db",
        "XDG_STATE_HOME": str(home),
        "UI__LANGUAGE": "en",
        "WATCH__INTERVAL": "0.5",
        **more,
    }
    return open_terminal(in_environment(environment), size)


def rest(term: Terminal, seconds: float = 0.4) -> None:
    """Wait until nothing has been sent for that long."""
    term.wait_quietly(seconds)


def cost(term: Terminal, keys: str) -> int:
    """Return the bytes that keys cost, until the screen is at rest."""
    before = term.sent
    term.type(keys)
    answered = time.monotonic() + ANSWERED
    while term.sent == before and time.monotonic() < answered:
        term.read()
    rest(term)
    return term.sent - before


def test_an_idle_screen_sends_nothing_though_it_looks_at_the_shop(term: Terminal) -> None:
    before = term.sent
    deadline = time.monotonic() + 2.0
    while time.monotonic() < deadline:
        term.read(0.1)
    assert term.sent == before


def test_a_step_of_the_cursor(term: Terminal) -> None:
    for _ in range(2):
        assert 0 < cost(term, DOWN) <= STEP
    assert "3 of " in term.screen[1]


def test_a_page_and_an_edge(term: Terminal) -> None:
    for keys in (PAGE_DOWN, END, HOME):
        assert 0 < cost(term, keys) <= PAGE


def test_screens_questions_and_back(term: Terminal) -> None:
    for keys in ("2", "1", "?", ESCAPE, "\r", ESCAPE, "E", ESCAPE):
        assert cost(term, keys) <= PAGE


def test_a_cursor_that_waits_for_letters_does_not_blink(term: Terminal) -> None:
    for opening in ("/", "g", "\x10"):
        assert cost(term, opening) > 0
        before = term.sent
        rest(term, 0.9)
        assert term.sent == before
        cost(term, ESCAPE)


def test_what_is_spared_is_shown_all_the_same(term: Terminal) -> None:
    """In the end a blank terminal shows the same after a full redraw."""
    for keys in (PAGE_DOWN, " ", "2", "1", ESCAPE):
        cost(term, keys)
    spared = term.inked
    term.blank()
    assert cost(term, CTRL_L) > 2000
    assert term.inked == spared


def test_news_come_at_most_once_a_second_and_cost_little(term: Terminal, world: World) -> None:
    """Orders are placed continuously, and each is reported at once."""
    cost(term, HOME)
    rest(term, 1.0)  # for a second after a key its answer is shown at once.
    term.writes.clear()
    deadline = time.monotonic() + 4.0
    while time.monotonic() < deadline:
        world.place(3)
        term.read(0.1)
    rest(term, 1.5)
    bursts: list[list[float]] = []
    for at, size in term.writes:
        if bursts and at - bursts[-1][0] < 0.5:
            bursts[-1][1] += size
        else:
            bursts.append([at, size])
    assert len(bursts) >= 3
    assert max(size for _, size in bursts) <= REFRESH
    gaps = [later[0] - earlier[0] for earlier, later in pairwise(bursts)]
    assert min(gaps) > 0.8, gaps


def test_the_window_takes_any_size_while_it_runs(term: Terminal) -> None:
    old = term.size
    for size, shown in (
        ((250, 70), "Article numbers"),
        ((70, 20), "The window is 70x20"),
        ((40, 10), "This window is 40x10"),
        (old, "1 Orders"),
    ):
        term.resize(size)
        term.wait_for_screen(shown)
        rest(term, 1.5)
        if not shown.startswith("This"):  # in a window that small no key is heard.
            drawn = term.inked[:-4]  # what is said at the foot goes with any key.
            term.blank()
            cost(term, CTRL_L)
            assert term.inked[:-4] == drawn


@pytest.mark.parametrize("size", [SMALL, MIDDLE], ids=["80x24", "120x40"])
def test_a_step_of_the_cursor_in_full_colours_where_nothing_need_be_spared(
    world: World, tmp_path: Path, size: Size
) -> None:
    """Textual alone sends 43 kB at 120x40."""
    with opened(world, tmp_path, size, UI__LEAN="off", UI__THEME="dark", COLORTERM="truecolor") as term:
        term.wait_for_screen("1 of ")
        rest(term, 1.5)
        for _ in range(2):
            assert 0 < cost(term, DOWN) <= COLOURED_STEP
        term.type("q")
        assert term.end() == 0

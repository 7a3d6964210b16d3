"""Copies to the user's own machine, and notifications of an absent user."""

import re
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

import pytest
from textual.events import AppBlur, AppFocus

from specter_tui.console.terminal.clipboard import TooLong, sequences
from specter_tui.engine import events as m
from specter_tui.i18n import ngettext, t
from tests.console.conftest import Console, Run
from tests.console.scripted import view

TMUX = {"TMUX": "/tmp/tmux-0/default,1,0", "TERM": "tmux-256color"}


@contextmanager
def sent(console: Console, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Return what is sent to the terminal outside the screen's updates."""
    written: list[str] = []
    driver = console.app._driver
    assert driver is not None
    with monkeypatch.context() as patch:
        patch.setattr(driver, "write", written.append)
        yield written


def test_a_plain_terminal_gets_the_sequence_once() -> None:
    sequence = sequences("Åsa", {"TERM": "xterm-256color"})
    found = re.fullmatch(r"\x1b\]52;c;([A-Za-z0-9+/=]+)\x07", sequence)
    assert found is not None
    assert b64decode(found[1]).decode() == "Åsa"


@pytest.mark.parametrize("environment", [TMUX, {"TERM": "tmux-256color"}, {"TMUX": "x", "TERM": "screen"}])
def test_tmux_gets_it_plain_and_wrapped_with_each_escape_doubled(environment: dict[str, str]) -> None:
    plain = sequences("90004", {"TERM": "xterm"})
    wrapped = "\x1bPtmux;" + plain.replace("\x1b", "\x1b\x1b") + "\x1b\\"
    assert sequences("90004", environment) == plain + wrapped


@pytest.mark.parametrize("environment", [{"STY": "1.pts", "TERM": "screen"}, {"TERM": "screen-256color"}])
def test_screen_gets_it_in_parts_that_it_passes_on(environment: dict[str, str]) -> None:
    text = "order " * 60
    plain = sequences(text, {"TERM": "xterm"})
    wrapped = sequences(text, environment).removeprefix(plain)
    parts = re.findall(r"\x1bP([^\x1b]*|\x1b\][^\x1b]*)\x1b\\", wrapped)
    assert "".join(parts) == plain
    assert max(map(len, parts)) <= 76


def test_more_than_a_terminal_takes_is_refused() -> None:
    with pytest.raises(TooLong):
        sequences("x" * 60_000, {"TERM": "xterm"})


async def test_y_sends_it_and_says_what_was_copied(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    async with run(environment=TMUX) as console:
        with sent(console, monkeypatch) as written:
            await console.press("y")
        assert sequences("1001", TMUX) in written
        assert "Copied order number 1001." in console.text()


async def test_y_copies_the_numbers_of_all_that_are_marked(run: Run) -> None:
    async with run() as console:
        await console.press("space", "down", "down", "space", "y")
        assert console.app.clipboard == "1001\n1004\t90004"
        assert "Copied the numbers of 2 orders." in console.text()


async def test_nobody_is_called_who_looks(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    async with run() as console:
        with sent(console, monkeypatch) as written:
            await console.tell(m.Notice("error", "The journal is full."))
        assert not any("\x07" in one for one in written)


async def test_one_who_looks_elsewhere_is_called_once_and_the_title_is_put_back(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with run() as console:
        console.app.post_message(AppBlur())
        await console.settle()
        with sent(console, monkeypatch) as written:
            for text in ("Åsa Öberg: no e-mail.", "again"):
                console.engine.tell(m.Notice("error", text))
                await console.settle()
            titles = [one for one in written if "\x1b]2;" in one]
            assert [one.count("\x1b[22;2t") for one in titles] == [1, 0]
            assert all(one.endswith("\x07") and "Åsa" not in one for one in titles)
            assert ngettext("▲ {count} not done", "▲ {count} not done", 1).format(count=1) in titles[0]
            written.clear()
            console.app.post_message(AppFocus())
            await console.settle()
            assert written.count("\x1b[23;2t") == 1
            written.clear()
            console.engine.tell(m.Notice("error", "while looked at"))
            await console.settle()
            assert not any("\x1b]2;" in one for one in written)


async def test_the_end_of_a_push_calls_and_one_order_does_not(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    async with run() as console:
        orders, app = console.app.model.orders, console.app
        # A terminal that does not report focus.
        monkeypatch.setattr("specter_tui.console.terminal.notifier.monotonic", lambda: monotonic() + 100)
        with sent(console, monkeypatch) as written:
            app.model.batch = app.model.batch.__class__(frozenset({1}))
            console.engine.tell(m.ExportEnded(view(1, state="exported", specter_number="1"), sent=True))
            await console.pilot.pause(1.2)
            assert not any("\x1b]2;" in one for one in written)
            app.model.batch = app.model.batch.__class__(frozenset({1, 5}))
            for uid in (1, 5):
                console.engine.tell(m.ExportEnded(view(uid, state="exported", specter_number=str(uid)), sent=True))
            await console.pilot.pause(1.2)
            assert any(t("✓ done") in one for one in written)
        assert orders.outcomes == {1: True, 5: True}


async def test_it_can_be_switched_off(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    async with run(UI__BELL="false") as console:
        console.app.post_message(AppBlur())
        await console.settle()
        with sent(console, monkeypatch) as written:
            console.engine.tell(m.Notice("error", "away"))
            await console.settle()
        assert not any("\x1b]2;" in one or one.endswith("\x07") for one in written)

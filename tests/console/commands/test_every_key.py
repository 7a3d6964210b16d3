"""Every key, everywhere: it acts or says why not; in a question and while typing it does neither."""

import pytest
from textual.events import Key
from textual.screen import ModalScreen

from specter_tui.console.commands.registry import COMMANDS
from specter_tui.console.screens.bulk_export import BulkExportQuestion
from specter_tui.console.screens.modals import EntryDialog
from specter_tui.engine import events as m
from tests.console.conftest import QUICK_DEAF, Console, Run
from tests.console.scripted import bad_number, delivery, drift_line, event, view

KEYS = [action.keys[0] for action in COMMANDS if action.keys and action.name not in ("leave", "back", "redraw")]
HARMLESS = {
    "check_numbers",
    "delivery_records",
    "drift_history",
    "stock_row_history",
    "stock_rows",
    "preview",
    "begin_visit",
    "read_conflicts",
    "read_methods",
    "sum_up",
    "history",
    "activity",
    "poll",
}
"""Calls of the console that change nothing."""


KEYS_IN_ONE_BREATH = ("space", "space", "e", "y", "y", "E", "y", "enter", "right", "enter", "R", "c", "escape")


async def filled(console: Console) -> None:
    await console.tell(
        m.LogGrew((event(1),)),
        m.NumbersChecked(9, (bad_number(),)),
        m.DriftChanged((drift_line(),)),
        m.DeliveriesChanged((delivery(),)),
    )


def done(console: Console) -> list[str]:
    """Return the calls to the engine that change something."""
    return [command[0] for command in console.engine.commands if command[0] not in HARMLESS]


async def close_all(console: Console) -> None:
    """Return to the lists."""
    while isinstance(console.app.screen, ModalScreen):
        console.app.screen.dismiss(None)
        await console.pilot.pause()
    console.app.filtering.close()
    console.app.close_full()
    await console.pilot.pause()


@pytest.mark.parametrize("front", ["1", "2", "d"])
async def test_every_key_does_something_or_says_why_not(run: Run, front: str) -> None:
    async with run() as console:
        await filled(console)
        app = console.app
        for key in KEYS:
            await close_all(console)
            await console.pilot.press(front)
            app.model.words, app.typed_behind_until = "", 0.0
            app.draw()
            await console.pilot.pause()
            before = (app.screen, app.focused, len(console.engine.commands), console.text())
            await console.pilot.press(key)
            await console.pilot.pause()
            after = (app.screen, app.focused, len(console.engine.commands), console.text())
            assert app.is_running
            assert before != after or key == front, f"{key} does nothing and says nothing"


@pytest.mark.parametrize("asking", ["E", "c", "g", "s", "v", "question_mark"])
async def test_no_key_reaches_through_what_is_open(run: Run, asking: str) -> None:
    """Except the keys that answer it, which have tests of their own."""
    async with run() as console:
        for key in KEYS:
            if key in ("enter", "y"):
                continue
            if not isinstance(console.app.screen, ModalScreen):
                await console.pilot.press(asking)
                await console.pilot.pause(QUICK_DEAF if asking in "Ecg" else 0.0)
            assert isinstance(console.app.screen, ModalScreen)
            await console.pilot.press(key)
            assert done(console) == [], f"{key} in {asking}"
            assert console.app.main.active == "orders"


async def test_while_a_filter_is_typed_every_key_is_text(run: Run) -> None:
    async with run() as console:
        await console.press("slash")
        await console.press(*[key for key in KEYS if len(key) == 1])
        assert done(console) == []
        assert console.app.filtering.on


async def test_keys_in_one_breath_ask_once_and_send_nothing(run: Run) -> None:
    """A question opens, and keys pressed before it was seen do not answer it, however late they are dispatched."""
    async with run(orders=tuple(view(uid) for uid in range(1, 9))) as console:
        pressed = [Key(key, {"space": " "}.get(key, key if len(key) == 1 else None)) for key in KEYS_IN_ONE_BREATH]
        for key in pressed[:3]:
            console.app.post_message(key)
        await console.until(lambda: isinstance(console.app.screen, BulkExportQuestion))
        await console.pilot.pause(2 * QUICK_DEAF)
        for key in pressed[3:]:
            console.app.post_message(key)
        await console.settle()
        await console.settle()
        assert isinstance(console.app.screen, BulkExportQuestion)
        assert console.app.focused is not None
        assert console.app.focused.id == "cancel"
        assert done(console) == []


async def test_a_key_held_down_marks_and_moves_row_by_row(run: Run) -> None:
    async with run(orders=tuple(view(uid) for uid in range(1, 60))) as console:
        for _ in range(30):
            console.app.post_message(Key("space", " "))
        for _ in range(20):
            console.app.post_message(Key("down", None))
        await console.until(lambda: console.app.model.orders.cursor == 51)
        assert len(console.app.model.orders.marks) == 30


async def test_keys_that_are_none_do_nothing(run: Run) -> None:
    async with run() as console:
        before = console.text()
        for key in ("f1", "f12", "ctrl+z", "ctrl+s", "ctrl+a", "ctrl+b", "ctrl+d", "å", "ö", "insert", "B"):
            await console.pilot.press(key)
        await console.settle()
        assert console.app.is_running
        assert done(console) == []
        assert console.text() == before


async def test_a_question_takes_no_key_of_the_list_beneath_it_once_it_hears(run: Run) -> None:
    async with run() as console:
        await console.press("g")
        assert isinstance(console.app.screen, EntryDialog)
        await console.answer(*"e", *"q", *"1")
        assert console.app.main.active == "orders"
        assert done(console) == []
        await console.press("enter")
        await console.settle()
        assert console.engine.asked("find") == [("eq1",)]

"""Keys in quick succession: each is handled before the next, wherever text is typed."""

from pathlib import Path

import pytest
from textual.events import Key, Paste

from specter_tui.console.front_app import BEHIND
from specter_tui.console.screens import bulk_export, modals
from specter_tui.console.screens.palette import Palette
from specter_tui.console.screens.saved_views_screen import SavedViewsScreen
from specter_tui.console.widgets.row_list import RowList
from specter_tui.console.widgets.typed_line import TypedLine
from specter_tui.i18n import t
from tests.console.conftest import Console, Run, view

_NAMES = {"/": "slash", " ": "space", ":": "colon", "*": "asterisk"}


async def burst(console: Console, *keys: str | Paste) -> None:
    """Send keys and texts to the app at once, as a slow connection does; texts are typed letter by letter."""
    for key in keys:
        if isinstance(key, Paste):
            console.app.post_message(key)
        elif key.startswith("<"):
            console.app.post_message(Key(key.strip("<>"), None))
        else:
            for letter in key:
                console.app.post_message(Key(_NAMES.get(letter, letter), letter))
    await console.settle()
    await console.settle()


def line(console: Console) -> str:
    return console.app.screen.query_one(TypedLine).value


async def test_what_edits_a_line_is_done_between_the_letters(run: Run) -> None:
    async with run() as console:
        await burst(console, "/abc", "<ctrl+u>", "3344", "<backspace>", "5", "<home>", "1", "<end>", "<left>", "2")
        assert console.app.query_one("#filter", TypedLine).value == "133425"
        await burst(console, "<ctrl+u>", "state:unk", "<tab>", "<escape>", "/9")
        assert console.app.query_one("#filter", TypedLine).value == "9"
        assert console.app.model.orders.filter_text == "9"


async def test_a_key_behind_a_filter_that_is_kept_acts_on_what_it_lets_through(run: Run) -> None:
    async with run(orders=tuple(view(uid, customer=f"c{uid}") for uid in range(1, 9))) as console:
        await burst(console, "/c7", "<enter>", "e")
        assert isinstance(console.app.focused, RowList)
        assert console.app.model.orders.filter_text == "c7"
        assert console.engine.asked("export") == [([7], {7: "hash-7"})]


async def test_what_is_pasted_stands_between_what_is_typed_before_and_behind_it(run: Run) -> None:
    async with run() as console:
        await console.press("g")
        await console.pilot.pause(0.1)
        await burst(console, "99", "<ctrl+u>", Paste("1005"), "<backspace>", "4", "<enter>")
        assert console.app.model.orders.cursor == 4
        await console.press("g")
        await console.pilot.pause(0.1)
        await burst(console, Paste("1002"), "<enter>")
        assert console.app.model.orders.cursor == 2


async def test_what_is_typed_right_behind_the_key_to_go_to_an_order_is_its_number(run: Run) -> None:
    async with run() as console:
        await burst(console, "g1005", "<enter>")
        assert console.app.model.orders.cursor == 5
        await burst(console, "g", Paste("1002"), "<enter>")
        assert console.app.model.orders.cursor == 2


async def test_what_is_typed_right_behind_the_key_of_a_question_is_in_its_line_and_no_answer(run: Run) -> None:
    async with run() as console:
        await console.press("down", "down")
        await burst(console, "n91254", "<enter>")
        assert line(console) == "91254"
        assert not console.engine.asked("enter_number")
        await console.answer("enter")
        assert console.engine.asked("enter_number")[0][:2] == (3, "91254")


@pytest.mark.parametrize("key", ["R", "c"])
async def test_a_reason_loses_no_letter_and_is_not_confirmed_by_what_was_typed_ahead(run: Run, key: str) -> None:
    async with run() as console:
        await console.press("down", "down")
        await burst(console, f"{key}looked, not there", "<enter>", Paste("!"), "<enter>")
        assert line(console) == "looked, not there!"
        assert not console.engine.asked("repeat")
        assert not console.engine.asked("close_orders")


async def test_a_count_typed_ahead_sends_nothing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk_export, "TYPED_ABOVE", 2)
    async with run(orders=tuple(view(uid) for uid in range(1, 5))) as console:
        await burst(console, "E4", "<enter>", "y", "<enter>")
        await console.pilot.pause(0.1)
        assert not console.engine.asked("export")
        assert line(console) == "4"


async def test_a_name_that_is_proposed_is_confirmed_only_once_it_was_seen(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(modals, "INPUT_GRACE_SECONDS", 30.0)
    async with run() as console:
        await burst(console, "w", "<enter>", "x", "<enter>")
        assert line(console).endswith(".csvx")


async def test_a_line_loses_no_letter_when_the_names_were_hidden_meanwhile(run: Run) -> None:
    async with run() as console:
        await console.press("down", "down", "n")
        console.app.idle_privacy.hide(True)
        await burst(console, "91254")
        assert line(console) == "91254"
        assert not console.app.model.frame.hide_names
        console.app.idle_privacy.hide(True)
        await console.answer("enter")
        assert not console.engine.asked("enter_number")


async def test_what_is_typed_right_behind_the_palettes_key_chooses(run: Run) -> None:
    async with run() as console:
        await burst(console, "<ctrl+p>", "xyz", "<ctrl+u>", "change", "s")
        assert isinstance(console.app.screen, Palette)
        assert line(console) == "changes"
        await burst(console, "<escape>", "<ctrl+p>", "changes", "<enter>")
        assert console.app.front == "drift"


async def test_the_cursor_of_the_palette_moves_from_what_was_typed_before(run: Run) -> None:
    async with run() as console:
        await console.press("ctrl+p", "s", "t", "o", "c", "k", "down")
        chosen = console.app.screen.query_one(RowList).cursor
        assert chosen != "stock"
        await console.press("escape")
        await burst(console, "<ctrl+p>", "stock", "<down>")
        assert console.app.screen.query_one(RowList).cursor == chosen


async def test_a_view_is_kept_by_the_whole_name_and_opened_by_it(run: Run) -> None:
    async with run() as console:
        await burst(console, "/state:ready", "<enter>", "v", "mornin", "g", "<f2>")
        assert list(console.app.commands.kept.of("orders")) == ["morning"]
        await burst(console, "<escape>", "v", "morning", "<enter>")
        assert not isinstance(console.app.screen, SavedViewsScreen)
        assert console.app.model.orders.filter_text == "state:ready"


async def test_a_question_takes_what_stands_in_its_line(run: Run) -> None:
    async with run() as console:
        await console.press("down", "down", "n")
        await console.pilot.pause(0.1)
        await burst(console, "abc", "<ctrl+u>", "90077", "<enter>")
        assert console.engine.asked("enter_number") == [(3, "90077", "")]


@pytest.mark.parametrize("key", ["R", "n", "c"])
async def test_what_is_typed_behind_a_key_that_opens_no_line_does_nothing(run: Run, key: str) -> None:
    exported = view(1, state="exported", specter_number="91001")
    orders = (view(2), view(3)) if key != "c" else (exported, view(2))
    async with run(orders=orders) as console:
        console.app.model.orders.cursor = orders[0].uid
        await burst(console, key, "not there, entered 1 2 E a", "<enter>")
        assert console.engine.asked("export") == console.engine.asked("sum_up") == []
        assert not isinstance(console.app.screen, modals.GuardedModal)
        assert console.app.full is None
        assert str(orders[0].number) in console.app.model.words, "why the key did nothing is still said"
        await console.pilot.pause(BEHIND)
        await burst(console, "g")
        assert isinstance(console.app.screen, modals.EntryDialog)


async def test_an_empty_line_is_called_empty(run: Run) -> None:
    async with run() as console:
        await burst(console, "g")
        await console.answer("enter")
        assert t("The line is empty.") in console.text()

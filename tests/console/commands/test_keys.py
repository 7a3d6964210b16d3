"""Every key, with an engine that records its calls."""

import pytest
from textual.events import Key
from textual.widgets import Input

from specter_tui.console.commands.command_spec import SENTENCES
from specter_tui.console.screens import modals
from specter_tui.console.screens.bulk_export import BulkExportQuestion
from specter_tui.console.screens.help import HelpScreen
from specter_tui.console.screens.modals import EntryDialog, Question
from specter_tui.console.screens.palette import Palette
from specter_tui.console.terminal.theme import ANSI
from specter_tui.console.widgets.row_list import RowList
from specter_tui.engine import events as m
from specter_tui.i18n import t
from tests.console.conftest import LARGE, MIDDLE, SMALL, Run, five
from tests.console.scripted import NOON, bad_number, event, view

SIZES = pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE], ids=["80x24", "120x40", "200x50"])


@SIZES
async def test_orders_are_there_at_every_size(run: Run, size: tuple[int, int]) -> None:
    async with run(size) as console:
        shown = console.text()
        for words_shown in ("1001", "Åsa Öberg", "● ready", "▲ blocked", "? unknown", "✓ exported", "SEK 100.50"):
            assert words_shown in shown
        assert "Shop 22222" in shown
        assert "1 Orders" in shown
        assert "Export log" in shown
        assert "Article numbers" in shown
        assert len(shown.splitlines()) == size[1]


async def test_the_detail_is_beside_the_orders_and_follows_the_cursor(run: Run) -> None:
    async with run() as console:
        assert console.engine.asked("preview") == [(1,)]
        assert t("As it will be sent to Specter") in console.text()
        await console.press("down", "down")
        assert console.engine.asked("preview")[-1] == (3,)
        assert "No answer came." in console.text()


async def test_e_exports_the_order_with_the_hash_that_was_seen(run: Run) -> None:
    async with run() as console:
        await console.press("e")
        assert console.engine.asked("export") == [([1], {1: "hash-1"})]


async def test_e_says_why_not(run: Run) -> None:
    async with run() as console:
        await console.press("down", "e")
        assert console.engine.asked("export") == []
        assert "Order 1002 is blocked." in console.text()
        await console.press("up")
        assert "Order 1002 is blocked." not in console.text()


async def test_e_exports_the_marked_and_a_failure_is_no_mark(run: Run) -> None:
    async with run() as console:
        await console.press("space", "end", "space", "e")
        await console.answer("y")
        await console.pilot.pause(0.1)
        assert console.engine.asked("export") == [([1, 5], {1: "hash-1", 5: "hash-5"})]
        good = view(1, state="exported", specter_number="90001")
        bad = view(5, state="refused", message="Specter refused it: no such article.")
        await console.tell(m.ExportEnded(good, True), m.ExportEnded(bad, True))
        assert not console.app.model.orders.marks
        assert "Exported 1 of 2." in console.text()
        assert "1 not exported" in console.text()
        await console.press("asterisk")
        assert set(console.app.model.orders.marks) == {5}


async def test_the_outcome_of_one_is_told_with_its_number(run: Run) -> None:
    async with run() as console:
        await console.press("e")
        await console.tell(m.ExportEnded(view(1, state="exported", specter_number="90001"), True))
        assert "Order 1001 is in Specter as 90001." in console.text()
        assert "90001" in console.text()


async def test_E_asks_with_count_and_total_and_sends_what_it_asked_about(run: Run) -> None:
    async with run() as console:
        await console.press("E")
        assert isinstance(console.app.screen, BulkExportQuestion)
        assert "2 orders  SEK 603.00" in console.text()
        assert console.app.focused is not None
        assert console.app.focused.id == "cancel"
        await console.tell(m.OrdersChanged((view(9),)))
        await console.answer("y")
        await console.pilot.pause(0.1)
        assert console.engine.asked("export") == [([1, 5], {1: "hash-1", 5: "hash-5"})]


@pytest.mark.parametrize("keys", [("E",), ("enter",), ("escape",), ("n",), ("e",)])
async def test_E_is_not_confirmed_by_the_key_that_asked_nor_by_cancel(run: Run, keys: tuple[str, ...]) -> None:
    async with run() as console:
        await console.press("E")
        await console.answer(*keys)
        await console.answer("escape")
        assert console.engine.asked("export") == []


async def test_a_question_hears_nothing_at_first(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(modals, "INPUT_GRACE_SECONDS", 30.0)
    async with run(orders=(view(2, state="blocked"),)) as console:
        await console.pilot.press("a", "y")
        assert isinstance(console.app.screen, Question)
        assert console.engine.asked("set_auto") == []
        monkeypatch.setattr(modals, "INPUT_GRACE_SECONDS", 0.0)
        await console.press("y")
        assert console.engine.asked("set_auto") == [(True,)]


async def test_the_other_button_can_be_reached(run: Run) -> None:
    async with run() as console:
        await console.press("E")
        await console.answer("right", "enter")
        await console.pilot.pause(0.1)
        assert len(console.engine.asked("export")) == 1


async def test_E_without_any_ready_says_so(run: Run) -> None:
    async with run(orders=(view(2, state="blocked"),)) as console:
        await console.press("E")
        assert t("No order is ready.") in console.text()


async def test_a_asks_before_on_and_not_before_off(run: Run) -> None:
    async with run() as console:
        await console.press("a")
        assert "These are sent at once" in " ".join(console.text().split())
        await console.answer("a")
        assert console.engine.asked("set_auto") == []
        await console.answer("y")
        await console.until(lambda: bool(console.engine.asked("set_auto")))
        assert console.engine.asked("set_auto") == [(True,)]
        await console.tell(m.AutoChanged(True))
        assert t("AUTO ON") in console.text()
        await console.press("a")
        assert console.engine.asked("set_auto") == [(True,), (False,)]


async def test_r_looks_and_lets_in_what_was_held_back(run: Run) -> None:
    async with run() as console:
        await console.press("space")
        await console.tell(m.OrdersChanged((view(9),)))
        assert "+1 new" in console.text()
        assert "1009" not in console.text()
        await console.press("r")
        assert console.engine.asked("poll") == [()]
        assert "1009" in console.text()


async def test_space_marks_and_goes_on_and_star_marks_all(run: Run) -> None:
    async with run() as console:
        await console.press("space")
        assert "◆" in console.text()
        assert console.app.model.orders.cursor == 2
        await console.press("asterisk")
        assert "5 marked" in console.text()
        await console.press("asterisk")
        assert "marked" not in console.text()
        await console.press("asterisk", "escape")
        assert not console.app.model.orders.marks


async def test_enter_shows_the_whole_order_and_esc_goes_back(run: Run) -> None:
    async with run(SMALL) as console:
        assert console.engine.asked("preview") == []
        await console.press("enter")
        await console.settle()
        assert console.engine.asked("preview") == [(1,)]
        shown = console.text()
        assert t("As it will be sent to Specter") in shown
        await console.press("end")
        assert "asa@example.se" in "".join(text for line in console.app.detail.as_text() for text, _ in line)
        await console.press("e")
        assert console.engine.asked("export") == [([1], {1: "hash-1"})]
        await console.press("escape")
        assert console.app.detail is None
        assert "1 Orders" in console.text()


async def test_keys_in_the_detail_act_on_its_order_whatever_is_marked(run: Run) -> None:
    async with run() as console:
        await console.press("space", "end", "enter", "e")
        assert console.engine.asked("export") == [([5], {5: "hash-5"})]


async def test_filter_as_you_type_enter_keeps_esc_clears(run: Run) -> None:
    async with run() as console:
        await console.press("slash")
        await console.press(*"state", "colon", *"unk")
        assert console.app.model.orders.shown == [3]
        assert "1 of 5" in console.text()
        await console.press("enter")
        assert isinstance(console.app.focused, RowList)
        assert "Filter: state:unk" in console.text()
        await console.press("slash", "backspace", "backspace", "backspace")
        assert console.app.model.orders.shown == [1, 2, 3, 4, 5]
        await console.press("escape")
        assert console.app.model.orders.filter_text == ""
        assert isinstance(console.app.focused, RowList)


async def test_letters_in_the_filter_are_letters(run: Run) -> None:
    async with run() as console:
        await console.press("slash", "e", "q", "1", "a", "E", "question_mark", "space")
        asked = [command[0] for command in console.engine.commands if command[0] != "activity"]
        assert asked == [
            "check_numbers",
            "delivery_records",
            "stock_rows",
            "read_conflicts",
            "begin_visit",
            "drift_history",
            "preview",
        ]
        assert console.app.query_one("#filter", Input).value == "eq1aE? "
        assert t("Nothing matches the filter. Esc shows all.") in console.text()


async def test_a_filter_that_was_there_before_the_orders_says_that_it_holds_them_back(run: Run) -> None:
    async with run(orders=()) as console:
        await console.press("slash", *"nothing")
        assert t("No orders here. New ones appear by themselves; r refreshes.") in console.text()
        console.engine.tell(m.OrdersChanged(five()))
        await console.settle()
        assert t("Nothing matches the filter. Esc shows all.") in console.text()


async def test_keys_that_come_in_one_breath_with_the_slash_are_text(run: Run) -> None:
    async with run() as console:
        for key, character in (("slash", "/"), ("e", "e"), ("a", "a"), ("q", "q")):
            console.app.post_message(Key(key, character))
        await console.settle()
        await console.settle()
        assert console.app.query_one("#filter", Input).value == "eaq"
        assert console.engine.asked("export") == []


async def test_a_key_in_one_breath_with_the_arrow_acts_on_the_order_it_comes_to(run: Run) -> None:
    async with run(orders=tuple(view(uid) for uid in range(1, 9))) as console:
        for key, character in (("down", None), ("down", None), ("e", "e"), ("end", None), ("space", " "), ("e", "e")):
            console.app.post_message(Key(key, character))
        await console.settle()
        assert console.engine.asked("export") == [([3], {3: "hash-3"}), ([8], {8: "hash-8"})]


async def test_n_takes_digits_and_they_are_the_confirmation(run: Run) -> None:
    async with run() as console:
        await console.press("down", "down", "n")
        assert isinstance(console.app.screen, EntryDialog)
        await console.answer("1", "2", "x", "4", "enter")
        assert t("A Specter number has digits only.") in console.text()
        await console.press("backspace", "backspace", "enter")
        assert console.engine.asked("enter_number") == [(3, "12", "")]


async def test_n_is_not_for_a_ready_order(run: Run) -> None:
    async with run() as console:
        await console.press("n")
        assert "Order 1001 is ready." in console.text()


async def test_R_needs_a_reason(run: Run) -> None:
    async with run() as console:
        await console.press("down", "down", "R")
        await console.answer("enter")
        assert t("Write at least three letters.") in console.text()
        await console.type("looked, not there")
        await console.press("enter")
        assert console.engine.asked("repeat") == [([3], "looked, not there")]


async def test_c_needs_a_reason_and_can_be_left(run: Run) -> None:
    async with run() as console:
        await console.press("c")
        await console.type("by hand")
        await console.press("escape")
        assert console.engine.asked("close_orders") == []
        await console.press("asterisk", "c")
        assert "Close 4 orders" in console.text()
        await console.type("by hand")
        await console.press("enter")
        assert console.engine.asked("close_orders") == [([1, 2, 3, 5], "by hand")]
        assert set(console.app.model.orders.marks) == {4}


async def test_y_copies_number_after_number_then_the_detail(run: Run) -> None:
    async with run() as console:
        await console.press("down", "down", "down", "y")
        assert console.app.clipboard == "90004"
        assert "Copied Specter number 90004. y again: the order number." in console.text()
        await console.press("y")
        assert console.app.clipboard == "1004"
        await console.press("y")
        assert t("Totals per VAT rate") in console.app.clipboard
        await console.press("y")
        assert console.app.clipboard == "90004"


async def test_y_copies_lines_of_the_other_panes(run: Run) -> None:
    async with run() as console:
        await console.tell(m.LogGrew((event(1),)), m.NumbersChecked(9, (bad_number(),)))
        await console.press("2", "y")
        assert "anna@kassa" in console.app.clipboard
        await console.press("3", "y")
        assert console.app.clipboard == "TE Å"


async def test_g_goes_to_an_order_by_either_number(run: Run) -> None:
    async with run() as console:
        await console.press("g")
        await console.type("90004")
        await console.press("enter")
        assert console.app.model.orders.cursor == 4
        await console.press("g")
        await console.type("1002")
        await console.press("enter")
        assert console.app.model.orders.cursor == 2
        assert console.app.main.panes["orders"].rows.cursor == 2
        await console.press("g")
        await console.type("77")
        await console.press("enter")
        await console.settle()
        assert "There is no order 77." in console.text()


async def test_panes_by_number_and_one_at_a_time_on_80_columns(run: Run) -> None:
    async with run(SMALL) as console:
        await console.tell(m.LogGrew((event(1),)), m.NumbersChecked(9, (bad_number(),)))
        assert "anna@kassa" not in console.text()
        await console.press("2")
        assert "exported" in console.text()
        assert "1001" in console.text()
        assert "Åsa Öberg" not in console.text()
        await console.press("3")
        assert "TE-A" in console.text()
        await console.press("e")
        assert t("That is for orders: press 1 first.") in console.text()
        await console.press("1")
        assert "Åsa Öberg" in console.text()


async def test_z_enlarges_and_puts_back(run: Run) -> None:
    async with run() as console:
        assert "Suggestion" in console.text()
        await console.press("z")
        assert "Suggestion" not in console.text()
        assert "│ 2 Export log" in console.text()
        await console.press("2")
        assert "What" in console.text()
        await console.press("z")
        assert "Suggestion" in console.text()


async def test_tab_brings_the_next_pane_to_the_front(run: Run) -> None:
    async with run() as console:
        await console.press("tab")
        await console.press("tab")
        assert console.app.main.active == "log"


async def test_on_a_grand_screen_the_log_has_its_notes_and_on_a_smaller_one_its_old_place(run: Run) -> None:
    async with run(LARGE) as console:
        panes = {name: pane.region for name, pane in console.app.main.panes.items()}
        assert t("Note") in console.text()
        assert panes["orders"].height > panes["numbers"].height + panes["log"].height - 2
        assert (panes["log"].x, panes["log"].right) == (console.app.main.detail.region.x, panes["numbers"].right)
        assert panes["log"].y > panes["numbers"].y
        await console.pilot.resize_terminal(*MIDDLE)
        await console.settle()
        panes = {name: pane.region for name, pane in console.app.main.panes.items()}
        assert panes["log"].x == panes["orders"].x
        assert panes["log"].y == panes["numbers"].y


async def test_help_has_every_key_and_why_one_does_nothing_now(run: Run) -> None:
    async with run(LARGE) as console:
        await console.press("question_mark")
        assert isinstance(console.app.screen, HelpScreen)
        assert SENTENCES["export"] in console.text()
        assert "Order 1001 is ready." in console.text()
        await console.press("escape")
        assert not isinstance(console.app.screen, HelpScreen)


async def test_the_palette_finds_by_words_and_does(run: Run) -> None:
    async with run() as console:
        await console.press("ctrl+p")
        assert isinstance(console.app.screen, Palette)
        await console.press(*"refresh")
        assert SENTENCES["look"].split(";")[0] in console.text()
        await console.press("enter")
        assert console.engine.asked("poll") == [()]
        await console.press("ctrl+p", "escape")
        assert not isinstance(console.app.screen, Palette)


async def test_the_palette_has_no_word_for_nonsense(run: Run) -> None:
    async with run() as console:
        await console.press("ctrl+p", *"xyzzy")
        assert t("No command has these words.") in console.text()
        await console.press("enter")
        assert not isinstance(console.app.screen, Palette)


@pytest.mark.parametrize("key", ["q", "ctrl+q", "ctrl+c"])
async def test_leaving_waits_for_calls_in_flight(run: Run, key: str) -> None:
    async with run() as console:
        await console.press(key)
        assert console.engine.asked("leave") == [()]
        await console.tell(m.Draining(("1001", "1002")))
        assert "Leaving when these are finished: 1001, 1002. At most 5 s." in console.text()
        await console.press("e")
        assert console.engine.asked("export") == []
        await console.pilot.pause(1.2)
        assert "At most 5 s" not in console.text()
        await console.tell(m.ExportEnded(view(1, state="exported"), sent=True))
        assert "finished: 1002. At most" in console.text()
        await console.press("q")
        assert "Still finishing 1002" in console.text()
        assert console.engine.asked("leave") == [()]
        assert console.app.is_running
        await console.tell(m.Stopped())
        assert console.app.return_code == 0
        assert console.leaving.stopped.is_set()


async def test_leaving_with_a_question_open(run: Run) -> None:
    async with run() as console:
        await console.press("E")
        await console.answer("ctrl+c")
        assert console.engine.asked("leave") == [()]
        assert not isinstance(console.app.screen, Question)


async def test_leaving_gives_up_at_last(run: Run) -> None:
    async with run(grace=0.5) as console:
        await console.press("q")
        await console.tell(m.Draining(("1001",)))
        await console.pilot.pause(0.6)
        assert console.app.return_code == 1
        assert "1001" in console.app.trouble[0]


async def test_an_engine_that_ends_by_itself_ends_the_console(run: Run) -> None:
    async with run() as console:
        await console.tell(m.Stopped("the journal is damaged"))
        assert console.app.return_code == 1
        assert "the journal is damaged" in console.app.trouble[0]


async def test_ctrl_z_is_off(run: Run) -> None:
    async with run() as console:
        await console.press("ctrl+z")
        assert console.app.is_running


async def test_from_the_log_enter_goes_to_the_order(run: Run) -> None:
    async with run() as console:
        await console.tell(m.LogGrew((event(1, uid=3), event(2, uid=77))))
        await console.press("2", "down", "enter")
        assert console.app.main.active == "orders"
        assert console.app.model.orders.cursor == 3
        await console.press("2", "home", "enter")
        assert console.engine.asked("find") == [("77",)]
        assert "There is no order 77." in console.text()


async def test_nothing_is_sent_where_the_settings_forbid_it(run: Run) -> None:
    async with run(ORDER__EXPORT_RUN="inactive") as console:
        assert t("SENDING OFF") in console.text()
        for key in ("e", "E", "a"):
            await console.press(key)
            assert "ORDER__EXPORT_RUN" in console.text()
        reading = {
            "read_conflicts",
            "begin_visit",
            "check_numbers",
            "delivery_records",
            "stock_rows",
            "drift_history",
            "activity",
            "preview",
        }
        assert {command[0] for command in console.engine.commands} <= reading


async def test_a_halt_is_loud_and_stops_sending(run: Run) -> None:
    async with run() as console:
        await console.tell(m.ReachChanged("specter", "refused", "Specter refuses the key.", halted=True))
        shown = console.text()
        assert t("wrong key: nothing is sent") in shown
        assert "Specter refuses the key." in shown
        await console.press("e")
        assert console.engine.asked("export") == []


async def test_r_in_the_numbers_checks_them_again(run: Run) -> None:
    async with run() as console:
        await console.press("3", "r")
        assert len(console.engine.asked("check_numbers")) == 2
        await console.tell(m.NumbersChecked(64, ()))
        assert "All 64 article numbers are good." in console.text()


async def test_progress_is_a_slim_bar_that_goes(run: Run) -> None:
    async with run() as console:
        await console.tell(m.Progress("export", 5, 10, failed=2))
        assert "Exporting: 5 of 10 ━━━━━━━━╌╌╌╌╌╌╌╌  2 not done" in console.text()
        await console.tell(m.Progress("export", 10, 10, finished=True))
        assert "Exporting" not in console.text()


async def test_looks_are_in_the_status_line(run: Run) -> None:
    async with run() as console:
        await console.tell(m.PollFinished(NOON, NOON))
        assert "updated 08:00:00 · next 08:00:00" in console.text()


async def test_an_order_that_left_is_no_target(run: Run) -> None:
    async with run() as console:
        await console.press("space")
        await console.tell(m.OrdersChanged((), gone=(1,)))
        await console.press("e")
        assert console.engine.asked("export") == []


async def test_the_banner_is_a_word(run: Run) -> None:
    async with run(SMALL, banner="DEMO – sandbox, nothing real") as console:
        assert "DEMO – sandbox, nothing real" in console.text()


async def test_all_five_are_told_apart_without_colour(run: Run) -> None:
    async with run(environment={"NO_COLOR": "1"}) as console:
        assert console.app.theme == ANSI.name
        assert console.app.native_ansi_color
        for one in five():
            assert one.state.replace("_", " ") in console.text()


async def test_a_theme_that_does_not_exist_is_told(run: Run) -> None:
    async with run(UI__THEME="mauve") as console:
        assert "there is no theme mauve" in console.text()

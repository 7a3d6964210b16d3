"""Bulk exports: totals and forms before, a moment to undo it, and each outcome after."""

from decimal import Decimal

import pytest
from textual.screen import ModalScreen

from specter_tui.console.commands import send_hold
from specter_tui.console.screens import bulk_export, modals
from specter_tui.console.screens.bulk_export import BulkExportQuestion
from specter_tui.console.screens.form_screen import FormScreen
from specter_tui.console.screens.modals import EntryDialog
from specter_tui.console.widgets.row_list import RowList
from specter_tui.engine import events as m
from specter_tui.i18n import ngettext, t
from specter_tui.planning.orders.totals import RateTotal
from tests.console.conftest import MIDDLE, SMALL, Console, Run
from tests.console.scripted import view

HOLD = send_hold.SECONDS
READY = tuple(view(uid) for uid in range(1, 7))
TWO_NOT_SENT = "2 orders were not sent. They are still ready: press E."
LIVE = {"ABICART__URL": "https://shop.example/rpc", "SPECTER__URL": "https://specter.example/"}


@pytest.fixture
def long_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    """Use the normal length of the hold."""
    monkeypatch.setattr(send_hold, "SECONDS", HOLD)
    monkeypatch.setattr(send_hold, "_TICK", 1.0)


def summed(*uids: int, held: tuple[int, ...] = (), **hashes: str) -> m.SumReady:
    rates = (RateTotal(25, Decimal("800.00"), Decimal("200.00")), RateTotal(12, Decimal("100.00"), Decimal("12.00")))
    total = m.CurrencySum("SEK", len(uids) - len(held), Decimal("1112.00"), rates)
    return m.SumReady(uids, (total,), {uid: hashes.get(f"h{uid}", f"hash-{uid}") for uid in uids}, held)


async def marked(console: Console, count: int) -> None:
    await console.press(*["space"] * count)


@pytest.mark.parametrize("size", [SMALL, MIDDLE], ids=["80x24", "120x40"])
async def test_marked_orders_are_summed_up_shown_and_sent(run: Run, size: tuple[int, int]) -> None:
    async with run(size, orders=READY) as console:
        await marked(console, 3)
        await console.press("e")
        assert isinstance(console.app.screen, BulkExportQuestion)
        assert console.engine.asked("sum_up") == [([1, 2, 3],)]
        shown = console.text()
        assert "Export the 3 marked orders?" in shown
        assert "SEK 603.00" in shown
        assert t("Adding up what Specter will get …") in shown
        await console.tell(summed(1, 2, 3, held=(3,), h2="seen-now"))
        shown = console.text()
        assert t("Adding up what Specter will get …") not in shown
        for part in (
            "2 orders",
            "SEK 1,112.00",
            "VAT 25 %",
            "SEK 800.00",
            "SEK 200.00",
            "VAT 12 %",
            "SEK 12.00",
            "1 cannot",
        ):
            assert part in shown
        assert "1001" in shown
        assert "1003" in shown
        assert t("An order that is in Specter cannot be taken back from here.") in shown
        await console.answer("y")
        await console.pilot.pause(0.1)
        assert console.engine.asked("export") == [([1, 2, 3], {1: "hash-1", 2: "seen-now", 3: "hash-3"})]


@pytest.mark.parametrize(
    ("mode", "count", "typed"), [("registered", 21, True), ("registered", 20, False), ("manual", 21, False)]
)
async def test_the_first_start_of_registered_needs_a_typed_count(run: Run, mode: str, count: int, typed: bool) -> None:
    ready = tuple(view(uid) for uid in range(1, count + 1))
    async with run(orders=ready, ORDER__EXPORT=mode) as console:
        await console.press("E")
        await console.answer("y")
        assert isinstance(console.app.screen, BulkExportQuestion) == typed
        if typed:
            await console.press(*str(count), "enter")
        await console.pilot.pause(0.1)
        assert [len(uids) for uids, _ in console.engine.asked("export")] == [count]


async def test_what_begins_later_needs_no_typed_count(run: Run) -> None:
    gone = tuple(view(uid, state="exported") for uid in range(1, 23))
    ready = tuple(view(uid) for uid in range(101, 123))
    async with run(orders=gone + ready, ORDER__EXPORT="registered") as console:
        await console.press("E")
        await console.answer("y")
        assert not isinstance(console.app.screen, BulkExportQuestion)


async def test_each_exact_form_is_one_key_away(run: Run) -> None:
    async with run(orders=READY) as console:
        await marked(console, 3)
        await console.press("e")
        await console.answer("down", "f")
        assert isinstance(console.app.screen, FormScreen)
        assert console.engine.asked("preview")[-1] == (2,)
        assert "Detail · 1002" in console.text()
        assert t("Customer as Specter gets it") in console.text()
        await console.press("escape")
        assert isinstance(console.app.screen, BulkExportQuestion)
        await console.answer("escape")
        assert console.engine.asked("export") == []
        assert set(console.app.model.orders.marks) == {1, 2, 3}


@pytest.mark.parametrize("key", ["e", "E", "enter", "escape", "n", "q", "space", "1", "x"])
async def test_only_one_key_sends_and_it_is_not_the_one_that_asked(run: Run, key: str) -> None:
    async with run(orders=READY) as console:
        await marked(console, 2)
        await console.press("e")
        assert console.app.focused is not None
        assert console.app.focused.id == "cancel"
        await console.answer(key)
        await console.answer("escape")
        await console.pilot.pause(0.1)
        assert console.engine.asked("export") == []
        assert console.app.is_running


async def test_keys_on_their_way_send_nothing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(modals, "INPUT_GRACE_SECONDS", 30.0)
    async with run(orders=READY) as console:
        await console.press("space", "space", "e", "y", "y", "enter", "right", "enter")
        assert isinstance(console.app.screen, BulkExportQuestion)
        assert console.engine.asked("export") == []


async def test_of_many_the_count_must_be_typed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk_export, "TYPED_ABOVE", 4)
    async with run(SMALL, orders=READY) as console:
        await console.press("E")
        assert "Type 6 to confirm." in console.text()
        await console.answer("y", "enter")
        await console.press("5", "enter")
        assert isinstance(console.app.screen, BulkExportQuestion)
        await console.press("f")
        assert isinstance(console.app.screen, FormScreen)
        await console.press("escape")
        await console.press("6", "enter")  # the wrong count is erased.
        await console.pilot.pause(0.1)
        assert len(console.engine.asked("export")) == 1


async def test_a_push_waits_a_moment_says_so_and_esc_takes_it_back(run: Run, long_hold: None) -> None:
    async with run(orders=READY) as console:
        await marked(console, 3)
        await console.press("e")
        await console.answer("y")
        assert "3 orders go to Specter in " in console.text()
        assert t("esc stops it") in console.text()
        await console.press("down")
        assert "3 orders go to Specter" in console.text()
        await console.press("escape")
        assert "none of the 3 orders was sent" in console.text()
        assert set(console.app.model.orders.marks) == {1, 2, 3}
        assert console.app.model.held == 0
        await console.pilot.pause(send_hold._TICK * 1.1)
        assert console.app.model.held_seconds == 0
        assert console.engine.asked("export") == []


@pytest.mark.parametrize("way", [("ctrl+p",), ("question_mark",), ("i",), ("d",), ("slash", "1"), ("s",), ("c",)])
async def test_esc_takes_back_a_push_wherever_one_is(run: Run, long_hold: None, way: tuple[str, ...]) -> None:
    async with run(orders=READY) as console:
        await marked(console, 3)
        await console.press("e")
        await console.answer("y")
        await console.press(*way)
        assert console.app.model.held == 3
        await console.press("escape")
        assert console.app.model.held == 0
        # What may cover the line that says so is closed first.
        if isinstance(console.app.screen, ModalScreen) or console.app.filtering.on:
            await console.press("escape")
        assert "none of the 3 orders was sent" in console.text()
        await console.pilot.pause(send_hold._TICK * 1.1)
        assert console.engine.asked("export") == []


async def test_while_a_push_is_held_no_other_begins_and_leaving_takes_it_back(run: Run, long_hold: None) -> None:
    async with run(orders=READY) as console:
        await marked(console, 2)
        await console.press("e")
        await console.answer("y")
        await console.press("end", "E", "e")
        assert not isinstance(console.app.screen, BulkExportQuestion)
        assert console.engine.asked("export") == []
        await console.press("q")
        assert console.app.model.held == 0
        await console.pilot.pause(send_hold._TICK * 1.1)
        assert console.engine.asked("export") == []
        assert console.engine.asked("leave") == [()]
        await console.tell(m.Stopped())
        assert console.app.trouble == (TWO_NOT_SENT,)


async def test_of_what_was_asked_for_only_what_stands_as_before_counts_as_not_sent(run: Run) -> None:
    async with run(orders=READY) as console:
        await marked(console, 5)
        await console.press("e")
        await console.answer("y")
        await console.until(lambda: bool(console.engine.asked("export")))
        await console.tell(m.ExportEnded(view(1, state="exported", specter_number="90001"), sent=True))
        await console.tell(m.ExportEnded(view(2), sent=False))  # it was edited, and the person was told.
        await console.press("q")
        await console.tell(m.Draining(("1003",)))
        assert "finished: 1003." in console.text()
        assert (
            ngettext("{count} that was asked for is not sent.", "{count} that were asked for are not sent.", 2).format(
                count=2
            )
            in console.text()
        )
        await console.tell(m.ExportEnded(view(3, state="exported", specter_number="90003"), sent=True))
        await console.tell(m.ExportEnded(view(4), sent=False))  # its turn came when it was leaving.
        await console.tell(m.Stopped())
        assert console.app.trouble == (TWO_NOT_SENT,)


@pytest.mark.parametrize(("by", "unsent"), [("", 5), ("service on kassa", 0)])
async def test_what_auto_mode_here_would_have_sent_counts_as_not_sent(run: Run, by: str, unsent: int) -> None:
    async with run(orders=READY, grace=0.5) as console:
        await console.tell(m.AutoChanged(on=True, by=by))
        await console.press("q")
        await console.tell(m.Draining(("1001",)))
        assert (
            ngettext("{count} that was asked for is not sent.", "{count} that were asked for are not sent.", 5).format(
                count=5
            )
            in console.text()
        ) == bool(unsent)
        await console.until(lambda: bool(console.app.trouble))
        assert console.app.trouble[1:] == (
            (
                ngettext(
                    "{count} order was not sent. It is still ready: press E.",
                    "{count} orders were not sent. They are still ready: press E.",
                    5,
                ).format(count=5),
            )
            if unsent
            else ()
        )


async def test_the_count_down_draws_one_line_a_second(run: Run, long_hold: None) -> None:
    async with run(orders=READY) as console:
        await marked(console, 2)
        await console.press("e")
        await console.answer("y")
        drawn: list[object] = []
        rows = console.app.main.panes["orders"].rows
        rows.render_line = lambda y: drawn.append(y) or RowList.render_line(rows, y)  # type: ignore[method-assign]
        while console.app.model.held_seconds > HOLD - 2:
            await console.pilot.pause(0.05)
        assert drawn == []
        assert f"in {HOLD - 2} s." in console.text()


async def test_the_outcome_of_each_stays_until_it_is_cleared(run: Run) -> None:
    async with run(orders=READY) as console:
        orders = console.app.model.orders
        await console.press("E")
        await console.answer("y")
        await console.pilot.pause(0.1)
        ended = [
            m.ExportEnded(view(uid, state="exported", specter_number=str(90000 + uid)), sent=True)
            for uid in range(1, 4)
        ]
        failed = [m.ExportEnded(view(uid, state="refused", message="No such article."), sent=True) for uid in (4, 5, 6)]
        await console.tell(*ended, *failed, m.OrdersChanged((view(9),), gone=(2,)))
        assert not orders.marks
        shown = console.text()
        assert "Exported 3 of 6. 3 not exported" in shown
        assert "✓ ✓ exported" in shown
        assert " ✗ ✗ refused" in shown
        assert "last run: 3 done, 3 left" in shown
        assert "1009" in shown
        await console.press("down", "up")
        assert "last run: 3 done, 3 left" in console.text()
        await console.press("asterisk")
        assert set(orders.marks) == {4, 5, 6}
        await console.press("escape")
        assert "last:" not in console.text()
        await console.press("escape")
        assert not orders.marks


async def test_a_repeat_of_many_is_held_and_a_close_of_very_many_wants_their_count(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk_export, "TYPED_ABOVE", 2)
    unknown = tuple(view(uid, state="unknown", step="order") for uid in range(1, 4))
    async with run(orders=unknown) as console:
        await console.press("asterisk", "R")
        await console.type("looked, not there")
        await console.press("enter")
        assert isinstance(console.app.screen, EntryDialog)
        assert console.engine.asked("repeat") == []
        await console.type("2")
        await console.press("enter")
        assert "Type 3 to confirm." in console.text()
        await console.type("3")
        await console.press("enter")
        await console.pilot.pause(0.1)
        assert console.engine.asked("repeat") == [([1, 2, 3], "looked, not there")]
        await console.press("c")
        await console.type("by hand")
        await console.press("enter")
        await console.type("3")
        await console.press("enter")
        assert console.engine.asked("close_orders") == [([1, 2, 3], "by hand")]
        assert "Closed 3 of 3." in console.text()


async def test_test_and_production_are_told_apart_by_words_in_each_question(run: Run) -> None:
    async with run(SMALL, orders=READY, **LIVE) as console:
        assert t("LIVE") in console.text()
        for key in ("E", "a", "c", "n"):
            await console.press(key)
            if key != "n":  # nothing here is unknown.
                assert "LIVE: shop 22222 and Specter 1234 are real" in console.text()
                await console.answer("escape")
    async with run(SMALL, orders=READY, banner="DEMO: sandbox, nothing real") as console:
        assert "DEMO: sandbox" in console.text()
        await console.press("E")
        assert "TEST: nothing here is real" in console.text()
        assert "LIVE" not in console.text()

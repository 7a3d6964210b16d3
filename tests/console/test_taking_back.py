"""Decisions are undone by the same keys, one key stops all sending, and each key reports its effect."""

from datetime import timedelta

import pytest

from specter_tui.abicart.errors import ShopOutOfReach
from specter_tui.console.commands import send_hold
from specter_tui.console.screens import bulk_export
from specter_tui.console.screens.bulk_export import BulkExportQuestion
from specter_tui.console.screens.modals import EntryDialog, Question
from specter_tui.engine import events as m
from specter_tui.i18n import t
from specter_tui.journal.models import Stop
from tests.console.conftest import LARGE, MIDDLE, SMALL, Run
from tests.console.scripted import NOON, drift_line, view

STOP = Stop("wrong prices", "anna", "kassa", NOON - timedelta(minutes=3))
EXPORTED = view(1, state="exported", specter_number="90001", reopenable=True)


async def test_n_again_corrects_a_number_with_a_reason(run: Run) -> None:
    async with run(orders=(EXPORTED,)) as console:
        await console.press("n")
        assert "It has 90001." in " ".join(console.text().split())
        await console.answer(*"91254", "enter")
        assert "Order 1001: 90001 becomes 91254" in console.text()
        assert console.engine.asked("enter_number") == []
        await console.type("typed wrong")
        await console.answer("enter")
        assert console.engine.asked("enter_number") == [(1, "91254", "typed wrong")]
        await console.settle()
        assert "Order 1001 has 91254 now." in console.text()


async def test_a_refused_number_says_whose_it_is_and_is_kept(run: Run) -> None:
    async with run(orders=(view(1, state="unknown"), view(2, state="unknown"))) as console:
        console.engine.fails["enter_number"] = ValueError("Number 90077 belongs to order 1055.")
        await console.press("n")
        await console.answer(*"90077", "enter")
        await console.settle()
        assert "Number 90077 belongs to order 1055." in console.text()
        await console.press("n")
        assert console.app.screen.query_one("TypedLine").value == "90077"
        await console.answer("8", "enter")
        assert console.engine.asked("enter_number")[-1] == (1, "8", "")


async def test_a_proposed_number_stands_in_the_line_and_typing_takes_its_place(run: Run) -> None:
    async with run(orders=(view(1, state="exists", proposed_number="90055"),)) as console:
        await console.press("n")
        assert console.app.screen.query_one("TypedLine").value == "90055"
        await console.answer("enter")
        assert console.engine.asked("enter_number") == [(1, "90055", "")]


@pytest.mark.parametrize(
    "order", [view(1, state="closed", reopenable=True), EXPORTED], ids=["closed", "number by hand"]
)
async def test_R_takes_back_a_closing_and_a_number_by_hand_and_sends_nothing(run: Run, order: m.OrderView) -> None:
    async with run(orders=(order,)) as console:
        assert "R take back 1001" in console.text().splitlines()[-1]
        await console.press("R")
        await console.type("wrong order")
        await console.answer("enter")
        assert console.engine.asked("reopen") == [(1, "wrong order")]
        assert console.engine.asked("repeat") == []
        await console.settle()
        assert "Order 1001 was taken back: it is ready again. Nothing was sent." in console.text()


async def test_a_number_from_specter_is_not_taken_back_and_r_not_offered(run: Run) -> None:
    async with run(orders=(view(1, state="exported", specter_number="90001"),)) as console:
        assert "take back" not in console.text().splitlines()[-1]
        await console.press("R")
        assert not isinstance(console.app.screen, EntryDialog)
        assert "Order 1001 is exported." in console.text()


async def test_t_asks_by_name_and_takes_back(run: Run) -> None:
    async with run() as console:
        console.engine.drifted = [drift_line()]
        await console.tell(m.DriftChanged((drift_line(),)))
        await console.press("d", "t")
        assert isinstance(console.app.screen, Question)
        assert "1004: KAFFE-1: 2 → 3, done in Specter?" in console.text()
        assert console.engine.asked("tick_drift") == []
        await console.answer("y")
        assert console.engine.asked("tick_drift") == [(4, "KAFFE-1")]
        done = drift_line(ticked_by="anna", ticked_at=NOON)
        console.engine.drifted = [done]
        await console.tell(m.DriftChanged((done,)))
        await console.until(lambda: console.app.model.goods.drift.current == done)
        await console.press("t")
        assert isinstance(console.app.screen, EntryDialog)
        await console.type("wrong line")
        await console.answer("enter")
        assert console.engine.asked("untick_drift") == [(4, "KAFFE-1", "wrong line")]


async def test_new_lines_do_not_move_the_line_that_is_asked_about(run: Run) -> None:
    async with run() as console:
        console.engine.drifted = [drift_line(4), drift_line(5)]
        await console.tell(m.DriftChanged((drift_line(4), drift_line(5))))
        await console.press("d", "down")
        line = console.app.model.goods.drift.current
        await console.press("t")
        newer = drift_line(9, seen_at=NOON + timedelta(hours=1))
        await console.tell(m.DriftChanged((newer, drift_line(4), drift_line(5))))
        assert console.app.model.goods.drift.current == line
        await console.answer("y")
        assert line is not None
        assert console.engine.asked("tick_drift") == [(line.uid, "KAFFE-1")]


@pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE])
async def test_S_stops_all_sending_is_seen_everywhere_and_lets_it_go_on(run: Run, size: tuple[int, int]) -> None:
    async with run(size) as console:
        await console.press("S")
        await console.answer("enter")
        assert console.engine.asked("stop") == []
        await console.type("wrong prices")
        await console.answer("enter")
        assert console.engine.asked("stop") == [("wrong prices",)]
        await console.tell(m.StopChanged(STOP, ("1001", "1002")))
        shown = " ".join(console.text().split())
        assert "All sending was stopped by anna@kassa" in shown
        assert "wrong prices. 2 orders under way go to their end." in shown
        for key in ("e", "E", "a"):
            await console.press(key)
        assert not [asked for asked in console.engine.commands if asked[0] in ("export", "set_auto")]
        await console.press("2", "i")
        assert "All sending was stopped by anna@kassa" in " ".join(console.text().split())
        await console.press("S")
        await console.type("prices are right")
        await console.answer("enter")
        assert console.engine.asked("resume") == [("prices are right",)]
        await console.tell(m.StopChanged(None))
        assert "stopped by" not in console.text()


async def test_a_has_the_ladder_of_E(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk_export, "TYPED_ABOVE", 2)
    monkeypatch.setattr(send_hold, "SECONDS", 3000)
    async with run(orders=tuple(view(uid) for uid in range(1, 5))) as console:
        await console.press("a")
        assert isinstance(console.app.screen, BulkExportQuestion)
        assert console.engine.asked("sum_up") == [([1, 2, 3, 4],)]
        await console.answer("y", "enter")
        assert isinstance(console.app.screen, BulkExportQuestion)
        await console.press("4", "enter")
        assert console.app.model.held == 4
        assert console.engine.asked("set_auto") == []
        await console.press("escape")
        await console.pilot.pause(0.1)
        assert console.engine.asked("set_auto") == []


async def test_a_key_says_at_once_what_it_began(run: Run) -> None:
    async with run() as console:
        await console.press("r")
        assert t("Asking the shop for orders …") in console.text()
        await console.press("e")
        assert "Exporting order 1001 …" in console.text()


async def test_a_shop_that_is_out_of_reach_says_that_the_order_was_not_sent(run: Run) -> None:
    async with run() as console:
        console.engine.fails["export"] = ShopOutOfReach("the shop is out of reach")
        await console.press("e")
        await console.settle()
        assert "the shop is out of reach Not sent: order 1001." in console.text()
        assert not console.app.model.wanted
        assert not console.app.model.batch.asked

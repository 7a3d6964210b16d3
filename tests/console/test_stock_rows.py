"""Rows of Specter's stock that a person must decide about: shown, ticked with a reason, reopened."""

from dataclasses import replace

import pytest

from specter_tui.console.screens.modals import EntryDialog, Question
from specter_tui.engine import events as m
from specter_tui.i18n import t
from specter_tui.journal.goods_models import RowForPerson
from tests.console.conftest import LARGE, MIDDLE, SMALL, Console, Run
from tests.console.screens.test_sync_pages import choose
from tests.console.scripted import NOON

FIRST = RowForPerson("batch-0001", 3, "KAFFE-1", "1", "1 234", "quantity", NOON)
SECOND = RowForPerson("batch-0001", 7, "", "1", "5", "number", NOON)
DONE = replace(FIRST, done_at=NOON, done_by="anna@kassa", done_reason="set to 1234 by hand")
SIZES = pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE], ids=["80x24", "120x40", "200x50"])


async def listed(console: Console) -> None:
    await choose(console, "stock", "rows")
    assert console.app.front == "stock_rows"


@SIZES
async def test_rows_are_asked_for_at_the_start_counted_and_listed_with_what_to_do(
    run: Run, size: tuple[int, int]
) -> None:
    async with run(size) as console:
        assert console.engine.asked("stock_rows") == [()]
        await console.tell(m.StockRowsChanged((FIRST, SECOND)))
        assert "# 2" in console.text()
        await listed(console)
        shown = console.text()
        for part in ("2 to do", "KAFFE-1", "1 234", FIRST.name, "The quantity cannot be read", "t tick off"):
            assert part in shown


async def test_t_settles_the_row_by_name_with_a_reason_and_takes_it_back(run: Run) -> None:
    async with run() as console:
        await console.tell(m.StockRowsChanged((FIRST, SECOND)))
        await listed(console)
        await console.press("t")
        assert isinstance(console.app.screen, EntryDialog)
        assert f"{FIRST.name}, KAFFE-1" in console.text()
        await console.type("no")
        await console.press("enter")
        assert console.engine.asked("settle_stock_row") == [], "two letters are no reason"
        console.engine.rows_settled = [DONE]
        await console.type("set to 1234 by hand")
        await console.press("enter")
        assert console.engine.asked("settle_stock_row") == [("batch-0001-3", "set to 1234 by hand")]
        await console.tell(m.StockRowsChanged((SECOND,)))
        shown = console.text()
        for part in ("1 to do", "✓ done", "anna@kassa", "set to 1234 by hand", "KAFFE-1"):
            assert part in shown, "it stays until the list is left, under the cursor"
        await console.press("t")
        assert isinstance(console.app.screen, Question)
        await console.answer("y")
        assert console.engine.asked("reopen_stock_row") == [("batch-0001-3",)]
        await console.tell(m.StockRowsChanged((FIRST, SECOND)))
        assert "2 to do" in console.text()


async def test_a_row_that_fails_to_be_settled_stays_to_do(run: Run) -> None:
    async with run() as console:
        await console.tell(m.StockRowsChanged((FIRST,)))
        await listed(console)
        console.engine.fails["settle_stock_row"] = ValueError("no such row")
        await console.press("t")
        await console.type("set by hand")
        await console.press("enter")
        assert "1 to do" in console.text()


async def test_rows_settled_earlier_are_under_done_and_can_be_taken_back(run: Run) -> None:
    async with run() as console:
        console.engine.rows_settled = [DONE]
        await listed(console)
        assert "KAFFE-1" not in console.text()
        await console.press("slash", *"done", "enter")
        assert "KAFFE-1" in console.text()
        await console.press("t")
        await console.answer("y")
        assert console.engine.asked("reopen_stock_row") == [("batch-0001-3",)]


async def test_the_stock_page_has_them_and_enter_leads_there(run: Run) -> None:
    async with run() as console:
        await console.tell(m.StockApplied(batches=1, rows=12, written=4, unchanged=7, for_person=(FIRST,)))
        await choose(console, "last", "stock")
        assert f"{t('Stock rows to see to by hand')} (1)" in console.text()
        await console.press("enter")
        assert console.app.front == "stock_rows"
        assert "KAFFE-1" in console.text()

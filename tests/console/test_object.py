"""The object of a key: footer and message line name it, marked orders are asked about, others are the cursor's."""

import pytest

from specter_tui.console.screens.bulk_export import BulkExportQuestion
from specter_tui.console.screens.modals import EntryDialog
from specter_tui.engine import events as m
from tests.console.conftest import LARGE, MIDDLE, SMALL, Console, Run
from tests.console.scripted import view

SIZES = pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE], ids=["80x24", "120x40", "200x50"])


def footer(console: Console) -> str:
    return console.text().splitlines()[-1]


def last_lines(console: Console) -> str:
    return "\n".join(console.text().splitlines()[-3:])


@SIZES
async def test_the_footer_names_the_order_or_the_marked_ones(run: Run, size: tuple[int, int]) -> None:
    async with run(size) as console:
        assert "e export 1001 " in footer(console)
        await console.press("end")
        assert "e export 1005 " in footer(console)
        await console.press("up", "up")
        assert "n number for 1003 " in footer(console)
        assert "R repeat 1003 " in footer(console)
        await console.press("home", "space", "end")
        assert "e export 1 marked: 1001 " in footer(console)
        await console.press("space", "up", "up")
        assert "e export 2 marked " in footer(console)
        assert "n number for 1003 " in footer(console)
        await console.press("enter")
        assert "n number for 1003 " in footer(console)


async def test_the_footer_names_it_in_swedish(run: Run) -> None:
    async with run(SMALL, UI__LANGUAGE="sv") as console:
        assert "e exportera 1001 " in footer(console)
        await console.press("down", "down")
        assert "n nummer för 1003 " in footer(console)
        await console.press("space", "home", "space", "down")
        assert "e exportera 1 markerad: 1001 " in footer(console)


async def test_the_line_never_offers_a_key_for_the_order_under_the_cursor_that_hits_another(run: Run) -> None:
    async with run(SMALL) as console:
        await console.press("down", "up")
        assert "e exports 1001." in last_lines(console)
        await console.press("space", "end")
        assert "1005" in last_lines(console)
        assert "e exports 1005" not in console.text()
        assert "e, R and c are for the marked order." in last_lines(console)
        await console.press("enter")
        assert "e export 1005 " in footer(console)


async def test_the_detail_beside_the_list_says_the_same(run: Run) -> None:
    async with run(MIDDLE, orders=(view(1), view(3, state="exists"))) as console:
        assert "e exports 1001." in console.text()
        await console.press("space")
        written = "".join(text for line in console.app.main.detail.written for text, _ in line)
        assert "n: type the number of 1003. e, R and c are for the marked order." in written


async def test_one_mark_that_is_not_under_the_cursor_is_asked_about(run: Run) -> None:
    async with run() as console:
        await console.press("space", "end", "e")
        assert isinstance(console.app.screen, BulkExportQuestion)
        assert "1001" in console.text()
        assert console.engine.asked("export") == []
        await console.answer("escape")
        assert console.engine.asked("export") == []
        await console.press("e")
        await console.answer("y")
        assert console.engine.asked("export") == [([1], {1: "hash-1"})]


@pytest.mark.parametrize(("key", "asked"), [("R", "Send order 1003 again"), ("c", "Close order 1003")])
async def test_a_reason_names_the_one_marked_order(run: Run, key: str, asked: str) -> None:
    async with run() as console:
        await console.press("down", "down", "space", "home", key)
        assert isinstance(console.app.screen, EntryDialog)
        assert asked in console.text()


async def test_a_reason_for_several_names_them(run: Run) -> None:
    async with run(orders=tuple(view(uid) for uid in range(1, 10))) as console:
        await console.press("space", "space", "space", "c")
        assert "Close 3 orders" in console.text()
        assert "1001, 1002, 1003" in console.text()
        await console.answer("escape")
        await console.press("asterisk", "c")
        assert "1001, 1002, 1003, 1004, 1005, 1006 and 3 more" in " ".join(console.text().split())


async def test_n_is_for_the_order_under_the_cursor_whatever_is_marked(run: Run) -> None:
    orders = (view(1, state="unknown"), view(2, state="unknown"), view(3))
    async with run(orders=orders) as console:
        await console.press("space", "n")
        assert "Specter number of order 1002" in console.text()
        await console.type("90077")
        await console.press("enter")
        assert console.engine.asked("enter_number")[0][:2] == (2, "90077")
        await console.press("down", "n")
        assert "Order 1003 is ready." in console.text()


async def test_one_mark_under_the_cursor_is_what_is_looked_at(run: Run) -> None:
    async with run() as console:
        await console.press("end", "space", "e")
        assert console.engine.asked("export") == [([5], {5: "hash-5"})]


async def test_what_a_bulk_export_left_neither_is_marked_nor_holds_the_list(run: Run) -> None:
    async with run(orders=tuple(view(uid) for uid in range(1, 5))) as console:
        await console.press("E")
        await console.answer("y")
        await console.until(lambda: bool(console.engine.asked("export")))
        failed = [m.ExportEnded(view(uid, state="refused", message="No such article."), sent=True) for uid in (1, 2)]
        done = [m.ExportEnded(view(uid, state="exported", specter_number=f"9{uid}"), sent=True) for uid in (3, 4)]
        await console.tell(*failed, *done)
        await console.press("down")
        assert "e export 1002 " in footer(console)
        await console.tell(m.OrdersChanged((view(9),)))
        assert "1009" in console.text()
        assert "last run: 2 done, 2 left" in console.text()


async def test_esc_closes_what_is_topmost_and_the_filter_below_it_stays(run: Run) -> None:
    async with run() as console:
        await console.press("slash", *"state:ready", "enter", "enter")
        assert console.app.detail is not None
        await console.press("escape")
        assert console.app.detail is None
        assert console.app.model.orders.filter_text == "state:ready"
        await console.press("escape")
        assert console.app.model.orders.filter_text == ""

"""The work queue: all that waits for a person in one list, the way to each, and the keys that settle it there."""

import pytest

from specter_tui.console.screens.modals import EntryDialog, ListQuestion, Question
from specter_tui.engine import events as m
from specter_tui.i18n import t
from specter_tui.journal.models import Stop
from tests.console.conftest import LARGE, MIDDLE, SMALL, Console, Run, view
from tests.console.screens.test_shop_switcher import SECOND, THIRD, Open, shops
from tests.console.scripted import NOON, bad_number, drift_line
from tests.console.test_stock_rows import FIRST as ROW

__all__ = ["shops"]
NEXT, BEFORE = "right_square_bracket", "left_square_bracket"
SIZES = pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE], ids=["80x24", "120x40", "200x50"])


async def filled(console: Console) -> None:
    """Add one of each kind of goods to the unknown 1003 and the blocked 1002."""
    await console.tell(
        m.NumbersChecked(9, (bad_number(),)), m.DriftChanged((drift_line(),)), m.StockRowsChanged((ROW,))
    )


def kinds(console: Console) -> list[str]:
    return [item.kind for item in console.app.model.todo.items]


@SIZES
async def test_it_lists_every_kind_with_what_to_do_and_its_keys(run: Run, size: tuple[int, int]) -> None:
    async with run(size) as console:
        await filled(console)
        assert "5 to do" in console.text(), "also where the list is not open"
        await console.press(NEXT)
        assert console.app.front == "todo"
        assert kinds(console) == ["unknown", "blocked", "drift", "stock_row", "number"]
        shown = console.text()
        for part in ("5 to do", "1003", "n R", "1002", "enter c", "1004", "KAFFE-1", "TE Å", "Search Specter for"):
            assert part in shown


async def test_the_next_goes_from_thing_to_thing_and_back_to_the_list(run: Run) -> None:
    async with run() as console:
        await filled(console)
        app = console.app
        await console.press(NEXT, "enter")
        assert (app.front, app.model.orders.cursor) == ("orders", 3)
        assert "To do 1 of 5" in console.text()
        await console.press(NEXT)
        assert (app.front, app.model.orders.cursor) == ("orders", 2)
        await console.press(NEXT)
        assert app.front == "drift"
        assert app.model.goods.drift.current == drift_line()
        await console.press(NEXT)
        assert app.front == "stock_rows"
        assert app.model.goods.stock_rows.current == ROW
        await console.press(NEXT)
        assert (app.front, app.model.numbers.cursor) == ("numbers", (7, None))
        await console.press(BEFORE)
        assert app.front == "stock_rows"
        await console.press(NEXT, NEXT)
        assert app.front == "todo", "after the last the list says what is left"
        await console.press("home", "down", "enter")
        assert (app.front, app.model.orders.cursor) == ("orders", 2)
        await console.press(BEFORE, BEFORE)
        assert app.front == "todo"


async def test_on_a_small_screen_an_order_is_opened_whole(run: Run) -> None:
    async with run(SMALL) as console:
        await console.press(NEXT, "enter")
        assert console.app.front == "detail"
        assert console.app.model.orders.cursor == 3


async def test_a_filter_that_hides_the_order_is_cleared(run: Run) -> None:
    async with run() as console:
        await console.press("slash", *"lars", "enter")
        await console.press(NEXT, "enter")
        assert console.app.model.orders.cursor == 3
        assert console.app.model.orders.filter_text == ""


async def test_keys_settle_an_item_in_the_list_where_it_stays_as_done(run: Run) -> None:
    async with run() as console:
        await filled(console)
        await console.press(NEXT, "n")
        assert isinstance(console.app.screen, EntryDialog)
        assert "1003" in console.text()
        await console.type("90003")
        await console.answer("enter")
        assert console.engine.asked("enter_number") == [(3, "90003", "")]
        await console.tell(m.OrdersChanged((view(3, state="exported", specter_number="90003", write_back="done"),)))
        assert "4 to do" in console.text()
        first = console.text().splitlines()[2]
        assert "done" in first
        assert "1003" in first, "no row moves under the cursor"
        await console.press("n")
        assert not isinstance(console.app.screen, EntryDialog) or "1003" in console.text()
        await console.press("escape", "escape", NEXT)
        assert "1003" not in console.text(), "it is gone with the next opening"


async def test_marked_orders_and_numbers_elsewhere_are_not_meant(run: Run) -> None:
    async with run() as console:
        await filled(console)
        await console.tell(m.NumbersChecked(9, (bad_number(), bad_number(8, "TÅ", "TA", "Other"))))
        await console.press("home", "space", "3", "asterisk", "1")
        assert console.app.model.orders.marks
        assert len(console.app.model.numbers.marks) == 2
        await console.press(NEXT, "c")
        assert isinstance(console.app.screen, EntryDialog)
        assert "1003" in console.text().split("Close order", 1)[1][:20], (
            "the order under the cursor, whatever is marked"
        )
        await console.press("escape", "end", "x")
        assert isinstance(console.app.screen, ListQuestion)
        await console.answer("y")
        ((accepted,),) = console.engine.asked("fix_numbers")
        assert len(accepted) == 1


async def test_t_ticks_the_line_and_the_row_under_the_cursor(run: Run) -> None:
    async with run() as console:
        await filled(console)
        await console.press(NEXT, "down", "down", "t")
        assert isinstance(console.app.screen, Question)
        assert "1004: KAFFE-1" in console.text()
        await console.answer("y")
        assert console.engine.asked("tick_drift") == [(4, "KAFFE-1")]
        await console.press("t")
        assert isinstance(console.app.screen, EntryDialog), "the cursor went on to the stock row"
        assert ROW.name in console.text()


async def test_a_key_for_another_kind_says_so_and_does_nothing(run: Run) -> None:
    async with run() as console:
        await filled(console)
        await console.press(NEXT)
        for key, there in (("t", "home"), ("x", "home"), ("e", "end"), ("n", "end"), ("t", "end"), ("c", "end")):
            console.app.typed_behind_until = 0.0
            await console.press(there, key)
            assert console.app.front == "todo"
            assert console.app.screen is console.app.full, key
            assert "the row names those for this one" in console.text(), key


async def test_a_stop_and_a_halt_are_lifted_from_the_queue_with_a_reason(run: Run) -> None:
    async with run() as console:
        await console.tell(
            m.StopChanged(Stop("wrong prices", "anna", "kassa", NOON)),
            m.ReachChanged("specter", "refused", "Specter answers 403.", halted=True),
        )
        assert kinds(console)[:2] == ["stop", "halt"]
        await console.press(NEXT, "down", "enter")
        assert isinstance(console.app.screen, EntryDialog)
        await console.type("new key")
        await console.answer("enter")
        assert console.engine.asked("resume") == [("new key",)]
        await console.tell(m.StopChanged(None), m.ReachChanged("specter", "ok"))
        assert kinds(console) == ["unknown", "blocked"]


async def test_a_difference_from_the_shops_count_asks_to_accept_it(run: Run) -> None:
    async with run() as console:
        await console.tell(m.PollFinished(NOON, None, gap=m.CountGap(9, 7)))
        assert kinds(console)[0] == "count"
        await console.press(NEXT, "enter")
        assert isinstance(console.app.screen, EntryDialog)


async def test_it_ends_at_nothing_to_do(run: Run) -> None:
    async with run(orders=(view(1),)) as console:
        assert "0 to do" in console.text()
        await console.press(NEXT)
        assert t("0 to do: nothing waits for you.") in console.text()


async def test_an_order_that_is_gone_from_the_shop_waits_no_longer(run: Run) -> None:
    async with run() as console:
        assert kinds(console) == ["unknown", "blocked"]
        await console.tell(m.OrdersChanged((), gone=(2,)))
        assert kinds(console) == ["unknown"]


async def test_a_conflict_of_an_earlier_run_is_listed_until_it_is_put_right(run: Run) -> None:
    conflict = view(77, state="exported", specter_number="90077", write_back="conflict")
    async with run() as console:
        console.engine.answers["preview"] = lambda _: ()
        await console.tell(m.ConflictsRead((conflict,)))
        assert kinds(console) == ["unknown", "conflict", "blocked"]
        await console.press(NEXT, "down", "enter")
        assert console.app.front == "detail"
        assert "1077" in console.text()
        await console.press("n")
        assert isinstance(console.app.screen, EntryDialog)
        await console.press("escape")
        await console.tell(m.OrdersChanged((view(77, state="exported", specter_number="90078", write_back="done"),)))
        assert kinds(console) == ["unknown", "blocked"]


async def test_only_what_changed_is_judged_again(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    async with run(orders=tuple(view(uid, state="blocked") for uid in range(1, 200))) as console:
        judged: list[int] = []
        before = console.app.model.todo
        assert len(before) == 199
        from specter_tui.console import todo_feed  # noqa: PLC0415

        real = todo_feed.todo.of_order
        monkeypatch.setattr(todo_feed.todo, "of_order", lambda one, lang: judged.append(one.uid) or real(one, lang))
        await console.tell(m.OrdersChanged((view(7),)))
        assert judged == [7]
        assert len(before) == 198


async def test_all_shops_are_in_one_queue_and_enter_goes_to_the_right_one(shops: Open) -> None:
    async with shops() as house:
        console = house.console
        await house.tell(SECOND, m.OrdersChanged((view(500, state="unknown", step="order"),)))
        await console.press(NEXT)
        assert console.app.front == "todo"
        first = console.text().splitlines()[2]
        assert "1500" in first
        assert str(SECOND) in first
        assert "read_conflicts" in [command[0] for command in house.engine(SECOND).commands]
        await console.press("e")
        assert console.app.screen is console.app.full
        assert "enter goes there" in console.text()
        await console.press("enter")
        await console.settle()
        assert console.app.shops.current.number == SECOND
        assert console.app.model.orders.cursor == 500
        await console.press(NEXT)
        await console.settle()
        assert console.app.shops.current.number == THIRD, "the oldest blocked order follows"
        await house.tell(SECOND, m.OrdersChanged((view(500, state="exported", specter_number="1"),)))
        await console.press(BEFORE)
        assert console.app.front == "todo"

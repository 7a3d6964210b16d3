"""Keys that mark several rows, in the list of orders and in that of article numbers."""

from specter_tui.engine import events as m
from tests.console.conftest import SMALL, Console, Run
from tests.console.scripted import bad_number, view

MARKED = "2 marked"


def marked(console: Console) -> set[int]:
    return set(console.app.model.orders.marks)


async def test_V_marks_as_the_cursor_moves_until_V_or_esc(run: Run) -> None:
    async with run() as console:
        await console.press("down", "V")
        assert "V or esc ends it" in console.text()
        await console.press("down", "down", "down", "up")
        assert marked(console) == {2, 3, 4}
        assert "3 marked · range" in console.text()
        assert console.text().count("◆") == 3
        await console.press("escape", "end")
        assert marked(console) == {2, 3, 4}
        assert "range" not in console.text()
        await console.press("escape")
        assert not marked(console)


async def test_a_key_that_does_something_else_ends_a_range(run: Run) -> None:
    async with run() as console:
        for key in ("space", "r"):
            await console.press("home", "V", key)
            before = marked(console)
            await console.press("end")
            assert marked(console) == before, key


async def test_a_new_sort_under_a_range_marks_nothing_else(run: Run) -> None:
    async with run() as console:
        await console.press("V", "down")
        assert marked(console) == {1, 2}
        await console.press("s", "1", "end")
        assert marked(console) == {1, 2}


async def test_a_filter_that_changes_keeps_marks_and_adds_what_it_shows(run: Run) -> None:
    async with run() as console:
        await console.press("space", "slash", *"dahl", "enter", "plus")
        assert marked(console) == {1, 4}
        assert MARKED in console.text()
        await console.press("slash", "ctrl+u", *"karin", "enter", "minus")
        assert marked(console) == {1, 3, 4}
        await console.press("minus", "escape", "minus")
        assert marked(console) == {2, 3, 5}


async def test_shift_and_arrows_mark_as_they_go(run: Run) -> None:
    async with run(SMALL) as console:
        await console.press("shift+down", "shift+down", "shift+up")
        assert marked(console) == {1, 2}
        await console.press("down", "down", "shift+down")
        assert marked(console) == {1, 2, 4, 5}
        assert console.app.model.orders.cursor == 5
        await console.press("up", "up", "home")
        assert marked(console) == {1, 2, 4, 5}


async def test_rows_come_and_go_under_a_range(run: Run) -> None:
    async with run() as console:
        console.engine.answers["preview"] = lambda _: []
        await console.press("V", "down", "down")
        await console.tell(m.OrdersChanged((view(9), view(0)), gone=(2,)))
        await console.press("down")
        assert marked(console) == {1, 2, 3, 4}
        assert console.app.model.orders.shown == [1, 2, 3, 4, 5]
        await console.press("escape", "escape", "end")
        assert not marked(console)
        assert console.app.model.orders.shown == [0, 1, 3, 4, 5, 9]


async def test_the_last_mark_that_is_inverted_lets_new_orders_in(run: Run) -> None:
    async with run() as console:
        await console.press("asterisk")
        await console.tell(m.OrdersChanged((view(9),)))
        assert "+1 new" in console.text()
        await console.press("minus")
        assert not marked(console)
        assert "1009" in console.text()


async def test_article_numbers_are_marked_by_the_same_keys(run: Run) -> None:
    async with run() as console:
        tea, cake, mug = (bad_number(uid, f"N {uid}", f"N-{uid}", f"Name {uid}") for uid in (7, 8, 9))
        await console.tell(m.NumbersChecked(64, (tea, cake, mug)))
        await console.press("3", "V", "down")
        assert console.text().count("◆") == 2
        await console.tell(m.NumbersChecked(65, (cake, bad_number(5, "N 5", "N-5", "Name 5"), mug)))
        await console.press("end")
        assert set(console.app.model.numbers.marks) == {(8, None)}
        await console.press("minus")
        assert set(console.app.model.numbers.marks) == {(5, None), (9, None)}
        await console.press("plus")
        assert len(console.app.model.numbers.marks) == 3
        await console.press("escape", "home", "shift+down")
        assert set(console.app.model.numbers.marks) == {(8, None), (5, None)}
        assert not marked(console)


async def test_a_list_without_marks_says_so(run: Run) -> None:
    async with run() as console:
        await console.press("2", "V")
        assert "That is for orders and article numbers: press 1 or 3 first." in console.text()

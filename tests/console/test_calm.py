"""The screen is calm: nothing moves under the cursor, and only changes are sent."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from textual.geometry import Region

from specter_tui.console.app import ConsoleApp
from specter_tui.console.engine_bridge import PAINT_EVERY
from specter_tui.console.loaders import log_pages
from specter_tui.console.terminal import idle_privacy
from specter_tui.console.viewmodel.export_log import MOST, PAGE
from specter_tui.console.widgets.row_list import HEADER, RowList
from specter_tui.engine import events as m
from specter_tui.journal.journal import Journal
from specter_tui.journal.location import journal_place
from specter_tui.journal.models import KnownNumber
from specter_tui.journal.safety.operators import Operator
from tests.console.conftest import MIDDLE, SMALL, Run
from tests.console.scripted import event, view

MANY = tuple(view(uid) for uid in range(10, 110))


def line_of_cursor(rows: RowList) -> int:
    return rows.place - rows.scroll_offset.y


@contextmanager
def refreshed(rows: RowList) -> Iterator[list[Region]]:
    """Record the regions that a list draws again."""
    asked: list[Region] = []
    original = rows.refresh

    def refresh(*regions: Region, **options: Any) -> Any:
        asked.extend(regions or (Region(0, 0, *rows.size),))
        return original(*regions, **options)

    rows.refresh = refresh  # type: ignore[method-assign]
    yield asked
    del rows.refresh  # type: ignore[method-assign]


async def test_the_cursors_line_stays_where_it_is_when_rows_come_above(run: Run) -> None:
    async with run(orders=MANY) as console:
        rows = console.app.main.panes["orders"].rows
        await console.press(*["down"] * 40)
        before = line_of_cursor(rows)
        await console.tell(m.OrdersChanged(tuple(view(uid) for uid in range(1, 6))))
        assert rows.cursor == 50
        assert rows.place == 45
        assert line_of_cursor(rows) == before


async def test_at_the_top_new_orders_are_seen_and_the_cursor_stays_on_its_order(run: Run) -> None:
    async with run(orders=MANY) as console:
        await console.tell(m.OrdersChanged((view(1),)))
        assert console.app.main.panes["orders"].rows.cursor == 10
        assert console.app.model.orders.cursor == 10
        assert "1001" in console.text()


async def test_a_changed_order_draws_its_own_line_only(run: Run) -> None:
    async with run(orders=MANY) as console:
        rows = console.app.main.panes["orders"].rows
        with refreshed(rows) as regions:
            await console.tell(m.OrdersChanged((view(12, state="sending"), view(105, state="sending"))))
        assert [(region.y, region.height) for region in regions] == [(HEADER + 2, 1)]
        assert "» sending" in console.text()


async def test_an_order_that_comes_or_goes_out_of_sight_draws_no_line(run: Run) -> None:
    async with run(orders=MANY) as console:
        rows = console.app.main.panes["orders"].rows
        with refreshed(rows) as regions:
            await console.tell(m.OrdersChanged((view(200), view(105, state="sending")), gone=(108,)))
            assert rows.count == len(MANY)
            assert regions == []
            await console.tell(m.OrdersChanged((view(201), view(12, state="sending"))))
            assert [(region.y, region.height) for region in regions] == [(HEADER + 2, 1)]
        assert "» sending" in console.text()


async def test_orders_that_come_and_go_in_sight_draw_the_lines_below_them(run: Run) -> None:
    async with run(orders=MANY) as console:
        rows = console.app.main.panes["orders"].rows
        with refreshed(rows) as regions:
            await console.tell(m.OrdersChanged((), gone=(13,)))
        assert min(region.y for region in regions) == HEADER + 3
        assert "1013" not in console.text()
        assert "1014" in console.text()


async def test_keys_that_keep_coming_do_not_put_off_what_was_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    async with run(orders=MANY) as console:
        await console.pilot.pause(PAINT_EVERY)
        monkeypatch.setattr("specter_tui.console.engine_bridge._QUICK", 0.3)
        console.app.bridge.key_pressed()
        console.engine.tell(m.OrdersChanged((view(12, state="sending"),)))
        begun = monotonic()
        while "» sending" not in console.text():
            await console.press("down")
            assert monotonic() - begun < 10


async def test_the_cursor_draws_two_lines(run: Run) -> None:
    async with run(orders=MANY) as console:
        rows = console.app.main.panes["orders"].rows
        with refreshed(rows) as regions:
            await console.press("down")
        assert [region.height for region in regions] == [1, 1]


async def test_what_is_told_is_gathered_unless_a_key_was_pressed(run: Run) -> None:
    async with run() as console:
        await console.pilot.pause(PAINT_EVERY)
        console.engine.tell(m.OrdersChanged((view(1, state="sending"),)))
        await console.settle()
        for number in range(20):
            console.engine.tell(m.OrdersChanged((view(1, state="ready", specter_number=str(number)),)))
        await console.pilot.pause(0.3)
        assert console.app.model.orders.views[1].state == "sending"
        await console.pilot.pause(PAINT_EVERY)
        assert console.app.model.orders.views[1].specter_number == "19"


async def test_an_idle_screen_draws_nothing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    async with run() as console:
        await console.settle()
        drawn: list[object] = []
        monkeypatch.setattr(ConsoleApp, "_display", lambda *seen: drawn.append(seen))
        await console.pilot.pause(1.5)
        assert drawn == []


async def test_ten_thousand_orders_cost_what_forty_do(run: Run) -> None:
    async with run(orders=tuple(view(uid) for uid in range(1, 10_001))) as console:
        await console.press("end")
        assert console.app.model.orders.cursor == 10_000
        assert "11000" in console.text()
        await console.press("pageup")
        assert 9_970 < (console.app.model.orders.cursor or 0) < 10_000
        await console.press("slash", *"10999")
        assert console.app.model.orders.shown == [9_999]


async def test_the_names_go_from_an_idle_screen_and_a_key_only_brings_them_back(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with run(UI__HIDE_AFTER="1") as console:
        assert "Åsa Öberg" in console.text()
        with monkeypatch.context() as patch:
            patch.setattr(idle_privacy, "monotonic", lambda: monotonic() + 2)
            console.app.idle_privacy.check()
        await console.settle()
        assert "Åsa Öberg" not in console.text()
        assert "•••••" in console.text()
        await console.press("e")
        assert "Åsa Öberg" in console.text()
        assert console.engine.asked("export") == []


async def test_an_unwatched_log_shows_its_newest_line_a_watched_one_stands_still(run: Run) -> None:
    async with run() as console:
        rows = console.app.main.panes["log"].rows
        await console.tell(m.LogGrew((event(1), event(2))))
        assert rows.cursor == 2
        await console.tell(m.LogGrew((event(3),)))
        assert rows.cursor == 3
        await console.press("2", "down")
        await console.tell(m.LogGrew((event(4),)))
        assert rows.cursor == 2


async def test_older_events_are_read_from_the_journal_when_someone_comes_to_the_end(
    run: Run, journal_settings: dict[str, str]
) -> None:
    with Journal.open(
        journal_place(journal_settings["JOURNAL__URL"], 22222, None).path, 22222, Operator("anna", "kassa")
    ) as journal:
        journal.decisions.import_known(
            [KnownNumber(uid, str(1000 + uid), str(90000 + uid)) for uid in range(1, PAGE + 51)]
        )
    async with run() as console:
        log = console.app.model.log
        assert len(log.ids) == PAGE
        await console.press("2", "end")
        await console.settle()
        assert len(log.ids) == PAGE + 50
        await console.press("end")
        await console.settle()
        assert log.whole
        assert "imported" in console.text()


LONG = MOST + 5 * log_pages.MANY


@pytest.fixture
def long_log(journal_settings: dict[str, str]) -> None:
    """Make a journal with more events than a screen ever keeps."""
    place = journal_place(journal_settings["JOURNAL__URL"], 22222, None).path
    with Journal.open(place, 22222, Operator("anna", "kassa")) as journal:
        journal.decisions.import_known(
            [KnownNumber(uid, str(1000 + uid), str(90000 + uid)) for uid in range(1, LONG + 1)]
        )


@pytest.mark.usefixtures("long_log")
async def test_a_filter_of_the_log_finds_the_oldest_event_and_keeps_nothing_else(run: Run) -> None:
    async with run() as console:
        log, rows = console.app.model.log, console.app.main.panes["log"].rows
        await console.press("2", "slash", *"number=1001")
        assert "back to" in console.text()
        assert rows.count == 0
        await console.press("enter")
        await console.until(lambda: rows.count == 1)
        assert "→ 90001" in console.text()
        assert len(log.ids) + len(log.found) <= MOST
        await console.until(lambda: log.searched)
        assert "back to" not in console.text()
        await console.press("escape")
        assert not log.found


@pytest.mark.usefixtures("long_log")
async def test_a_filter_that_lets_much_through_stops_and_goes_on_at_the_end(run: Run) -> None:
    async with run() as console:
        log, rows = console.app.model.log, console.app.main.panes["log"].rows
        await console.press("2", "slash", *"imported", "enter")
        await console.until(lambda: bool(log.found) and log.search is None)
        found = len(log.found)
        assert found < log_pages.MANY + PAGE
        assert "back to" in console.text()
        await console.press("end")
        await console.until(lambda: len(log.found) > found)
        assert rows.count == len(set(rows.source.keys))


@pytest.mark.usefixtures("long_log")
async def test_the_csv_of_the_log_holds_all_that_the_filter_lets_through(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    async with run() as console:
        for filtered, count in (("", LONG), ("number:100?", 9)):
            await console.press("2", "slash", *filtered, "enter", "w")
            assert "The whole log" in console.text()
            await console.type(str(path))
            await console.press("enter")
            await console.until(lambda wanted=count: f"Wrote {wanted} rows" in console.app.model.words)  # type: ignore[misc]
            lines = path.read_text(encoding="utf-8-sig").splitlines()
            assert len(lines) == count + 1
            assert "1001" in lines[-1]
            path.unlink()


async def test_resizing_while_it_runs(run: Run) -> None:
    async with run(MIDDLE) as console:
        await console.pilot.resize_terminal(*SMALL)
        await console.settle()
        assert "│ 2 Export log" in console.text()
        await console.pilot.resize_terminal(*MIDDLE)
        await console.settle()
        assert "Suggestion" in console.text()
        await console.pilot.resize_terminal(250, 70)
        await console.settle()
        assert "Suggestion" in console.text()


async def test_the_mouse_moves_the_cursor_and_opens(run: Run) -> None:
    async with run() as console:
        rows = console.app.main.panes["orders"].rows
        await console.pilot.click(rows, offset=(10, HEADER + 2))
        await console.settle()
        assert console.app.model.orders.cursor == 3
        await console.pilot.click(rows, offset=(10, HEADER + 3), times=2)
        await console.settle()
        assert console.app.detail is not None


async def test_a_window_that_is_too_small_shows_that_alone_and_hears_no_key_but_leaving(run: Run) -> None:
    async with run(MIDDLE) as console:
        await console.pilot.resize_terminal(70, 20)
        await console.settle()
        assert "The window is 70x20; below 80x24" in console.text()
        await console.pilot.resize_terminal(40, 10)
        await console.settle()
        assert "This window is 40x10." in console.text()
        assert "Åsa Öberg" not in console.text()
        await console.press("e", "down", "space")
        assert console.engine.asked("export") == []
        await console.pilot.resize_terminal(*SMALL)
        await console.settle()
        assert "Åsa Öberg" in console.text()
        assert "The window is" not in console.text(), "nothing is cut off any more"
        await console.press("e")
        assert console.engine.asked("export") != []
        await console.pilot.resize_terminal(20, 5)
        await console.settle()
        await console.press("q")
        assert console.engine.asked("leave")

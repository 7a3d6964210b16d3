"""The user's views of lists: filter words, sorting by any column, named views, files, going to an order."""

import csv
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from textual.widgets import Input

from specter_tui.console.screens.column_chooser import ColumnChooser
from specter_tui.console.screens.modals import EntryDialog, Question
from specter_tui.console.screens.saved_views_screen import SavedViewsScreen
from specter_tui.console.viewmodel.list_view import ListView
from specter_tui.console.viewmodel.saved_views import read_views, write_views
from specter_tui.console.widgets.row_list import RowList
from specter_tui.engine import events as m
from specter_tui.i18n import t
from tests.console.conftest import LARGE, MIDDLE, SMALL, Console, Run, five
from tests.console.scripted import NOON, bad_number, delivery, drift_line, event, plan_of, view
from tests.support.file_modes import mode


async def filled(console: Console) -> None:
    """Put something into every list."""
    await console.tell(
        m.LogGrew((event(1), event(2, uid=3, verb="unknown", to_state="unknown"))),
        m.NumbersChecked(9, (bad_number(7, "TE Å", "TE-A", "Tea"), bad_number(8, "B 1", "B-1", "Bowl"))),
        m.DriftChanged((drift_line(4, "KAFFE-1"), drift_line(5, "TE-2"))),
        m.MethodsRead((m.DeliveryMethodInfo(7, "PostNord"),), ()),
        m.DeliveriesChanged((delivery(4), delivery(5, tracking="NO7"))),
    )


async def told(console: Console, words: str) -> None:
    """Wait for the message about work outside the screen."""
    for _ in range(200):
        if words in console.app.model.words:
            return await console.settle()
        await console.pilot.pause(0.02)
    raise AssertionError(console.text())


def shown(console: Console) -> list[object]:
    return list(console.app.rows.source.keys)


async def test_words_of_a_filter_narrow_the_list_with_each_key(run: Run) -> None:
    async with run() as console:
        await console.press("slash", *"total")
        assert shown(console) == []
        assert "total>" in console.text()
        await console.press("greater_than_sign", *"250")
        assert shown(console) == [3, 4, 5]
        await console.press("space", *"st", "tab")
        assert console.app.query_one("#filter", Input).value == "total>250 state:"
        await console.press(*"unk")
        assert shown(console) == [3]
        await console.press("enter")
        assert "Filter: total>250 state:unk" in console.text()
        assert isinstance(console.app.focused, RowList)
        await console.press("escape")
        assert len(shown(console)) == 5


async def test_a_word_that_there_is_not_is_said_and_shows_nothing(run: Run) -> None:
    async with run(SMALL) as console:
        await console.press("slash", *"colour", "colon", *"red")
        assert "colour: no such word here" in console.text()
        assert shown(console) == []
        await console.press("enter", "asterisk", "e")
        assert console.engine.asked("export") == []


@pytest.mark.parametrize(
    ("keys", "text", "left"),
    [
        (("2",), "state:unknown", [2]),
        (("3",), "namn:bowl", [(8, None)]),
        (("d",), "artikel:te*", [(5, "TE-2", "")]),
        (("ctrl+p", *"deliveries", "enter"), "tracking:no7", [5]),
    ],
)
async def test_every_list_is_filtered_by_its_own_words(
    run: Run, keys: tuple[str, ...], text: str, left: list[object]
) -> None:
    async with run() as console:
        await filled(console)
        await console.press(*keys)
        before = shown(console)
        await console.press("slash")
        console.app.screen.query_one("#filter", Input).value = text
        await console.settle()
        assert shown(console) == left
        assert "1 of 2" in console.text()
        console.app.screen.query_one("#filter", Input).value = "no such thing"
        await console.settle()
        assert "Nothing matches the filter" in console.text()
        await console.press("enter", "escape")
        assert shown(console) == before
        assert console.app.rows.source.look.filter_text == ""


async def test_s_opens_a_small_choice_and_the_head_says_how_it_is_sorted(run: Run) -> None:
    async with run() as console:
        assert "▼ Placed" in console.text()
        await console.press("down", "s")
        assert isinstance(console.app.screen, ColumnChooser)
        await console.press("s")
        assert shown(console) == [5, 4, 3, 2, 1]
        assert "▲ Placed" in console.text()
        assert console.app.rows.cursor == 2
        await console.press("s", "4")
        assert shown(console) == [1, 2, 3, 4, 5]
        assert "▲ Total" in console.text()
        await console.press("s", "enter")
        assert shown(console) == [5, 4, 3, 2, 1]
        assert "▼ Total" in console.text()
        await console.press("s", "up", "enter")
        assert "▲ Customer" in console.text()
        await console.press("s", "escape")
        assert "▲ Customer" in console.text()
        await console.press("s", "0")
        assert "▼ Placed" in console.text()


async def test_columns_are_shown_and_hidden(run: Run) -> None:
    async with run(LARGE) as console:
        await console.press("z")
        head = console.text().splitlines()[3]
        assert "Paid" not in head
        assert "State" in head
        assert "Why not" in head, "there is room for it"
        await console.press("s", *["down"] * 3, "space", "escape")  # From the column that it is sorted by, three down.
        assert "Paid" in console.text().splitlines()[3]
        await console.press("s", *["up"] * 7, "space", "escape")
        assert "State" not in console.text().splitlines()[3]
        assert "No e-mail." in console.text()
        await console.press("s", "0")
        assert console.text().splitlines()[3] == head


async def test_new_orders_find_their_place_in_every_sort(run: Run) -> None:
    async with run() as console:
        await console.press("s", "3")
        assert [view.customer for view in map(console.app.model.orders.views.get, shown(console))] == [
            "Bygg AB", "Karin Ek", "Lars Fors", "Olle Dahl", "Åsa Öberg"
        ]  # fmt: skip
        await console.tell(m.OrdersChanged((view(9, customer="Maja"), view(10, customer="Örn"))))
        assert shown(console) == [2, 3, 5, 9, 4, 1, 10]
        await console.press("s", "s")
        await console.tell(m.OrdersChanged((view(11, customer="Anna"),)))
        assert shown(console) == [10, 1, 4, 9, 5, 3, 2, 11]


async def test_views_are_kept_opened_and_forgotten(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "config" / "views.json"
    async with run() as console:
        await console.press("slash", *"100", "enter", "s", "4", "v")
        assert isinstance(console.app.screen, SavedViewsScreen)
        assert t("None yet: type a name, and enter saves the list as it is now.") in console.text()
        await console.press(*"Morgon", "enter")
        await told(console, "is saved")
        assert "The view Morgon is saved." in console.text()
        assert mode(file) == 0o600
        await console.press("s", "0", "escape")
        assert console.app.model.orders.look.filter_text == ""
        await console.press("v")
        assert "Morgon" in console.text()
        await console.press("enter")
        assert "View: Morgon." in console.text()
        assert console.app.model.orders.look.filter_text == "100"
        assert "▲ Total" in console.text()
        await console.press("2", "v")
        assert "Morgon" not in console.text()
        await console.press("escape", "1", "s", "0", "escape", "ctrl+p", *"morgon", "enter")
        assert console.app.model.orders.look.filter_text == "100"
        await console.press("v", "f8")
        await told(console, "is removed")
        assert "is removed" in console.text()
        await console.press("v")
        assert t("None yet: type a name, and enter saves the list as it is now.") in console.text()


async def test_views_of_another_console_stay_and_a_broken_file_is_told_and_left_alone(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "config" / "views.json"
    write_views(file, {"orders": {"Kväll": ListView("state:blocked")}})
    async with run() as console:
        await console.settle()
        await console.press("v")
        assert "Kväll" in console.text()
        write_views(file, {"orders": {"Kväll": ListView("state:blocked"), "Natt": ListView("å")}})
        await console.press(*"Morgon", "enter")
        await told(console, "is saved")
        assert set(read_views(file)["orders"]) == {"Kväll", "Natt", "Morgon"}
        file.write_text("{broken")
        await console.press("v", *"Dag", "enter")
        await told(console, "The views cannot be used")
        assert file.read_text() == "{broken"


async def test_w_writes_exactly_what_is_shown(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    async with run() as console:
        await console.press("slash", *"total", "greater_than_sign", *"250", "enter", "s", "4", "s", "4", "w")
        assert isinstance(console.app.screen, EntryDialog)
        assert "3 rows, as shown" in console.text()
        assert console.app.screen.query_one(Input).value.startswith(str(Path.home()))
        await console.type(str(path))
        await console.press("enter")
        await told(console, "Wrote 3 rows")
        assert f"Wrote 3 rows to {path}" in console.text().replace("\n", "")
        with path.open(encoding="utf-8-sig", newline="") as file:
            head, *rows = csv.reader(file)
        assert head == ["State", "Order", "Customer", "Total", "Cur.", "Placed", "Specter", "Why not"], (
            "no amount without currency"
        )
        assert rows[0] == ["ready", "1005", "Lars Fors", "502.50", "SEK", "2026-11-23 03:00:00", "", ""]
        assert [row[1] for row in rows] == ["1005", "1004", "1003"]
        assert mode(path) == 0o600


async def test_w_asks_before_it_replaces_a_file(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("mine")
    async with run() as console:
        for key, kept in (("escape", True), ("y", False)):
            await console.press("w")
            await console.type(str(path))
            await console.press("enter")
            for _ in range(100):
                if isinstance(console.app.screen, Question):
                    break
                await console.pilot.pause(0.02)
            assert "is there already" in console.text()
            await console.answer(key)
            if not kept:
                await told(console, "Wrote 5 rows")
            assert (path.read_text() == "mine") is kept
        await console.press("w")
        await console.type(str(tmp_path / "none" / "x.csv"))
        await console.press("enter")
        await told(console, "was not written")


async def test_why_a_file_is_not_written_is_said_in_swedish(run: Run, tmp_path: Path) -> None:
    async with run(UI__LANGUAGE="sv") as console:
        for path, why in ((tmp_path / "none" / "x.csv", "mappen finns inte"), (tmp_path / ("x" * 300), "för långt")):
            await console.press("w")
            await console.type(str(path))
            await console.press("enter")
            await told(console, why)


@pytest.mark.parametrize(
    ("keys", "name", "line"),
    [
        (("3",), "numbers", "TE Å,TE-A,Tea,bad characters"),
        (("d",), "drift", "1004,KAFFE-1,-1,2,3"),
        (("ctrl+p", *"deliveries", "enter"), "deliveries", "1005,90005"),
        (("m",), "methods", "delivery,PostNord,7"),
    ],
)
async def test_w_writes_every_list(run: Run, tmp_path: Path, keys: tuple[str, ...], name: str, line: str) -> None:
    path = tmp_path / "out.csv"
    async with run() as console:
        await filled(console)
        await console.press(*keys)
        await console.settle()
        await console.press("w")
        assert f"{name}-" in console.app.screen.query_one(Input).value
        await console.type(str(path))
        await console.press("enter")
        await told(console, "Wrote")
        assert line in path.read_text(encoding="utf-8-sig")


async def test_g_goes_to_an_order_outside_the_list_and_shows_it_whole(run: Run) -> None:
    async with run() as console:
        found = view(77, state="exported", specter_number="90077", customer="Nils Far")
        console.engine.elsewhere["90077"] = found
        console.engine.answers["preview"] = lambda uid: [m.PreviewReady(uid, plan_of(found), None)]
        await console.press("g")
        await console.type(" 90077 ")
        await console.press("enter")
        await console.settle()
        assert console.engine.asked("find") == [("90077",)]
        assert console.app.detail is not None
        assert "1077" in console.text()
        assert console.engine.asked("preview")[-1] == (77,)
        await console.press("c")
        assert "Order 1077 is exported." in console.text()
        await console.press("escape")
        assert console.app.detail is None
        assert 77 not in console.app.model.orders.views
        assert console.app.model.orders.current == five()[0]


FIRST_DAY_AND_LAST = ("Pacific/Kiritimati", "Pacific/Pago_Pago")
"""One is 25 hours ahead of the other: they never have the same day."""


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Set the machine's clock to the last time zone."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", FIRST_DAY_AND_LAST[1])
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("elsewhere")
@pytest.mark.parametrize(
    ("pane", "field"), [("1", "placed"), ("2", "time"), ("d", "seen"), ("l", "seen"), ("o", "looked")]
)
async def test_a_day_in_a_filter_is_one_of_the_zone_that_is_set(run: Run, pane: str, field: str) -> None:
    here, away = (datetime.now(ZoneInfo(zone)) for zone in FIRST_DAY_AND_LAST)
    async with run(orders=(view(1, ordered=here),), UI__TIME_ZONE=FIRST_DAY_AND_LAST[0]) as console:
        await console.tell(m.DriftChanged((drift_line(seen_at=here),)), m.LogGrew((event(1, at=here),)))
        await console.tell(m.DeliveriesChanged((delivery(seen_at=here),)), m.PollFinished(here, None))
        if pane == "o":
            console.app.commands.overview()  # its key is there where there are several shops.
            await console.settle()
        else:
            await console.press(pane)
        for typed, count in ((here.date(), 1), ("today", 1), (away.date(), 0), (here.date() - timedelta(days=1), 0)):
            await console.press("slash", "ctrl+u", *f"{field}:{typed}", "enter")
            assert console.app.rows.count == count, typed


async def test_g_clears_a_filter_that_hides_the_order_and_says_what_is_not_found(run: Run) -> None:
    async with run() as console:
        await console.press("slash", *"1001", "enter", "g")
        await console.type("1005")
        await console.press("enter")
        assert console.app.rows.cursor == 5
        assert "The filter was cleared to show order 1005." in console.text()
        await console.press("g")
        await console.type("4711")
        await console.press("enter")
        await console.settle()
        assert "There is no order 4711." in console.text()


GAP = m.CountGap(30, 28)
DOUBT = "the shop counts 30 orders, 28 are here; they are read again"


@pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE], ids=["80x24", "120x40", "200x50"])
async def test_r_accepts_the_count_of_the_shop_only_where_that_may_be(run: Run, size: tuple[int, int]) -> None:
    async with run(size) as console:
        await console.tell(m.PollFinished(NOON, NOON, None, DOUBT))
        assert DOUBT in console.text(), "it stays, whatever key is pressed"
        await console.press("down", "r")
        assert not isinstance(console.app.screen, EntryDialog)
        assert console.engine.asked("poll") == [()]
        await console.tell(m.PollFinished(NOON, NOON, None, DOUBT, GAP))
        said = t("The shop counts {counted} orders, {found} are here.").format(counted=30, found=28)
        assert f"{said} {t('r accepts that.')}" in console.text()
        assert "r accept the count" in console.text() or size == SMALL
        await console.press("r")
        assert isinstance(console.app.screen, EntryDialog)
        assert said in console.text()
        await console.type("ok")
        await console.press("enter")
        assert console.engine.asked("accept_count") == [], "two letters are no reason"
        await console.type("deleted there")
        await console.press("enter")
        assert console.engine.asked("accept_count") == [("deleted there", GAP)]
        assert len(console.engine.asked("poll")) == 2, "it looks as well, as ever"
        await console.tell(m.PollFinished(NOON, NOON))
        assert said not in console.text()
        await console.press("r")
        assert not isinstance(console.app.screen, EntryDialog)


async def test_what_was_meant_is_proposed_and_tab_takes_it(run: Run) -> None:
    async with run(SMALL) as console:
        await console.press("slash", *"state", "colon", *"bloked")
        assert "Did you mean state:blocked? tab: yes" in console.text()
        assert shown(console) == []
        await console.press("enter")
        assert "bloked: nothing is called that here. Did you mean state:blocked?" in console.text()
        await console.press("slash", "tab")
        assert console.app.query_one("#filter", Input).value == "state:blocked"
        assert len(shown(console)) == 1


async def test_a_word_that_no_order_has_shows_similar_ones_and_says_so(run: Run) -> None:
    async with run() as console:
        await console.press("slash", *"obreg")
        assert "none exactly so; similar ones are shown" in console.text()
        assert len(shown(console)) == 1
        await console.press("enter")
        assert "≈ Filter: obreg" in console.text()


async def test_up_brings_the_filters_typed_before_and_down_what_was_being_typed(run: Run) -> None:
    async with run() as console:
        line = console.app.query_one("#filter", Input)
        for text in ("1003", "ready"):
            await console.press("slash", *text, "enter", "escape")
        await console.press("slash", *"10", "up")
        assert line.value == "ready"
        await console.press("up")
        assert (line.value, shown(console)) == ("1003", [3])
        await console.press("up", "down", "down")
        assert (line.value, len(shown(console))) == ("10", 5)
        await console.press("escape", "3", "slash", "up")
        assert line.value == "", "each list has filters of its own"


async def test_g_takes_a_number_with_spaces(run: Run) -> None:
    async with run() as console:
        await console.press("g", *"1", "space", *"003", "enter")
        assert console.app.rows.cursor == 3

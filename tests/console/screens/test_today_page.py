"""The day's page: counts compared with the shop's, the oldest open order, exports and failures by the hour."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from specter_tui.console.screens.pages.today_page import TodayPage
from specter_tui.console.viewmodel.activity_chart import ActivityChart, bar, chart
from specter_tui.console.viewmodel.display_context import DisplayContext
from specter_tui.console.viewmodel.export_log import ExportLog
from specter_tui.console.viewmodel.formats import HARD_SPACE
from specter_tui.console.viewmodel.order_summary import summarize_orders
from specter_tui.console.viewmodel.shop_view_model import ShopViewModel
from specter_tui.console.viewmodel.styled_text import text_of
from specter_tui.console.widgets.row_sources.log_rows import so_far
from specter_tui.console.widgets.status_lines import counts_line
from specter_tui.engine import events as m
from specter_tui.engine.order_states import OrderState
from specter_tui.i18n import ngettext, set_locale, t
from tests.console.conftest import LARGE, MIDDLE, SMALL, Run
from tests.console.scripted import NOON, event, settings_of, view

ZONE = ZoneInfo("Europe/Stockholm")
FRAME = DisplayContext(zone=ZONE, now=NOON + timedelta(minutes=10))
BEGIN = NOON - timedelta(days=7)


def count(in_shop: int, outside: int = 0) -> m.ShopCount:
    return m.ShopCount(BEGIN, NOON, in_shop, outside)


def desk_of(*views: m.OrderView, **more: str) -> ShopViewModel:
    model = ShopViewModel(settings=settings_of(**more), frame=FRAME)
    model.orders.apply(views)
    return model


def line(model: ShopViewModel, width: int = 120) -> str:
    return text_of([counts_line(model, width)]).replace(HARD_SPACE, " ")


def page(model: ShopViewModel, width: int = 76) -> str:
    return text_of(TodayPage(model).write(width)).replace(HARD_SPACE, " ")


def test_the_counts_say_whether_they_are_as_many_as_the_shop_counts() -> None:
    model = desk_of(view(1), view(2), view(3, state="blocked"))
    assert "= 3" in line(model)
    assert "shop" not in line(model)
    model.count = count(5, outside=2)
    assert t("= {count}, same as in the shop").format(count=3) in line(model)
    assert "✓ The shop counts 5 placed since" in page(model)
    assert "3 are here, 2 are not in scope." in page(model)
    model.count = count(6, outside=2)
    assert "▲ 5 known, the shop counts 6" in line(model)
    assert ngettext(
        "{count} order of the shop is not here. r refreshes; if it stays so, tell your administrator.",
        "{count} orders of the shop are not here. r refreshes; if it stays so, tell your administrator.",
        1,
    ).format(count=1) in page(model)
    model.count = count(4, outside=2)
    assert ngettext(
        "{count} order here is not in the shop any more. r refreshes.",
        "{count} orders here are not in the shop any more. r refreshes.",
        1,
    ).format(count=1) in page(model)


def test_orders_placed_after_the_shop_counted_or_before_its_window_are_no_gap() -> None:
    views = (view(1), view(2, ordered=NOON + timedelta(seconds=1)), view(3, ordered=BEGIN - timedelta(days=1)))
    assert summarize_orders(views, count(1)).adds_up
    assert summarize_orders((*views, view(4, ordered=None)), count(1)).adds_up
    assert summarize_orders(views, None).adds_up is None


def test_what_stands_is_worked_out_again_when_an_order_changed() -> None:
    model = desk_of(view(1), view(2))
    before = model.standing
    assert model.standing is before
    model.orders.apply([view(1, state="exported", specter_number="90001")])
    assert model.standing.counts == {"ready": 1, "exported": 1}
    model.orders.apply((), gone=[2])
    assert model.standing.counts == {"exported": 1}


@pytest.mark.parametrize("state", ["ready", "blocked", "unknown", "refused", "exists", "retry_later", "sending"])
def test_the_oldest_that_should_be_in_specter_and_is_not(state: OrderState) -> None:
    model = desk_of(view(1), view(30, state=state), view(60, state="waiting"), view(70, state="exported"))
    assert "▲ oldest 30 h" in line(model)
    assert "1030" in page(model)
    assert t("Longer than {after} (ALERT__AFTER).").format(after="15 min") in page(model)


def test_an_order_is_late_only_after_the_time_for_alerts() -> None:
    model = desk_of(view(1), ALERT__AFTER="2h")
    assert "· oldest 1 h" in line(model)
    assert "▲" not in line(model)
    assert t("Longer than {after} (ALERT__AFTER).").split("{")[0] not in page(model)
    assert "oldest" not in line(desk_of(view(1, state="exported")))
    assert t("No order waits to go to Specter.") in page(desk_of(view(1, state="exported")))


def test_on_a_slow_line_the_oldest_is_told_by_a_time_that_does_not_run() -> None:
    model = desk_of(view(1))
    model.lean = True
    assert "oldest since 07:00" in line(model)


def test_each_event_counts_once_also_those_that_came_before_the_day_was_read() -> None:
    activity = ActivityChart()
    activity.take_events([event(7), event(8, verb="refused", to_state="refused")])
    assert activity.today(FRAME) == []
    activity.take_day([m.HourCount(NOON - timedelta(hours=2), 5, 1), m.HourCount(NOON, 2, 0)], 7)
    activity.take_events([event(8, verb="refused", to_state="refused"), event(9), event(9, verb="claimed")])
    told = [(one.hour, one.exported, one.failed) for one in activity.today(FRAME)]
    assert told == [(6, 5, 1), (7, 0, 0), (8, 3, 1)]


def test_yesterday_is_not_today() -> None:
    activity = ActivityChart()
    activity.take_day([m.HourCount(NOON - timedelta(days=1), 5, 1)], 1)
    assert activity.today(FRAME) == []
    assert so_far(activity, FRAME) == ""
    assert t("Nothing was exported today, and nothing failed.") in page(desk_of(view(1)))


def test_the_repeated_hour_of_a_clock_change_is_one() -> None:
    night = datetime(2026, 10, 25, 0, 0, tzinfo=UTC)
    activity = ActivityChart()
    activity.take_day([m.HourCount(night, 1, 0), m.HourCount(night + timedelta(hours=1), 2, 0)], 1)
    frame = DisplayContext(zone=ZONE, now=night + timedelta(hours=3))
    assert [(one.hour, one.exported) for one in activity.today(frame)] == [(2, 3), (3, 0), (4, 0)]


@pytest.mark.parametrize(
    ("counts", "drawn"), [([], ""), ([0], "▁"), ([7], "█"), ([0, 1, 70], "▁▂█"), ([1, 2, 3, 4, 5, 6, 7], "▂▃▄▅▆▇█")]
)
def test_the_chart_is_as_high_as_the_numbers(counts: list[int], drawn: str) -> None:
    assert chart(counts) == drawn


@pytest.mark.parametrize(
    ("number", "said"), [(1, "1 exporterad · █ 1 ej exporterad"), (2, "2 exporterade · █ 2 ej exporterade")]
)
def test_in_swedish_one_is_said_as_one(number: int, said: str) -> None:
    set_locale("sv")
    night = datetime(2026, 10, 25, 0, 0, tzinfo=UTC)
    activity = ActivityChart()
    activity.take_day([m.HourCount(night, number, number)], 1)
    assert so_far(activity, DisplayContext("sv", UTC, now=night)).endswith(said)


def test_a_bar_of_something_is_never_nothing() -> None:
    assert (bar(0, 9, 10), bar(1, 1000, 10), bar(1000, 1000, 10)) == ("", "█", "█" * 10)


@pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE], ids=["80x24", "120x40", "200x50"])
async def test_today_is_a_key_away_and_follows_what_happens(run: Run, size: tuple[int, int]) -> None:
    now = datetime.now(ZONE).replace(minute=30)
    async with run(size) as console:
        begin = now.replace(minute=0, second=0, microsecond=0).astimezone(UTC)
        await console.tell(m.ActivityRead((m.HourCount(begin, 4, 1),), 5), m.PollFinished(NOON, None, count(5)))
        await console.press("2")
        assert "today █ 4 exported · █ 1 not exported" in console.text()
        await console.press("i")
        shown = console.text()
        assert t("Exported and not exported by the hour") in shown
        assert "In all 4 exported and 1 not exported." in shown
        assert "? unknown" in shown
        assert "esc back" in shown
        await console.tell(m.LogGrew((event(6, at=now),)), m.OrdersChanged((view(1, state="exported"),)))
        assert "In all 5 exported and 1 not exported." in console.text()
        await console.press("y")
        assert t("Orders in scope") in console.app.clipboard
        await console.press("escape")
        assert console.app.full is None


def test_sums_by_state_are_those_of_their_orders() -> None:
    text = page(desk_of(view(1), view(2), view(3, state="blocked", total=Decimal("10.00"))))
    assert "SEK 301.50" in text
    assert "SEK 10.00" in text


def test_the_log_says_how_long_a_try_took_that_failed() -> None:
    log = ExportLog()
    times = {
        1: ("claimed", 1, 0),
        2: ("claimed", 2, 1),
        3: ("refused", 2, 3),
        4: ("unknown", 1, 30),
        5: ("closed", 1, 40),
    }
    for event_id, (verb, uid, seconds) in times.items():
        log.add([event(event_id, uid, verb, at=NOON + timedelta(seconds=seconds), duration_ms=None)])
    assert [log.took(log.events[one]) for one in (3, 4, 5, 1)] == [2000, 30_000, None, None]
    assert log.took(event(9, duration_ms=212)) == 212
    assert ExportLog().took(event(4, verb="unknown", duration_ms=None)) is None

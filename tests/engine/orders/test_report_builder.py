"""The day's report: every order of the day once, shop = exported + held, each held one with its reason."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from specter_tui.engine.events import ReportReady
from specter_tui.engine.service import ShopService
from specter_tui.planning.day_report import Report
from specter_tui.planning.report_period import ReportPeriod
from tests.engine.shop import document, placed
from tests.support.driven_engine import Driven

pytestmark = pytest.mark.usefixtures("quick_retries")
ZONE = ZoneInfo("Europe/Stockholm")


def report(engine: Driven, day, span="day", basis="placed") -> Report:
    return engine.do(ShopService.report, ReportPeriod.of(day, span, basis)).report


def days(sandbox) -> dict:
    """Return the orders of each local day."""
    found: dict = {}
    for uid in placed(sandbox):
        at = datetime.fromisoformat(document(sandbox, uid)["ordered"]).astimezone(ZONE)
        found.setdefault(at.date(), []).append(uid)
    return found


def test_every_order_of_the_day_is_exported_or_held_and_they_add_up(stocked, driven):
    sandbox = stocked(orders=40)
    engine = driven(sandbox)
    engine.export()
    for day, uids in days(sandbox).items():
        found = report(engine, day)
        sales = [uid for uid in uids if not document(sandbox, uid)["discarded"]]
        assert found.shop_orders + sum(one.shop_orders for one in found.foreign) == len(sales)
        assert found.exported_orders + len(found.held) == found.shop_orders
        assert found.shop_total == found.exported_total + found.held_total
        assert all(one.reason and one.state != "exported" for one in found.held)
    assert isinstance(engine.told(ReportReady)[-1].report, Report)


def test_plain_days_balance_for_every_rate(stocked, driven):
    sandbox = stocked(orders=10, plain=True)
    engine = driven(sandbox)
    engine.export(*placed(sandbox)[:5])
    for day in days(sandbox):
        found = report(engine, day)
        assert found.balanced
        assert found.shop_total == sum((rate.net + rate.vat for rate in found.shop_rates), Decimal(0))


def test_the_day_is_that_of_the_people_and_begins_and_ends_at_midnight(stocked, driven):
    sandbox = stocked(orders=3, plain=True)
    first, second, third = placed(sandbox)
    midnight = datetime(2026, 10, 25, tzinfo=ZONE)
    times = (midnight, midnight + timedelta(days=1), midnight - timedelta(seconds=1))
    with sandbox.shop.lock:
        for uid, at in zip((first, second, third), times, strict=True):
            document(sandbox, uid)["ordered"] = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    engine = driven(sandbox, ORDER__SINCE="2026-10-01")
    found = report(engine, midnight.date())
    assert [one.number for one in found.held] == [document(sandbox, first)["orderNumber"]]


def test_an_order_cancelled_after_its_export_is_in_specter_alone(stocked, driven):
    sandbox = stocked(orders=1, plain=True)
    engine = driven(sandbox)
    engine.export()
    (uid,) = placed(sandbox)
    (day,) = days(sandbox)
    sent = engine.entry(uid).total
    assert report(engine, day).balanced
    sandbox.shop.discard(uid)
    engine.look()
    found = report(engine, day)
    assert (found.shop_orders, found.shop_total, found.exported_total, found.specter_total) == (0, 0, 0, sent)
    assert [(one.number, one.total) for one in found.cancelled] == [(document(sandbox, uid)["orderNumber"], sent)]
    assert not found.balanced


def test_by_export_every_order_of_the_day_is_in_it_once_also_one_that_the_shop_has_no_more(stocked, driven):
    sandbox = stocked(orders=4, plain=True)
    engine = driven(sandbox)
    first, second, third, _ = placed(sandbox)
    engine.export(first, second, third)
    today = datetime.now(ZONE).date()
    found = report(engine, today, basis="exported")
    sent = sum((engine.entry(uid).total for uid in (first, second, third)), Decimal(0))
    assert (found.exported_orders, found.exported_total, found.held, found.balanced) == (3, sent, (), True)
    assert found.basis == "exported"
    assert report(engine, today - timedelta(days=1), basis="exported").exported_orders == 0
    sandbox.shop.discard(first)
    with sandbox.shop.lock:
        sandbox.shop.tables["Order"].pop(second)
    found = report(engine, today, "month", "exported")
    assert [one.number for one in found.cancelled] == sorted(engine.entry(uid).order_number for uid in (first, second))
    assert (found.specter_total, found.exported_total) == (sent, engine.entry(third).total)
    assert found.shop_total - found.specter_total == found.specter_difference


def test_a_week_has_its_seven_days_methods_and_decisions(stocked, driven):
    sandbox = stocked(orders=10, plain=True)
    engine = driven(sandbox)
    engine.export()
    by_day = days(sandbox)
    day = max(by_day)
    week = ReportPeriod.of(day, "week")
    found = report(engine, day, "week")
    assert (found.date, found.until) == (week.first, week.last)
    assert found.shop_orders == sum(len(uids) for one, uids in by_day.items() if week.first <= one <= week.last)
    assert found.methods
    assert all(one.method for one in found.methods)
    assert found.shop_total == sum((one.shop_total for one in found.methods), Decimal(0))
    assert found.changes == ()
    (uid, *_) = by_day[day]
    engine.do(ShopService.enter_number, uid, "777001", "typed wrong")
    (change,) = report(engine, datetime.now(ZONE).date()).changes
    assert (change.verb, change.number, change.reason) == (
        "number_corrected",
        engine.entry(uid).order_number,
        "typed wrong",
    )
    assert "@" in change.by

"""The day's report: the shop's sales are the exported and the held orders, to the öre."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specter_tui.planning.day_report import Cancelled, Change, HeldOrder, RateSum, ReportedOrder, report_on
from specter_tui.planning.orders.totals import RateTotal
from specter_tui.planning.report_period import ReportPeriod
from tests.planning.shop import cost, order, plan, row

DAY = date(2026, 11, 23)
PERIOD = ReportPeriod.of(DAY)


def rates(*parts):
    return tuple(RateTotal(percent, Decimal(net), Decimal(vat)) for percent, net, vat in parts)


def reported(number="1001", state="exported", *parts, total=None, **more):
    listed = rates(*(parts or ((25, "100.00", "25.00"),)))
    whole = sum((rate.net + rate.vat for rate in listed), Decimal(0)) if total is None else Decimal(total)
    return ReportedOrder(number=number, state=state, total=whole, rates=listed, **more)


def sums(*parts):
    return tuple(RateSum(percent, Decimal(net), Decimal(vat)) for percent, net, vat in parts)


def test_a_day_without_orders_balances():
    report = report_on(PERIOD, [])
    assert (report.date, report.currency, report.shop_orders, report.shop_total) == (DAY, "SEK", 0, 0)
    assert (report.shop_rates, report.held, report.foreign, report.balanced) == ((), (), (), True)


def test_exported_and_held_make_the_shop():
    report = report_on(
        PERIOD,
        [
            reported("1001", "exported", (25, "100.00", "25.00"), (12, "50.00", "6.00")),
            reported("1002", "exported", (12, "32.05", "3.85")),
            reported("1003", "blocked", (25, "80.00", "20.00"), reason="article_number"),
            reported("1004", "closed", (6, "112.26", "6.74"), reason="by hand"),
        ],
    )
    assert (report.shop_orders, report.exported_orders, len(report.held)) == (4, 2, 2)
    assert (report.shop_total, report.exported_total, report.held_total) == (
        Decimal("435.90"),
        Decimal("216.90"),
        Decimal("219.00"),
    )
    assert report.held == (
        HeldOrder("1003", "blocked", Decimal("100.00"), "article_number"),
        HeldOrder("1004", "closed", Decimal("119.00"), "by hand"),
    )
    assert report.shop_rates == sums((25, "180.00", "45.00"), (12, "82.05", "9.85"), (6, "112.26", "6.74"))
    assert report.exported_rates == sums((25, "100.00", "25.00"), (12, "82.05", "9.85"))
    assert report.held_rates == sums((25, "80.00", "20.00"), (6, "112.26", "6.74"))
    assert report.balanced


def test_an_order_edited_after_its_export_unbalances_the_day_and_is_named():
    edited = reported("1001", sent_total=Decimal("100.00"), sent_rates=rates((25, "80.00", "20.00")))
    report = report_on(PERIOD, [edited, reported("1002", sent_total=Decimal("125.00"))])
    assert not report.balanced
    assert (report.shop_total, report.exported_total) == (Decimal("250.00"), Decimal("225.00"))
    assert [(one.number, one.shop, one.exported) for one in report.differences] == [
        ("1001", Decimal("125.00"), Decimal("100.00"))
    ]


def test_rates_that_moved_within_one_total_unbalance_the_day():
    moved = reported("1001", sent_total=Decimal("125.00"), sent_rates=rates((12, "111.61", "13.39")))
    report = report_on(PERIOD, [moved])
    assert report.shop_total == report.exported_total
    assert not report.balanced


def test_rates_that_do_not_make_up_the_total_unbalance_the_day():
    for state in ("exported", "blocked"):
        assert not report_on(PERIOD, [reported("1001", state, total="125.01")]).balanced
    unknown = ReportedOrder(number="1001", state="exported", total=Decimal(10))
    assert not report_on(PERIOD, [unknown]).balanced, "an order whose rates nobody knows"


def test_a_gift_card_takes_from_the_total_and_from_no_vat():
    report = report_on(PERIOD, [reported("1001", "exported", (25, "480.00", "120.00"), (0, "-250.00", "0"))])
    assert report.shop_total == Decimal("350.00")
    assert report.shop_rates == sums((25, "480.00", "120.00"), (0, "-250.00", "0"))
    assert report.balanced


def test_currencies_are_never_added_up():
    report = report_on(
        PERIOD, [reported("1001"), reported("1002", currency="eur"), reported("1003", "blocked", currency="NOK")]
    )
    assert (report.shop_orders, report.shop_total) == (1, Decimal("125.00"))
    assert [(one.currency, one.shop_orders, len(one.held)) for one in report.foreign] == [("EUR", 1, 0), ("NOK", 1, 1)]
    assert report.balanced
    assert all(one.balanced for one in report.foreign)


def test_a_difference_in_one_currency_is_seen_in_that_one():
    wrong = reported("1002", currency="EUR", total="1.00")
    report = report_on(PERIOD, [reported("1001"), wrong])
    assert (report.balanced, report.foreign[0].balanced) == (True, False)


amounts = st.decimals(-1_000, 100_000, places=2)
orders = st.lists(
    st.tuples(
        st.sampled_from(["exported", "blocked", "unknown", "closed"]),
        st.lists(st.tuples(st.sampled_from([0, 6, 12, 25]), amounts, amounts), min_size=1, max_size=4),
        st.sampled_from(["SEK", "EUR"]),
    ),
    max_size=20,
)


@given(orders)
def test_any_day_of_orders_that_add_up_balances_to_the_ore(day):
    listed = [reported(str(n), state, *parts, currency=currency) for n, (state, parts, currency) in enumerate(day)]
    report = report_on(PERIOD, listed)
    for one in (report, *report.foreign):
        assert one.balanced
        assert one.shop_total == one.exported_total + one.held_total
        assert one.held_total == sum(held.total for held in one.held)
        assert one.shop_total == sum(rate.net + rate.vat for rate in one.shop_rates)
        percents = [rate.vat_percent for rate in one.shop_rates]
        assert percents == sorted(set(percents), reverse=True)
    assert sum(one.shop_orders for one in (report, *report.foreign)) == len(day)


def test_the_rates_of_plans_make_up_the_report():
    made = [plan(order(row("99.97"), row("35.93", 3, "0.12"), delivery=cost("49.00"))), plan(order(row("19.90", 7)))]
    listed = [
        ReportedOrder(number=one.number, state="ready", total=one.expected, rates=one.rates, reason="manual")
        for one in made
    ]
    report = report_on(PERIOD, listed)
    assert report.balanced
    assert report.held_total == sum(one.expected for one in made)


def test_an_order_cancelled_after_its_export_is_in_specter_alone_and_named():
    gone = reported("690", alive=False, sent_total=Decimal("125.00"))
    report = report_on(PERIOD, [gone])
    assert (report.shop_orders, report.shop_total, report.exported_total) == (0, 0, 0)
    assert (report.specter_total, report.cancelled_total) == (Decimal("125.00"), Decimal("125.00"))
    assert report.specter_difference == Decimal("-125.00")
    assert report.cancelled == (Cancelled("690", Decimal("125.00")),)
    assert [(one.number, one.shop, one.exported) for one in report.differences] == [("690", 0, Decimal("125.00"))]
    assert report.edited == ()
    assert not report.balanced


def test_an_order_cancelled_before_its_export_is_no_sale_and_one_in_doubt_is_named():
    report = report_on(
        PERIOD,
        [
            reported("1", "ready", alive=False),
            reported("2", "closed", alive=False),
            reported("3", "unknown", alive=False, reason="lost"),
        ],
    )
    assert (report.shop_orders, report.shop_total, report.held_total) == (0, 0, 0)
    assert report.held == (HeldOrder("3", "unknown", Decimal(0), "lost"),)


def test_shop_is_exported_held_and_closed_and_specter_exported_and_cancelled():
    day = [
        reported("1"),
        reported("2", "blocked", (12, "50.00", "6.00")),
        reported("3", "closed", (6, "100.00", "6.00")),
        reported("4", "exported", (25, "8.00", "2.00"), alive=False),
    ]
    report = report_on(PERIOD, day)
    assert report.shop_total == report.exported_total + report.held_total
    assert (report.held_total, report.closed_total) == (Decimal("162.00"), Decimal("106.00"))
    assert report.closed_rates == sums((6, "100.00", "6.00"))
    assert report.specter_total == report.exported_total + report.cancelled_total == Decimal("135.00")
    assert report.cancelled_rates == sums((25, "8.00", "2.00"))
    assert report.specter_difference == report.shop_total - report.specter_total


def test_an_edit_of_the_vat_alone_is_named():
    moved = reported("7", sent_total=Decimal("125.00"), sent_rates=rates((12, "111.61", "13.39")))
    same = reported("8", sent_total=Decimal("125.00"), sent_rates=rates((25, "100.00", "25.00")))
    report = report_on(PERIOD, [moved, same])
    assert [(one.number, one.shop, one.exported) for one in report.vat_edited] == [
        ("7", Decimal("25.00"), Decimal("13.39"))
    ]
    assert report.differences == ()


@pytest.mark.parametrize(("vat", "told"), [("25.02", False), ("25.03", True), ("24.98", False), ("24.97", True)])
def test_the_shops_own_vat_is_shown_with_a_note_above_an_ore_a_row(vat, told):
    own = (RateTotal(Decimal(25), Decimal("125.00") - Decimal(vat), Decimal(vat)),)
    report = report_on(PERIOD, [reported("7", shop_rates=own, rows={Decimal(25): 2})])
    assert [rate.vat for rate in report.shop_rates] == [Decimal(vat)]
    assert [rate.vat for rate in report.exported_rates] == [Decimal("25.00")]
    assert [(note.vat_percent, note.shop, note.exported) for note in report.vat_notes] == (
        [(25, Decimal(vat), Decimal("25.00"))] if told else []
    )
    assert report.balanced


@pytest.mark.parametrize(
    ("day", "span", "first", "last"),
    [
        ("2026-11-26", "day", "2026-11-26", "2026-11-26"),
        ("2026-11-29", "week", "2026-11-23", "2026-11-29"),
        ("2027-01-01", "week", "2026-12-28", "2027-01-03"),
        ("2026-11-26", "month", "2026-11-01", "2026-11-30"),
        ("2028-02-29", "month", "2028-02-01", "2028-02-29"),
        ("2026-12-31", "month", "2026-12-01", "2026-12-31"),
    ],
)
def test_a_period_is_a_day_a_week_from_monday_or_a_month(day, span, first, last):
    period = ReportPeriod.of(date.fromisoformat(day), span, "exported")
    assert (str(period.first), str(period.last), period.basis) == (first, last, "exported")
    assert period.before.after == period.after.before == period
    assert (period.after.first - period.last).days == (period.first - period.before.last).days == 1


def test_payment_methods_add_up_to_the_shop_and_to_specter():
    report = report_on(
        PERIOD,
        [
            reported("1", "exported", (25, "100.00", "25.00"), method="Swish"),
            reported("2", "exported", (25, "80.00", "20.00"), method="Swish", sent_total=Decimal("99.00")),
            reported("3", "blocked", (12, "50.00", "6.00"), method="Faktura"),
            reported("4", "exported", (6, "10.00", "0.60"), method=""),
            reported("5", "exported", (25, "8.00", "2.00"), method="Swish", alive=False),
        ],
    )
    assert [(one.method, one.shop_orders, one.shop_total, one.exported_orders, one.exported_total)
            for one in report.methods] == [
        ("", 1, Decimal("10.60"), 1, Decimal("10.60")),
        ("Faktura", 1, Decimal("56.00"), 0, Decimal(0)),
        ("Swish", 2, Decimal("225.00"), 2, Decimal("224.00")),
    ]  # fmt: skip
    assert report.methods[2].rates == sums((25, "180.00", "45.00"))


@given(
    st.lists(
        st.builds(
            lambda state, method, net, sent, alive: reported(
                "1", state, (25, net, net / 4), method=method, alive=alive,
                sent_total=sent if state == "exported" else None,
            ),
            st.sampled_from(["exported", "blocked", "closed", "unknown"]),
            st.sampled_from(["", "Swish", "Kort"]),
            st.decimals(0, 9999, places=2),
            st.none() | st.decimals(0, 9999, places=2),
            st.booleans(),
        ),
        max_size=12,
    )
)  # fmt: skip
def test_methods_always_add_up_to_the_ore(orders):
    report = report_on(PERIOD, orders)
    assert sum((one.shop_total for one in report.methods), Decimal(0)) == report.shop_total
    assert sum((one.exported_total for one in report.methods), Decimal(0)) == report.exported_total
    assert sum(one.shop_orders for one in report.methods) == report.shop_orders
    for rate in report.shop_rates:
        parts = [part for one in report.methods for part in one.rates if part.vat_percent == rate.vat_percent]
        assert sum((part.net for part in parts), Decimal(0)) == rate.net
        assert sum((part.vat for part in parts), Decimal(0)) == rate.vat
    assert report.specter_total == report.exported_total + report.cancelled_total


def test_decisions_are_told_once_in_the_order_of_their_time():
    late, early = (
        Change(datetime(2026, 11, 23, hour, tzinfo=UTC), "1001", "closed", "asa@kassa", "test") for hour in (9, 8)
    )
    report = report_on(PERIOD, [reported(currency="EUR")], (late, early))
    assert report.changes == (early, late)
    assert report.foreign[0].changes == ()

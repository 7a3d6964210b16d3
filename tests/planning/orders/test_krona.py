"""Krona rounding: the shop's rounding gets a row of its own, where the settings allow it."""

from decimal import Decimal

import pytest

from specter_tui.planning.problems import cure_of
from tests.planning.shop import GIFT, cases, cost, discount, facts, order, payment, plan, row

D = Decimal


def rounded(raw, total, key="total"):
    """Return the order with its total, or its cart as well, rounded by the shop; the VAT takes the difference."""
    for name in ("cart", "total") if key == "cart" else ("total",):
        one = raw["costs"][name]
        one |= {"vat": one["vat"] + D(total) - one["incVat"], "incVat": D(total)}
    return raw


def rounding_rows(made):
    return [(one.unit_price, one.vat_percent) for one in made.form.rows if one.kind == "rounding"]


@pytest.mark.parametrize("key", ["total", "cart"])
@pytest.mark.parametrize(
    ("price", "total", "gap"),
    [
        ("99.40", "99", "-0.40"), ("99.49", "99", "-0.49"), ("99.50", "100", "0.50"), ("99.60", "100", "0.40"),
        ("0.60", "1", "0.40"), ("0.40", "0", "-0.40"),
    ],
)  # fmt: skip
def test_the_rounding_row_carries_it(price, total, gap, key):
    made = plan(rounded(order(row(price)), total, key), krona_rounding=True)
    assert made.problems == ()
    assert made.warnings == ()
    assert (made.expected, made.modelled) == (D(total), D(total))
    assert rounding_rows(made) == [(D(gap), 0)]
    assert made.form.rows[-1].kind == "rounding"
    assert {rate.vat_percent: rate.vat for rate in made.rates}[25] == cost(price)["vat"]


@pytest.mark.parametrize(
    ("price", "total"), [("99.50", "99"), ("99.51", "99"), ("99.49", "100"), ("98.40", "100"), ("99.40", "98")]
)
def test_more_than_that_is_held(price, total):
    assert cases(plan(rounded(order(row(price)), total), krona_rounding=True)) == [("sums", "total")]


def test_a_total_that_is_not_in_whole_kronor_is_held():
    assert cases(plan(rounded(order(row("99.40")), "99.10"), krona_rounding=True)) == [("sums", "total")]


def test_another_currency_is_not_rounded_to_kronor():
    raw = rounded(order(row("99.40")), "99")
    raw["currency"] = "EUR"
    for one in (raw["costs"]["cart"], raw["costs"]["total"], *raw["items"][0]["costs"].values()):
        one["currency"] = "EUR"
    assert cases(plan(raw, krona_rounding=True, foreign_currency=True)) == [("sums", "total")]


@pytest.mark.parametrize(
    ("by", "setting"),
    [
        ({}, "ORDER__KRONA_ROUNDING"),
        ({"article_rounding": ""}, "ORDER__KRONA_ROUNDING"),
        ({"krona_rounding": True, "article_rounding": ""}, "ORDER__ARTICLE_ROUNDING"),
    ],
)
def test_without_both_settings_it_is_held_and_they_are_named(by, setting):
    made = plan(rounded(order(row("99.40")), "99"), **by)
    assert cases(made) == [("sums", "krona")]
    assert made.problems[0].field == setting
    assert dict(made.problems[0].values)["gap"] == "-0.40"
    assert "ORDER__KRONA_ROUNDING" in cure_of(made.problems[0], "sv")
    assert "ORDER__ARTICLE_ROUNDING" in cure_of(made.problems[0], "en")


def test_gaps_in_the_cart_and_in_the_total_are_no_rounding():
    raw = rounded(order(row("99.40"), delivery=cost("49.00")), "148")
    raw["costs"]["cart"]["incVat"] = D("104.40")
    assert cases(plan(raw, krona_rounding=True)) == [("sums", "cart"), ("sums", "total")]


def test_one_row_carries_the_kronor_and_what_decimals_make():
    raw = rounded(order(row("19.90", 100, "0.12"), row("7.40")), "1997")
    made = plan(raw, krona_rounding=True, specter={"price_decimals": 2})
    assert made.problems == ()
    assert rounding_rows(made) == [(D("-0.64"), 0)]
    assert made.modelled == 1997


def test_what_decimals_cannot_make_is_held_also_beside_kronor():
    raw = rounded(order(row("99.40", discountInfo=discount("10.00"))), "89")
    raw["payments"] = [payment(GIFT, amount="0.004"), payment()]
    assert cases(plan(raw, krona_rounding=True)) == [("rounding", "fraction")]


def test_a_gift_card_pays_a_rounded_total():
    raw = rounded(order(row("99.40")), "99")
    raw["payments"] = [payment(GIFT, amount="99")]
    made = plan(raw, facts(), krona_rounding=True)
    assert made.problems == ()
    assert made.modelled == 0

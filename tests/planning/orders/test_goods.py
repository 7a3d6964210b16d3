"""Rows of goods, with contradictions."""

from decimal import Decimal

import pytest

from specter_tui.planning.problems import text_of
from tests.planning.shop import cases, codes, cost, facts, order, plan, row

D = Decimal


def with_total(unit, quantity, total):
    """Return an order of one row whose total is not unit times quantity."""
    raw = order(row(unit, quantity))
    raw["items"][0]["costs"]["total"] = cost(total)
    raw["costs"] = {"cart": cost(total), "total": cost(total)}
    return raw


@pytest.mark.parametrize(
    ("quantity", "total", "sound"),
    [(1, "10.01", True), (1, "10.02", False), (3, "30.02", True), (3, "29.98", True), (3, "30.03", False)],
)
def test_unit_and_quantity_make_the_total_as_near_as_rounded_units_can(quantity, total, sound):
    assert codes(plan(with_total("10.00", quantity, total))) == ([] if sound else ["quantity"])


def test_the_rows_total_is_what_is_sent():
    made = plan(with_total("10.00", 3, "30.02"))
    assert made.modelled == D("30.02")


def test_fractions_of_a_unit():
    made = plan(order(row("10.00", D("2.5"))))
    assert made.ready
    assert made.form.fields()["noOfItems_1"] == "2.5"


@pytest.mark.parametrize(
    ("quantity", "off", "sound"),
    [
        (D("0.5"), "0.01", True),
        (D("0.5"), "0.02", False),
        (1, "0.01", True),
        (1, "-0.01", True),
        (1, "0.02", False),
        (3, "0.02", True),
        (3, "0.03", False),
    ],
)
def test_the_vat_of_a_row_is_that_of_its_rate(quantity, off, sound):
    raw = order(row("100.00", quantity))
    raw["items"][0]["costs"]["total"]["vat"] += D(off)
    assert cases(plan(raw)) == ([] if sound else [("sums", "vat")])


@pytest.mark.parametrize(
    ("missing", "sound"), [(("vat",), False), (("exVat",), True), (("vat", "exVat"), True), ((), True)]
)
def test_the_vat_is_the_shops_or_what_its_net_leaves(missing, sound):
    raw = order()
    total = raw["items"][0]["costs"]["total"]
    total["exVat"] = D("70.00")
    for key in missing:
        del total[key]
    assert cases(plan(raw)) == ([] if sound else [("sums", "vat")])
    if not sound:
        assert "30.00 on 100.00" in text_of(plan(raw).problems[0], "en")


def test_a_vat_of_zero_is_named():
    raw = order()
    raw["items"][0]["costs"]["total"] |= {"vat": 0}
    assert "The VAT 0.00 on 100.00" in text_of(plan(raw).problems[0], "en")


@pytest.mark.parametrize("rate", ["0.255", "0.1025", "0.081", "0.055"])
@pytest.mark.parametrize("unit", ["100.00", "12.50", "0.99", "3.33", "7999.00"])
def test_a_per_cent_may_have_two_decimals(rate, unit):
    made = plan(order(row(unit, 3, rate=rate)), article_rounding=None)
    assert made.problems == ()
    assert made.form.rows[0].fields(1)["vatPercent_1"] == str((D(rate) * 100).normalize())


def test_a_rate_that_was_divided_from_ore_is_no_rate():
    raw = order(row("15.63", rate="0.2504"))
    assert cases(plan(raw)) == [("rate", "row_divided")]
    assert "25.04 %" in text_of(plan(raw).problems[0], "en")
    raw["items"][0]["costs"]["unit"]["vatRate"] = D("0.25")
    made = plan(raw)
    assert made.ready
    assert made.form.rows[0].vat_percent == 25


def test_a_divided_rate_gives_way_to_a_rounder_one_with_decimals():
    raw = order(row("15.69", rate="0.2552"))
    raw["items"][0]["costs"]["unit"]["vatRate"] = D("0.255")
    assert plan(raw).form.rows[0].vat_percent == D("25.5")


def test_a_rate_of_more_decimals_is_named():
    assert "12,345 %" in text_of(plan(order(row(rate="0.12345"))).problems[0], "sv")
    raw = order()
    del raw["items"][0]["costs"]["total"]["vatRate"], raw["items"][0]["costs"]["unit"]["vatRate"]
    assert "ingen momssats" in text_of(plan(raw).problems[0], "sv")


@pytest.mark.parametrize("rate", [D("0.24999"), None])
def test_the_units_rate_counts_where_the_rows_is_a_quotient_of_ore(rate):
    raw = order()
    raw["items"][0]["costs"]["total"]["vatRate"] = rate
    made = plan(raw)
    assert made.ready
    assert made.form.rows[0].vat_percent == 25


def test_the_rows_own_rate_goes_before_the_units():
    raw = order(row(rate="0.12"))
    raw["items"][0]["costs"]["unit"]["vatRate"] = D("0.25")
    assert plan(raw).form.rows[0].vat_percent == 12


@pytest.mark.parametrize(
    ("texts", "name"),
    [
        ({"articleName": "Mugg"}, "Mugg"),
        ({"articleName": ""}, "Å"),
        ({"articleName": "", "articleNumber": ""}, "uid 500"),
        ({"articleName": "", "articleNumber": "", "article": None}, "uid 1"),
    ],
)
def test_a_row_is_called_by_what_it_has(texts, name):
    made = plan(order(row(**{"number": "Å"} | {}) | texts))
    assert dict(made.problems[0].values)["name"] == name


@pytest.mark.parametrize(("number", "old"), [("Å", "Å"), ("", "–")])
def test_the_number_that_was_replaced_is_named(number, old):
    made = plan(order(row(number=number)), facts({"uid": 500, "articleNumber": "NY"}))
    assert dict(made.warnings[0].values)["old"] == old


def test_a_row_whose_article_is_gone():
    made = plan(order(row(article=None)))
    assert made.ready

"""The rounding row: only for a gap that decimals explain, and only where the total is then exact."""

from decimal import Decimal

import pytest

from specter_tui.planning.orders.balance import balance
from specter_tui.planning.orders.findings import Findings
from specter_tui.planning.orders.order_lines import OrderLine
from specter_tui.planning.orders.service_rows import ServiceRowBuilder
from tests.planning.shop import order, plan, row, settings

D = Decimal
LINES = [OrderLine("goods", "A", "", D("99.97"), 25), OrderLine("goods", "B", "", D("35.93"), 12)]


def balanced(expected, rounding="order", **order_settings):
    findings = Findings()
    by = settings(rounding, **order_settings)
    made = balance(LINES, D(expected), D(0), by.specter, ServiceRowBuilder(by.order, "sv", findings))
    cases = [(one.code, one.field, *(dict(one.values)[key] for key in ("case", "gap"))) for one in findings.problems]
    return [row.unit_price for row in made.rows if row.kind == "rounding"], made.totals.total, cases


def test_no_row_without_a_gap():
    assert balanced("135.90") == ([], D("135.90"), [])


@pytest.mark.parametrize("gap", ["0.01", "-0.02"])
def test_a_row_for_a_small_gap(gap):
    expected = D("135.90") + D(gap)
    assert balanced(expected) == ([D(gap)], expected, [])


@pytest.mark.parametrize("gap", ["0.03", "-0.03", "5.00", "-5.00"])
@pytest.mark.parametrize("article", ["ORE", ""])
def test_no_row_for_a_gap_that_decimals_cannot_explain(gap, article):
    expected = D("135.90") + D(gap)
    found = [("rounding", "costs/total/incVat", "too_large", gap)]
    assert balanced(expected, article_rounding=article) == ([], D("135.90"), found)


def test_no_row_without_an_article():
    found = [("rounding", "ORDER__ARTICLE_ROUNDING", "no_article", "0.01")]
    assert balanced("135.91", article_rounding="") == ([], D("135.90"), found)


def test_a_total_of_less_than_an_ore_is_never_met():
    found = [("rounding", "costs/total/incVat", "fraction", "0.005")]
    assert balanced("135.905") == ([], D("135.90"), found)


@pytest.mark.parametrize(
    ("most", "price", "rounding"),
    [(2, "17.77", ["-0.24"]), (3, "17.768", ["-0.02"]), (4, "17.7679", []), (6, "17.76786", [])],
)
def test_no_more_decimals_than_specter_keeps(most, price, rounding):
    made = plan(order(row("19.90", 100, "0.12")), specter={"price_decimals": most})
    assert made.problems == ()
    assert str(made.form.rows[0].unit_price) == price
    assert [str(one.unit_price) for one in made.form.rows if one.kind == "rounding"] == rounding
    assert made.modelled == D("1990.00")
    # A VAT that rounded prices move by more than an öre a row is said.
    assert [one.code for one in made.warnings] == (["vat_differs"] if most == 2 else [])


def test_what_few_decimals_make_is_held_without_an_article():
    made = plan(order(row("19.90", 100, "0.12")), specter={"price_decimals": 2}, article_rounding="")
    assert [(one.code, one.field) for one in made.problems] == [("rounding", "ORDER__ARTICLE_ROUNDING")]


def test_the_shops_own_total_vat_is_compared_with_its_rows():
    raw = order(row("100.00"), row("112.00", rate="0.12"))
    raw["costs"]["total"] |= {"vat": D("30.00")}
    made = plan(raw)
    assert made.ready
    assert [(one.code, dict(one.values)["vat"], dict(one.values)["parts"]) for one in made.warnings] == [
        ("vat_differs", "30.00", "32.00")
    ]

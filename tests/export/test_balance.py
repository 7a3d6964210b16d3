"""The rounding row: only for a gap that decimals can explain, and only where it then fits."""

from decimal import Decimal

import pytest

from specter_tui.export.balance import balance
from specter_tui.export.findings import Findings
from specter_tui.export.lines import Line
from specter_tui.export.service_rows import ServiceArticles
from tests.export.shop import settings

D = Decimal
LINES = [Line("goods", "A", "", D("99.97"), 25), Line("goods", "B", "", D("35.93"), 12)]


def balanced(expected, rounding="order", **order_settings):
    findings = Findings()
    made = balance(LINES, D(expected), rounding, ServiceArticles(settings(**order_settings).order, "sv", findings))
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
    found = [("rounding", "costs/total/incVat", "too_large", "0.005")]
    assert balanced("135.905") == ([], D("135.90"), found)

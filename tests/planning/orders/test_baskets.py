"""Any basket, with each way of rounding: the form has the expected total, or the plan reports the gap.

The model of Specter here is written separately from the rule, with fractions, so that an error in the planner's is
found.
"""

from decimal import Decimal
from fractions import Fraction
from math import floor

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.planning.shop import GIFT, ore, payment, plan
from tests.planning.shop import cost as shop_cost
from tests.planning.shop import discount as shop_discount
from tests.planning.shop import order as shop_order
from tests.planning.shop import row as shop_row

RATES = ["0.25", "0.12", "0.06", "0", "0.255"]
QUICKLY = settings(deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
"""A basket is small enough to be read as found: making it smaller takes minutes."""
prices = st.decimals(Decimal(0), Decimal(20000), places=2)


def half_up(amount: Fraction) -> Fraction:
    """Round to whole öre, half away from zero."""
    sign = -1 if amount < 0 else 1
    return Fraction(sign * floor(abs(amount) * 100 + Fraction(1, 2)), 100)


def by_specter(rows, rounding):
    """Return total incl. VAT and VAT by rate."""
    net_by_rate, gross_by_rate = {}, {}
    for row in rows:
        net = Fraction(row.unit_price) * Fraction(row.quantity)
        net -= net * Fraction(row.discount_percent or 0) / 100
        gross = net * (100 + Fraction(row.vat_percent)) / 100
        net_by_rate[row.vat_percent] = net_by_rate.get(row.vat_percent, 0) + (
            half_up(net) if rounding == "rate" else net
        )
        gross_by_rate[row.vat_percent] = gross_by_rate.get(row.vat_percent, 0) + (
            half_up(gross) if rounding == "row" else gross
        )
    if rounding == "rate":
        vat = {rate: half_up(net * Fraction(rate) / 100) for rate, net in net_by_rate.items()}
        return sum(net_by_rate.values()) + sum(vat.values()), vat
    vat = {rate: gross * Fraction(rate) / (100 + Fraction(rate)) for rate, gross in gross_by_rate.items()}
    return half_up(Fraction(sum(gross_by_rate.values()))), vat


@st.composite
def baskets(draw):
    """Return an order that adds up: rows with and without discounts, delivery, fee, gift card."""
    rows = []
    for place in range(draw(st.integers(1, 12))):
        row = shop_row(draw(prices), draw(st.integers(1, 40)), draw(st.sampled_from(RATES)), f"A-{place}", uid=place)
        total = row["costs"]["total"]
        kind = draw(st.sampled_from(["none", "none", "rate", "amount"]))
        if kind == "rate":
            rate = draw(st.sampled_from([Decimal("0.1"), Decimal("0.3"), Decimal("0.33"), Decimal(1)]))
            row["discountInfo"] = shop_discount(ore(total["incVat"] * rate), total["vatRate"]) | {"rate": rate}
        elif kind == "amount":
            part = draw(st.integers(0, int(total["incVat"] * 100)))
            row["discountInfo"] = shop_discount(Decimal(part) / 100, total["vatRate"], uid=8)
        rows.append(row)
    delivery = draw(st.none() | st.builds(shop_cost, st.sampled_from(["0", "49.00", "99.90"]), st.sampled_from(RATES)))
    fee = draw(st.none() | st.builds(shop_cost, st.sampled_from(["19.00", "29.50"]), st.just("0.25")))
    raw = shop_order(*rows, delivery=delivery, fee=fee)
    total = raw["costs"]["total"]["incVat"]
    if draw(st.booleans()):
        spent = Decimal(draw(st.integers(0, int(total * 100)))) / 100
        raw["payments"] = [payment(GIFT, amount=str(spent)), payment()]
    return raw


def shop_vat(raw):
    """Return the shop's VAT by rate."""
    costs = [item["costs"]["total"] for item in raw["items"]]
    costs += [cost for key in ("payment", "shipment") if (cost := raw["costs"].get(key))]
    vat = {}
    for cost in costs:
        vat[cost["vatRate"]] = vat.get(cost["vatRate"], 0) + cost["vat"]
    for item in raw["items"]:
        if "discountInfo" in item:
            vat[item["discountInfo"]["vatRate"]] -= item["discountInfo"]["vat"]
    return vat


def is_met(raw, made, rounding):
    """Return whether Specter's total is the expected one.

    If not, the plan must report the gap, and no other problem.
    """
    total, vat = by_specter(made.form.rows, rounding)
    gap = Fraction(made.expected) - total
    assert made.modelled == Fraction(total)
    if gap:
        assert [problem.code for problem in made.problems] == ["rounding"]
        assert Fraction(dict(made.problems[0].values)["gap"]) == gap
    else:
        assert made.problems == ()
    for rate, amount in shop_vat(raw).items():
        assert abs(vat.get(rate * 100, 0) - Fraction(amount)) <= Fraction(len(made.form.rows) + 1, 100)
    assert sum(one.net + one.vat for one in made.rates) == made.modelled or rounding != "rate"
    return not gap


@pytest.mark.parametrize("rounding", ["order", "row", "rate"])
@pytest.mark.parametrize("as_percent", [False, True])
@given(raw=baskets())
@settings(QUICKLY, max_examples=60)
def test_with_a_rounding_article_every_basket_is_met(rounding, as_percent, raw):
    made = plan(raw, rounding=rounding, discount_percent_per_row=as_percent)
    assert is_met(raw, made, rounding)
    roundings = [row for row in made.form.rows if row.kind == "rounding"]
    assert roundings in ([], [made.form.rows[-1]])
    assert all(row.quantity > 0 for row in made.form.rows)


@pytest.mark.parametrize("rounding", ["order", "row", "rate"])
@given(raw=baskets())
@settings(QUICKLY, max_examples=60)
def test_without_one_a_basket_is_met_or_the_gap_is_named(rounding, raw):
    made = plan(raw, rounding=rounding, article_rounding=None)
    assert all(row.kind != "rounding" for row in made.form.rows)
    assert is_met(raw, made, rounding) or rounding == "rate"


@given(raw=baskets())
@settings(QUICKLY, max_examples=50)
def test_discounts_take_no_more_than_the_goods_of_their_rate(raw):
    made = plan(raw)
    left = {}
    for row in made.form.rows:
        if row.kind in ("goods", "discount"):
            left[row.vat_percent] = left.get(row.vat_percent, 0) + row.unit_price * row.quantity
        assert row.unit_price <= 0 or row.kind != "discount"
    assert all(amount >= Decimal("-0.01") for amount in left.values())


@pytest.mark.parametrize("rate", ["0.25", "0.12"])
def test_a_fee_at_a_rate_of_the_law_stays_at_it_when_the_goods_would_blend_to_the_same_vat(rate):
    """The fee's VAT is that of its own rate, and by chance that of its parts at the goods' rates."""
    few = {"0.25": "22.00", "0.12": "1850.00"}[rate]
    raw = shop_order(shop_row("980.00", rate="0.255"), shop_row(few, rate="0.06"), fee=shop_cost("19.00", rate))
    made = plan(raw)
    assert [(row.vat_percent, row.quantity) for row in made.form.rows if row.kind == "payment_fee"] == [
        (Decimal(rate) * 100, 1)
    ]
    assert is_met(raw, made, "order")


@pytest.mark.parametrize("gap", ["0.01", "-0.01", "1.00"])
@pytest.mark.parametrize("rounding", ["order", "row", "rate"])
def test_a_gap_that_decimals_cannot_explain_is_never_balanced(gap, rounding):
    raw = shop_order(shop_row("100.00"), shop_row("50.00", rate="0.12"))
    raw["costs"]["total"]["incVat"] += Decimal(gap)
    raw["costs"]["cart"]["incVat"] += Decimal(gap)
    made = plan(raw, rounding=rounding)
    assert [problem.code for problem in made.problems] == ["sums"]
    assert dict(made.problems[0].values)["gap"] == gap
    assert all(row.kind != "rounding" for row in made.form.rows)


def test_many_rows_get_more_decimals_before_they_get_a_rounding_row():
    rows = [shop_row("35.90", rate="0.12", number=f"A-{place}") for place in range(60)]
    made = plan(shop_order(*rows), article_rounding=None)
    assert made.problems == ()
    assert made.modelled == Decimal("2154.00")

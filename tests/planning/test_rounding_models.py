"""The way in which Specter rounds, told by the amounts that it shows for one order."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specter_tui.planning.rounding_models import (
    RoundingModel,
    ShownAmounts,
    gives_total,
    judge,
    total_by,
    ways_apart,
)
from specter_tui.sandbox.specter.rounding_models import TotalsRow, totals
from specter_tui.specter.order_forms import OrderRow

D = Decimal
NOW = RoundingModel("order", 6)
ROUNDINGS = ("order", "row", "rate")


def rows(*told):
    """Return rows from (unit price, quantity, VAT per cent)."""
    return [
        OrderRow(
            kind="goods", article_number="A", text="", unit_price=D(price), quantity=D(quantity), vat_percent=D(percent)
        )
        for price, quantity, percent in told
    ]


def at_specter(sent, rounding, decimals=6):
    """Return what a Specter that is not ours shows for the rows."""
    step = D(1).scaleb(-decimals)
    kept = [
        TotalsRow(
            article="A",
            text="",
            price=row.unit_price.quantize(step, "ROUND_HALF_UP"),
            quantity=row.quantity,
            vat=row.vat_percent,
            discount=D(0),
        )
        for row in sent
    ]
    shown = totals(kept, rounding)
    return ShownAmounts(shown.net, sum(shown.vat.values(), D(0)), shown.total)


THREE = rows(("7.992", 3, 25))
"""Three pieces at 9.99: the order that tells most (wires: S-rounding)."""


@pytest.mark.parametrize(
    ("amounts", "outcome", "proposed"),
    [
        (("23.98", "5.99", "29.97"), "agrees", ("order", 6)),
        (("23.98", "6.00", "29.98"), "differs", ("rate", 6)),
        (("23.97", "5.99", "29.96"), "differs", ("order", 2)),
        (("23.98", "5.99", "30.00"), "whole_kronor", None),
        (("23.98", "5.99", "29.50"), "none", None),
        (("20.00", "9.97", "29.97"), "none", None),
    ],
)
def test_three_at_9_99_tell_the_models_apart(amounts, outcome, proposed):
    verdict = judge(THREE, ShownAmounts(*map(D, amounts)), NOW)
    assert verdict.outcome == outcome
    assert verdict.proposed == (RoundingModel(*proposed) if proposed else None)


def test_an_order_that_cannot_tell_models_apart_proposes_nothing():
    sent = rows(("79.976", 1, 25), ("8.93", 3, 12))
    shown = at_specter(sent, "rate")
    verdict = judge(sent, shown, NOW)
    assert {(one.rounding, one.price_decimals == 6) for one in verdict.fitting} == {
        ("rate", True),
        ("rate", False),
        ("order", False),
        ("row", False),
    }, "rounding by rate, and prices of two decimals, give the same total here"
    assert (verdict.outcome, verdict.proposed) == ("open", None)
    assert ways_apart(sent, verdict.fitting) == 1
    assert ways_apart(THREE, verdict.fitting) == 2, "29.98 and 29.96"


def test_one_setting_is_changed_where_one_is_enough():
    apart = rows(*[("1.3", 1, 25)] * 4)
    assert {one: total_by(apart, RoundingModel(one, 6)) for one in ROUNDINGS} == {
        "order": D("6.50"),
        "row": D("6.52"),
        "rate": D("6.50"),
    }
    verdict = judge(apart, at_specter(apart, "row"), RoundingModel("rate", 4))
    assert (verdict.outcome, verdict.proposed) == ("differs", RoundingModel("row", 4))
    fewer = judge(THREE, ShownAmounts(D("23.97"), D("5.99"), D("29.96")), RoundingModel("rate", 4))
    assert fewer.proposed == RoundingModel("rate", 2), "the rounding stays, since this order does not contradict it"


ROW = st.tuples(st.decimals("0.01", "900", places=4), st.integers(1, 40), st.sampled_from((25, 12, 6, 0)))


@given(st.lists(ROW, min_size=1, max_size=6), st.sampled_from(ROUNDINGS), st.integers(2, 6))
def test_what_a_specter_shows_fits_its_own_model_and_a_proposal_gives_its_total(told, rounding, decimals):
    sent = rows(*told)
    shown = at_specter(sent, rounding, decimals)
    verdict = judge(sent, shown, NOW)
    assert RoundingModel(rounding, decimals) in verdict.fitting
    assert verdict.outcome in ("agrees", "differs", "open")
    if verdict.proposed is not None:
        assert total_by(sent, verdict.proposed) == shown.total
        # What is sent with no more decimals than are proposed, a Specter that keeps as many adds up to the same.
        if verdict.proposed.rounding == rounding:
            assert verdict.proposed.price_decimals <= max(decimals, 4) or verdict.outcome == "agrees"
    assert gives_total(sent, shown.total)


def test_rows_that_are_not_the_whole_order_give_no_total_of_it():
    assert gives_total(THREE, D("29.97"))
    assert not gives_total(THREE, D("26.97")), "a discount in per cent is not in the rows"

"""Money of real shops, from the shop's answer to Specter's rows."""

from decimal import Decimal

import pytest

from tests.cases.test_documents import held, one
from tests.cases.world import placed
from tests.planning.shop import cost, row

pytestmark = pytest.mark.usefixtures("quick_retries")
ROUNDING = {"ORDER__ARTICLE_ROUNDING": "OREAVR"}


def rows_of(form):
    """Return article number, price, quantity and VAT of each row, as Specter reads them."""
    names = ("articleNo", "priceExclVAT", "noOfItems", "vatPercent")
    count = sum(name.startswith("articleNo_") for name in form)
    return [tuple(form[f"{name}_{place}"] for name in names) for place in range(1, count + 1)]


def whole(total):
    """Return an order of 149.40 whose total, with its VAT, the shop has rounded."""
    document = placed(1, row("149.40", article=None, uid=10))
    one = document["costs"]["total"]
    one |= {"vat": one["vat"] + Decimal(total) - one["incVat"], "incVat": Decimal(total)}
    return document


def test_case_26_a_total_in_whole_kronor(driven):
    _, form, warnings = one(driven, whole("149"), ORDER__KRONA_ROUNDING="true", **ROUNDING)
    assert rows_of(form) == [("A-1", "119.52", "1", "25"), ("OREAVR", "-0.4", "1", "0")]
    assert warnings == []


@pytest.mark.parametrize(
    ("settings", "field"),
    [
        (ROUNDING, "ORDER__KRONA_ROUNDING"),
        ({"ORDER__KRONA_ROUNDING": "true", "ORDER__ARTICLE_ROUNDING": ""}, "ORDER__ARTICLE_ROUNDING"),
    ],
)
def test_case_26_is_held_without_both_settings(driven, settings, field):
    assert held(driven, whole("149"), **settings) == [("sums", field)]


def test_case_26_is_held_where_the_gap_is_no_rounding(driven):
    assert held(driven, whole("150"), ORDER__KRONA_ROUNDING="true", **ROUNDING) == [("sums", "costs/total/incVat")]


@pytest.mark.parametrize(
    ("rate", "sent"), [("0.255", "25.5"), ("0.135", "13.5"), ("0.081", "8.1"), ("0.1025", "10.25")]
)
def test_case_28_a_rate_with_decimals(driven, rate, sent):
    total = Decimal(200) * (1 + Decimal(rate))
    _, form, _ = one(driven, placed(1, row(total, rate=rate, article=None, uid=10)))
    assert rows_of(form) == [("A-1", "200", "1", sent)]


@pytest.mark.parametrize("rate", ["0.25512", "0.100001"])
def test_case_28_a_rate_that_no_shop_means_is_held(driven, rate):
    document = placed(1, row("125.51", rate=rate, article=None, uid=10))
    assert held(driven, document) == [("rate", "items/1/costs/total/vatRate")]


def test_a_delivery_at_a_rate_with_decimals(driven):
    document = placed(1, row("57.00", rate="0.14", article=None, uid=10), delivery=cost("12.55", "0.255"))
    _, form, _ = one(driven, document)
    assert [line[3] for line in rows_of(form)] == ["14", "25.5"]

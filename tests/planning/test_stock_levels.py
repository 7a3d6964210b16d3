"""The stock that the shop may offer: never more than there is."""

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specter_tui.planning.stock_levels import SitesUnnamed, count_sites, opening_stock, shop_stock

quantities = st.decimals(-10_000, 10_000, places=3)


@pytest.mark.parametrize(
    ("specter", "held", "stock"),
    [
        ("7", "0", 7),
        ("7", "2", 5),
        ("7.9", "0", 7),
        ("0.5", "0", 0),
        ("2", "2.5", -1),
        ("-3", "0", -3),
        ("-0.5", "0", -1),
    ],
)
def test_whole_units_rounded_down_and_never_up_to_zero(specter, held, stock):
    assert shop_stock(Decimal(specter), Decimal(held)) == stock


@given(quantities, quantities)
def test_it_is_never_higher_than_true_and_less_than_one_unit_below(specter, held):
    stock = shop_stock(specter, held)
    assert stock <= specter - held < stock + 1
    assert stock == math.floor(specter - held)


BY_SITE = {"1": Decimal(5), "2": Decimal("2.5"), "3": Decimal(-1)}


@pytest.mark.parametrize(
    ("sites", "counted"),
    [
        (("all",), "6.5"),
        (("ALL",), "6.5"),
        (("1",), "5"),
        (("1", "3"), "4"),
        (("2", "9"), "2.5"),
        (("9",), "0"),
        ((), "0"),
    ],
)
def test_the_sites_that_count(sites, counted):
    assert count_sites(BY_SITE, sites) == Decimal(counted)


def test_a_site_without_a_name_counts_only_where_all_do():
    assert count_sites({"": Decimal(4)}, ("all",)) == 4
    for by_site in ({"": Decimal(4)}, {"": Decimal(4), "1": Decimal(2)}):
        with pytest.raises(SitesUnnamed, match="STOCK__SITES"):
            count_sites(by_site, ("1",))
    assert count_sites({}, ("1",)) == 0


def test_a_new_article_begins_with_what_waiting_orders_will_take():
    assert opening_stock(Decimal(8), Decimal(2)) == 10
    assert shop_stock(opening_stock(Decimal(8), Decimal(2)), Decimal(2)) == 8

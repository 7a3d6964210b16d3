"""Drift: articles of which an order has more or less than was sent."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from specter_tui.planning.row_drift import RowChange, drift, service_articles
from tests.planning.shop import ARTICLES, cost, discount, order, plan, row, settings

SERVICE = service_articles(settings().order)


def sent(made):
    """Return the journal's rows of an export, without their kind."""
    return [(one.article_number, one.quantity) for one in made.form.rows]


def changes(before, after=None):
    now = () if after is None else plan(after).form.rows
    return [(one.article_number, int(one.sent), int(one.now)) for one in drift(sent(plan(before)), now, SERVICE)]


def test_every_service_article_is_left_out():
    assert set(ARTICLES.values()) == SERVICE


def test_an_order_that_is_as_it_was_sent():
    raw = order(row(number="A", quantity=2), delivery=cost("49.00"), fee=cost("29.00"))
    assert changes(raw, raw) == []


def test_more_fewer_gone_and_new():
    before = order(row(number="A", quantity=2), row(number="B", quantity=3), row(number="C"))
    after = order(row(number="A", quantity=5), row(number="B"), row(number="D", quantity=4))
    assert changes(before, after) == [("A", 2, 5), ("B", 3, 1), ("C", 1, 0), ("D", 0, 4)]


def test_a_cancelled_order_has_nothing_left():
    before = order(row(number="A", quantity=2), row(number="B"), delivery=cost("49.00"))
    assert changes(before) == [("A", 2, 0), ("B", 1, 0)]


def test_rows_are_added_up_by_article():
    before = order(row(number="A", quantity=2), row(number="A"), row(number="B"))
    after = order(row(number="B"), row(number="A", quantity=3))
    assert changes(before, after) == []


def test_prices_delivery_and_discounts_move_no_stock():
    before = order(row("100.00", number="A"))
    after = order(row("90.00", number="A", discountInfo=discount("10.00")), delivery=cost("49.00"), fee=cost("29.00"))
    assert changes(before, after) == []
    assert changes(after, before) == []


def test_a_row_of_service_is_none_of_goods_whatever_its_number():
    rows = plan(order(row(number="A"), delivery=cost("49.00"))).form.rows
    renamed = [replace(one, article_number="FRAKT-2") if one.kind == "delivery" else one for one in rows]
    assert drift([("A", Decimal(1))], renamed, SERVICE) == ()


def test_fractions_are_compared_by_value():
    rows = plan(order(row(number="A", quantity=Decimal("1.50")))).form.rows
    assert drift([("A", Decimal("1.5"))], rows) == ()
    assert drift([("A", Decimal("1.25"))], rows) == (RowChange("A", Decimal("1.25"), Decimal("1.50")),)


baskets = st.lists(st.tuples(st.sampled_from("ABC"), st.integers(1, 4)), min_size=1, max_size=5)


@given(baskets, baskets)
def test_what_was_sent_and_all_changes_make_what_is_now(before, after):
    rows = plan(order(*(row(number=number, quantity=quantity) for number, quantity in after))).form.rows
    stock = dict.fromkeys("ABC", 0)
    for number, quantity in before:
        stock[number] += quantity
    for change in drift([(number, Decimal(quantity)) for number, quantity in before], rows, SERVICE):
        assert change.sent == stock[change.article_number]
        assert change.now != change.sent
        stock[change.article_number] = int(change.now)
    for number, quantity in after:
        stock[number] -= quantity
    assert set(stock.values()) == {0}

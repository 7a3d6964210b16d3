"""The numbered examples of the money rules, and their arithmetic."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specter_tui.planning.money import percent_of, split_blend, spread, to_ore, unit_price, vat_in
from specter_tui.planning.orders.totals import decimals_can_explain, model
from specter_tui.specter.order_forms import OrderRow
from tests.planning.shop import GIFT, blend, cost, discount, order, payment, plan, row, shape

D = Decimal


def sent(gross, quantity, percent, decimals):
    """Return a row whose net price has that many decimals."""
    step = D(1).scaleb(-decimals)
    price = unit_price(D(gross), D(quantity), percent, near=D(10**6)) if decimals == 2 else None
    price = price or unit_price(D(gross), D(quantity), percent, 6, D(0)).quantize(step, "ROUND_HALF_UP")
    return net(price, quantity, percent)


def net(price, quantity, percent):
    return OrderRow(
        kind="goods",
        article_number="A",
        text="",
        unit_price=D(price),
        quantity=D(quantity),
        vat_percent=percent,
    )


@pytest.mark.parametrize(
    ("example", "rows", "rounding", "total"),
    [
        (1, [("294.00", 6, 6, 2)], "rate", "294.02"),
        (1, [("294.00", 6, 6, 3)], "rate", "294.00"),
        (2, [("1990.00", 100, 12, 2)], "rate", "1990.24"),
        (2, [("1990.00", 100, 12, 3)], "rate", "1990.02"),
        (2, [("1990.00", 100, 12, 4)], "rate", "1990.00"),
        (3, [("99.97", 1, 25, 3)], "rate", "99.98"),
        (3, [("99.97", 1, 25, 3)], "row", "99.97"),
        (3, [("99.97", 1, 25, 3)], "order", "99.97"),
        (4, [("1399.93", 7, 25, 2)], "rate", "1399.91"),
        (4, [("1399.93", 7, 25, 3)], "rate", "1399.93"),
        (5, [("107.70", 3, 12, 2)], "rate", "107.69"),
        (5, [("107.70", 3, 12, 3)], "rate", "107.70"),
        (6, [("498.00", 2, 25, 2), ("107.70", 3, 12, 2), ("119.00", 1, 6, 2)], "rate", "724.69"),
        (6, [("498.00", 2, 25, 3), ("107.70", 3, 12, 3), ("119.00", 1, 6, 3)], "rate", "724.70"),
    ],
)
def test_decimals_and_models(example, rows, rounding, total):
    made = model([sent(*one) for one in rows], rounding)
    assert made.total == D(total), example
    assert sum(rate.net + rate.vat for rate in made.rates) == made.total


def test_example_6_by_rate():
    made = model([sent("498.00", 2, 25, 3), sent("107.70", 3, 12, 3), sent("119.00", 1, 6, 3)], "rate")
    assert [(rate.vat_percent, str(rate.net), str(rate.vat)) for rate in made.rates] == [
        (25, "398.40", "99.60"),
        (12, "96.16", "11.54"),
        (6, "112.26", "6.74"),
    ]


@pytest.mark.parametrize(
    ("gross", "quantity", "percent", "price"),
    [
        ("125.00", 1, 25, "100.00"),
        ("99.97", 1, 25, "79.976"),
        ("294.00", 6, 6, "46.2264"),
        ("1990.00", 100, 12, "17.76786"),
        ("1399.93", 7, 25, "159.992"),
        ("0", 1, 25, "0.00"),
        ("-10.00", 1, 25, "-8.00"),
    ],
)
def test_the_unit_price_has_the_fewest_decimals_that_do(gross, quantity, percent, price):
    assert str(unit_price(D(gross), D(quantity), percent)) == price


def test_a_price_that_no_decimals_reach_has_six():
    assert str(unit_price(D("1234.56"), D(10_000_000), 6)) == "0.000116"


def test_example_7_vat_is_rounded_once_a_rate():
    assert model([net("1.30", 1, 25)] * 4, "rate").rates[0].vat == D("1.30")


@pytest.mark.parametrize(
    ("example", "amount", "percent", "vat"), [(8, "10.10", 25, "2.53"), (9, "4467.75", 25, "1116.94")]
)
def test_half_goes_up(example, amount, percent, vat):
    assert model([net(amount, 1, percent)], "rate").rates[0].vat == D(vat), example


def test_example_8_where_floats_and_half_even_go_wrong():
    assert to_ore(D("2.675")) == D("2.68")
    assert to_ore(D("2.525")) == D("2.53")
    assert to_ore(D("-2.525")) == D("-2.53")


@pytest.mark.parametrize(
    ("example", "amount", "weights", "parts"),
    [
        (10, "83.00", ["500", "224", "106"], ["50.00", "22.40", "10.60"]),
        (11, "100.00", ["299", "149", "79"], ["56.74", "28.27", "14.99"]),
        (12, "10.00", ["50", "50", "50"], ["3.34", "3.33", "3.33"]),
        (13, "100.00", ["199"] * 7, ["14.29"] * 4 + ["14.28"] * 3),
        (20, "49.00", ["200", "100"], ["32.67", "16.33"]),
    ],
)
def test_spreading(example, amount, weights, parts):
    assert spread(D(amount), [D(weight) for weight in weights]) == [D(part) for part in parts], example


def test_the_largest_remainder_goes_first_wherever_it_stands():
    assert spread(D("1.00"), [D(1), D(2)]) == [D("0.33"), D("0.67")]
    assert spread(D("1.005"), [D(1)]) == [D("1.005")]


def test_example_10_a_blended_discount_over_three_rates():
    rows = [row("500.00", rate="0.25"), row("224.00", rate="0.12"), row("106.00", rate="0.06")]
    off = discount("83.00") | {"vat": D("13.00"), "exVat": D("70.00"), "vatRate": D("0.18571429")}
    made = plan(order(*rows, discounts=[off]), rounding="rate")
    assert made.problems == ()
    assert [(kind, price, percent) for kind, _, price, _, percent in shape(made)][3:] == [
        ("discount", D("-40.00"), 25),
        ("discount", D("-20.00"), 12),
        ("discount", D("-10.00"), 6),
    ]
    assert sum(rate.vat for rate in made.rates) == D("117.00")


def test_example_14_a_row_at_33_per_cent_off():
    off = row("99.00", 3, discountInfo=discount("98.01") | {"rate": D("0.33")})
    made = plan(order(off), discount_percent_per_row=True)
    assert made.problems == ()
    assert [(one.unit_price, one.discount_percent) for one in made.form.rows] == [(D("79.20"), D(33))]
    assert made.modelled == D("198.99")


def test_example_15_a_per_cent_that_does_not_give_the_amount_stays_a_row():
    off = row("15270.00", discountInfo=discount("250.00") | {"rate": D("0.0164")})
    made = plan(order(off), discount_percent_per_row=True)
    assert made.problems == ()
    assert [one.kind for one in made.form.rows] == ["goods", "discount"]
    assert made.modelled == D("15020.00")


def test_example_16_a_gift_card_is_a_payment():
    made = plan(order(row("600.00"), payments=[payment(GIFT, amount="250.00"), payment()]), rounding="rate")
    assert shape(made) == [("goods", "A-1", D(480), D(1), 25), ("gift_card", "PRESENT", D(-250), D(1), 0)]
    assert (made.expected, made.modelled, sum(rate.vat for rate in made.rates)) == (D(350), D(350), D(120))


def test_example_17_a_total_of_zero_has_vat():
    made = plan(order(row("200.00"), delivery=cost("49.00"), payments=[payment(GIFT, amount="249.00")]))
    assert made.problems == ()
    assert (made.expected, sum(rate.vat for rate in made.rates)) == (D(0), D("49.80"))


def test_example_18_a_sold_gift_card_is_goods_without_vat():
    made = plan(order(row("500.00", rate="0", number="PK-500"), row("100.00")))
    assert made.problems == ()
    assert (made.modelled, sum(rate.vat for rate in made.rates)) == (D(600), D(20))
    assert [one.kind for one in made.form.rows] == ["goods", "goods"]


def freight(gross, vat):
    return cost(gross, round(D(vat) / (D(gross) - D(vat)), 8), vat)


def test_example_19_delivery_over_books_and_discs():
    rows = [row("689.00", rate="0.06"), row("437.50", rate="0.25")]
    made = plan(order(*rows, delivery=freight("112.65", "12.65")), rounding="rate")
    assert made.problems == ()
    assert [(price, percent) for kind, _, price, _, percent in shape(made) if kind == "delivery"] == [
        (D("65.00"), 6),
        (D("35.00"), 25),
    ]
    assert sum(rate.vat for rate in made.rates) == D("139.15")
    assert made.modelled == D("1239.15")


def test_example_20_delivery_in_a_mixed_basket():
    rows = [row("200.00", rate="0.12"), row("100.00", rate="0.25")]
    made = plan(order(*rows, delivery=freight("49.00", "6.77")))
    assert made.problems == ()
    grosses = [
        to_ore(price * (100 + percent) / 100) for kind, _, price, _, percent in shape(made) if kind == "delivery"
    ]
    assert grosses == [D("32.67"), D("16.33")]


def test_the_blend_of_parts_must_give_the_shops_vat():
    weights = {12: D(200), 25: D(100)}
    assert split_blend(D("49.00"), D("6.77"), weights) == {12: D("32.67"), 25: D("16.33")}
    for vat in ("6.76", "6.78", "9.80", "5.25"):
        assert split_blend(D("49.00"), D(vat), weights) is None
    assert split_blend(D("49.00"), None, weights) is None
    assert split_blend(D("49.00"), D("6.77"), {}) is None


def test_the_shop_may_have_divided_by_rounded_net_values():
    goods = {25: D("1655.50"), 6: D("299.40")}
    # By 1324.40 and 282.48 net the shares are 41.4948 and 7.5052, by the prices incl. VAT 41.4954 and 7.5046.
    assert split_blend(D("49.00"), D("8.73"), goods) == {25: D("41.49"), 6: D("7.51")}
    assert split_blend(D("49.00"), D("8.72"), goods) == {25: D("41.50"), 6: D("7.50")}
    assert split_blend(D("49.00"), D("8.71"), goods) is None


def test_a_document_of_many_rates_is_judged_in_bounded_time():
    """All its divisions are more than could ever be tried."""
    goods = {D(percent) / 4: D("100.01") + percent for percent in range(1, 200)}
    assert split_blend(D("49.99"), D("0.01"), goods) is None


@given(
    st.dictionaries(
        st.sampled_from([25, 12, 6]),
        st.lists(st.integers(10_000, 99_999), min_size=1, max_size=8),
        min_size=2,
        max_size=2,
    ),
    st.integers(100, 9_900),
)
def test_an_amount_divided_by_net_values_is_never_held(rows, freight):
    """`rows` are the prices incl. VAT in öre, by rate; the shop rounds the net value of each."""
    grosses = {percent: sum(map(D, prices)) / 100 for percent, prices in rows.items()}
    nets = {percent: sum(to_ore(D(price) / (100 + percent)) for price in prices) for percent, prices in rows.items()}
    amount = D(freight) / 100
    parts = spread(amount, [net * (100 + percent) for percent, net in nets.items()])
    vat = sum(to_ore(vat_in(part, D(percent))) for percent, part in zip(nets, parts, strict=True))
    found = split_blend(amount, vat, {D(percent): gross for percent, gross in grosses.items()})
    assert found is not None
    assert sum(found.values()) == amount


def test_the_shop_may_have_rounded_the_vat_of_the_parts_or_of_their_sum():
    parts = {25: D("0.03"), 12: D("0.07")}
    # 0.006 and 0.0075: each rounded 0.02 in all, their sum rounded 0.01.
    for vat in ("0.01", "0.02"):
        assert split_blend(D("0.10"), D(vat), parts) == parts
    assert split_blend(D("0.10"), D("0.03"), parts) is None


@pytest.mark.parametrize(
    ("rate", "percent"),
    [
        ("0.25", 25),
        ("0.12", 12),
        ("0.06", 6),
        ("0", 0),
        ("0.060000000000000005", 6),
        ("0.05971897", None),
        ("0.125", D("12.5")),
        ("0.1025", D("10.25")),
        ("0.10255", None),
        ("1E99", None),
        ("-0.25", None),
        ("1.01", None),
    ],
)
def test_rates_are_per_cents_of_two_decimals_or_unknown(rate, percent):
    assert percent_of(D(rate)) == percent


def test_a_missing_rate_is_unknown():
    assert percent_of(None) is None


amounts = st.decimals(D(-100000), D(100000), places=2)


@given(amounts, st.lists(st.decimals(D("0.01"), D(10000), places=2), min_size=1, max_size=12))
def test_parts_sum_to_the_amount_and_are_whole_ore_near_their_share(amount, weights):
    parts = spread(amount, weights)
    assert sum(parts) == amount
    for part, weight in zip(parts, weights, strict=True):
        assert part == to_ore(part)
        assert abs(part - amount * weight / sum(weights)) < D("0.01")
        assert part * amount >= 0


@given(st.decimals(D("0.01"), D(99999), places=2), st.integers(1, 50), st.sampled_from([0, 6, 12, 25]))
def test_a_price_is_near_its_row_or_has_six_decimals(gross, quantity, percent):
    price = unit_price(gross, D(quantity), percent)
    decimals = -price.as_tuple().exponent
    assert 2 <= decimals <= 6
    assert abs(price * quantity * (100 + percent) / 100 - gross) <= D("0.0005") or decimals == 6
    assert vat_in(gross, percent) >= 0


def test_what_decimals_can_explain_grows_with_quantity():
    small, large = ([net("17.77", quantity, 12)] for quantity in (1, 100))
    assert decimals_can_explain(small) == D("0.5") * D("0.01") * D("1.12") + D("0.005") * D("1.12") + D("0.005")
    assert decimals_can_explain(large) > decimals_can_explain(small)


def test_blend_of_the_helper_is_the_shops():
    assert blend(cost("125.00"), cost("112.00", "0.12"))["vatRate"] == D("0.185")

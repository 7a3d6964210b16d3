"""Delivery, payment fee, cash on delivery and gift cards."""

from decimal import Decimal

import pytest

from specter_tui.abicart.catalog_models import PaymentMethod
from tests.planning.shop import COD, GIFT, METHODS, blend, cost, discount, facts, order, payment, plan, row, shape

D = Decimal
ALL_ZERO = {"zero_delivery_row": True, "zero_payment_fee_row": True, "zero_cod_row": True}


def kinds(made):
    return [line.kind for line in made.form.rows]


def test_the_order_of_rows():
    raw = order(
        row("99.97", discountInfo=discount("10.00")),
        row("99.97", rate="0.12"),
        delivery=cost("49.00"),
        fee=cost("29.00"),
        payments=[payment(GIFT, amount="50.00"), payment()],
    )
    made = plan(raw, rounding="rate", **ALL_ZERO)
    assert made.ready
    assert kinds(made) == ["goods", "goods", "discount", "delivery", "payment_fee", "cod", "gift_card", "rounding"]


@pytest.mark.parametrize(
    ("set_to", "expected"),
    [
        ({}, ["goods"]),
        ({"zero_delivery_row": True}, ["goods", "delivery"]),
        ({"zero_payment_fee_row": True}, ["goods", "payment_fee"]),
        ({"zero_cod_row": True}, ["goods", "cod"]),
        (ALL_ZERO, ["goods", "delivery", "payment_fee", "cod"]),
    ],
)
@pytest.mark.parametrize("unused", [None, cost("0", "0")])
def test_zero_rows_by_setting(set_to, expected, unused):
    made = plan(order(delivery=unused, fee=unused), **set_to)
    assert made.ready
    assert kinds(made) == expected
    assert all(price == 0 and quantity == 1 for _, _, price, quantity, _ in shape(made)[1:])


@pytest.mark.parametrize("method", [None, {"uid": COD, "type": "cod", "active": False}])
def test_no_zero_cod_row_without_an_active_method(method):
    methods = {uid: one for uid, one in METHODS.items() if uid != COD}
    if method:
        methods[COD] = PaymentMethod.model_validate(method)
    made = plan(order(), facts(payment_methods=methods), zero_cod_row=True)
    assert kinds(made) == ["goods"]


def test_an_order_by_cod_has_its_fee_there_and_no_fee_row():
    made = plan(order(fee=cost("59.00"), payments=[payment(COD, "unpaid")]), **ALL_ZERO)
    assert shape(made)[1:] == [
        ("delivery", "FRAKT", 0, 1, 0),
        ("cod", "POSTF", D("47.20"), 1, 25),
    ]


def test_cod_by_the_methods_uid():
    made = plan(order(fee=cost("59.00"), payments=[payment(77)]), cod_methods="cod,77")
    assert kinds(made) == ["goods", "cod"]


def test_a_service_has_the_rate_that_the_shop_charged():
    made = plan(order(row(rate="0.12"), delivery=cost("49.00", "0.25"), fee=cost("10.60", "0.06")))
    assert [(kind, percent) for kind, _, _, _, percent in shape(made)] == [
        ("goods", 12),
        ("delivery", 25),
        ("payment_fee", 6),
    ]


def test_a_single_rate_that_the_shop_divided_out_of_ore():
    odd = cost("18.10", "0.06") | {"vatRate": D("0.05971897")}
    made = plan(order(row("106.00", rate="0.06"), delivery=odd))
    assert made.ready
    assert shape(made)[1] == ("delivery", "FRAKT", D("17.075"), 1, 6)


def test_a_delivery_without_a_rate_is_not_taken_for_free_of_vat():
    odd = cost("49.00", "0.25")
    del odd["vatRate"]
    made = plan(order(delivery=odd))
    assert [line.vat_percent for line in made.form.rows] == [25, 25]
    odd |= {"vat": D(0), "exVat": D("49.00")}
    assert [problem.code for problem in plan(order(delivery=odd)).problems] == ["rate"]


def test_a_blended_fee_is_divided_too():
    mixed = blend(cost("20.00", "0.25"), cost("10.00", "0.12"))
    made = plan(order(row("200.00"), row("100.00", rate="0.12"), fee=mixed, payments=[payment(COD)]))
    assert made.ready
    assert shape(made)[2:] == [("cod", "POSTF", 16, 1, 25), ("cod", "POSTF", D("8.929"), 1, 12)]


def test_a_blend_over_goods_that_cost_nothing_is_blocked():
    raw = order(row("0"), row("0", rate="0.12"), delivery=blend(cost("24.50"), cost("24.50", "0.12")))
    assert [problem.code for problem in plan(raw).problems] == ["rate"]


def test_a_lowered_price_by_payment_method_is_a_negative_price():
    made = plan(order(fee=cost("-10.00")))
    assert made.ready
    assert shape(made)[1] == ("payment_fee", "AVGIFT", -8, 1, 25)
    assert made.modelled == 90


@pytest.mark.parametrize(("gross", "net", "vat"), [("118.50", "100.00", "18.50"), ("59.25", "50.00", "9.25")])
def test_a_delivery_whose_blend_looks_like_a_rate_is_divided(gross, net, vat):
    rows = [row("125.00"), row("112.00", rate="0.12")]
    made = plan(order(*rows, delivery=cost(gross, "0.185", vat) | {"exVat": Decimal(net)}))
    assert made.problems == ()
    assert [line.vat_percent for line in made.form.rows if line.kind == "delivery"] == [25, 12]
    assert sum(rate.vat for rate in made.shop_rates) == Decimal("37.00") + Decimal(vat)


def test_a_delivery_may_have_a_rate_that_no_row_of_goods_has():
    made = plan(order(row("114.00", rate="0.14"), delivery=cost("125.50", "0.255")))
    assert made.problems == ()
    assert [str(line.vat_percent) for line in made.form.rows] == ["14", "25.5"]

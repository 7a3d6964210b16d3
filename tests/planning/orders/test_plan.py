"""Other parts of an order's form: numbers, comments, and values that the shop leaves out."""

from decimal import Decimal

import pytest

from specter_tui.planning.problems import text_of
from tests.planning.shop import cost, facts, order, payment, plan


@pytest.mark.parametrize(
    ("delivery", "sent"), [({"method": 7}, "7"), ({"method": None}, None), ({}, None), (None, None)]
)
def test_the_delivery_method_by_its_uid(delivery, sent):
    made = plan(order(delivery={}) | {"delivery": delivery})
    assert made.ready
    assert made.form.fields().get("externalDeliveryMethod") == sent


def test_own_fields_without_a_note_begin_the_comment():
    raw = order()
    raw["customer"]["info"]["Märkning"] = "Łódź"
    made = plan(raw, customer_fields=True)
    assert made.form.internal_comment == "Märkning: Lódz"
    assert [one.code for one in made.warnings] == ["encoding"]


def test_a_zero_row_keeps_the_rate_that_the_shop_gives():
    made = plan(order(delivery=cost("0", "0.25")), zero_delivery_row=True)
    assert [row.vat_percent for row in made.form.rows] == [25, 25]


def test_what_is_missing_is_a_question_mark():
    [base] = plan(order(), facts(base_currency="")).problems
    assert "is ?." in text_of(base, "en")
    [unmapped] = plan(order(payments=[payment() | {"method": None}]), payment_types={"klarna": "KG"}).problems
    assert "method ? (type ?)" in text_of(unmapped, "en")
    [unpaid] = plan(order(paymentStatus="")).warnings
    assert "(status ?)" in text_of(unpaid, "en")


def test_what_is_there_is_named():
    [unmapped] = plan(order(), payment_types={"kort": "KG"}).problems
    assert "method 11 (type klarna)" in text_of(unmapped, "en")
    [base] = plan(order(), facts(base_currency="eur")).problems
    assert "is EUR." in text_of(base, "en")


def test_numbers_of_specters_own_that_are_set():
    made = plan(order(), specter={"webshop_id": 2, "stock_site_id": 5}, confirm_customer=True)
    assert made.form.query() == {"webshopId": "2"}
    fields = made.form.fields()
    assert (fields["stocksiteid"], fields["sendOrderMail"], fields["sendOrderMailToUser"]) == ("5", "1", "0")
    assert plan(order(), confirm_admin=True).form.fields()["sendOrderMailToUser"] == "1"


def test_numbers_are_sent_as_decimals():
    fields = plan(order()).form.fields()
    assert (fields["priceExclVAT_1"], fields["noOfItems_1"], fields["vatPercent_1"]) == ("80", "1", "25")
    assert plan(order()).modelled == Decimal("100.00")

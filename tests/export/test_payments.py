"""Gift cards, the payment that pays the rest, and Specter's payment type."""

from decimal import Decimal

import pytest

from specter_tui.abicart.documents import PaymentMethod
from tests.export.shop import CARD, COD, GIFT, INVOICE, METHODS, cases, facts, order, payment, plan, row

MAP = {"klarna": "KG", str(INVOICE): "I"}


def cards(made):
    return [-line.unit_price for line in made.form.rows if line.kind == "gift_card"]


@pytest.mark.parametrize(
    ("status", "counts"),
    [("paid", True), ("reserved", True), ("Paid", True), ("unpaid", False), ("prepared", False), ("cancelled", False)],
)
def test_a_gift_card_counts_when_it_is_reserved_or_paid(status, counts):
    made = plan(order(payments=[payment(GIFT, status, "40.00"), payment()]))
    assert made.ready
    assert cards(made) == [40] * counts
    assert made.expected == (60 if counts else 100)
    assert all(line.vat_percent == 0 for line in made.form.rows if line.kind == "gift_card")


def test_several_gift_cards_have_a_row_each():
    made = plan(order(payments=[payment(GIFT, amount="40.00"), payment(GIFT, amount="60.00", uid=2)]))
    assert made.ready
    assert (cards(made), made.expected) == ([40, 60], 0)


def test_the_second_card_pays_no_more_than_what_remains():
    made = plan(order(payments=[payment(GIFT, amount="40.00"), payment(GIFT, amount="60.01", uid=2)]))
    assert cases(made) == [("payments", "gift_card_too_large")]
    assert dict(made.problems[0].values)["total"] == "60.00"


def test_a_gift_card_of_nothing_is_no_row():
    made = plan(order(payments=[payment(GIFT, amount="0")]))
    assert made.ready
    assert cards(made) == []


def test_a_gift_card_method_by_its_uid():
    made = plan(order(payments=[payment(77, amount="40.00")]), gift_card_methods="77")
    assert cards(made) == [Decimal(40)]


@pytest.mark.parametrize("status", ["cancelled", "error", "Error"])
def test_void_payments_do_not_count(status):
    made = plan(order(payments=[payment(INVOICE, status), payment()]), payment_types=MAP)
    assert made.ready
    assert made.form.pay_type == "KG"


@pytest.mark.parametrize(("method", "pay_type"), [(CARD, "KG"), (INVOICE, "I")])
def test_the_payment_type_comes_by_uid_then_by_type(method, pay_type):
    made = plan(order(payments=[payment(GIFT, amount="1.00"), payment(method)]), payment_types=MAP)
    assert made.ready
    assert (made.form.pay_type, made.form.pay_type_reference) == (pay_type, "ref-1")


def test_uid_goes_before_type_and_type_knows_no_case():
    assert plan(order(), payment_types={"klarna": "K", str(CARD): "KG"}).form.pay_type == "KG"
    assert plan(order(), payment_types={"KLARNA": "K"}).form.pay_type == "K"


def test_without_a_map_nothing_is_sent():
    made = plan(order())
    assert made.ready
    assert {"payTypeIdentifier", "payTypeReference"}.isdisjoint(made.form.fields())


def test_a_method_that_the_shop_no_longer_lists():
    methods = {uid: one for uid, one in METHODS.items() if uid != INVOICE}
    gone = order(payments=[payment(INVOICE)])
    assert plan(gone, facts(payment_methods=methods), payment_types=MAP).form.pay_type == "I"
    assert cases(plan(gone, facts(payment_methods=methods), payment_types={"invoice": "I"})) == [
        ("payment_type", "unmapped")
    ]


def test_a_method_without_a_type_matches_no_empty_name():
    methods = METHODS | {CARD: PaymentMethod(uid=CARD)}
    made = plan(order(), facts(payment_methods=methods), payment_types={"": "X"})
    assert cases(made) == [("payment_type", "unmapped")]


def test_nothing_due_and_no_payment_is_fine():
    free = order(row("0.00"), payments=[])
    assert plan(free, payment_types=MAP).ready
    by_card = order(payments=[payment(GIFT, amount="100.00")])
    assert plan(by_card, payment_types=MAP).ready


def test_cod_is_a_payment_type_like_others():
    assert plan(order(payments=[payment(COD, "unpaid")]), payment_types={"cod": "P"}).form.pay_type == "P"

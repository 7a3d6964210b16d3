"""Gift cards, the payment of the rest, and Specter's payment type."""

from decimal import Decimal

import pytest

from specter_tui.abicart.catalog_models import PaymentMethod
from tests.planning.shop import CARD, COD, GIFT, INVOICE, METHODS, cases, cost, facts, order, payment, plan, row

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


@pytest.mark.parametrize(
    "status", ["prepared", "planned", "unpaid", "pending", "cancelled", "error", "", "Prepared", "odd"]
)
@pytest.mark.parametrize("first", [True, False])
def test_attempts_without_money_beside_one_with_money_do_not_count(status, first):
    attempt, paid = payment(INVOICE, status, externalRef="no"), payment(CARD, "reserved", uid=2)
    made = plan(order(payments=[attempt, paid] if first else [paid, attempt]), payment_types=MAP)
    assert made.ready
    assert (made.form.pay_type, made.form.pay_type_reference) == ("KG", "ref-1")


def test_a_payment_of_nothing_holds_no_money():
    made = plan(order(payments=[payment(INVOICE, amount="0"), payment(amount="100.00")]), payment_types=MAP)
    assert made.ready
    assert made.form.pay_type == "KG"


def test_several_payments_of_one_type_pass():
    both = [payment(INVOICE, amount="60.00", externalRef=""), payment(INVOICE, amount="40.00", uid=2, externalRef="R2")]
    made = plan(order(payments=both), payment_types=MAP)
    assert made.ready
    assert (made.form.pay_type, made.form.pay_type_reference) == ("I", "R2")
    same = [payment(INVOICE, amount="60.00"), payment(CARD, amount="40.00")]
    assert plan(order(payments=same), payment_types={"klarna": "X", "invoice": "X"}).form.pay_type == "X"
    assert plan(order(payments=same)).ready


@pytest.mark.parametrize(
    ("amounts", "more"),
    [
        (("100.00", "100.00"), True),
        (("60.00", "40.00"), False),
        (("60.00", "40.50"), False),
        (("60.00", "40.51"), True),
        ((None, "100.00"), False),
    ],
)
@pytest.mark.parametrize("types", [{}, {"klarna": "X", "invoice": "X"}])
def test_more_money_than_the_order_costs_is_told(amounts, more, types):
    one, two = (payment(method, amount=amount) for method, amount in zip((INVOICE, CARD), amounts, strict=True))
    made = plan(order(payments=[one, two]), payment_types=types)
    assert made.ready
    assert [one.code for one in made.warnings if one.code == "overpaid"] == ["overpaid"] * more
    begun = plan(order(payments=[payment(INVOICE, "prepared", "100.00"), payment(amount="100.00")]))
    assert begun.warnings == ()


def test_a_gift_card_beside_a_payment_of_the_whole_is_told():
    made = plan(order(payments=[payment(GIFT, amount="40.00"), payment(amount="100.00")]))
    assert (made.ready, [one.code for one in made.warnings]) == (True, ["overpaid"])


@pytest.mark.parametrize("types", [MAP, {"klarna": "KG", str(INVOICE): ""}])
def test_two_that_hold_money_with_different_types_are_held(types):
    made = plan(order(payments=[payment(INVOICE, "reserved"), payment()]), payment_types=types)
    assert cases(made) == [("payments", "several")]


def test_unpaid_ones_of_different_types_wait_for_the_money():
    made = plan(order(payments=[payment(INVOICE, "unpaid"), payment(CARD, "pending")]), payment_types=MAP)
    assert cases(made) == [("payments", "undecided")]
    begun = [payment(CARD, "prepared"), payment(INVOICE, "unpaid")]
    assert plan(order(payments=begun), payment_types=MAP).form.pay_type == "I"
    assert plan(order(payments=[payment(CARD, "prepared")]), payment_types=MAP).form.pay_type == "KG"


def test_a_uid_without_a_type_is_an_ordinary_payment():
    made = plan(order(payments=[payment(INVOICE)]), payment_types={"klarna": "KG", str(INVOICE): ""})
    assert made.ready
    assert (made.form.pay_type, made.form.pay_type_reference) == ("", "")
    assert plan(order(), payment_types={str(INVOICE): ""}).ready  # An empty type does not make the map one.


def named(name, kind="manual", uid=CARD):
    return facts(payment_methods=METHODS | {uid: PaymentMethod(uid=uid, type=kind, name=name)})


def test_a_method_that_cannot_be_read_holds_the_orders_paid_by_it_alone_until_a_setting_says_what_it_is():
    broken = facts(payment_methods=METHODS | {CARD: PaymentMethod.known_by_uid(CARD, "active: is odd")})
    made = plan(order(payments=[payment(CARD)]), broken)
    assert cases(made) == [("payment_method", "unreadable")]
    assert dict(made.problems[0].values)["reason"] == "active: is odd"
    assert plan(order(payments=[payment(INVOICE)]), broken).ready
    assert plan(order(payments=[payment(CARD, "cancelled"), payment(INVOICE)]), broken).ready
    assert plan(order(payments=[payment(CARD)]), broken, payment_types={str(CARD): ""}).ready
    card = plan(
        order(payments=[payment(CARD, amount="40.00"), payment(INVOICE)]), broken, gift_card_methods=[str(CARD)]
    )
    assert cards(card) == [40]


def test_a_method_without_a_uid_may_be_any_that_is_not_listed():
    listed = {INVOICE: METHODS[INVOICE], 0: PaymentMethod.known_by_uid(0, "uid: is no uid")}
    broken = facts(payment_methods=listed)
    assert cases(plan(order(payments=[payment(CARD)]), broken)) == [("payment_method", "unreadable")]
    assert plan(order(payments=[payment(INVOICE)]), broken).ready
    assert plan(order(payments=[payment(CARD)]), broken, payment_types={str(CARD): ""}).ready


@pytest.mark.parametrize(
    "kind",
    [
        "giftcard",
        "GiftCard",
        "gift_card",
        "gift-card",
        "Gift card",
        "GiftCertificate",
        "PRESENTKORT",
        "voucher",
        "Voucher",
    ],
)
def test_the_known_spellings_of_a_gift_card(kind):
    made = plan(order(payments=[payment(amount="40.00"), payment(INVOICE)]), named("Kort", kind))
    assert made.ready
    assert cards(made) == [40]


@pytest.mark.parametrize("kind", ["cod", "COD", "Postförskott", "postforskott", "cash on delivery", "cash_on_delivery"])
def test_the_known_spellings_of_cash_on_delivery(kind):
    made = plan(order(fee=cost("59.00"), payments=[payment(status="unpaid")]), named("Vid dörren", kind))
    assert made.ready
    assert [line.kind for line in made.form.rows] == ["goods", "cod"]


LOOKS = [
    ({"sv": "Presentkort"}, "manual", "gift_card"),
    ({"sv": "Betala med presentkort", "en": "Card"}, "manual", "gift_card"),
    ({"sv": "Kort", "en": "Our gift cards"}, "manual", "gift_card"),
    ("Julpresentkort", "manual", "gift_card"),
    ("Tillgodokvitto", "", "gift_card"),
    ("VOUCHERS", "", "gift_card"),
    ("Kort", "eGiftCard", "gift_card"),
    ("Kort", "gift_certificates", "gift_card"),
    ("Kort", "presentcard", "gift_card"),
    ("Efterkrav", "manual", "cod"),
    ("Klarna POSTFÖRSKOTT", "manual", "cod"),
    ("Post-förskott", "manual", "cod"),
    ("Betala vid dörren", "ups_cod", "cod"),
    ({"sv": "Dörren", "en": "Cash on delivery"}, "manual", "cod"),
]


@pytest.mark.parametrize(("name", "kind", "seems"), LOOKS)
def test_a_method_that_looks_like_one_holds_its_orders_until_it_is_named(name, kind, seems):
    held = plan(order(), named(name, kind), payment_types=MAP)
    assert cases(held) == [("payment_method", seems)]
    assert plan(order(), named(name, kind), payment_types={str(CARD): "KG"}).ready
    assert plan(order(), named(name, kind), payment_types={str(CARD): ""}).ready
    setting = {"gift_card": "gift_card_methods", "cod": "cod_methods"}[seems]
    assert plan(order(payments=[payment(amount="10.00")]), named(name, kind), **{setting: str(CARD)}).ready
    other = plan(order(payments=[payment(CARD, "prepared"), payment(INVOICE)]), named(name, kind), payment_types=MAP)
    assert other.ready


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Kort", "card"), ("Faktura", "invoice"), ("Swish", "swish"), ("Representation", "x"), ("Barcode", "x"), ({}, "")],
)
def test_others_look_like_nothing(name, kind):
    assert plan(order(), named(name, kind)).ready

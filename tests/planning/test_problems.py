"""Each problem and warning is found where it is and nowhere else."""

from decimal import Decimal

import pytest

from specter_tui.abicart.models import UnreadableOrder
from specter_tui.planning.orders.plan import plan_order
from specter_tui.planning.problems import Problem
from tests.planning.shop import (
    CARD,
    COD,
    GIFT,
    INVOICE,
    blend,
    cases,
    codes,
    company,
    cost,
    customer,
    discount,
    facts,
    order,
    payment,
    plan,
    read,
    row,
    settings,
)

PACKAGE = {"uid": 500, "articleNumber": "A-1", "type": "Package"}


def changed(raw, path, value):
    """Return the document with one value changed, or removed where the value is None."""
    *parents, last = path.split("/")
    place = raw
    for key in parents:
        place = place[int(key)] if key.isdigit() else place[key]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return raw


def with_costs(raw, **amounts):
    return raw | {"costs": {name: cost(amount) for name, amount in amounts.items()}}


def in_euro(raw):
    raw["currency"] = "EUR"
    for one in (*raw["costs"].values(), *raw["items"][0]["costs"].values()):
        one["currency"] = "EUR"
    return raw


def two_rates(**more):
    return order(row("100.00", rate="0.25"), row("100.00", rate="0.12"), **more)


BLEND = blend(cost("24.50", "0.25"), cost("24.50", "0.12"))


def test_a_sound_order_is_ready():
    made = plan(order())
    assert (made.problems, made.warnings, made.waiting, made.ready) == ((), (), False, True)


@pytest.mark.parametrize(
    ("raw", "set_to", "code", "case", "field"),
    [
        (in_euro(order()), {}, "currency", "foreign", "ORDER__FOREIGN_CURRENCY"),
        (order(currency="EUR"), {"foreign_currency": True}, "currency", "mixed", "costs"),
        (order(row(number="")), {}, "article_number", "missing", "items/1/articleNumber"),
        (order(row(), row(number="Å 1")), {}, "article_number", "bad", "items/2/articleNumber"),
        (order(row(number="A" * 51)), {}, "article_number", "bad", "items/1/articleNumber"),
        (
            order(delivery=cost("49")),
            {"article_delivery": ""},
            "service_article",
            "delivery",
            "ORDER__ARTICLE_DELIVERY",
        ),
        (
            order(fee=cost("9")),
            {"article_payment_fee": ""},
            "service_article",
            "payment_fee",
            "ORDER__ARTICLE_PAYMENT_FEE",
        ),
        (
            order(fee=cost("9"), payments=[payment(COD)]),
            {"article_cod": ""},
            "service_article",
            "cod",
            "ORDER__ARTICLE_COD",
        ),
        (
            order(row(discountInfo=discount("9"))),
            {"article_discount": ""},
            "service_article",
            "discount",
            "ORDER__ARTICLE_DISCOUNT",
        ),
        (
            order(payments=[payment(GIFT, amount="9")]),
            {"article_gift_card": ""},
            "service_article",
            "gift_card",
            "ORDER__ARTICLE_GIFT_CARD",
        ),
        (with_costs(order(), cart="99.99", total="99.99"), {}, "sums", "cart", "costs/cart/incVat"),
        (changed(order(), "costs/total/incVat", Decimal("100.01")), {}, "sums", "total", "costs/total/incVat"),
        (changed(order(), "items/0/costs/total/vat", Decimal("20.02")), {}, "sums", "vat", "items/1/costs/total/vat"),
        (order(delivery=cost("49", vat="9.78")), {}, "sums", "vat", "costs/shipment/vat"),
        (order(fee=cost("49", vat="9.82")), {}, "sums", "vat", "costs/payment/vat"),
        (order(discounts=[discount("10") | {"vat": Decimal("1.07")}]), {}, "sums", "vat", "discountInfo/1/vat"),
        (order(discounts=[discount("-10")]), {}, "sums", "negative_discount", "discountInfo/1/incVat"),
        (two_rates(discounts=[discount("100.01", "0.12")]), {}, "sums", "discount_too_large", "discountInfo"),
        (order(discounts=[discount("9", "0.06")]), {}, "sums", "discount_too_large", "discountInfo"),
        (
            order(row("99.97")),
            {"article_rounding": "", "rounding": "rate"},
            "rounding",
            "no_article",
            "ORDER__ARTICLE_ROUNDING",
        ),
        (order(row("0.333")), {}, "rounding", "fraction", "costs/total/incVat"),
        (
            changed(order(), "items/0/choices/quantity", "många"),
            {},
            "quantity",
            "unreadable",
            "items/1/choices/quantity",
        ),
        (changed(order(), "items/0/choices/quantity", 0), {}, "quantity", "none", "items/1/choices/quantity"),
        (changed(order(), "items/0/choices/quantity", -1), {}, "quantity", "none", "items/1/choices/quantity"),
        (changed(order(), "items/0/choices/quantity", 2), {}, "quantity", "differs", "items/1/choices/quantity"),
        (order(row(rate="0.12345")), {}, "rate", "row", "items/1/costs/total/vatRate"),
        (two_rates(delivery=BLEND | {"vat": Decimal("9.80")}), {}, "rate", "delivery", "costs/shipment/vatRate"),
        (two_rates(fee=BLEND | {"vat": Decimal("9.80")}), {}, "rate", "payment_fee", "costs/payment/vatRate"),
        (
            two_rates(fee=BLEND | {"vat": Decimal("9.80")}, payments=[payment(COD)]),
            {},
            "rate",
            "cod",
            "costs/payment/vatRate",
        ),
        (two_rates(discounts=[discount("9", "0.2")]), {}, "sums", "discount_too_large", "discountInfo"),
        (two_rates(discounts=[discount("9", "0.20501")]), {}, "rate", "discount", "discountInfo/vatRate"),
        (
            order(payments=[payment(INVOICE)]),
            {"payment_types": {"klarna": "KG"}},
            "payment_type",
            "unmapped",
            "ORDER__PAYMENT_TYPES",
        ),
        (order(payments=[]), {"payment_types": {"klarna": "KG"}}, "payment_type", "none", "payments"),
        (
            order(payments=[payment(CARD), payment(INVOICE)]),
            {"payment_types": {"klarna": "KG", "invoice": "I"}},
            "payments",
            "several",
            "payments",
        ),
        (order(payments=[payment(GIFT)]), {}, "payments", "gift_card_unknown", "payments/amount"),
        (order(payments=[payment(GIFT, amount="100.01")]), {}, "payments", "gift_card_too_large", "payments/amount"),
        (order(payments=[payment(GIFT, amount="-1")]), {}, "payments", "gift_card_too_large", "payments/amount"),
        (changed(order(), "customer/info/email", ""), {}, "email", "missing", "customer/info/email"),
        (customer(order(), firstName=""), {}, "name", "first", "customer/address/firstName"),
        (customer(order(), lastName=" "), {}, "name", "last", "customer/address/lastName"),
        (company(order(), name=""), {}, "name", "company", "customer/address/company"),
        (customer(order(), lastName="x" * 51), {}, "length", "", "surName"),
        (with_costs(order(items=[]), cart="0", total="0"), {}, "document", "no_rows", "items"),
    ],
)
def test_what_blocks(raw, set_to, code, case, field):
    made = plan(raw, **set_to)
    assert [(problem.code, dict(problem.values).get("case", ""), problem.field) for problem in made.problems] == [
        (code, case, field)
    ]
    assert not made.ready


def test_a_shop_in_another_currency():
    made = plan(order(), facts(base_currency="EUR"))
    assert cases(made) == [("currency", "base")]


def test_an_order_without_currency():
    raw = in_euro(order())
    for place in (raw, *raw["costs"].values(), *raw["items"][0]["costs"].values()):
        place["currency"] = ""
    assert cases(plan(raw)) == [("currency", "missing")]


def test_a_foreign_currency_that_is_allowed():
    made = plan(in_euro(order()), foreign_currency=True)
    assert made.ready
    assert (made.currency, made.form.currency, made.customer.currency) == ("EUR", "EUR", "EUR")


@pytest.mark.parametrize("article", [PACKAGE, {"uid": 500, "content": [{"uid": 501}]}])
def test_a_package(article):
    assert codes(plan(order(), facts(article))) == ["package"]


def test_a_document_that_does_not_parse():
    unreadable = UnreadableOrder(7, "1007", None, None, False, "", "costs/total/incVat: is no number")
    made = plan_order(unreadable, facts(), settings(number_prefix="B-"))
    values = (("case", "unreadable"), ("reason", "costs/total/incVat: is no number"))
    assert made.problems == (Problem("document", "costs/total/incVat", values),)
    assert (made.uid, made.number, made.external_no, made.form, made.ready) == (7, "1007", "B-1007", None, False)


@pytest.mark.parametrize(
    ("raw", "set_to", "code", "values"),
    [
        (order(paymentStatus="unpaid"), {}, "unpaid", (("status", "unpaid"),)),
        (order(externalOrderNumber="90001"), {}, "number_in_shop", (("number", "90001"),)),
        (customer(order(), town="Kraków 中"), {}, "encoding", (("sent", "Kraków Zhong"),)),
        (order(note="Pris: 5 €"), {}, "encoding", (("sent", "Pris: 5 EUR"),)),
    ],
)
def test_what_is_worth_knowing(raw, set_to, code, values):
    made = plan(raw, **set_to)
    assert [(warning.code, warning.values) for warning in made.warnings] == [(code, values)]
    assert made.ready


def test_a_number_taken_from_the_article():
    made = plan(order(row(number="")), facts({"uid": 500, "articleNumber": "NY-1"}))
    assert [(one.code, one.field) for one in made.warnings] == [("number_replaced", "items/1/articleNumber")]
    assert made.form.rows[0].article_number == "NY-1"
    assert made.ready


@pytest.mark.parametrize(
    ("wanted", "status", "waiting", "warned"),
    [
        ("any", "unpaid", False, True),
        ("any", "", False, True),
        ("any", "reserved", False, False),
        ("reserved", "unpaid", True, False),
        ("reserved", "reserved", False, False),
        ("reserved", "Paid", False, False),
        ("paid", "reserved", True, False),
        ("paid", "paid", False, False),
    ],
)
def test_waiting_for_the_payment(wanted, status, waiting, warned):
    made = plan(order(paymentStatus=status), payment_status=wanted)
    assert made.waiting is waiting
    assert made.ready is not waiting
    assert [warning.code for warning in made.warnings] == ["unpaid"] * warned


def test_several_problems_are_all_told_and_the_form_is_still_shown():
    raw = customer(order(row(number="Å"), row(number="B B"), delivery=cost("49.00")), firstName="")
    raw["customer"]["info"]["email"] = "ingen"
    made = plan(raw, article_delivery="")
    assert sorted(codes(made)) == ["article_number", "article_number", "email", "name", "service_article"]
    assert [one.kind for one in made.form.rows] == ["goods", "goods", "delivery"]
    assert made.modelled == made.expected


def test_a_missing_service_article_is_told_once():
    rows = [row(discountInfo=discount("9")), row(rate="0.12", discountInfo=discount("9", "0.12"))]
    assert codes(plan(order(*rows), article_discount="")) == ["service_article"]


def test_no_gap_is_told_where_another_problem_explains_it():
    raw = changed(order(row(), row(rate="0.12345")), "costs/cart/incVat", Decimal(7))
    assert set(codes(plan(raw))) == {"sums", "rate"}


@pytest.mark.parametrize(
    "email",
    [
        "a",
        "a@b",
        "a@@b.se",
        "a@b@c.se",
        "a b@c.se",
        "@b.se",
        "a@.se",
        "a@b.",
        "a@b..se",
        "å中@b.se",
        "a" * 95 + "@bb.se",
    ],
)
def test_what_is_no_email_address(email):
    assert cases(plan(changed(order(), "customer/info/email", email))) == [("email", "bad")]


@pytest.mark.parametrize("email", ["a@b.se", "a.b+c@d-e.example.com", "åsa@örn.se", "a" * 94 + "@bb.se"])
def test_what_is_one(email):
    assert plan(changed(order(), "customer/info/email", email)).ready


def test_the_external_number_of_the_claim_stays():
    assert plan_order(read(order()), facts(), settings(number_prefix="B-"), "A-77").external_no == "A-77"
    assert plan(order(), number_prefix="B-").form.external_order_no == "B-1001"
    assert plan(order(orderNumber=""), number_prefix="B-").form.external_order_no == "B-150001"

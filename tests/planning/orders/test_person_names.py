"""Names as shops, carts and payment providers store them."""

import pytest

from specter_tui.planning.orders.plan import plan_order
from tests.planning.shop import cases, company, customer, facts, order, plan, read, settings


def buyer(first="", last="", info=None, top=None, **address):
    raw = customer(order(), firstName=first, lastName=last, **address)
    raw["customer"]["info"] |= info or {}
    raw["customer"] |= top or {}
    return raw


def warned(made):
    return [one.code for one in made.warnings]


@pytest.mark.parametrize(
    ("first", "last", "more", "sent"),
    [
        ("Anna Lind", "", {}, ("Anna", "Lind")),
        ("", "Anna Lind", {}, ("Anna", "Lind")),
        ("Anna Maria von Essen", "", {}, ("Anna Maria von", "Essen")),
        ("  Anna   Lind ", " ", {}, ("Anna", "Lind")),
        ("Anna Lind", "Anna Lind", {}, ("Anna", "Lind")),
        ("Anna Lind 🌸", "", {}, ("Anna", "Lind")),
        ("🌸", "Anna Lind", {}, ("Anna", "Lind")),
        ("", "", {"name": "Anna Lind"}, ("Anna", "Lind")),
        ("", "", {"top": {"name": "Anna Lind"}}, ("Anna", "Lind")),
        ("", "", {"top": {"deliveryAddress": {"copyAddress": True, "name": "Anna Lind"}}}, ("Anna", "Lind")),
        (["Anna", None], ["Lind"], {}, ("Anna", "Lind")),
        ({"sv": "Anna"}, {"en": "Lind"}, {}, ("Anna", "Lind")),
        ("Anna&nbsp;Lind", None, {}, ("Anna", "Lind")),
        ("Ek, Karin", "", {}, ("Karin", "Ek")),
        ("", "Ek,Karin", {}, ("Karin", "Ek")),
        ("von Essen, Anna Maria", ".", {}, ("Anna Maria", "von Essen")),
        ("Ek,Karin", "Ek,Karin", {}, ("Karin", "Ek")),
        ("Ek， Karin", "", {}, ("Karin", "Ek")),
        ("", "", {"name": "Ek, Karin"}, ("Karin", "Ek")),
        ("", "", {"name": "-", "top": {"name": "Karin Ek"}}, ("Karin", "Ek")),
        ("Karin Ek ,", "", {}, ("Karin", "Ek")),
        ("Karin Ek,", "-", {}, ("Karin", "Ek")),
        ("Karin - Ek", "", {}, ("Karin", "Ek")),
        ("Anna & Bo Lind", "", {}, ("Anna & Bo", "Lind")),
        ("Ek, Karin, Bo", "", {}, ("Ek, Karin,", "Bo")),
        ("4711 B", "", {}, ("4711", "B")),
    ],
)
def test_a_whole_name_in_one_field(first, last, more, sent):
    made = plan(buyer(first, last, **more))
    assert made.ready, made.problems
    form = made.customer
    assert (form.first_name, form.last_name, form.key_value) == (*sent, " ".join(sent))
    divided = [dict(one.values) for one in made.warnings if one.code == "name_divided"]
    assert divided == [{"first": sent[0], "last": sent[1]}] * isinstance(first, str)


@pytest.mark.parametrize(
    ("first", "last", "case"),
    [
        ("Anna", "", ["last"]),
        ("", "Lind", ["first"]),
        ("", "", ["first", "last"]),
        ("🌸", "Lind", ["first"]),
        ("Anna", "🌸🌸", ["last"]),
        ("🌸", "🎁", ["first", "last"]),
        ("♥!", "Lind", ["first"]),
        (True, "Lind", ["first"]),
        ({}, [], ["first", "last"]),
        (",", ".", ["first", "last"]),
        ("Karin ,", "", ["last"]),
        ("Karin,", "-", ["last"]),
        (", Karin", "", ["last"]),
        ("-", "Lind", ["first"]),
        ("Anna", "***", ["last"]),
        ("²", "°", ["first", "last"]),
        ("。", "、", ["first", "last"]),
    ],
)
def test_a_name_that_lacks_a_part_is_held(first, last, case):
    assert cases(plan(buyer(first, last))) == [("name", one) for one in case]


def test_emoji_are_left_out_and_warned_of():
    made = plan(buyer("Anna 🌸", "Lind 👩‍👩‍👧‍👦", address="Storgatan 1 🏠", town="Göteborg"))
    assert made.ready
    sent = made.customer.fields()
    assert (sent["firstName"], sent["surName"], sent["address"]) == ("Anna", "Lind", "Storgatan 1")
    assert warned(made) == ["encoding"] * 3
    assert ":" not in "".join(value for name, value in sent.items())


@pytest.mark.parametrize(
    ("info", "top", "address"),
    [
        ({}, {}, {"company": "Exempel AB"}),
        ({}, {}, {"companyName": "Exempel AB"}),
        ({"company": "Exempel AB"}, {}, {}),
        ({"companyName": "Exempel AB"}, {}, {}),
        ({}, {"company": "Exempel AB"}, {}),
        ({}, {"companyName": "Exempel AB"}, {}),
        ({}, {"name": "Exempel AB"}, {}),
        ({}, {}, {"name": "Exempel AB"}),
        ({}, {"name": "Anna Lind"}, {"name": "Exempel AB"}),
        ({}, {"deliveryAddress": {"copyAddress": True, "company": "Exempel AB"}}, {}),
        ({}, {}, {"company": {"sv": "Exempel AB"}}),
        ({}, {}, {"company": ["Exempel AB"]}),
    ],
)
def test_the_name_of_a_company_wherever_it_stands(info, top, address):
    made = plan(buyer("Anna", "Lind", {"type": "business", **info}, top, **address))
    assert made.ready, made.problems
    assert (made.customer.is_company, made.customer.key_value) == (True, "Exempel AB")
    assert made.customer.fields()["attention"] == "Anna Lind"


@pytest.mark.parametrize("kind", ["business", "Business", "company", "Företag", "organization"])
def test_a_company_under_other_words(kind):
    assert plan(buyer("Anna", "Lind", {"type": kind}, company="Exempel AB")).customer.is_company


def test_a_company_is_not_named_by_its_person():
    made = plan(buyer("Anna", "Lind", {"type": "business"}, {"name": "Anna Lind"}, name="anna lind"))
    assert cases(made) == [("name", "company")]


def test_a_company_of_emoji_alone_is_held():
    assert cases(plan(company(order(), name="🏠"))) == [("name", "company")]


@pytest.mark.parametrize("signs", ["-", ".", ",", "***", "🏠"])
def test_signs_alone_name_no_company(signs):
    assert cases(plan(company(order(), name=signs))) == [("name", "company")]
    raw = company(order(), name=signs)
    raw["customer"]["info"]["company"] = "Exempel AB"
    assert plan(raw).customer.key_value == "Exempel AB"
    for kind in ("", "individual"):
        made = plan(buyer("Anna", "Lind", {"type": kind}, company=signs))
        assert made.ready
        assert (made.customer.key_value, made.customer.invoice.attention) == ("Anna Lind", "")
    contact = plan(customer(company(order()), firstName=signs, lastName=signs))
    assert (contact.ready, contact.customer.invoice.attention) == (True, "")


@pytest.mark.parametrize("where", ["address", "info"])
@pytest.mark.parametrize("row", [False, True])
def test_the_company_name_of_a_sole_trader_reaches_invoice_and_label(where, row):
    raw = buyer("Anna", "Lind", {"type": "individual"})
    raw["customer"][where]["company"] = "Annas Väveri"
    made = plan(raw) if not row else plan_with_row(raw)
    assert made.ready
    sent = made.customer.fields()
    assert (sent["customerOrganizationalForm"], made.customer.key_value) == ("P", "Anna Lind")
    if row:
        assert (sent["address"], sent["addressRow2"]) == ("Annas Väveri", "Gatan 1")
        assert (sent["deliveryAddress"], sent["deliveryAddressRow2"]) == ("Annas Väveri", "Gatan 1")
    else:
        assert (sent["attention"], sent["deliveryAttention"]) == ("Annas Väveri", "Annas Väveri")
        assert (sent["address"], sent["deliveryCompanyName"]) == ("Gatan 1", "Anna Lind")
    assert [(one.code, dict(one.values)["case"]) for one in made.warnings] == [
        ("sole_trader", "row" if row else "attention")
    ]


def plan_with_row(raw):
    return plan_order(read(raw), facts(), settings(customers={"company_in_address_row_1": True}))


@pytest.mark.parametrize(
    ("delivery", "warns"),
    [
        ({"copyAddress": True}, False),
        ({"copyAddress": 1, "address": "gatan 1", "postcode": "11122", "town": "STOCKHOLM"}, False),
        ({"copyAddress": True, "address": "Hamngatan 3"}, True),
        ({"copyAddress": "true", "town": "Malmö"}, True),
        ({"copyAddress": None, "name": "Bo"}, False),
        ([], False),
        (None, False),
    ],
)
def test_an_address_that_is_a_copy_and_differs_is_told(delivery, warns):
    raw = order()
    raw["customer"]["deliveryAddress"] = delivery
    made = plan(raw)
    assert made.ready
    assert made.customer.delivery.row_1 == "Gatan 1"
    assert ("delivery_copied" in warned(made)) == warns

"""The customer form."""

import pytest

from tests.planning.shop import company, cost, customer, discount, order, payment, plan, row, settings

OWN = {"copyAddress": False, "address": "Hamngatan 3", "postcode": "411 06", "town": "Göteborg", "country": "no"}


def delivered(raw, **address):
    raw["customer"]["deliveryAddress"] = OWN | address
    return raw


def fields(raw, **set_to):
    return plan(raw, **set_to).customer.fields()


def test_a_person():
    sent = fields(order())
    assert (sent["customerOrganizationalForm"], sent["firstName"], sent["surName"]) == ("P", "Åsa", "Öberg")
    assert "name" not in sent
    assert sent["contactPerson"] == "Åsa Öberg"


def test_a_company_with_its_person():
    made = plan(customer(company(order()), phone="08-123"))
    sent = made.customer.fields()
    assert (sent["customerOrganizationalForm"], sent["name"], sent["attention"]) == ("C", "Exempel AB", "Åsa Öberg")
    assert (sent["orgNo"], sent["vatNo"]) == ("556000-0000", "SE556000000001")
    assert (sent["phoneNo"], sent["mobileNo"]) == ("08-123", "0701234567")
    assert made.customer.key_value == "Exempel AB"


@pytest.mark.parametrize(
    ("kind", "name", "form"),
    [("business", "AB", "C"), ("Business", "AB", "C"), ("", "AB", "C"), ("", "", "P"), ("individual", "AB", "P")],
)
def test_who_is_a_company(kind, name, form):
    raw = customer(order(), company=name)
    raw["customer"]["info"]["type"] = kind
    made = plan(raw)
    assert made.ready
    assert made.customer.fields()["customerOrganizationalForm"] == form


def test_a_company_needs_no_person():
    made = plan(customer(company(order()), firstName="", lastName=""))
    assert made.ready
    assert "attention" not in made.customer.fields()


def test_a_vat_number_on_the_address():
    raw = customer(company(order()), vatNumber="SE1")
    raw["customer"]["info"]["vatNumber"] = ""
    assert fields(raw)["vatNo"] == "SE1"


def test_a_name_is_signed_as_it_is_sent():
    made = plan(customer(order(), firstName="  Łu  kasz", lastName="中 文"))
    assert made.customer.key_value == "Lu kasz Zhong Wen"
    sent = made.customer.fields()
    assert f"{sent['firstName']} {sent['surName']}" == made.customer.key_value
    assert [(one.field, dict(one.values)["sent"]) for one in made.warnings] == [
        ("customer/address/firstName", "Lu kasz"),
        ("customer/address/lastName", "Zhong Wen"),
    ]


def test_a_persons_company_is_not_the_customer():
    sent = fields(customer(order(), company="AB"))
    assert "name" not in sent
    assert (sent["invoiceCompanyName"], sent["deliveryCompanyName"]) == ("", "Åsa Öberg")


def test_everything_sent_is_latin_1():
    address = dict.fromkeys(("company", "firstName", "lastName", "address", "address2", "postcode", "town"), "Ł")
    raw = delivered(customer(company(order(note="Ł")), **address, phone="Ł", phoneMobile="Ł"), **address, name="Ł")
    raw["customer"]["info"] |= {"nin": "Ł", "vatNumber": "Ł", "Ł": "Ł"}
    raw["items"] = [row(articleName="Ł", discountInfo=discount("1.00", name="Ł"))]
    raw["discountInfo"] = []
    raw["costs"] = {"cart": cost("99.00"), "total": cost("99.00")}
    raw["payments"] = [payment(externalRef="Ł")]
    raw["orderNumber"] = "Ł"
    made = plan(raw, payment_types={"klarna": "KG"}, customer_fields=True)
    sent = (*made.customer.fields().values(), *made.form.fields().values())
    for text in sent:
        text.encode("latin-1")
    assert sum("L" in text.split() for text in sent) > 15
    assert made.ready
    assert {one.code for one in made.warnings} == {"encoding"}


@pytest.mark.parametrize("copied", [{"copyAddress": True, "address": "gammal"}, {}, {"name": "Bo"}, None])
def test_without_an_address_of_its_own_the_delivery_goes_to_the_invoice_address(copied):
    raw = customer(order(), address2="Lgh 1101")
    raw["customer"]["deliveryAddress"] = copied
    sent = fields(raw)
    assert sent["deliveryCompanyName"] == "Åsa Öberg"
    assert sent["deliveryAttention"] == ""
    for name, invoice in (
        ("deliveryAddress", "address"),
        ("deliveryAddressRow2", "addressRow2"),
        ("deliveryZipCodeEng", "zipCodeEng"),
        ("deliveryCity", "city"),
        ("deliveryCountryCode", "countryCode"),
    ):
        assert sent[name] == sent[invoice] != ""


def test_a_copied_address_of_a_company():
    sent = fields(company(order()))
    assert (sent["invoiceCompanyName"], sent["deliveryCompanyName"]) == ("Exempel AB", "Exempel AB")
    assert sent["deliveryAttention"] == "Åsa Öberg"


@pytest.mark.parametrize(
    ("address", "name", "attention"),
    [
        ({"name": "Bo Ek"}, "Bo Ek", ""),
        ({"firstName": "Bo", "lastName": "Ek"}, "Bo Ek", ""),
        ({}, "Åsa Öberg", ""),
        ({"company": "Lagret AB", "name": "Bo Ek"}, "Lagret AB", "Bo Ek"),
        ({"company": "Lagret AB"}, "Lagret AB", "Åsa Öberg"),
    ],
)
def test_a_delivery_address_of_its_own(address, name, attention):
    sent = fields(delivered(order(), **address))
    assert (sent["deliveryCompanyName"], sent["deliveryAttention"]) == (name, attention)
    assert (sent["deliveryAddress"], sent["deliveryZipCodeEng"], sent["deliveryCity"]) == (
        "Hamngatan 3",
        "411 06",
        "Göteborg",
    )
    assert (sent["deliveryCountryCode"], sent["countryCode"]) == ("NO", "SE")


@pytest.mark.parametrize("given", ["address", "postcode", "town"])
def test_any_part_of_an_address_makes_it_one_of_its_own(given):
    raw = order()
    raw["customer"]["deliveryAddress"] = {given: "X"}
    assert plan(raw).customer.delivery.row_1 == ("X" if given == "address" else "")


def test_an_empty_second_row_overwrites_an_old_one():
    assert fields(order())["addressRow2"] == ""
    assert fields(order())["deliveryAddressRow2"] == ""


def test_the_second_address_row():
    sent = fields(customer(company(order()), address2="Plan 3"))
    assert (sent["address"], sent["addressRow2"]) == ("Gatan 1", "Plan 3")
    sent = fields(customer(company(order()), address2="Plan 3"), customers={"company_in_address_row_1": True})
    assert (sent["address"], sent["addressRow2"]) == ("Exempel AB", "Gatan 1, Plan 3")
    assert (sent["deliveryAddress"], sent["deliveryAddressRow2"]) == ("Exempel AB", "Gatan 1, Plan 3")


def test_a_persons_street_stays_in_row_1():
    sent = fields(order(), customers={"company_in_address_row_1": True})
    assert (sent["address"], sent["addressRow2"]) == ("Gatan 1", "")


def test_a_company_in_row_1_of_its_own_delivery_address():
    raw = delivered(company(order()), company="Lagret AB", address2="Port 4")
    sent = fields(raw, customers={"company_in_address_row_1": True})
    assert (sent["deliveryAddress"], sent["deliveryAddressRow2"]) == ("Lagret AB", "Hamngatan 3, Port 4")


@pytest.mark.parametrize(
    ("language", "of_customer", "of_order"),
    [
        ("sv", "SE", "SE"),
        ("en", "EN", "EN"),
        ("EN", "EN", "EN"),
        ("no", "NO", "SE"),
        ("nb", "NO", "SE"),
        ("nn", "NO", "SE"),
        ("fi", "SE", "FI"),
        ("da", "SE", "DA"),
        ("es", "SE", "ES"),
        ("de", "SE", "DE"),
        ("", "SE", "SE"),
        ("pl", "SE", "SE"),
    ],
)
def test_languages(language, of_customer, of_order):
    made = plan(order(language=language))
    assert (made.customer.language, made.form.language) == (of_customer, of_order)


@pytest.mark.parametrize("box", ["ignore_email", "ignore_org_no"])
def test_matching(box):
    assert getattr(plan(order()).customer, box) is False
    assert getattr(plan(order(), customers={box: True}).customer, box) is True


def test_the_customer_group():
    assert plan(order(), specter={"customer_group_id": 9}).customer.fields()["customerGroupId"] == "9"
    assert settings().specter.customer_group_id is None


def test_own_fields_follow_by_setting():
    raw = order(note="Bråttom\nRing")
    raw["customer"]["info"]["Märkning"] = "P 7\nplan 2"
    assert plan(raw).form.internal_comment == "Bråttom\nRing"
    assert plan(raw, customer_fields=True).form.internal_comment == "Bråttom\nRing\nMärkning: P 7 plan 2"
    assert plan(order()).form.internal_comment == ""

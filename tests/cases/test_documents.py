"""Documents of real shops, from the shop's answer to Specter's form."""

import pytest

from tests.cases.world import KLARNA, SWISH, placed, shop_with
from tests.planning.shop import customer, payment, row

pytestmark = pytest.mark.usefixtures("quick_retries")


def exported(driven, *documents, articles=(), **settings):
    """Export all ready orders; return the forms that Specter got, and each order's state."""
    with shop_with(*documents, articles=articles) as (sandbox, wire):
        engine = driven(sandbox, **settings)
        engine.export()
        views = [engine.view(document["uid"]) for document in documents]
        engine.leave()
        assert sandbox.ledger.complaints == []
    return wire, views


def one(driven, document, **settings):
    wire, (view,) = exported(driven, document, **settings)
    assert view.state == "exported", view.problems
    return wire.customers[-1], wire.orders[-1], [problem.code for problem in view.warnings]


def held(driven, document, **settings):
    wire, (view,) = exported(driven, document, **settings)
    assert (wire.customers, wire.orders, view.state) == ([], [], "blocked")
    return [(problem.code, problem.field) for problem in view.problems]


@pytest.mark.parametrize("written", ["", None])
def test_case_07_an_order_without_a_country_is_held(driven, written):
    assert held(driven, customer(placed(1), country=written)) == [("country", "customer/address/country")]


@pytest.mark.parametrize(
    ("written", "code"), [("Sverige", "SE"), ("NORGE", "NO"), ("gbr", "GB"), ({"sv": "Finland", "en": "Finland"}, "FI")]
)
def test_case_08_a_country_that_is_written_out(driven, written, code):
    card, _, _ = one(driven, customer(placed(1), country=written))
    assert (card["countryCode"], card["deliveryCountryCode"]) == (code, code)


@pytest.mark.parametrize("status", ["prepared", "pending", "unpaid", "error"])
def test_case_10_an_abandoned_attempt_beside_a_payment(driven, status):
    payments = [
        payment(KLARNA, status, "100.00", uid=11, externalRef=""),
        payment(SWISH, "paid", "100.00", uid=12, externalRef="S-77"),
    ]
    types = '{"klarna": "KG", "swish": "SW"}'
    _, form, _ = one(driven, placed(1, payments=payments), ORDER__PAYMENT_TYPES=types)
    assert (form["payTypeIdentifier"], form["payTypeReference"]) == ("SW", "S-77")


def test_case_12_a_long_greeting_is_cut_at_a_word_and_told(driven):
    _, form, warnings = one(driven, placed(1, note="Hälsa farfar och önska en glad sommar! " * 20))
    comment = form["internalComment"]
    assert 200 < len(comment) <= 255
    assert comment.removesuffix("...").split()[-1] in ["Hälsa", "farfar", "och", "önska", "en", "glad", "sommar!"]
    assert "cut" in warnings


@pytest.mark.parametrize(("first", "last"), [("Karin Ek", ""), ("", "Karin Ek")])
def test_case_14_a_whole_name_in_one_field(driven, first, last):
    card, _, warnings = one(driven, customer(placed(1), firstName=first, lastName=last))
    assert (card["firstName"], card["surName"]) == ("Karin", "Ek")
    assert "name_divided" in warnings


def test_case_14_one_word_alone_is_held(driven):
    document = customer(placed(1), firstName="Karin", lastName="")
    assert held(driven, document) == [("name", "customer/address/lastName")]


def test_case_16_emoji_are_left_out(driven):
    document = customer(placed(1, note="Tack 🙏🏽 på förhand 🎁"), firstName="Karin 🌻", town="Umeå ❄️")
    card, form, warnings = one(driven, document)
    assert (card["firstName"], card["surName"], card["city"]) == ("Karin", "Ek", "Umeå")
    assert form["internalComment"] == "Tack på förhand"
    assert "encoding" in warnings


def test_case_16_a_name_of_nothing_else_is_held(driven):
    nothing = customer(placed(1), firstName="🌻", lastName="🌻")
    assert [code for code, _ in held(driven, nothing)] == ["name", "name"]


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ({"sv": "Kopp", "en": "Cup"}, "Kopp"),
        ({"en": "Cup"}, "Cup"),
        (["Kopp", "blå"], "Kopp, blå"),
        (7, "7"),
        (None, "A-1"),
    ],
)
def test_case_18_an_article_name_by_language(driven, name, sent):
    _, form, _ = one(driven, placed(1, row(article=None, articleName=name)))
    assert form["articleName_1"] == sent


SPELLINGS = (
    *("559123-4567", "5591234567", "16559123-4567", "165591234567"),
    *("SE559123456701", "559123 - 4567", "SE5591234567", " 559123-4567 "),
)


def test_case_21_one_company_under_eight_spellings_is_one_customer(driven):
    documents = []
    for number, spelling in enumerate(SPELLINGS, start=1):
        document = customer(placed(number), company="Prov AB")
        document["customer"]["info"] |= {"type": "business", "nin": spelling, "email": f"inkop{number}@example.se"}
        documents.append(document)
    with shop_with(*documents) as (sandbox, wire):
        engine = driven(sandbox, CUSTOMER__IGNORE_EMAIL="true")
        assert [ended.view.state for ended in engine.export()] == ["exported"] * 8
        assert {card["orgNo"] for card in wire.customers} == {"559123-4567"}
        assert len(sandbox.specter.customers) == 1


@pytest.mark.parametrize("row_1", [False, True])
def test_case_25_a_sole_traders_company_reaches_invoice_and_label(driven, row_1):
    document = customer(placed(1), company="Karins Krukor")
    card, _, warnings = one(driven, document, CUSTOMER__COMPANY_IN_ADDRESS_ROW_1=str(row_1))
    assert (card["customerOrganizationalForm"], card["firstName"], card["surName"]) == ("P", "Karin", "Ek")
    if row_1:
        assert (card["address"], card["deliveryAddress"]) == ("Karins Krukor", "Karins Krukor")
        assert (card["addressRow2"], card["deliveryAddressRow2"]) == ("Nygatan 4", "Nygatan 4")
    else:
        assert (card["attention"], card["deliveryAttention"]) == ("Karins Krukor", "Karins Krukor")
        assert (card["address"], card["deliveryAddress"]) == ("Nygatan 4", "Nygatan 4")
    assert "sole_trader" in warnings


def test_case_27_html_entities_are_read_once(driven):
    document = customer(
        placed(1, note="2 &lt; 3 &amp;amp; &nosuch;"), company="Ek &amp; S&ouml;ner", lastName="&Ouml;st"
    )
    document["customer"]["info"]["type"] = "business"
    card, form, _ = one(driven, document)
    assert (card["name"], card["surName"], card["invoiceCompanyName"]) == ("Ek & Söner", "Öst", "Ek & Söner")
    assert form["internalComment"] == "2 < 3 &amp; &nosuch;"


def test_an_engraving_reaches_the_row_and_a_long_one_the_comment(driven):
    article = {
        "uid": 88_001,
        "articleNumber": "A-1",
        "type": "Standard",
        "name": {"sv": "Kopp"},
        "stock": {"useStock": False},
        "variants": [],
        "choices": [88_002],
    }
    long = "Till min farmor med tack för alla somrar " * 5
    rows = (
        row(article=88_001, articleName="Kopp", uid=1, choices={"quantity": 1, "88002": "Till Anna"}),
        row(article=88_001, articleName="En kopp med text " * 6, uid=2, choices={"quantity": 1, "88002": long}),
    )
    with shop_with(placed(1, *rows), articles=(article,)) as (sandbox, wire):
        choice = {"uid": 88_002, "type": "string", "name": {"sv": "Gravyr", "en": "Engraving"}, "options": []}
        with sandbox.shop.lock:
            sandbox.shop.add("ArticleChoice", [choice])
        engine = driven(sandbox)
        assert [ended.view.state for ended in engine.export()] == ["exported"]
    (form,) = wire.orders
    assert form["articleName_1"] == "Kopp, Gravyr: Till Anna"
    assert form["articleName_2"] == ("En kopp med text " * 6).strip()
    assert form["internalComment"] == f"2. A-1: Gravyr: {long.strip()}"

from decimal import Decimal
from urllib.parse import urlencode
from xml.etree import ElementTree

import httpx
import pytest

from specter_tui.sandbox.specter.rounding_models import TotalsRow, totals
from tests.sandbox.client import PERSON, ROW, SpecterClient


def complaint(sandbox) -> str:
    (only,) = sandbox.ledger.complaints
    return only


def test_a_customer_and_an_order(sandbox, specter):
    assert specter.customer() == "1;4711;Ny kund"
    assert specter.order() == "1;90001;Ordern är skapad"
    order = sandbox.specter.orders[90001]
    assert (order.customer, order.external, order.currency) == (4711, "W-1", "SEK")
    assert order.totals.total == Decimal("378.00")
    assert order.rows[0].text == "Kåsa"
    assert sandbox.specter.customers[4711].fields["surName"] == "Öberg"
    assert sandbox.ledger.complaints == []
    assert sandbox.ledger.calls() == {"specter": {"newCustomerSubmit": 1, "newOrderSubmit": 1}}


def test_a_second_order_with_the_number_is_refused(sandbox, specter):
    specter.customer()
    specter.order()
    assert specter.order() == "0;5;Externt ordernummer W-1 finns redan"
    assert len(sandbox.specter.orders_of("W-1")) == 1
    assert sandbox.ledger.complaints == []


def test_the_refusal_may_name_the_first_order(stocked):
    sandbox = stocked(orders=0, duplicate_names_number=True)
    specter = SpecterClient(sandbox)
    specter.customer()
    specter.order()
    assert specter.order() == "0;5;Externt ordernummer W-1 finns redan (order 90001)"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Ordern finns redan", "0;5;Ordern finns redan"),
        ("{external} finns som order {number}", "0;5;W-1 finns som order 90001"),
        ("finns redan, se order {other}", "0;5;finns redan, se order 90002"),
    ],
)
def test_the_refusal_in_other_words(stocked, words, expected):
    specter = SpecterClient(stocked(orders=0, duplicate_text=words))
    specter.customer()
    specter.order()
    specter.order(external="W-2")
    assert specter.order() == expected


@pytest.mark.parametrize(("decimals", "total"), [(None, "29.97"), (3, "29.97"), (2, "29.96")])
def test_a_price_keeps_so_many_decimals(stocked, decimals, total):
    sandbox = stocked(orders=0, price_decimals=decimals)
    specter = SpecterClient(sandbox)
    specter.customer()
    specter.order(rows=ROW | {"priceExclVAT_1": "7.992", "noOfItems_1": "3"})
    assert sandbox.specter.orders[90001].totals.total == Decimal(total)


def test_whole_kronor():
    assert totals([row("7.992", 3, 25)], "krona").total == Decimal(30)


def test_the_duplicate_control_may_be_off(stocked):
    sandbox = stocked(orders=0, refuses_duplicates=False)
    assert sandbox.settings["SPECTER__REFUSES_DUPLICATES"] == "false"
    specter = SpecterClient(sandbox)
    specter.customer()
    assert [specter.order()[:8], specter.order()[:8]] == ["1;90001;", "1;90002;"]


def test_switching_the_control_off_works_and_is_complained_about(sandbox, specter):
    specter.customer()
    specter.order()
    assert specter.order(ignoreExternalOrderNoControl="1").startswith("1;90002")
    assert "duplicate control" in complaint(sandbox)


def test_an_unknown_customer_or_article(sandbox, specter, stocked):
    assert specter.order(customer="9").startswith("0;3;")
    specter.customer()
    assert specter.order(rows=ROW | {"articleNo_1": "VIT-ORK"}).startswith("1;")

    strict = stocked(orders=0, known_articles_only=True)
    refusing = SpecterClient(strict)
    refusing.customer()
    assert refusing.order(rows=ROW | {"articleNo_1": "VIT-ORK"}) == "0;4;Artikel VIT-ORK finns inte"
    assert not strict.specter.orders


@pytest.mark.parametrize("address_on", ["order", "card"])
def test_an_order_keeps_its_customers_address_or_looks_it_up(stocked, address_on):
    sandbox = stocked(orders=0, address_on=address_on)
    specter = SpecterClient(sandbox)
    specter.customer(deliveryAddress="Gatan 0")
    specter.order()
    specter.customer(deliveryAddress="Gatan 1")
    order = sandbox.specter.orders[90001]
    assert order.card["deliveryAddress"] == "Gatan 0"
    assert sandbox.specter.goes_to(order)["deliveryAddress"] == ("Gatan 0" if address_on == "order" else "Gatan 1")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"articleNo_3": "KASA-BJ", "priceExclVAT_3": "1", "noOfItems_3": "1", "vatPercent_3": "25"}, "0;6;"),
        ({"priceExclVAT_1": ""}, "0;6;"),
        ({"priceExclVAT_1": "1,5"}, "0;6;"),
        ({"priceExclVAT_1": "1 000"}, "0;6;"),
        ({"noOfItems_1": "-1"}, "0;6;"),
        ({"noOfItems_1": "0"}, "0;6;"),
        ({"discount_1": "101"}, "0;6;"),
        ({"articleName_1": "x" * 256}, "0;6;"),
        ({"colour_1": "red"}, "0;6;"),
        ({"orderdate": "23/11 2026"}, "0;6;"),
        ({"customerOrderReference": "x" * 51}, "0;6;"),
        ({"currency": "kr"}, "0;6;"),
        ({"language": "SV"}, "0;6;"),
        ({"articleNo_1": ""}, "0;2;"),
    ],
)
def test_what_does_not_fit_is_refused_and_complained_about(sandbox, specter, changes, expected):
    specter.customer()
    assert specter.order(rows=ROW | changes).startswith(expected)
    assert not sandbox.specter.orders
    assert complaint(sandbox).startswith("specter: newOrderSubmit")


@pytest.mark.parametrize("lacking", ["articleNo_1", "noOfItems_1", "priceExclVAT_1", "vatPercent_1"])
def test_a_row_needs_its_fields(specter, lacking):
    specter.customer()
    assert specter.order(rows={name: value for name, value in ROW.items() if name != lacking}).startswith("0;2;")


def test_an_order_needs_rows_and_a_customer_its_names(specter):
    specter.customer()
    assert specter.order(rows={}).startswith("0;2;")
    assert specter.customer(emailAddress="").startswith("0;2;")
    assert specter.customer(firstName="", surName="", name="Åsa").startswith("0;2;")
    assert specter.customer(customerOrganizationalForm="C").startswith("0;2;")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("firstName=%C3%85sa", "UTF-8"),
        ("firstName=%E6%9D%8E", "control"),
        ("firstName=%1B%5B2J", "control"),
        ("firstName=%ZZ", "percent"),
        ("firstName=\xc5sa", "percent"),
        ("useXML=2", "differs"),
    ],
)
def test_how_it_is_written_matters(sandbox, specter, body, reason):
    query = "action=newCustomerSubmit&sbmId=1234&apiUserId=77&useXML=1"
    assert specter.send(query, body.encode("latin-1")).text.startswith("0;6;")
    assert reason in complaint(sandbox)


def test_a_name_given_twice_is_both_and_is_complained_about(sandbox, specter):
    specter.customer()
    query = urlencode(specter.base | {"action": "newCustomerSubmit"})
    body = urlencode({"key": specter.key("Åsa Öberg"), **PERSON, "deliveryAttention": "Åsa"}, encoding="latin-1")
    assert specter.send(query, f"{body}&deliveryattention=Li").text.startswith("1;4711;")
    assert sandbox.specter.customers[4711].fields["deliveryAttention"] == "Åsa, Li"
    assert "deliveryattention is given twice" in complaint(sandbox)


def test_a_name_of_one_word_is_signed_without_a_space(sandbox, specter):
    body = PERSON | {"firstName": "Madonna", "surName": "", "key": specter.key("Madonna")}
    assert specter.post("newCustomerSubmit", body).startswith("1;4711;")
    assert sandbox.ledger.complaints == []


def test_an_empty_user_is_none(stocked):
    specter = SpecterClient(stocked(orders=0, version=1))
    specter.base["apiUserId"] = ""
    assert specter.customer().startswith("1;")


def test_names_have_no_case_and_empty_pairs_are_tolerated(sandbox, specter):
    key = specter.key("2026-11-23")
    url = f"{specter.url}/GetInfo.asp?&Action=checkaccountsettings&SBMID=1234&apiuserid=77&date=2026-11-23&KEY={key}&"
    assert httpx.get(url).text.startswith("1;0;")
    assert sandbox.ledger.complaints == []


def test_writes_are_posts_to_the_right_page(sandbox, specter):
    specter.customer()
    assert specter.get("newOrderSubmit", customerId="4711", key=specter.key("4711")).startswith("0;6;")
    signed = f"sbmId=1234&apiUserId=77&key={specter.key('4711')}&customerId=4711"
    sent = httpx.get(f"{specter.url}putInfo.asp?action=newOrderSubmit&{signed}")
    assert sent.text.startswith("0;6;newOrderSubmit is sent by POST")


def test_xml_is_answered_in_iso_8859_1(sandbox, specter):
    specter.base["useXML"] = "2"
    query = {"action": "newCustomerSubmit"}
    made = specter.post(query["action"], {"key": specter.key("Åsa Öberg")} | PERSON)
    assert made.startswith('<?xml version="1.0" encoding="ISO-8859-1"?>')
    specter.customer()
    specter.order()
    refused = ElementTree.fromstring(specter.order().encode("latin-1"))
    assert refused.findtext("APIresponse/result") == "0"
    assert refused.findtext("APIresponse/code") == "5"


class TestMatching:
    """The table of customer matching."""

    @pytest.fixture(autouse=True)
    def known(self, specter):
        assert specter.customer(orgNo="556000-0001").startswith("1;4711;")

    def test_the_e_mail_counts_first_without_case(self, specter):
        assert specter.customer(emailAddress=" ASA@Example.SE ").startswith("1;4711;")

    def test_then_the_number_by_its_digits(self, specter):
        assert specter.customer(emailAddress="other@example.se", orgNo="5560000001").startswith("1;4711;")

    def test_an_empty_number_matches_nobody(self, specter):
        assert specter.customer(emailAddress="b@example.se").startswith("1;4712;")
        assert specter.customer(emailAddress="c@example.se").startswith("1;4713;")

    def test_the_e_mail_may_be_ignored(self, specter):
        assert specter.customer(ignoreControlEmail="1").startswith("1;4712;")
        assert specter.customer(ignoreControlEmail="1", orgNo="556000-0001").startswith("1;4711;")

    def test_the_number_may_be_ignored(self, specter):
        new = {"emailAddress": "other@example.se", "orgNo": "556000-0001", "ignoreControlOrgNo": "1"}
        assert specter.customer(**new).startswith("1;4712;")

    def test_with_both_ignored_everyone_is_new(self, specter):
        both = {"ignoreControlEmail": "1", "ignoreControlOrgNo": "1"}
        assert specter.customer(**both).startswith("1;4712;")
        assert specter.customer(**both).startswith("1;4713;")

    def test_a_match_is_written_over_only_by_force(self, sandbox, specter):
        card = sandbox.specter.customers[4711].fields
        specter.customer(city="Umeå", forceCustomerUpdate="0")
        assert "city" not in card
        specter.customer(city="Umeå")
        assert card["city"] == "Umeå"


def test_triggers_are_left_alone_unless_sent(sandbox, specter):
    def check(**triggers: str) -> None:
        assert (
            specter.get("checkAccountSettings", date="2026-11-23", key=specter.key("2026-11-23"), **triggers)[0] == "1"
        )

    check(actionStockChange="https://shop.example.se/hook")
    check()
    assert sandbox.specter.triggers == {"actionStockChange": "https://shop.example.se/hook"}
    check(actionStockChange="")
    assert sandbox.specter.triggers == {}


def row(price: str, quantity: int, vat: int, discount: str = "0") -> TotalsRow:
    return TotalsRow(
        article="A",
        text="",
        price=Decimal(price),
        quantity=Decimal(quantity),
        vat=Decimal(vat),
        discount=Decimal(discount),
    )


@pytest.mark.parametrize(
    ("rows", "rate", "each", "order"),
    [
        ([row("46.23", 6, 6)], "294.02", "294.02", "294.02"),
        ([row("46.226", 6, 6)], "294.00", "294.00", "294.00"),
        ([row("17.768", 100, 12)], "1990.02", "1990.02", "1990.02"),
        ([row("79.976", 1, 25)], "99.98", "99.97", "99.97"),
        ([row("1.30", 1, 25)] * 4, "6.50", "6.52", "6.50"),
        ([row("79.2", 3, 25, "33")], "198.99", "198.99", "198.99"),
        ([row("-1.30", 1, 25)] * 4, "-6.50", "-6.52", "-6.50"),
    ],
)
def test_where_it_rounds(rows, rate, each, order):
    found = [str(totals(rows, model).total) for model in ("rate", "row", "order")]
    assert found == [rate, each, order]


def test_vat_is_kept_by_rate():
    found = totals([row("398.40", 1, 25), row("32.054", 3, 12), row("112.26", 1, 6)], "rate")
    assert found.vat == {Decimal(25): Decimal("99.60"), Decimal(12): Decimal("11.54"), Decimal(6): Decimal("6.74")}
    assert found.total == Decimal("724.70")

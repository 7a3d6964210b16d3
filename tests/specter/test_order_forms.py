"""The bytes of calls; and that no name is sent twice."""

from datetime import date
from decimal import Decimal

import pytest

from specter_tui.specter.order_forms import decimal_text
from specter_tui.specter.signing import signature
from tests.specter.accounts import ASA, ORDER, specter
from tests.support.raw_server import Raw, always, raw

NUMBERED = always(b"1;4711;OK")


def names(server: Raw) -> list[list[str]]:
    """Return the names in each request's query or form."""
    return [[name.casefold() for name, _ in (*one.query, *one.form)] for one in server.seen]


async def test_a_customer_travels_as_latin1_percent_encoded() -> None:
    async with raw(NUMBERED) as server, specter(server.address) as client:
        assert await client.submit_customer(ASA) == "4711"
    (request,) = server.seen
    assert request.method == "POST"
    assert request.target == (
        "/putInfo.asp?action=newCustomerSubmit&sbmId=1234&apiUserId=77&useXML=1&forceCustomerUpdate=1"
    )
    assert request.headers["content-type"] == "application/x-www-form-urlencoded"
    assert request.body == (
        b"customerOrganizationalForm=P&firstName=%C5sa&surName=%D6berg&contactPerson=%C5sa+%D6berg"
        b"&emailAddress=asa%40example.se&invoiceCompanyName=&address=Gatan+1&addressRow2=&zipCodeEng=111+22&city=Malm%F6"
        b"&countryCode=SE&deliveryCompanyName=&deliveryAttention=&deliveryAddress=Gatan+1&deliveryAddressRow2="
        b"&deliveryZipCodeEng=111+22&deliveryCity=Malm%F6&deliveryCountryCode=SE&key=0c04724837c61dac41ad528c9e53e42a"
    )


async def test_an_order_travels_with_its_rows_numbered_from_one() -> None:
    async with raw(NUMBERED) as server, specter(server.address) as client:
        assert await client.submit_order("4711", ORDER) == "4711"
    (request,) = server.seen
    assert request.target == "/putInfo.asp?action=newOrderSubmit&sbmId=1234&apiUserId=77&useXML=1&webshopId=3"
    assert request.body == (
        b"customerId=4711&externalOrderNo=A-1001&currency=SEK&language=SE&sendOrderMail=0&sendOrderMailToUser=0"
        b"&internalComment=Ring+f%F6rst%0ATack&articleNo_1=KASA-BJ&articleName_1=K%E5sa+%26+sked%3B+100+%25"
        b"&priceExclVAT_1=151.2&noOfItems_1=2&vatPercent_1=25&key=55fa6d05158d8ba628ddbc699269bde0"
    )


async def test_the_test_of_the_account_names_no_trigger() -> None:
    async with raw(always(b"1;0;OK")) as server, specter(server.address) as client:
        await client.check_account(date(2024, 1, 31))
    (request,) = server.seen
    assert request.method == "GET"
    assert request.target == (
        "/getInfo.asp?action=checkAccountSettings&sbmId=1234&apiUserId=77&useXML=1&date=2024-01-31"
        "&key=9a8a81c5171dc1859a650cd837ce3c69"
    )


async def test_version_1_has_no_api_user() -> None:
    async with raw(NUMBERED) as server, specter(server.address, api_user_id=None) as client:
        await client.submit_customer(ASA)
        await client.submit_order("4711", ORDER)
        await client.check_account(date(2024, 1, 31))
    assert len(server.seen) == 3
    assert not any("apiuserid" in said for said in names(server))


async def test_no_name_is_said_twice_and_the_duplicate_control_is_never_switched_off() -> None:
    async with raw(NUMBERED) as server, specter(server.address) as client:
        await client.submit_customer(ASA)
        await client.submit_order("4711", ORDER)
        await client.check_account(date(2024, 1, 31))
    for said in names(server):
        assert len(said) == len(set(said))
        assert "ignoreexternalordernocontrol" not in said


async def test_the_key_is_over_the_very_name_that_is_sent() -> None:
    async with raw(NUMBERED) as server, specter(server.address) as client:
        await client.submit_customer(ASA)
    sent = dict(server.seen[0].form)
    inner, outer = "testuserkey", "11111111-2222-3333-4444-555555555555"
    assert sent["key"] == signature(inner, outer, 1234, f"{sent['firstName']} {sent['surName']}")


async def test_a_strict_specter_of_version_1_accepts_it_all_and_keeps_its_triggers(stocked) -> None:
    sandbox = stocked(version=1, orders=0)
    sandbox.specter.triggers["actionStockChange"] = "https://example.se/there"
    ours = {
        name: sandbox.settings[f"SPECTER__{name.upper()}"] for name in ("sbm_id", "api_user_key", "integration_key")
    }
    async with specter(sandbox.settings["SPECTER__URL"], api_user_id=None, **ours) as client:
        await client.check_account(date(2024, 1, 31))
        customer = await client.submit_customer(ASA)
        await client.submit_order(customer, ORDER)
    assert sandbox.specter.triggers == {"actionStockChange": "https://example.se/there"}
    assert sandbox.ledger.complaints == []
    assert sandbox.specter.customers[int(customer)].fields["surName"] == "Öberg"


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("151.20", "151.2"),
        ("100", "100"),
        ("1E+3", "1000"),
        ("0.000001", "0.000001"),
        ("-33.50", "-33.5"),
        ("0.00", "0"),
    ],
)
def test_numbers_have_a_point_and_no_exponent(number: str, text: str) -> None:
    assert decimal_text(Decimal(number)) == text

"""Countries as shops, carts and people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specter_tui.planning.orders.countries import country_code
from specter_tui.planning.orders.country_names import COUNTRIES
from tests.planning.shop import cases, customer, order, plan

LINES = [line.split("|") for line in COUNTRIES.splitlines()]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("SE", "SE"),
        ("se", "SE"),
        (" Se ", "SE"),
        ("S.E.", "SE"),
        ("SWE", "SE"),
        ("swe", "SE"),
        ("Sverige", "SE"),
        ("SVERIGE", "SE"),
        ("s v e r i g e", "SE"),
        ("Sweden", "SE"),
        ("Konungariket Sverige", "SE"),
        ("SE - Sverige", "SE"),
        ("Sverige (Sweden)", "SE"),
        ("Sverige/Sweden", "SE"),
        ("Sverige 🇸🇪", "SE"),
        ("UK", "GB"),
        ("U.K.", "GB"),
        ("gbr", "GB"),
        ("England", "GB"),
        ("Storbritannien", "GB"),
        ("Great Britain", "GB"),
        ("Förenade kungariket", "GB"),
        ("USA", "US"),
        ("U.S.A.", "US"),
        ("United States of America", "US"),
        ("Österrike", "AT"),
        ("Osterrike", "AT"),
        ("O\u0308STERRIKE", "AT"),
        ("Aland", "AX"),
        ("Åland", "AX"),
        ("Danmark", "DK"),
        ("Denmark", "DK"),
        ("no", "NO"),
        ("Norge", "NO"),
        ("NOR", "NO"),
        ("Suomi", "FI"),
        ("Deutschland", "DE"),
        ("EL", "GR"),
        ("Czech Republic", "CZ"),
        ("Holland", "NL"),
        ("The Netherlands", "NL"),
        ("Bosnia & Herzegovina", "BA"),
        ("Bosnien och Hercegovina", "BA"),
        ("Côte d’Ivoire", "CI"),
        ("Turkey", "TR"),
        ("Türkiye", "TR"),
        ("Schweiz", "CH"),
    ],
)
def test_a_country_is_told_from_codes_and_names(written: str, code: str) -> None:
    assert country_code(written) == code


@pytest.mark.parametrize(
    "written", ["", " ", "XX", "ZZ", "EU", "Mars", "Sverige (Norge)", "Göteborg", "0046", "null", "-"]
)
def test_what_is_no_country_has_no_code(written: str) -> None:
    assert country_code(written) == ""


@pytest.mark.parametrize("line", LINES, ids=lambda line: line[0])
def test_every_country_by_its_codes_and_names(line: list[str]) -> None:
    for written in line:
        for spelled in (written, written.upper(), f" {written.lower()} "):
            assert country_code(spelled) == line[0], spelled


@given(st.text())
def test_any_text_gives_a_known_code_or_none(written: str) -> None:
    assert country_code(written) in {"", *(line[0] for line in LINES)}


@pytest.mark.parametrize(
    ("written", "case"), [("", "missing"), (None, "missing"), ("Mars", "bad"), (7, "bad"), ([], "missing")]
)
def test_an_order_without_a_country_is_held_by_the_field(written: object, case: str) -> None:
    made = plan(customer(order(), country=written))
    assert cases(made) == [("country", case)]
    assert made.problems[0].field == "customer/address/country"


def test_the_delivery_addresss_country_counts_where_it_has_one_of_its_own() -> None:
    raw = order()
    raw["customer"]["deliveryAddress"] = {"address": "Gata 2", "postcode": "0150", "town": "Oslo", "country": "norge"}
    made = plan(raw)
    assert made.ready
    assert (made.customer.delivery.country, made.customer.invoice.country) == ("NO", "SE")
    raw["customer"]["deliveryAddress"]["country"] = "?"
    held = plan(raw)
    assert cases(held) == [("country", "bad")]
    assert held.problems[0].field == "customer/deliveryAddress/country"

"""Organisation and personal numbers: one form for one buyer."""

import pytest

from specter_tui.planning.orders.org_numbers import org_number, vat_number


@pytest.mark.parametrize(
    "written",
    [
        "556000-1234",
        "5560001234",
        "16556000-1234",
        "165560001234",
        "SE556000123401",
        "556000 - 1234",
        "SE5560001234",
        " 556000-1234 ",
        "SE 556000-1234 01",
        "se556000-123401",
        "SE16556000123401",
        "556000123401",
        "556000–1234",
        "556000−1234",
        "556 000 12 34",
        "556000.1234",
        "５５６０００-１２３４",
        "16 556000 1234",
        "SE-556000-1234",
    ],
)
def test_every_spelling_of_a_company_is_one(written):
    assert org_number(written, "SE", 2026) == "556000-1234"


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("900101-1234", "900101-1234"),
        ("9001011234", "900101-1234"),
        ("19900101-1234", "900101-1234"),
        ("199001011234", "900101-1234"),
        ("19900101 1234", "900101-1234"),
        ("20050607-1234", "050607-1234"),
        ("19120101-1234", "120101+1234"),
        ("120101+1234", "120101+1234"),
        ("19900161-1234", "900161-1234"),  # a co-ordination number.
        ("SE900101123401", "900101-1234"),  # the VAT number of a sole trader.
        ("202100-5489", "202100-5489"),
        ("202100548901", "202100-5489"),
        ("SE202100548901", "202100-5489"),
        ("16202100-5489", "202100-5489"),
    ],
)
def test_persons_and_authorities(written, sent):
    assert org_number(written, "SE", 2026) == sent


@pytest.mark.parametrize(
    ("written", "country"),
    [
        ("NO 123 456 789 MVA", "NO"),
        ("5560001234", "PL"),
        ("556000-1234", "NO"),
        ("165560001234", "DE"),
        ("FI12345678", "FI"),
        ("DE123456789", "SE"),
        ("123456-7", "SE"),
        ("123456789012345", "SE"),
        ("Exempel AB", "SE"),
        ("", "SE"),
        ("556000123499", "SE"),
    ],
)
def test_other_numbers_are_left_alone(written, country):
    assert org_number(written, country, 2026) == written


@pytest.mark.parametrize("country", ["SE", "DE", "NO"])
def test_a_swede_abroad_is_the_same_person(country):
    assert org_number("196408233234", country, 2026) == "640823-3234"
    assert org_number("19640823-3234", country, 2026) == "640823-3234"


def test_a_swedish_vat_number_tells_its_country_itself():
    assert org_number("SE556000123401", "NO", 2026) == "556000-1234"


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("SE556000123401", "SE556000123401"),
        ("se 556000-1234 01", "SE556000123401"),
        ("NO 1 MVA", "NO 1 MVA"),
        ("SE1", "SE1"),
    ],
)
def test_a_swedish_vat_number_has_one_spelling(written, sent):
    assert vat_number(written) == sent

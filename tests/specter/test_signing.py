"""Signatures compared with vectors that were calculated separately, with invented keys."""

import pytest

from specter_tui.specter.signing import signature

ACCOUNT, INNER, OUTER = 1234, "testuserkey", "11111111-2222-3333-4444-555555555555"


@pytest.mark.parametrize(
    ("value", "key"),
    [
        ("Åsa Öberg", "0c04724837c61dac41ad528c9e53e42a"),
        ("Exempel AB", "68b3d5dfd751ec47e81b1f4ce3ead3d4"),
        ("4711", "55fa6d05158d8ba628ddbc699269bde0"),
        ("ABC-1", "38779f5a6ed61b5529a2c8da4bc9cd6d"),
        ("0a1b2c3d4e5f60718293a4b5c6d7e8f9", "61f41bc3612543ea70c6f85740124956"),
        ("2024-01-31", "9a8a81c5171dc1859a650cd837ce3c69"),
        ("getPDFLink70001", "f1809bce13a0296df758cdc359bd914c"),
    ],
)
def test_the_key_of_a_value(value: str, key: str) -> None:
    assert signature(INNER, OUTER, ACCOUNT, value) == key


def test_a_name_is_signed_as_latin1_and_not_as_utf8() -> None:
    assert signature(INNER, OUTER, ACCOUNT, "Åsa Öberg") != "529d212570c1ffd8e2a1a5f03b785292"


def test_what_has_no_latin1_form_cannot_be_signed() -> None:
    with pytest.raises(UnicodeEncodeError):
        signature(INNER, OUTER, ACCOUNT, "李")

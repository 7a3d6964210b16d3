"""Sums of money as they are read from another program's screen."""

from decimal import Decimal

import pytest

from specter_tui.text.numbers import sum_of_money


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("29,97", "29.97"),
        ("29.97", "29.97"),
        (" 1 234,50 kr", "1234.50"),
        ("1\N{NO-BREAK SPACE}234,50", "1234.50"),
        ("1.234,50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("1,234,567.89", "1234567.89"),
        ("1.234", "1234"),
        ("\N{MINUS SIGN}5,00", "-5"),
        ("SEK 30", "30"),
        *[(wrong, None) for wrong in ("", "kr", "1,2", "1,2345", "12,34,56", "1e5", "٣", "5-", "--5", "1.23.45")],
    ],
)
def test_a_sum_is_read_in_swedish_and_english_form_and_nothing_else_is_one(typed, amount):
    assert sum_of_money(typed) == (None if amount is None else Decimal(amount))

"""Money, times and lengths as they are read here."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from specter_tui.console import formats

STOCKHOLM = ZoneInfo("Europe/Stockholm")
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        (Decimal("1234.5"), "SEK", "1 234,50 kr"),
        (Decimal(0), "", "0,00 kr"),
        (Decimal("-20.505"), "SEK", "−20,51 kr"),
        (Decimal("1234567.89"), "EUR", "1 234 567,89 EUR"),
        (Decimal("0.005"), "SEK", "0,01 kr"),
        (None, "SEK", ""),
    ],
)
def test_money(amount: Decimal | None, currency: str, text: str) -> None:
    assert formats.money(amount, currency).replace("\xa0", " ") == text


def test_money_does_not_break_over_lines() -> None:
    assert " " not in formats.money(Decimal("1234.5"))


@pytest.mark.parametrize(
    ("value", "text"),
    [(Decimal(2), "2"), (Decimal("2.50"), "2,5"), (Decimal("1E+3"), "1 000"), (Decimal("-0.25"), "−0,25")],
)
def test_quantities_have_no_more_decimals_than_needed(value: Decimal, text: str) -> None:
    assert formats.number(value).replace("\xa0", " ") == text


def test_prices_show_every_decimal_that_is_sent() -> None:
    assert formats.price(Decimal("79.2")) == "79,20"
    assert formats.price(Decimal("79.123456")) == "79,123456"
    assert formats.price(Decimal("1E+2")) == "100,00"


def test_times_are_local_and_say_the_day_when_it_is_another() -> None:
    assert formats.when(NOW, NOW, STOCKHOLM) == "13:00"
    assert formats.when(NOW - timedelta(days=2), NOW, STOCKHOLM) == "21/11 13:00"
    assert formats.when(NOW - timedelta(days=400), NOW, STOCKHOLM) == "2025-10-19"
    assert formats.when(datetime(2026, 11, 22, 23, 30, tzinfo=UTC), NOW, STOCKHOLM) == "00:30"
    assert formats.when(None, NOW, STOCKHOLM) == ""
    assert formats.clock(None, STOCKHOLM) == ""
    assert formats.day_and_clock(NOW, STOCKHOLM) == "2026-11-23 13:00"


@pytest.mark.parametrize(("milliseconds", "text"), [(None, ""), (0, "0 ms"), (999, "999 ms"), (1250, "1,3 s")])
def test_durations(milliseconds: int | None, text: str) -> None:
    assert formats.took(milliseconds).replace("\xa0", " ") == text


@pytest.mark.parametrize(
    ("seconds", "text"), [(-5, "0 s"), (40, "40 s"), (720, "12 min"), (10_800, "3 h"), (200_000, "2 d")]
)
def test_ages(seconds: int, text: str) -> None:
    assert formats.age(timedelta(seconds=seconds)).replace("\xa0", " ") == text

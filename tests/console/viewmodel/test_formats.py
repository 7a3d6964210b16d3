"""Money, times and durations in the forms of each language."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from specter_tui.console.viewmodel import formats
from specter_tui.i18n import Language, set_locale, t

STOCKHOLM = ZoneInfo("Europe/Stockholm")
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def spaced(text: str) -> str:
    """Replace no-break spaces by spaces."""
    return text.replace("\xa0", " ")


@pytest.mark.parametrize(
    ("amount", "currency", "swedish", "english"),
    [
        (Decimal("1234.5"), "SEK", "1 234,50 kr", "SEK 1,234.50"),
        (Decimal(0), "", "0,00 kr", "SEK 0.00"),
        (Decimal("-20.505"), "SEK", "−20,51 kr", "SEK −20.51"),
        (Decimal("1234567.89"), "EUR", "1 234 567,89 EUR", "EUR 1,234,567.89"),
        (Decimal("0.005"), "SEK", "0,01 kr", "SEK 0.01"),
        (None, "SEK", "", ""),
    ],
)
def test_money(amount: Decimal | None, currency: str, swedish: str, english: str) -> None:
    assert spaced(formats.money(amount, currency)) == english
    set_locale("sv")
    assert spaced(formats.money(amount, currency)) == swedish
    assert " " not in formats.money(amount, currency), "it does not break over lines"


@pytest.mark.parametrize(
    ("value", "swedish", "english"),
    [
        (Decimal(2), "2", "2"),
        (Decimal("2.50"), "2,5", "2.5"),
        (Decimal("1E+3"), "1 000", "1,000"),
        (Decimal("-0.25"), "−0,25", "−0.25"),
    ],
)
def test_quantities_have_no_more_decimals_than_needed(value: Decimal, swedish: str, english: str) -> None:
    assert formats.number(value) == english
    set_locale("sv")
    assert spaced(formats.number(value)) == swedish


def test_prices_show_every_decimal_that_is_sent() -> None:
    set_locale("sv")
    assert formats.price(Decimal("79.2")) == "79,20"
    assert formats.price(Decimal("79.123456")) == "79,123456"
    assert formats.price(Decimal("1E+2")) == "100,00"


@pytest.mark.parametrize(
    ("language", "other_day", "other_year", "whole"),
    [
        ("sv", "21 nov 13:00", "2025-10-19", "2026-11-23 13:00"),
        ("en", "21 Nov 13:00", "19 Oct 2025", "23 Nov 2026 13:00"),
    ],
)
def test_times_are_local_and_say_the_day_when_it_is_another(
    language: Language, other_day: str, other_year: str, whole: str
) -> None:
    set_locale(language)
    assert formats.when(NOW, NOW, STOCKHOLM) == "13:00"
    assert formats.when(NOW - timedelta(days=2), NOW, STOCKHOLM) == other_day
    assert formats.when(NOW - timedelta(days=400), NOW, STOCKHOLM) == other_year
    assert formats.when(datetime(2026, 11, 22, 23, 30, tzinfo=UTC), NOW, STOCKHOLM) == "00:30"
    assert formats.when(None, NOW, STOCKHOLM) == ""
    assert formats.clock(None, STOCKHOLM) == ""
    assert formats.day_and_clock(NOW, STOCKHOLM) == whole


def test_a_day_in_full() -> None:
    assert formats.day(date(2026, 5, 3), t("{weekday} {day} {month} {year}")) == "Sunday 3 May 2026"
    set_locale("sv")
    assert formats.day(date(2026, 5, 3), t("{weekday} {day} {month} {year}")) == "söndag 3 maj 2026"
    assert formats.day(date(2026, 5, 3), t("{day} {month} {year}")) == "2026-05-03"


@pytest.mark.parametrize(
    ("milliseconds", "text"), [(None, ""), (0, "0 ms"), (999, "999 ms"), (1250, "1,3 s"), (61_000, "61,0 s")]
)
def test_durations(milliseconds: int | None, text: str) -> None:
    set_locale("sv")
    assert spaced(formats.took(milliseconds)) == text


@pytest.mark.parametrize(
    ("seconds", "text"), [(-5, "0 s"), (40, "40 s"), (720, "12 min"), (10_800, "3 tim"), (200_000, "2 d")]
)
def test_ages(seconds: int, text: str) -> None:
    set_locale("sv")
    assert spaced(formats.age(timedelta(seconds=seconds))) == text

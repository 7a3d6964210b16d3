"""Money, times and counts in the form of the screen's language ."""

from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal

from specter_tui.i18n import locale, marked, t
from specter_tui.text import numbers
from specter_tui.text.numbers import HARD_SPACE

WEEKDAYS = marked("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = marked("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


_SECONDS_A_MINUTE = 60
_MINUTES_AN_HOUR = 60
_HOURS_COUNTED = 48


def number(value: Decimal, decimals: int | None = None) -> str:
    """Format a number with separated thousands; with `decimals` None it keeps its own decimals."""
    return numbers.number(value, locale(), decimals)


def money(value: Decimal | None, currency: str = "SEK") -> str:
    """Format an amount with öre and currency: `1 234,50 kr`, `SEK 1,234.50`."""
    if value is None:
        return ""
    unit = t("SEK") if currency in ("", "SEK") else currency
    return _hard(t("{unit} {amount}").format(unit=unit, amount=number(value, 2)))


def price(value: Decimal) -> str:
    """Format a unit price with at least two decimals, and as many more as are sent."""
    _, _, fraction = format(value.normalize(), "f").partition(".")
    return number(value, max(2, len(fraction)))


def clock(moment: datetime | None, zone: tzinfo | None, *, seconds: bool = False) -> str:
    """Format the time of day."""
    return "" if moment is None else moment.astimezone(zone).strftime("%H:%M:%S" if seconds else "%H:%M")


def day(of: date, form: str) -> str:
    """Format a day in one of the forms `{day} {month} {year}`, `{day} {month}`, `{weekday} {day} {month} {year}`."""
    names = {
        "weekday": [t(text) for text in WEEKDAYS][of.weekday()],
        "month": [t(text) for text in MONTHS][of.month - 1],
    }
    return form.format(day=of.day, padded=f"{of.day:02}", number=f"{of.month:02}", year=of.year, **names)


def day_and_clock(moment: datetime | None, zone: tzinfo | None) -> str:
    """Format date and time of day."""
    return "" if moment is None else f"{day(moment.astimezone(zone), t('{day} {month} {year}'))} {clock(moment, zone)}"


def day_and_second(moment: datetime | None, zone: tzinfo | None) -> str:
    """Format date and time of day with seconds."""
    return "" if moment is None else moment.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")


def when(moment: datetime | None, now: datetime, zone: tzinfo | None, *, seconds: bool = False) -> str:
    """Format today's time of day, day and month for other days, and the year if it is another one."""
    if moment is None:
        return ""
    local, today = moment.astimezone(zone), now.astimezone(zone)
    if local.date() == today.date():
        return local.strftime("%H:%M:%S" if seconds else "%H:%M")
    if local.year != today.year:
        return day(local, t("{day} {month} {year}"))
    return f"{day(local, t('{day} {month}'))} {local:%H:%M}"


def took(milliseconds: int | None) -> str:
    """Format the duration of a call."""
    if milliseconds is None:
        return ""
    if milliseconds < 1000:
        return _hard(t("{count} ms").format(count=milliseconds))
    return _hard(t("{count} s").format(count=number(Decimal(milliseconds) / 1000, 1)))


def age(span: timedelta) -> str:
    """Format a length of time in its largest unit: 40 s, 12 min, 3 h, 2 d."""
    seconds = max(0, int(span.total_seconds()))
    minutes, hours = seconds // _SECONDS_A_MINUTE, seconds // (_SECONDS_A_MINUTE * _MINUTES_AN_HOUR)
    if minutes == 0:
        return _hard(t("{count} s").format(count=seconds))
    if hours == 0:
        return _hard(t("{count} min").format(count=minutes))
    if hours < _HOURS_COUNTED:
        return _hard(t("{count} h").format(count=hours))
    return _hard(t("{count} d").format(count=hours // 24))


def _hard(text: str) -> str:
    """Replace spaces by no-break spaces, so that a number stays on one line."""
    return text.replace(" ", HARD_SPACE)

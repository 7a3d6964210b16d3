"""Money, times and counts as the language that is spoken writes them (words/forms.py)."""

from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal

from specter_tui.console import words
from specter_tui.text import numbers
from specter_tui.text.numbers import HARD_SPACE

_SECONDS_A_MINUTE = 60
_MINUTES_AN_HOUR = 60
_HOURS_COUNTED = 48


def number(value: Decimal, decimals: int | None = None) -> str:
    """A number with its thousands apart; `decimals` None: as many as it has."""
    return numbers.number(value, words.spoken, decimals)


def money(value: Decimal | None, currency: str = "SEK") -> str:
    """An amount with its öre and its currency: `1 234,50 kr`, `SEK 1,234.50`."""
    if value is None:
        return ""
    unit = words.KRONOR if currency in ("", "SEK") else currency
    return _hard(words.MONEY.format(unit=unit, amount=number(value, 2)))


def price(value: Decimal) -> str:
    """A unit price with at least two decimals, and as many more as are sent."""
    _, _, fraction = format(value.normalize(), "f").partition(".")
    return number(value, max(2, len(fraction)))


def clock(moment: datetime | None, zone: tzinfo | None) -> str:
    """The time of day, without seconds."""
    return "" if moment is None else moment.astimezone(zone).strftime("%H:%M")


def day(of: date, form: str) -> str:
    """A day in one of the forms: `words.DATE`, `words.DAY_OF_YEAR`, `words.DAY_IN_FULL`."""
    names = {"weekday": words.WEEKDAYS[of.weekday()], "month": words.MONTHS[of.month - 1]}
    return form.format(day=of.day, padded=f"{of.day:02}", number=f"{of.month:02}", year=of.year, **names)


def day_and_clock(moment: datetime | None, zone: tzinfo | None) -> str:
    """The date and the time of day."""
    return "" if moment is None else f"{day(moment.astimezone(zone), words.DATE)} {clock(moment, zone)}"


def day_and_second(moment: datetime | None, zone: tzinfo | None) -> str:
    """The date and the time of day with its seconds."""
    return "" if moment is None else moment.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")


def when(moment: datetime | None, now: datetime, zone: tzinfo | None, *, seconds: bool = False) -> str:
    """The time of day for today, day and month for other days, with the year when it is another one."""
    if moment is None:
        return ""
    local, today = moment.astimezone(zone), now.astimezone(zone)
    if local.date() == today.date():
        return local.strftime("%H:%M:%S" if seconds else "%H:%M")
    if local.year != today.year:
        return day(local, words.DATE)
    return f"{day(local, words.DAY_OF_YEAR)} {local:%H:%M}"


def took(milliseconds: int | None) -> str:
    """How long a call took."""
    if milliseconds is None:
        return ""
    if milliseconds < 1000:
        return _hard(words.MILLISECONDS.format(count=milliseconds))
    return _hard(words.SECONDS.format(count=number(Decimal(milliseconds) / 1000, 1)))


def age(span: timedelta) -> str:
    """A length of time in its largest unit: 40 s, 12 min, 3 h, 2 d."""
    seconds = max(0, int(span.total_seconds()))
    minutes, hours = seconds // _SECONDS_A_MINUTE, seconds // (_SECONDS_A_MINUTE * _MINUTES_AN_HOUR)
    if minutes == 0:
        return _hard(words.SECONDS.format(count=seconds))
    if hours == 0:
        return _hard(words.MINUTES.format(count=minutes))
    if hours < _HOURS_COUNTED:
        return _hard(words.HOURS.format(count=hours))
    return _hard(words.DAYS.format(count=hours // 24))


def _hard(text: str) -> str:
    """The parts of a number stay on one line."""
    return text.replace(" ", HARD_SPACE)

"""Read amounts, days and lengths of time as people type them, in Swedish or English forms."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal

from specter_tui.console.viewmodel.filtering.typed_days import day_typed

_AMOUNT = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,6})?")
_CURRENCY = re.compile(r"^(?:kr|sek)\s*|\s*(?:kr|sek)$")
_THOUSANDS = re.compile(r"(?<=[0-9])[\s.,](?=[0-9]{3}(?![0-9]))")
"""A mark before exactly three digits separates thousands, since no amount has three decimals."""
_SPACES = re.compile(r"(?<=[0-9])\s+(?=[0-9])")
_LENGTH = re.compile(r"([0-9]{1,6})([a-zåäö]+)")
_SECONDS = {
    1: ("s", "sek", "sec"),
    60: ("m", "min"),
    3600: ("h", "t", "tim", "hours"),
    86400: ("d", "dag", "dagar", "day", "days"),
    604800: ("w", "v", "vecka", "veckor", "week", "weeks"),
}
_UNITS = {name: seconds for seconds, names in _SECONDS.items() for name in names}
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})")
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class FilterClock:
    """The moment from which ages are counted, and the zone of days; None is the machine's own."""

    now: datetime
    zone: tzinfo | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """A period from `start` until just before `end`."""

    start: datetime
    end: datetime


def digits_joined(number: str) -> str:
    """Return a number without the spaces between its digits: `10 026` is order 10026."""
    return _SPACES.sub("", number)


def amount(typed: str) -> Decimal | None:
    """Read `1000,50`, `1000.50`, `1 000,50 kr`, `SEK 1,000.50` or `-5`; None for anything else."""
    plain = _CURRENCY.sub("", typed.strip().casefold().replace("\N{MINUS SIGN}", "-"))
    plain = _THOUSANDS.sub("", plain).replace(",", ".")
    return Decimal(plain) if _AMOUNT.fullmatch(plain) else None


def length(typed: str) -> timedelta | None:
    """Read `90s`, `30m`, `2h` (or `2t`), `3d`, `1w` (or `1v`); None for anything else."""
    found = _LENGTH.fullmatch(typed.casefold())
    if found is None or found[2] not in _UNITS:
        return None
    return timedelta(seconds=int(found[1]) * _UNITS[found[2]])


def period(typed: str, now: FilterClock) -> Period | None:
    """Read a day as `day_typed` does, a month as `2026-11`, or a minute of today; None for anything else."""
    word = typed.casefold()
    today = now.now.astimezone(now.zone).date()
    if clock := _CLOCK.fullmatch(word):
        hour, minute = int(clock[1]), int(clock[2])
        if hour > 23 or minute > 59:
            return None
        start = _local(today, time(hour, minute), now)
        return Period(start, start + timedelta(minutes=1))
    try:
        if month := _MONTH.fullmatch(word):
            first = date(int(month[1]), int(month[2]), 1)
            after = date(first.year + first.month // _MONTHS, first.month % _MONTHS + 1, 1)
            return Period(_local(first, time.min, now), _local(after, time.min, now))
        day = day_typed(word, today)
        return None if day is None else _of_day(day, now)
    except (ValueError, OverflowError):
        return None


def _of_day(day: date, now: FilterClock) -> Period:
    return Period(_local(day, time.min, now), _local(day + timedelta(days=1), time.min, now))


def _local(day: date, clock: time, now: FilterClock) -> datetime:
    moment = datetime.combine(day, clock)
    return moment.astimezone() if now.zone is None else moment.replace(tzinfo=now.zone)

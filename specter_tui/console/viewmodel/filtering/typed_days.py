"""Read a day as people type it, in Swedish or English forms, whatever the screen's language."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache

from specter_tui.console.viewmodel.formats import MONTHS, WEEKDAYS
from specter_tui.i18n import in_every_language

_DAYS_AGO = {"today": 0, "idag": 0, "i dag": 0, "i-dag": 0, "yesterday": 1, "igår": 1, "i går": 1, "i-går": 1}
_NUMBERED = re.compile(r"([0-9]{1,2})[/.]([0-9]{1,2})(?:[/.-]([0-9]{4}))?")
_NAMED = re.compile(r"([0-9]{1,2})\s*([a-z]{3,9})\.?(?:\s*([0-9]{4}))?")
_NAMED_FIRST = re.compile(r"([a-z]{3,9})\.?\s*([0-9]{1,2})(?:,?\s+([0-9]{4}))?")
_LETTERS = 3
"""The number of letters that identify months and weekdays in both languages."""


def day_typed(typed: str, today: date) -> date | None:
    """Read `2026-11-26`, `26/11`, `26 nov`, `26 November 2026`, `torsdag`, `igår`; None for anything else.

    Without a year it is the last such day, since nobody asks for future orders.
    """
    word = " ".join(typed.casefold().split())
    if word in _DAYS_AGO:
        return today - timedelta(days=_DAYS_AGO[word])
    if (weekday := _weekdays().get(word[:_LETTERS])) is not None and word.isalpha():
        return today - timedelta(days=(today.weekday() - weekday) % 7)
    for day, month, year in _readings(word):
        return _date(day, month, year, today)
    try:
        return date.fromisoformat(word)
    except ValueError:
        return None


def _readings(word: str) -> Iterable[tuple[int, int, str | None]]:
    if found := _NUMBERED.fullmatch(word):
        yield int(found[1]), int(found[2]), found[3]
    elif (found := _NAMED.fullmatch(word)) and (month := _months().get(found[2][:_LETTERS])):
        yield int(found[1]), month, found[3]
    elif (found := _NAMED_FIRST.fullmatch(word)) and (month := _months().get(found[1][:_LETTERS])):
        yield int(found[2]), month, found[3]


def _date(day: int, month: int, year: str | None, today: date) -> date | None:
    for tried in (int(year),) if year else (today.year, today.year - 1):
        try:
            found = date(tried, month, day)
        except ValueError:
            continue
        if year or found <= today:
            return found
    return None


@cache
def _months() -> dict[str, int]:
    return _places(MONTHS, 1)


@cache
def _weekdays() -> dict[str, int]:
    return _places(WEEKDAYS, 0)


def _places(names: Iterable[str], first: int) -> dict[str, int]:
    places = ((said, place) for place, name in enumerate(names, first) for said in in_every_language(name))
    return {said[:_LETTERS].casefold(): place for said, place in places}

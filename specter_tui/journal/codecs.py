"""Conversions between values and columns: times as microseconds since 1970 UTC, amounts as decimal text, rates as JSON.

A message of the program is stored as its code and values, so that it can be shown in any language. Texts by Specter,
the shop or a person are stored as they are, and so are the program's English messages of version 4 and before.
"""

import json
from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from specter_tui.errors import ErrorText
from specter_tui.journal.models import Entry, Event, RateAmount

Row = tuple[Any, ...]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
CODED = "\x1f"
"""The prefix of a stored code with its values; no other text begins with it."""


def micros(time: datetime) -> int:
    """Return an aware time as stored; a naive one raises TypeError."""
    return (time - _EPOCH) // _MICROSECOND


def moment(stored: int) -> datetime:
    """Return a stored time, in UTC."""
    return _EPOCH + timedelta(microseconds=stored)


def rates_text(rates: tuple[RateAmount, ...]) -> str:
    """Return rates as one JSON text."""
    return json.dumps([[str(rate.vat_percent), str(rate.net), str(rate.vat)] for rate in rates])


def rates_of(text: str | None) -> tuple[RateAmount, ...]:
    """Return the rates that `rates_text` encoded; none for an order that was entered without a claim."""
    return tuple(RateAmount(*map(Decimal, rate)) for rate in json.loads(text or "[]"))


def stored_text(text: str) -> str:
    """Return a reason or a message as stored."""
    if isinstance(text, ErrorText):
        return CODED + json.dumps(_parts(text), ensure_ascii=False)
    return text.lstrip(CODED)


def text_of(stored: str) -> str:
    """Return the text that `stored_text` encoded."""
    if not stored.startswith(CODED):
        return stored
    code, values = json.loads(stored.removeprefix(CODED))
    return _text(code, values)


def _parts(text: ErrorText) -> list[Any]:
    values = {name: _parts(said) if isinstance(said, ErrorText) else said for name, said in text.values.items()}
    return [text.code, values]


def _text(code: str, values: dict[str, Any]) -> str:
    known = {name: said if isinstance(said, str) else _text(*said) for name, said in values.items()}
    try:
        return ErrorText(code, **known)
    except KeyError:  # Written by another version; a person can still act on the code.
        return " ".join([code, *known.values()])


def entry_of(row: Row) -> Entry:
    """Return the entry of a row whose columns are in the order of Entry's fields."""
    values = list(row)
    for place, read in _READ:
        if values[place] is not None:
            values[place] = read(values[place])
    return Entry(*values)


def event_of(row: Row) -> Event:
    """Return the event of a row whose columns are in the order of Event's fields."""
    number, uid, order_number, at, operator, host, verb, was, became, step, reason, message, *rest = row
    told = text_of(reason), text_of(message)
    return Event(number, uid, order_number, moment(at), operator, host, verb, was, became, step, *told, *rest)


_NOT_AS_STORED: dict[str, Callable[[Any], object]] = {
    "total": Decimal,
    "ordered": moment,
    "retry_at": moment,
    "drift": bool,
    "cancelled_in_shop": bool,
    "reason": text_of,
    "message": text_of,
    "claimed_at": moment,
    "changed_at": moment,
    "exported_at": moment,
    "by_hand": bool,
    "resent_for": moment,
    "comparable": bool,
    "reopenable": bool,
}
_READ = [(place, _NOT_AS_STORED[one.name]) for place, one in enumerate(fields(Entry)) if one.name in _NOT_AS_STORED]

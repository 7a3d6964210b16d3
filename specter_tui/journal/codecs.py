"""How values lie in the file: times as whole microseconds since 1970 UTC, amounts as decimal text, rates as JSON."""

import json
from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from specter_tui.journal.models import Entry, Event, RateAmount

Row = tuple[Any, ...]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def micros(time: datetime) -> int:
    """Return an aware time as the file has it; a naive one raises TypeError."""
    return (time - _EPOCH) // _MICROSECOND


def moment(stored: int) -> datetime:
    """Return a stored time, in UTC."""
    return _EPOCH + timedelta(microseconds=stored)


def rates_text(rates: tuple[RateAmount, ...]) -> str:
    """Return rates as one JSON text."""
    return json.dumps([[str(rate.vat_percent), str(rate.net), str(rate.vat)] for rate in rates])


def rates_of(text: str | None) -> tuple[RateAmount, ...]:
    """Read back what `rates_text` wrote; none for an order that was entered without being claimed."""
    return tuple(RateAmount(*map(Decimal, rate)) for rate in json.loads(text or "[]"))


def entry_of(row: Row) -> Entry:
    """Return the entry of a row whose columns stand in the order of Entry's fields."""
    values = list(row)
    for place, read in _READ:
        if values[place] is not None:
            values[place] = read(values[place])
    return Entry(*values)


def event_of(row: Row) -> Event:
    """Return the event of a row whose columns stand in the order of Event's fields."""
    number, uid, order_number, at, *rest = row
    return Event(number, uid, order_number, moment(at), *rest)


_NOT_AS_STORED: dict[str, Callable[[Any], object]] = {
    "total": Decimal,
    "ordered": moment,
    "retry_at": moment,
    "drift": bool,
    "cancelled_in_shop": bool,
    "claimed_at": moment,
    "changed_at": moment,
    "exported_at": moment,
    "by_hand": bool,
    "resent_for": moment,
    "comparable": bool,
}
_READ = [(place, _NOT_AS_STORED[one.name]) for place, one in enumerate(fields(Entry)) if one.name in _NOT_AS_STORED]

"""The wire record: each call for an order as it was sent and answered, with every value that may tell of a person out.

It is written by the same commit as what the call led to, so that it costs none of its own.
"""

import json
from dataclasses import dataclass
from datetime import datetime

from specter_tui.journal.codecs import moment
from specter_tui.journal.repositories.base_reader import JournalReader

_CALLS = """
    SELECT at, action, endpoint, sent, status, answer, duration_ms FROM calls /*+ calls_by_order */
    WHERE shop = ? AND uid = ? ORDER BY id
"""


@dataclass(frozen=True, slots=True)
class Call:
    """One call to Specter. `sent` has every field's name; the value only where it can tell of nobody."""

    at: datetime
    action: str
    endpoint: str
    sent: dict[str, str]
    status: int | None
    answer: str
    duration_ms: int


def calls_of(reader: JournalReader, uid: int) -> list[Call]:
    """Return the calls that were made for an order, oldest first. Raises JournalError."""
    return [
        Call(moment(at), action, endpoint, json.loads(sent), status, answer, duration)
        for at, action, endpoint, sent, status, answer, duration in reader._rows(_CALLS, (reader.shop, uid))
    ]

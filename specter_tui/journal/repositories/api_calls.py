"""The record of API calls: each call for an order as sent and answered, without values that may be personal data.

A call is written in the same commit as its result, so that it costs no commit of its own.
"""

import json
from dataclasses import dataclass
from datetime import datetime

from specter_tui.journal.codecs import micros, moment, stored_text, text_of
from specter_tui.journal.repositories.repository import Repository
from specter_tui.journal.shop_database import ShopDatabase, WritableDatabase

_CALLS = """
    SELECT at, action, endpoint, sent, status, answer, duration_ms FROM calls /*+ calls_by_order */
    WHERE shop = ? AND uid = ? ORDER BY id
"""
_CALL = """
    INSERT INTO calls (id, shop, uid, at, action, endpoint, sent, status, answer, duration_ms)
    VALUES ((SELECT COALESCE(MAX(id), 0) + 1 FROM calls WHERE shop = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


@dataclass(frozen=True, slots=True)
class Call:
    """One call to Specter. `sent` has every field's name, and the values of fields without personal data."""

    at: datetime
    action: str
    endpoint: str
    sent: dict[str, str]
    status: int | None
    answer: str
    duration_ms: int


class ApiCalls(Repository):
    """The operation that reads calls."""

    def __init__(self, db: ShopDatabase) -> None:
        self._db = db

    def of_order(self, uid: int) -> list[Call]:
        """Return the calls made for an order, oldest first. Raises JournalError."""
        return [
            Call(moment(at), action, endpoint, json.loads(sent), status, text_of(answer), duration)
            for at, action, endpoint, sent, status, answer, duration in self._db.rows(_CALLS, (self._db.shop, uid))
        ]


class CallNotes(Repository):
    """Calls that are written with the next event of their order."""

    def __init__(self, db: WritableDatabase) -> None:
        self._db = db
        self._waiting: list[tuple[int, Call]] = []
        self._written: list[tuple[int, Call]] = []

    def note(self, uid: int, call: Call) -> None:
        """Keep a call until the next event of its order."""
        self._waiting.append((uid, call))

    def insert(self, uid: int) -> None:
        """Write the waiting calls of an order; inside a change."""
        for one in self._waiting:
            if one[0] == uid and one not in self._written:
                call = one[1]
                values = (call.action, call.endpoint, json.dumps(call.sent), call.status, stored_text(call.answer))
                key = (self._db.shop, self._db.shop, uid, micros(call.at))
                self._db.execute(_CALL, (*key, *values, call.duration_ms))
                self._written.append(one)

    def ended(self, committed: bool) -> None:
        """After a change: its calls are done if it was committed, else they wait again."""
        written, self._written = self._written, []
        if committed:
            self._waiting = [one for one in self._waiting if one not in written]

"""Cursors of the parts that read the shop, and other short values that processes on a journal share."""

from specter_tui.journal.models import NO_ORDER, Verb
from specter_tui.journal.repositories.event_recorder import EventRecorder
from specter_tui.journal.repositories.repository import Repository
from specter_tui.journal.shop_database import WritableDatabase

COUNT_ACCEPTED: Verb = "count_accepted"
"""The name of the event, and of the cursor with the accepted difference."""

_CURSOR = "SELECT value FROM cursors WHERE shop = ? AND name = ?"
_SET_CURSOR = """
    INSERT INTO cursors (shop, name, value) VALUES (?, ?, ?)
    ON CONFLICT (shop, name) DO UPDATE SET value = excluded.value
"""


class Cursors(Repository):
    """The operations on cursors, each a value under a name."""

    def __init__(self, db: WritableDatabase, recorder: EventRecorder) -> None:
        self._db = db
        self._recorder = recorder

    def get(self, name: str) -> str | None:
        """Return the value stored by `set`; None if there is none."""
        found = self._db.rows(_CURSOR, (self._db.shop, name))
        return found[0][0] if found else None

    def set(self, name: str, value: str) -> None:
        """Store a value for `get`."""
        with self._db.change:
            self.keep(name, value)

    def keep(self, name: str, value: str) -> None:
        """Do the same inside a change."""
        self._db.execute(_SET_CURSOR, (self._db.shop, name, value))

    def accept_count(self, accepted: str, reason: str, message: str) -> None:
        """Record that a person accepts a difference between the shop's count and the orders found.

        It is stored as the cursor COUNT_ACCEPTED. The event belongs to the shop, not to an order; `message` has the
        difference.
        """
        with self._db.change:
            self.keep(COUNT_ACCEPTED, accepted)
            self._recorder.record(NO_ORDER, "", self._db.now(), COUNT_ACCEPTED, None, None, None, reason, message)

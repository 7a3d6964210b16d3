"""How far readers of the shop have come, and other short notes that processes on a journal share."""

from specter_tui.journal.models import NO_ORDER, Verb
from specter_tui.journal.repositories.event_recorder import EventRecorder
from specter_tui.journal.repositories.repository import Repository
from specter_tui.journal.shop_database import WritableDatabase

COUNT_ACCEPTED: Verb = "count_accepted"
"""Name of the event, and of the cursor that has what was accepted last."""

_CURSOR = "SELECT value FROM cursors WHERE shop = ? AND name = ?"
_SET_CURSOR = """
    INSERT INTO cursors (shop, name, value) VALUES (?, ?, ?)
    ON CONFLICT (shop, name) DO UPDATE SET value = excluded.value
"""


class Cursors(Repository):
    """The verbs on cursors: a value under each name."""

    def __init__(self, db: WritableDatabase, recorder: EventRecorder) -> None:
        self._db = db
        self._recorder = recorder

    def get(self, name: str) -> str | None:
        """Return where a reader of the shop stopped, as `set` left it."""
        found = self._db.rows(_CURSOR, (self._db.shop, name))
        return found[0][0] if found else None

    def set(self, name: str, value: str) -> None:
        """Keep how far a reader of the shop has come, for `get`."""
        with self._db.change:
            self.keep(name, value)

    def keep(self, name: str, value: str) -> None:
        """As `set`, inside a change."""
        self._db.execute(_SET_CURSOR, (self._db.shop, name, value))

    def accept_count(self, accepted: str, reason: str, message: str) -> None:
        """A person accepts that the shop counts other orders than are found: kept as the cursor COUNT_ACCEPTED.

        The event is one of the shop, of no order; `message` tells the difference.
        """
        with self._db.change:
            self.keep(COUNT_ACCEPTED, accepted)
            self._recorder.record(NO_ORDER, "", self._db.now(), COUNT_ACCEPTED, None, None, None, reason, message)

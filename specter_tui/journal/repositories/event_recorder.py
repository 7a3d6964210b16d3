"""Writes events: one for each change of an order, with its calls, and in the high-water log once it is committed."""

from collections.abc import Callable

from specter_tui.journal.codecs import stored_text
from specter_tui.journal.models import State, Step, Verb
from specter_tui.journal.repositories.api_calls import CallNotes
from specter_tui.journal.repositories.buyer_locks import BuyerLocks
from specter_tui.journal.safety.high_water_log import HighWaterLog, LogRecord
from specter_tui.journal.shop_database import WritableDatabase

_EVENT = """
    INSERT INTO events (id, shop, uid, order_number, at, operator, host, verb, from_state, to_state, step, reason,
      message, specter_number, duration_ms)
    VALUES ((SELECT MAX(id) + 1 FROM (SELECT MAX(id) AS id FROM events WHERE shop = ? UNION ALL SELECT ?) AS known),
      ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    RETURNING id
"""


class EventRecorder:
    """Adds events inside a change, and passes them to the high-water log after the commit."""

    def __init__(self, db: WritableDatabase, calls: CallNotes, buyer_locks: BuyerLocks) -> None:
        self._db = db
        self._calls = calls
        self._buyer_locks = buyer_locks
        self.high_water_log: HighWaterLog | None = None
        self.event_floor = 0
        """The highest event id that was used before a copy of the journal was put back; it is not used again."""
        self._unseen: list[Callable[[], LogRecord]] = []
        db.when_ended = self._ended

    def record(
        self,
        uid: int,
        order_number: str,
        at: int,
        verb: Verb,
        from_state: State | None,
        to_state: State | None,
        step: Step | None,
        reason: str = "",
        message: str = "",
        number: str | None = None,
        duration_ms: int | None = None,
        external_no: str | None = None,
    ) -> None:
        """Add an event, with the calls that led to it; inside a change.

        A change of state also goes into the high-water log.
        """
        shop, who = self._db.shop, self._db.operator
        added = self._db.deferred_row(
            _EVENT,
            (shop, self.event_floor, shop, uid, order_number, at, who.login, who.place, verb, from_state, to_state,
             step, stored_text(reason), stored_text(message), number, duration_ms),
        )  # fmt: skip
        self._calls.insert(uid)
        if from_state in ("sending", "unknown") and to_state not in ("sending", from_state):
            self._buyer_locks.settle(uid, at, in_doubt=to_state == "unknown" and step == "order")
        if self.high_water_log is not None and (from_state != to_state or verb == "number_corrected"):
            # An older copy of the journal must not send an order whose decision was taken back: there it is closed.
            lasting = "closed" if verb == "reopened" and to_state not in ("unknown", "exists") else to_state
            self._unseen.append(lambda: LogRecord(added()[0], uid, order_number, lasting, external_no, number))

    def _ended(self, committed: bool) -> None:
        self._calls.ended(committed)
        records, self._unseen = self._unseen, []
        if committed and records and self.high_water_log is not None:
            self.high_water_log.note([record() for record in records])

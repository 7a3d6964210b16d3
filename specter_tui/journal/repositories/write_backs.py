"""The steps after an export: writing the number to the shop, and later changes of the order there."""

from collections.abc import Iterable, Mapping

from specter_tui.journal.codecs import stored_text
from specter_tui.journal.database import chunked, expand_placeholders
from specter_tui.journal.models import Entry, Step, Verb
from specter_tui.journal.repositories.event_recorder import EventRecorder
from specter_tui.journal.repositories.orders import Orders
from specter_tui.journal.repositories.repository import Repository
from specter_tui.journal.shop_database import WritableDatabase

_DONE = """
    UPDATE orders SET write_back = 'done', shown_number = specter_number, reason = '', message = '', changed_at = ?
    WHERE shop = ? AND uid IN (?*) AND state = 'exported' AND write_back IN ('due', 'conflict')
    RETURNING uid, order_number, step, specter_number
"""
_STALE = "UPDATE orders SET write_back = 'due', shown_number = ? WHERE shop = ? AND uid = ?"
_CLEARED = """
    UPDATE orders SET write_back = 'none', shown_number = NULL, changed_at = ?
    WHERE shop = ? AND uid IN (?*) AND specter_number IS NULL AND write_back IN ('due', 'conflict')
    RETURNING uid, order_number, state, step
"""
# The message of an order that is not exported is the reason for that; the flag alone shows the conflict.
_CONFLICT = """
    UPDATE orders SET write_back = 'conflict', changed_at = :now,
      reason = CASE state WHEN 'exported' THEN 'write_back_conflict' ELSE reason END,
      message = CASE state WHEN 'exported' THEN :found ELSE message END
    WHERE shop = :shop AND uid = :uid AND COALESCE(specter_number, '') = :number
      AND (write_back <> 'conflict' OR (state = 'exported' AND message <> :found))
    RETURNING order_number, state, step
"""
_LOST = """
    UPDATE orders SET write_back = 'due', shown_number = NULL, reason = '', message = '', changed_at = ?
    WHERE shop = ? AND uid = ? AND specter_number = ? AND write_back IN ('done', 'conflict')
    RETURNING order_number, state, step
"""
_DRIFT = """
    UPDATE orders SET drift = ?, changed_at = ? WHERE shop = ? AND uid = ? AND drift <> ?
    RETURNING order_number, state, step
"""
_CANCELLED = """
    UPDATE orders SET cancelled_in_shop = ?, changed_at = ? WHERE shop = ? AND uid = ? AND cancelled_in_shop <> ?
    RETURNING order_number, state, step
"""


class WriteBacks(Repository):
    """The operations on exported orders, or formerly exported ones. Each returns False if nothing changed."""

    def __init__(self, db: WritableDatabase, orders: Orders, recorder: EventRecorder) -> None:
        self._db = db
        self._orders = orders
        self._recorder = recorder

    def done(self, uid: int, number: str | None = None) -> bool:
        """Record that the shop's order shows the Specter number, or this number if given."""
        return bool(self.done_many({uid: number}))

    def done_many(self, numbers: Mapping[int, str | None]) -> list[int]:
        """Record the same for several orders, in one commit, with an event each; return the uids it changed.

        An order whose number was corrected meanwhile stays due, with the number that the shop shows beside it.
        """
        changed: dict[int, tuple[str, Step, str]] = {}
        with self._db.change:
            now = self._db.now()
            for some in chunked(numbers):
                rows = self._db.execute(expand_placeholders(_DONE, len(some)), (now, self._db.shop, *some)).fetchall()
                changed |= {uid: what for uid, *what in rows}
            done = {uid: changed[uid] for uid in numbers if uid in changed}
            for uid in [uid for uid, (*_, number) in done.items() if numbers[uid] not in (None, number)]:
                self._db.execute(_STALE, (numbers[uid], self._db.shop, uid))
                del done[uid]
            for uid, (order_number, step, number) in done.items():
                self._recorder.record(
                    uid, order_number, now, "write_back_done", "exported", "exported", step, "", "", number
                )
        return list(done)

    def stored(self, numbers: Mapping[int, str | None]) -> list[Entry]:
        """Do the same as `done_many`; return the orders afterwards."""
        self.done_many(numbers)
        return self._orders.entries(numbers)

    def cleared(self, uids: Iterable[int]) -> list[int]:
        """Record that the shop's orders were cleared of numbers that were taken back; return those that were due."""
        with self._db.change:
            now, cleared = self._db.now(), list[int]()
            for some in chunked(uids):
                rows = self._db.execute(
                    expand_placeholders(_CLEARED, len(some)), (now, self._db.shop, *some)
                ).fetchall()
                for uid, order_number, state, step in rows:
                    self._recorder.record(uid, order_number, now, "write_back_cleared", state, state, step)
                    cleared.append(uid)
        return cleared

    def conflict(self, uid: int, found_number: str, number: str | None = None) -> bool:
        """Record that the shop's order shows another number, which is never overwritten.

        For an exported order it is stored as the message. `number` is the journal's number that it was compared with,
        empty for an order whose number was taken back; None means the present one. False if the conflict is known, or
        the journal's number is another.
        """
        with self._db.change:
            now = self._db.now()
            if number is None:
                entry = self._orders.entry(uid)
                number = (entry.specter_number if entry else None) or ""
            values = {"now": now, "found": stored_text(found_number), "shop": self._db.shop, "uid": uid}
            values["number"] = number
            for order_number, state, step in self._db.execute(_CONFLICT, values).fetchall():
                told: Verb = "write_back_conflict"
                self._recorder.record(
                    uid, order_number, now, told, state, state, step, "", found_number, number or None
                )
                return True
        return False

    def lost(self, uid: int, number: str) -> bool:
        """Record that the shop's order no longer shows this number, nor another: it is due again."""
        with self._db.change:
            now = self._db.now()
            for order_number, state, step in self._db.execute(_LOST, (now, self._db.shop, uid, number)).fetchall():
                self._recorder.record(uid, order_number, now, "write_back_lost", state, state, step, "", "", number)
                return True
        return False

    def flag_cancelled(self, uid: int, cancelled: bool) -> bool:
        """Record that the order was cancelled in the shop after its export, or no longer is."""
        return self._flag(_CANCELLED, uid, cancelled, "cancel_seen" if cancelled else "cancel_withdrawn")

    def _flag(self, sql: str, uid: int, flag: bool, verb: Verb) -> bool:
        with self._db.change:
            now, value = self._db.now(), int(flag)
            for order_number, state, step in self._db.execute(sql, (value, now, self._db.shop, uid, value)).fetchall():
                self._recorder.record(uid, order_number, now, verb, state, state, step)
                return True
        return False

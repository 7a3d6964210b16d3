"""What follows an export: its number on the way to the shop, and what the shop did to the order since."""

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
# A message of an order that is not exported says why it is not; the flag alone tells of the shop.
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
    """The verbs on orders that are exported, or were. Each returns False when nothing had to be changed."""

    def __init__(self, db: WritableDatabase, orders: Orders, recorder: EventRecorder) -> None:
        self._db = db
        self._orders = orders
        self._recorder = recorder

    def done(self, uid: int, number: str | None = None) -> bool:
        """The shop's order now shows the Specter number: this one, where one is named."""
        return bool(self.done_many({uid: number}))

    def done_many(self, numbers: Mapping[int, str | None]) -> list[int]:
        """The same of many, in one commit, with an event each; return the uids that were changed by it.

        One whose number was corrected meanwhile is due still, now with the number that the shop shows beside it.
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
        """As `done_many`; return the orders as they are after it."""
        self.done_many(numbers)
        return self._orders.entries(numbers)

    def cleared(self, uids: Iterable[int]) -> list[int]:
        """The shop's orders show no number of ours any more, after it was taken back; return those that were due."""
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
        """The shop's order shows another number than ours, which is never overwritten.

        Of an exported order it is kept as the message. `number`: the one of ours that it was compared with, none for an
        order whose number was taken back; without it the present one. False where that is known, or ours is another.
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
        """The shop's order shows this number of ours no longer, nor another: it is due again."""
        with self._db.change:
            now = self._db.now()
            for order_number, state, step in self._db.execute(_LOST, (now, self._db.shop, uid, number)).fetchall():
                self._recorder.record(uid, order_number, now, "write_back_lost", state, state, step, "", "", number)
                return True
        return False

    def flag_cancelled(self, uid: int, cancelled: bool) -> bool:
        """The order was cancelled in the shop after its export, or no longer is."""
        return self._flag(_CANCELLED, uid, cancelled, "cancel_seen" if cancelled else "cancel_withdrawn")

    def _flag(self, sql: str, uid: int, flag: bool, verb: Verb) -> bool:
        with self._db.change:
            now, value = self._db.now(), int(flag)
            for order_number, state, step in self._db.execute(sql, (value, now, self._db.shop, uid, value)).fetchall():
                self._recorder.record(uid, order_number, now, verb, state, state, step)
                return True
        return False

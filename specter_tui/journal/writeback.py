"""What follows an export: its number on the way to the shop, and what the shop did to the order since."""

from collections.abc import Sequence

from specter_tui.journal.records import Entry, Step, Verb
from specter_tui.journal.store import marked, portions
from specter_tui.journal.writing import Writer

_DONE = """
    UPDATE orders SET write_back = 'done', reason = '', message = '', changed_at = ?
    WHERE shop = ? AND uid IN (?*) AND write_back IN ('due', 'conflict')
    RETURNING uid, order_number, step, specter_number
"""
_CONFLICT = """
    UPDATE orders SET write_back = 'conflict', reason = 'write_back_conflict', message = ?, changed_at = ?
    WHERE shop = ? AND uid = ? AND write_back = 'due'
    RETURNING order_number, step, specter_number
"""
_DRIFT = """
    UPDATE orders SET drift = ?, changed_at = ? WHERE shop = ? AND uid = ? AND drift <> ?
    RETURNING order_number, state, step
"""
_CANCELLED = """
    UPDATE orders SET cancelled_in_shop = ?, changed_at = ? WHERE shop = ? AND uid = ? AND cancelled_in_shop <> ?
    RETURNING order_number, state, step
"""


class WriteBacks(Writer):
    """The verbs on orders that are exported. Each returns False when nothing had to be changed."""

    def write_back_done(self, uid: int) -> bool:
        """The shop's order now shows the Specter number."""
        return bool(self.write_backs_done([uid]))

    def write_backs_done(self, uids: Sequence[int]) -> list[int]:
        """The same of many, in one commit, with an event each; return the uids that were changed by it."""
        changed: dict[int, tuple[str, Step, str]] = {}
        with self._change:
            now = self._now()
            for some in portions(uids):
                rows = self._execute(marked(_DONE, len(some)), (now, self.shop, *some)).fetchall()
                changed |= {uid: what for uid, *what in rows}
            done = {uid: changed[uid] for uid in uids if uid in changed}
            for uid, (order_number, step, number) in done.items():
                self._record(uid, order_number, now, "write_back_done", "exported", "exported", step, "", "", number)
        return list(done)

    def write_backs_stored(self, uids: Sequence[int]) -> list[Entry]:
        """As `write_backs_done`; return the orders as they are after it."""
        self.write_backs_done(uids)
        return self.entries(uids)

    def write_back_conflict(self, uid: int, found_number: str) -> bool:
        """The shop's order shows another number, which is never overwritten; it is kept as the message."""
        with self._change:
            now = self._now()
            for order_number, step, number in self._execute(_CONFLICT, (found_number, now, self.shop, uid)).fetchall():
                self._record(
                    uid,
                    order_number,
                    now,
                    "write_back_conflict",
                    "exported",
                    "exported",
                    step,
                    "",
                    found_number,
                    number,
                )
                return True
        return False

    def flag_drift(self, uid: int, drift: bool) -> bool:
        """The shop's order differs from what was exported, or no longer does."""
        return self._flag(_DRIFT, uid, drift, "drift_seen" if drift else "drift_settled")

    def flag_cancelled(self, uid: int, cancelled: bool) -> bool:
        """The order was cancelled in the shop after its export, or no longer is."""
        return self._flag(_CANCELLED, uid, cancelled, "cancel_seen" if cancelled else "cancel_withdrawn")

    def _flag(self, sql: str, uid: int, flag: bool, verb: Verb) -> bool:
        with self._change:
            now, value = self._now(), int(flag)
            for order_number, state, step in self._execute(sql, (value, now, self.shop, uid, value)).fetchall():
                self._record(uid, order_number, now, verb, state, state, step)
                return True
        return False

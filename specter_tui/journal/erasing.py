"""Removing the traces of an order, or of a customer: all but the keys that keep it from being sent again."""

import sqlite3
from collections.abc import Iterable

from specter_tui.journal.clock import wall_us
from specter_tui.journal.errors import JournalBusy, translate
from specter_tui.journal.writing import Writer

_BY_CUSTOMER = "SELECT uid FROM orders WHERE shop = ? AND customer_number = ? ORDER BY uid"
_ORDER = """
    UPDATE orders SET customer_number = NULL, seen_number = NULL, form_hash = NULL, total = NULL, currency = NULL,
      ordered = NULL, rates = NULL, drift = 0, reason = 'erased', message = '', changed_at = ?,
      before = CASE WHEN before IS NOT NULL THEN json_set(before, '$.customer_number', NULL, '$.form_hash', NULL,
        '$.total', NULL, '$.currency', NULL, '$.ordered', NULL, '$.rates', NULL, '$.reason', '', '$.message', '',
        '$.rows', json('[]')) END
    WHERE shop = ? AND uid = ? AND state IN ('exported', 'closed')
    RETURNING order_number, state, step
"""
_ROWS = "DELETE FROM sent_rows WHERE shop = ? AND uid = ?"
_DRIFT = "DELETE FROM drift_lines WHERE shop = ? AND uid = ?"
_DELIVERY = """
    UPDATE deliveries SET tracking = '', problem = '' WHERE shop = ?
      AND specter_number = (SELECT specter_number FROM orders WHERE orders.shop = deliveries.shop AND orders.uid = ?)
"""
_CALLS = "DELETE FROM calls WHERE shop = ? AND uid = ?"
_GUARD = "SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND name = 'events_stay'"
_EVENTS = "UPDATE events SET reason = '', message = '' WHERE shop = ? AND uid = ? AND (reason <> '' OR message <> '')"


class Erasing(Writer):
    """The verb that forgets. What stays: uid, order number, external number, Specter number, states, times, operators.

    They say of nobody what was bought, for how much or by which customer; without them the order could go out twice.
    """

    def uids_of_customer(self, customer_number: str) -> list[int]:
        """Return the orders that were sent for a customer of Specter's."""
        return [uid for (uid,) in self._rows(_BY_CUSTOMER, (self.shop, customer_number))]

    def erase(self, uids: Iterable[int]) -> list[int]:
        """Erase orders that are exported or closed; return those that were. The old bytes are overwritten.

        Raises JournalBusy when someone reads the journal for so long that its log cannot be emptied; then it is erased,
        but old bytes may lie in the log until the next time.
        """
        erased = self._erase(uids)
        self._empty_the_log()
        return erased

    def _erase(self, uids: Iterable[int]) -> list[int]:
        erased, now = [], wall_us()
        with self._change:
            # The guard that lets no event be altered is taken away and put back within this one change.
            ((guard,),) = self._execute(_GUARD).fetchall()
            self._execute("DROP TRIGGER events_stay")
            for uid in uids:
                for order_number, state, step in self._execute(_ORDER, (now, self.shop, uid)).fetchall():
                    for sql in (_ROWS, _DRIFT, _DELIVERY):
                        self._execute(sql, (self.shop, uid))
                    self._execute(_CALLS, (self.shop, uid))
                    self._execute(_EVENTS, (self.shop, uid))
                    self._record(uid, order_number, now, "erased", state, state, step)
                    erased.append(uid)
            self._execute(guard)
        return erased

    def _empty_the_log(self) -> None:
        try:
            busy, *_ = self._execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.Error as error:
            raise translate(error) from error
        if busy:
            raise JournalBusy("erased, but the journal's log could not be emptied: another process reads it; try again")

"""Erases everything about an order, or a customer, except the keys that keep the order from being sent again."""

import json
from collections.abc import Iterable

from specter_tui.journal.repositories.event_recorder import EventRecorder
from specter_tui.journal.repositories.repository import Repository
from specter_tui.journal.shop_database import WritableDatabase

_BY_CUSTOMER = "SELECT uid FROM orders WHERE shop = ? AND customer_number = ? ORDER BY uid"
_ORDER = """
    UPDATE orders SET customer_number = NULL, seen_number = NULL, form_hash = NULL, total = NULL, currency = NULL,
      ordered = NULL, rates = NULL, customer_hash = NULL, address_hash = NULL, method_hash = NULL, fee_hash = NULL,
      vat_hash = NULL, drift = 0, reason = 'erased', message = '', changed_at = ?
    WHERE shop = ? AND uid = ? AND state IN ('exported', 'closed')
    RETURNING order_number, state, step, before
"""
_BEFORE = "UPDATE orders SET before = ? WHERE shop = ? AND uid = ?"
_TOLD: dict[str, object] = {
    **dict.fromkeys(("customer_number", "form_hash", "total", "currency", "ordered", "rates", "customer_hash")),
    **dict.fromkeys(("address_hash", "method_hash", "fee_hash", "vat_hash")),
    **dict.fromkeys(("reason", "message"), ""),
    "rows": [],
}
"""The values that are erased in the stored former state of an order, which a reopened order returns to."""
_ROWS = "DELETE FROM sent_rows WHERE shop = ? AND uid = ?"
_DRIFT = "DELETE FROM drift_lines WHERE shop = ? AND uid = ?"
_DELIVERY = """
    UPDATE deliveries SET tracking = '', problem = ''
    WHERE shop = ? AND specter_number = (SELECT specter_number FROM orders WHERE shop = ? AND uid = ?)
"""
_BUYER = "DELETE FROM buyer_locks WHERE shop = ? AND uid = ?"
_CALLS = "DELETE FROM calls WHERE shop = ? AND uid = ?"
_EVENTS = """
    UPDATE events /*+ events_by_order */ SET reason = '', message = ''
    WHERE shop = ? AND uid = ? AND (reason <> '' OR message <> '')
"""


def _untold(text: str) -> str:
    """Return a stored former state, and those nested in it, without the erased values."""
    before = json.loads(text)
    if before and before.get("before"):
        before["before"] = _untold(before["before"])
    return json.dumps({**before, **_TOLD} if before else before)


class Erasure(Repository):
    """The operations of erasure. Uid, order number, external number, Specter number, states, times and operators stay.

    These show neither what was bought, nor for how much, nor by which customer; without them the order could be sent
    again.
    """

    def __init__(self, db: WritableDatabase, recorder: EventRecorder) -> None:
        self._db = db
        self._recorder = recorder

    def uids_of_customer(self, customer_number: str) -> list[int]:
        """Return the orders that were sent for a customer number of Specter."""
        return [uid for (uid,) in self._db.rows(_BY_CUSTOMER, (self._db.shop, customer_number))]

    def copies_at_server(self) -> list[str]:
        """Return the schemas with copies made by upgrades; none for a file."""
        return self._db.store.copies()

    def erase(self, uids: Iterable[int]) -> list[int]:
        """Erase exported or closed orders; return those that were erased. Old bytes are overwritten.

        Raises JournalBusy if a reader keeps the log from being emptied; the orders are erased then, but old bytes may
        stay in the log until the next time.
        """
        erased = self._erase(uids)
        self._db.store.clean()
        return erased

    def _erase(self, uids: Iterable[int]) -> list[int]:
        erased = []
        with self._db.change, self._db.store.events_open():
            now = self._db.now()
            for uid in uids:
                for order_number, state, step, before in self._db.execute(_ORDER, (now, self._db.shop, uid)).fetchall():
                    if before is not None:
                        self._db.execute(_BEFORE, (_untold(before), self._db.shop, uid))
                    for sql in (_ROWS, _DRIFT, _BUYER, _CALLS, _EVENTS):
                        self._db.execute(sql, (self._db.shop, uid))
                    self._db.execute(_DELIVERY, (self._db.shop, self._db.shop, uid))
                    self._recorder.record(uid, order_number, now, "erased", state, state, step)
                    erased.append(uid)
        return erased

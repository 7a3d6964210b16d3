"""Locks of buyers: no other order of the buyer comes between the customer call and the order call of an order.

Specter takes the delivery address from the customer's card. A lock is made in the transaction of the claim and removed
in the commit that ends the claim. It contains only digests that no other journal can make.
"""

from datetime import timedelta

from specter_tui.journal.database import expand_placeholders
from specter_tui.journal.models import BuyerBusy, Intent
from specter_tui.journal.repositories.repository import Repository
from specter_tui.journal.shop_database import WritableDatabase

LONGEST_IN_DOUBT = timedelta(hours=1)
"""The time for which an order that is unknown at the step order holds other orders of its buyer back."""

_BUSY = """
    SELECT orders.order_number, orders.state FROM buyer_locks /*+ in order */ JOIN orders
      ON orders.shop = buyer_locks.shop AND orders.uid = buyer_locks.uid
    WHERE buyer_locks.shop = ? AND buyer_locks.uid <> ? AND buyer_locks.key IN (?*)
      AND (orders.state = 'sending'
        OR (orders.state = 'unknown' AND orders.step = 'order' AND buyer_locks.locked_at BETWEEN ? AND ?))
"""
_FORGET_OLD = "DELETE FROM buyer_locks WHERE shop = ? AND uid <> ? AND key IN (?*)"
_LOCK = """
    INSERT INTO buyer_locks (shop, key, token, uid, locked_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (shop, key) DO NOTHING
"""
_FREE = "DELETE FROM buyer_locks WHERE shop = ? AND uid = ?"
_HOLD = "UPDATE buyer_locks SET locked_at = ? WHERE shop = ? AND uid = ?"
_KEEP = "UPDATE buyer_locks SET token = ?, locked_at = ? WHERE shop = ? AND uid = ?"


class BuyerLocks(Repository):
    """The locks that a claim makes on the buyer of its order."""

    def __init__(self, db: WritableDatabase) -> None:
        self._db = db

    def busy(self, uid: int, buyer: tuple[str, ...]) -> BuyerBusy | None:
        """Return the order that holds this one back, without locking."""
        if not buyer:
            return None
        longest = LONGEST_IN_DOUBT // timedelta(microseconds=1)
        now = self._db.now()
        # By wall time, which can be changed: a lock that is an hour off, either way, no longer counts.
        found = self._db.rows(
            expand_placeholders(_BUSY, len(buyer)), (self._db.shop, uid, *buyer, now - longest, now + longest)
        )
        sending = [number for number, state in found if state == "sending"]
        return BuyerBusy((sending or [found[0][0]])[0], in_doubt=not sending) if found else None

    def lock_new(self, intent: Intent, token: str, now: int) -> None:
        """Lock the buyer of an order without a row in the journal. Raises NoRowMatched if there is a lock already."""
        for key in intent.buyer:
            self._db.execute_required(_LOCK, (self._db.shop, key, token, intent.uid, now))

    def lock(self, intent: Intent, token: str, now: int) -> None:
        """Lock the buyer after `busy` returned None; the order's own older locks stay."""
        self._db.execute(_KEEP, (token, now, self._db.shop, intent.uid))
        if intent.buyer:
            self._db.execute(
                expand_placeholders(_FORGET_OLD, len(intent.buyer)), (self._db.shop, intent.uid, *intent.buyer)
            )
        for key in intent.buyer:
            self._db.execute(_LOCK, (self._db.shop, key, token, intent.uid, now))

    def settle(self, uid: int, at: int, *, in_doubt: bool) -> None:
        """Release the buyer.

        An order whose order call may still arrive holds the buyer's other orders back from now on.
        """
        if in_doubt:
            self._db.execute(_HOLD, (at, self._db.shop, uid))
        else:
            self._db.execute(_FREE, (self._db.shop, uid))

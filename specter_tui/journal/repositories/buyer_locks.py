"""Locks of buyers: the customer call and the order call of one buyer are not parted by another order of the buyer.

The delivery address lies on Specter's customer card. A lock is made in the transaction of the claim and goes in the
commit that ends it. It says of a buyer no more than a digest that only this journal can make.
"""

from datetime import timedelta

from specter_tui.journal.database import expand_placeholders
from specter_tui.journal.models import BuyerBusy, Intent
from specter_tui.journal.repositories.repository import Repository
from specter_tui.journal.shop_database import WritableDatabase

LONGEST_IN_DOUBT = timedelta(hours=1)
"""How long an order that is unknown at the step order keeps others of its buyer back."""

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
    """What a claim does about the buyer of its order."""

    def __init__(self, db: WritableDatabase) -> None:
        self._db = db

    def busy(self, uid: int, buyer: tuple[str, ...]) -> BuyerBusy | None:
        """Return the order that keeps this one back, in a read that nobody waits for."""
        if not buyer:
            return None
        longest = LONGEST_IN_DOUBT // timedelta(microseconds=1)
        now = self._db.now()
        # By the time of day, which may be set: a lock that is an hour off, either way, holds no longer.
        found = self._db.rows(
            expand_placeholders(_BUSY, len(buyer)), (self._db.shop, uid, *buyer, now - longest, now + longest)
        )
        sending = [number for number, state in found if state == "sending"]
        return BuyerBusy((sending or [found[0][0]])[0], in_doubt=not sending) if found else None

    def lock_new(self, intent: Intent, token: str, now: int) -> None:
        """Lock the buyer of an order that the journal has never seen. Raises Missed where a lock is there already."""
        for key in intent.buyer:
            self._db.execute_required(_LOCK, (self._db.shop, key, token, intent.uid, now))

    def lock(self, intent: Intent, token: str, now: int) -> None:
        """Lock the buyer, whom `busy` has found free; the order's own older locks hold on."""
        self._db.execute(_KEEP, (token, now, self._db.shop, intent.uid))
        if intent.buyer:
            self._db.execute(
                expand_placeholders(_FORGET_OLD, len(intent.buyer)), (self._db.shop, intent.uid, *intent.buyer)
            )
        for key in intent.buyer:
            self._db.execute(_LOCK, (self._db.shop, key, token, intent.uid, now))

    def settle(self, uid: int, at: int, *, in_doubt: bool) -> None:
        """Let other orders of the buyer go; one whose order call may still arrive keeps them back from now on."""
        if in_doubt:
            self._db.execute(_HOLD, (at, self._db.shop, uid))
        else:
            self._db.execute(_FREE, (self._db.shop, uid))

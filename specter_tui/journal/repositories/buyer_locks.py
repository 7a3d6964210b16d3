"""Locks of buyers: the customer call and the order call of one buyer are not parted by another order of the buyer.

The delivery address lies on Specter's customer card. A lock is made in the transaction of the claim and goes in the
commit that ends it. It says of a buyer no more than a digest that only this journal can make.
"""

from datetime import timedelta

from specter_tui.journal.database import expand_placeholders
from specter_tui.journal.models import BuyerBusy, Intent
from specter_tui.journal.repositories.base_writer import JournalWriter

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
_KEEP = "UPDATE buyer_locks SET token = ?, locked_at = ? WHERE shop = ? AND uid = ?"


class BuyerLockOperations(JournalWriter):
    """What a claim does about the buyer of its order."""

    def buyer_busy(self, uid: int, buyer: tuple[str, ...]) -> BuyerBusy | None:
        """Return the order that keeps this one back, in a read that nobody waits for."""
        if not buyer:
            return None
        longest = LONGEST_IN_DOUBT // timedelta(microseconds=1)
        now = self._now()
        # By the time of day, which may be set: a lock that is an hour off, either way, holds no longer.
        found = self._rows(
            expand_placeholders(_BUSY, len(buyer)), (self.shop, uid, *buyer, now - longest, now + longest)
        )
        sending = [number for number, state in found if state == "sending"]
        return BuyerBusy((sending or [found[0][0]])[0], in_doubt=not sending) if found else None

    def _lock_new(self, intent: Intent, token: str, now: int) -> None:
        """Lock the buyer of an order that the journal has never seen. Raises Missed where a lock is there already."""
        for key in intent.buyer:
            self._must(_LOCK, (self.shop, key, token, intent.uid, now))

    def _lock_buyer(self, intent: Intent, token: str, now: int) -> None:
        """Lock the buyer, whom `buyer_busy` has found free; the order's own older locks hold on."""
        self._execute(_KEEP, (token, now, self.shop, intent.uid))
        if intent.buyer:
            self._execute(expand_placeholders(_FORGET_OLD, len(intent.buyer)), (self.shop, intent.uid, *intent.buyer))
        for key in intent.buyer:
            self._execute(_LOCK, (self.shop, key, token, intent.uid, now))

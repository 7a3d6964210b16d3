"""What people decide, and what is known from elsewhere: numbers entered, orders closed, opened again, imported.

A verb that returns False has changed nothing: the order is being sent, or already is what the verb would make it.
"""

from collections.abc import Iterable
from typing import Any

from specter_tui.journal.records import Imported, KnownNumber, ShopOrder, State, Step, Verb, WriteBack
from specter_tui.journal.stored import micros
from specter_tui.journal.writing import Writer

_EXPORTED = """
    INSERT INTO orders (shop, uid, order_number, state, specter_number, ordered, total, currency, write_back,
      exported_at, changed_at)
    VALUES (:shop, :uid, :order_number, 'exported', :number, :ordered, :total, :currency, :write_back, :now, :now)
    ON CONFLICT (shop, uid) DO UPDATE SET
      state = 'exported', specter_number = :number, write_back = :write_back, retry_at = NULL, reason = '',
      message = '', token = NULL, lease_process = NULL, lease_until = NULL, before = NULL,
      ordered = COALESCE(orders.ordered, :ordered), total = COALESCE(orders.total, :total),
      currency = COALESCE(orders.currency, :currency), exported_at = :now, changed_at = :now
"""
_CLOSED = """
    INSERT INTO orders (shop, uid, order_number, state, ordered, total, currency, reason, changed_at)
    VALUES (:shop, :uid, :order_number, 'closed', :ordered, :total, :currency, :reason, :now)
    ON CONFLICT (shop, uid) DO UPDATE SET
      state = 'closed', retry_at = NULL, reason = :reason, message = '',
      ordered = COALESCE(orders.ordered, :ordered), total = COALESCE(orders.total, :total),
      currency = COALESCE(orders.currency, :currency), changed_at = :now
"""
_HAS_NUMBER = "SELECT 1 FROM orders WHERE shop = ? AND specter_number = ? AND state = 'exported'"


class Deciding(Writer):
    """The verbs that need no claim."""

    def enter_number(self, order: ShopOrder, number: str) -> bool:
        """Make an order exported by the Specter number that a person typed; its write-back is due.

        For one that is unknown, exists, refused, closed, waiting, or that the journal has never seen; False while it is
        being sent or when it is exported. Raises NumberTaken, ValueError for an empty number.
        """
        if not number.strip():
            raise ValueError("a Specter number is needed")
        with self._change:
            if self._stands(order.uid)[0] in ("sending", "exported"):
                return False
            self._export(order, number, "number_entered", "due")
        return True

    def close_order(self, order: ShopOrder, reason: str) -> bool:
        """Close an order, as never to be exported or done by hand; also one that the journal has never seen.

        False while it is being sent, or when it is exported or closed. Raises ValueError without a reason.
        """
        return bool(self.close_many([order], reason))

    def close_many(self, orders: Iterable[ShopOrder], reason: str) -> list[int]:
        """Close many orders in one commit, with an event each; return the uids of those that were closed by it."""
        if not reason.strip():
            raise ValueError("to close an order needs a reason")
        closed = []
        with self._change:
            now = self._now()
            for order in orders:
                state, step = self._stands(order.uid)
                if state in ("sending", "exported", "closed"):
                    continue
                self._close(order, state, step, reason, now)
                closed.append(order.uid)
        return closed

    def reopen(self, order: ShopOrder, reason: str) -> bool:
        """Take a closing back: the order is what it was before; one that was never claimed goes out of the journal.

        False when it is not closed. Raises ValueError without a reason.
        """
        if not reason.strip():
            raise ValueError("to open an order again needs a reason")
        with self._change:
            before = self._take_back(order.uid, "closed", "")
            if before is None:
                return False
            self._record(order.uid, order.order_number, self._now(), "reopened", "closed", *before, reason)
        return True

    def import_known(self, items: Iterable[KnownNumber]) -> Imported:
        """Enter orders that are in Specter already, as exported with nothing to write back, in one commit.

        One that the journal has is skipped, and so is one whose number another order has.
        """
        added = present = taken = 0
        with self._change:
            for item in items:
                order = ShopOrder(item.uid, item.order_number)
                if self._stands(item.uid) != (None, None):
                    present += 1
                elif self._execute(_HAS_NUMBER, (self.shop, item.specter_number)).fetchall():
                    taken += 1
                else:
                    self._export(order, item.specter_number, "imported", "none")
                    added += 1
        return Imported(added, present, taken)

    def _close(self, order: ShopOrder, state: State | None, step: Step | None, reason: str, now: int) -> None:
        self._remember(order.uid)
        self._execute(_CLOSED, {**self._told(order), "reason": reason, "now": now})
        self._record(order.uid, order.order_number, now, "closed", state, "closed", step, reason)

    def _export(self, order: ShopOrder, number: str, verb: Verb, write_back: WriteBack) -> None:
        state, step = self._stands(order.uid)
        now = self._now()
        self._execute(_EXPORTED, {**self._told(order), "number": number, "write_back": write_back, "now": now})
        self._record(order.uid, order.order_number, now, verb, state, "exported", step, "", "", number)

    def _told(self, order: ShopOrder) -> dict[str, Any]:
        return {
            "shop": self.shop,
            "uid": order.uid,
            "order_number": order.order_number,
            "ordered": None if order.ordered is None else micros(order.ordered),
            "total": None if order.total is None else str(order.total),
            "currency": order.currency,
        }

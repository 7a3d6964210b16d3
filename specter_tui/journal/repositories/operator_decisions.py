"""Decisions of people, and numbers known from elsewhere: numbers entered and corrected, orders closed and reopened.

An operation that returns False has changed nothing: the order is being sent, or already is as requested.
"""

from collections.abc import Iterable
from typing import Any

from specter_tui.errors import ErrorText
from specter_tui.journal.errors import ReasonMissing
from specter_tui.journal.models import Entry, Imported, KnownNumber, NumberBy, ShopOrder, Verb
from specter_tui.journal.repositories.event_recorder import EventRecorder
from specter_tui.journal.repositories.order_endings import OrderEndings
from specter_tui.journal.repositories.order_states import OrderStates
from specter_tui.journal.repositories.orders import Orders
from specter_tui.journal.repositories.repository import Repository
from specter_tui.journal.shop_database import WritableDatabase

# If nothing was to be written, or the shop has another number, there is nothing to clear.
_TAKEN_BACK = """
    UPDATE orders SET by_hand = 1, drift = 0, cancelled_in_shop = 0, shown_number = :shown, write_back = :write_back
    WHERE shop = :shop AND uid = :uid
"""
_OPENED = "UPDATE orders SET by_hand = 1 WHERE shop = ? AND uid = ?"
_BY_HAND_ALONE = """
    UPDATE orders SET state = 'retry_later', step = NULL, specter_number = NULL, number_by = '', retry_at = NULL,
      reason = '', message = '', before = NULL, exported_at = NULL, changed_at = ?
    WHERE shop = ? AND uid = ?
"""
_DRIFT_LEFT = "DELETE FROM drift_lines WHERE shop = ? AND uid = ?"
_HAS_NUMBER = "SELECT 1 FROM orders WHERE shop = ? AND specter_number = ? AND state = 'exported'"


class OperatorDecisions(Repository):
    """The operations that need no claim."""

    def __init__(
        self, db: WritableDatabase, orders: Orders, recorder: EventRecorder, states: OrderStates, endings: OrderEndings
    ) -> None:
        self._db = db
        self._orders = orders
        self._recorder = recorder
        self._states = states
        self._endings = endings

    def enter_number(self, order: ShopOrder, number: str, by: NumberBy = "person") -> bool:
        """Set an order to exported with a number typed by a person or named by Specter; its write-back is then due.

        For an order that is unknown, exists, refused, closed, waiting, or new; False if it is being sent or already
        exported. Raises NumberTaken, ValueError for an empty number.
        """
        if not number.strip():
            raise ValueError("a Specter number is needed")
        with self._db.change:
            if self._states.state_of(order.uid)[0] in ("sending", "exported"):
                return False
            self._endings.export(order, number, "number_entered", "due", by)
        return True

    def correct_number(self, order: ShopOrder, number: str, reason: str) -> bool:
        """Give an exported order another Specter number; its write-back is then due, with the old number beside it.

        False if it is not exported, or already has this number. Raises NumberTaken, ValueError without a number or a
        reason.
        """
        if not number.strip():
            raise ValueError("a Specter number is needed")
        if not reason.strip():
            raise ValueError("to correct a number needs a reason")
        with self._db.change:
            entry = self._orders.entry(order.uid)
            if entry is None or entry.state != "exported" or entry.specter_number in (None, number):
                return False
            self._endings.correct(order, number, entry.specter_number, reason)
        return True

    def close_many(self, orders: Iterable[ShopOrder], reason: str) -> list[int]:
        """Close orders in one commit, with an event each; return the uids of those it closed. Raises ReasonMissing."""
        if not reason.strip():
            raise ReasonMissing(ErrorText("close_reason"))
        closed = []
        with self._db.change:
            now = self._db.now()
            for order in orders:
                state, step = self._states.state_of(order.uid)
                if state in ("sending", "exported", "closed"):
                    continue
                self._endings.close(order, state, step, reason, now)
                closed.append(order.uid)
        return closed

    def reopen(self, order: ShopOrder, reason: str) -> bool:
        """Take back a closing, or a typed or imported number: the order returns to its former state, and is by hand.

        The shop's order is cleared of the number if it shows it. An order that was new stays in the journal as never
        sent. False if there is nothing to take back: it is neither closed nor exported with such a number. Raises
        ValueError without a reason.
        """
        if not reason.strip():
            raise ValueError("to take a decision back needs a reason")
        with self._db.change:
            entry = self._orders.entry(order.uid)
            if entry is None or not entry.reopenable:
                return False
            before = self._states.previous(order.uid, entry.state, "")
            if before is None:
                return False
            if entry.state == "exported":
                self._end_flags(order, entry)
            self._put_back_or_leave(order.uid, before)
            if entry.state == "exported":
                self._clear_shop(entry)
            else:
                self._db.execute(_OPENED, (self._db.shop, order.uid))
            self._endings.mark_articles(order)
            number = entry.specter_number if entry.state == "exported" else None
            left, at = self._states.state_of(order.uid)
            self._recorder.record(
                order.uid, order.order_number, self._db.now(), "reopened", entry.state, left, at, reason, number or ""
            )
        return True

    def import_known(self, items: Iterable[KnownNumber]) -> Imported:
        """Enter orders that Specter already has, as exported without a write-back, in one commit.

        Orders that the journal has are skipped, and so are numbers that another order has.
        """
        added = present = taken = 0
        differing = []
        with self._db.change:
            for item in items:
                order = ShopOrder(item.uid, item.order_number)
                if (entry := self._orders.entry(item.uid)) is not None:
                    if entry.specter_number == item.specter_number:
                        present += 1
                    else:
                        differing.append(entry)
                elif self._db.execute(_HAS_NUMBER, (self._db.shop, item.specter_number)).fetchall():
                    taken += 1
                else:
                    self._endings.export(order, item.specter_number, "imported", "none", "import")
                    added += 1
        return Imported(added, present, taken, tuple(differing))

    def _put_back_or_leave(self, uid: int, before: dict[str, Any]) -> None:
        if before:
            self._states.put_back(uid, before)
        else:
            # The entry stays, since only the journal can keep another program from sending the order.
            self._db.execute(_BY_HAND_ALONE, (self._db.now(), self._db.shop, uid))

    def _clear_shop(self, entry: Entry) -> None:
        """Have the shop's order cleared of the number, or of an earlier one, if it may show it."""
        due = entry.write_back in ("due", "done")
        values = {
            "shown": (entry.shown_number or entry.specter_number) if due else None,
            "write_back": "due" if due else "none",
            "shop": self._db.shop,
            "uid": entry.uid,
        }
        self._db.execute(_TAKEN_BACK, values)

    def _end_flags(self, order: ShopOrder, entry: Entry) -> None:
        """Remove drift lines and flags: the order counts as never exported."""
        self._db.execute(_DRIFT_LEFT, (self._db.shop, order.uid))
        ended: tuple[tuple[bool, Verb], ...] = (
            (entry.drift, "drift_settled"),
            (entry.cancelled_in_shop, "cancel_withdrawn"),
        )
        for flag, verb in ended:
            if flag:
                self._recorder.record(
                    order.uid, order.order_number, self._db.now(), verb, "exported", "exported", entry.step
                )

"""What people decide and what is known from elsewhere: numbers entered and corrected, closings, what is taken back.

A verb that returns False has changed nothing: the order is being sent, or already is what the verb would make it.
"""

from collections.abc import Iterable
from typing import Any

from specter_tui.journal.codecs import micros
from specter_tui.journal.models import Imported, KnownNumber, NumberBy, ShopOrder, State, Step, Verb, WriteBack
from specter_tui.journal.repositories.stock import StockMarks

_EXPORTED = """
    INSERT INTO orders (shop, uid, order_number, state, specter_number, number_by, before, ordered, total, currency,
      write_back, exported_at, changed_at)
    VALUES (:shop, :uid, :order_number, 'exported', :number, :by, :before, :ordered, :total, :currency, :write_back,
      :now, :now)
    ON CONFLICT (shop, uid) DO UPDATE SET
      state = 'exported', specter_number = :number, number_by = :by, before = :before, write_back = :write_back,
      by_hand = 0, retry_at = NULL, reason = '', message = '', token = NULL, lease_process = NULL, lease_until = NULL,
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
# The shop may show the old number, also where its write-back was not known to have come there.
_CORRECTED = """
    UPDATE orders SET specter_number = :number, number_by = 'person', write_back = 'due', reason = '', message = '',
      shown_number = CASE WHEN write_back = 'due' THEN COALESCE(shown_number, :old) ELSE :old END, changed_at = :now
    WHERE shop = :shop AND uid = :uid AND state = 'exported'
"""
_NUMBER = """
    SELECT specter_number, write_back, shown_number, drift, cancelled_in_shop,
      number_by IN ('person', 'import') AND before IS NOT NULL
    FROM orders WHERE shop = ? AND uid = ? AND state = 'exported'
"""
# Where nothing was to be written, or another number stands in the shop, there is nothing of ours to be cleared.
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
_NEVER_SEEN = "{}"
"""`before` of an order that the journal had not seen."""
_TAKES_BACK: tuple[NumberBy, ...] = ("person", "import")
"""Where a number came from that can be taken back: of one from Specter's own answer Specter holds the order.

So it is also where that number was corrected since: `before` is then empty.
"""
_HAS_NUMBER = "SELECT 1 FROM orders WHERE shop = ? AND specter_number = ? AND state = 'exported'"


class OperatorDecisions(StockMarks):
    """The verbs that need no claim."""

    def enter_number(self, order: ShopOrder, number: str, by: NumberBy = "person") -> bool:
        """Make an order exported by a Specter number that a person typed, or that Specter named; its write-back is due.

        For one that is unknown, exists, refused, closed, waiting, or that the journal has never seen; False while it is
        being sent or when it is exported. Raises NumberTaken, ValueError for an empty number.
        """
        if not number.strip():
            raise ValueError("a Specter number is needed")
        with self._change:
            if self._stands(order.uid)[0] in ("sending", "exported"):
                return False
            self._export(order, number, "number_entered", "due", by)
        return True

    def correct_number(self, order: ShopOrder, number: str, reason: str) -> bool:
        """Give an exported order another Specter number; its write-back is due, with the old number beside it.

        False when it is not exported, or has this number. Raises NumberTaken, ValueError without a number or a reason.
        """
        if not number.strip():
            raise ValueError("a Specter number is needed")
        if not reason.strip():
            raise ValueError("to correct a number needs a reason")
        with self._change:
            found = self._execute(_NUMBER, (self.shop, order.uid)).fetchone()
            if found is None or found[0] == number:
                return False
            self._correct(order, number, found[0], reason)
        return True

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
        """Take back a closing, or a number that a person typed or imported: the order is what it was before, by hand.

        The shop is to be cleared of the number, if it shows it. One that the journal had not seen waits for a person
        as one that was never sent. False when there is nothing to take back: it is neither closed nor exported by such
        a number. Raises ValueError without a reason.
        """
        if not reason.strip():
            raise ValueError("to take a decision back needs a reason")
        with self._change:
            state, step = self._stands(order.uid)
            number = None
            if state == "exported":
                number = self._execute(_NUMBER, (self.shop, order.uid)).fetchone()
            if state not in ("closed", "exported") or (number is not None and not number[-1]):
                return False
            before = self._was(order.uid, state, "")
            if before is None:
                return False
            if number is not None:
                self._end_flags(order, step, number)
            self._put_back_or_leave(order.uid, before)
            if number is None:
                self._execute(_OPENED, (self.shop, order.uid))
            else:
                self._clear_shop(order.uid, number)
            self._mark_articles(order)
            told = "" if number is None else number[0]
            left, at = self._stands(order.uid)
            self._record(order.uid, order.order_number, self._now(), "reopened", state, left, at, reason, told)
        return True

    def import_known(self, items: Iterable[KnownNumber]) -> Imported:
        """Enter orders that are in Specter already, as exported with nothing to write back, in one commit.

        One that the journal has is skipped, and so is one whose number another order has.
        """
        added = present = taken = 0
        differing = []
        with self._change:
            for item in items:
                order = ShopOrder(item.uid, item.order_number)
                if (entry := self.entry(item.uid)) is not None:
                    if entry.specter_number == item.specter_number:
                        present += 1
                    else:
                        differing.append(entry)
                elif self._execute(_HAS_NUMBER, (self.shop, item.specter_number)).fetchall():
                    taken += 1
                else:
                    self._export(order, item.specter_number, "imported", "none", "import")
                    added += 1
        return Imported(added, present, taken, tuple(differing))

    def _close(self, order: ShopOrder, state: State | None, step: Step | None, reason: str, now: int) -> None:
        self._remember(order.uid)
        self._execute(_CLOSED, {**self._told(order), "reason": reason, "now": now})
        self._record(order.uid, order.order_number, now, "closed", state, "closed", step, reason)

    def _export(self, order: ShopOrder, number: str, verb: Verb, write_back: WriteBack, by: NumberBy) -> None:
        state, step = self._stands(order.uid)
        now = self._now()
        values = {
            **self._told(order),
            "number": number,
            "by": by,
            "before": (self._is_now(order.uid) or _NEVER_SEEN) if by in _TAKES_BACK else None,
            "write_back": write_back,
            "now": now,
        }
        self._execute(_EXPORTED, values)
        self._record(order.uid, order.order_number, now, verb, state, "exported", step, "", "", number)

    def _correct(self, order: ShopOrder, number: str, old: str, reason: str) -> None:
        now, (state, step) = self._now(), self._stands(order.uid)
        values = {"number": number, "old": old, "now": now, "shop": self.shop, "uid": order.uid}
        self._execute(_CORRECTED, values)
        self._mark_articles(order)
        self._record(order.uid, order.order_number, now, "number_corrected", state, state, step, reason, old, number)

    def _put_back_or_leave(self, uid: int, before: dict[str, Any]) -> None:
        if before:
            self._put_back(uid, before)
        else:
            # It stays in the journal, which alone can keep another program from sending it.
            self._execute(_BY_HAND_ALONE, (self._now(), self.shop, uid))

    def _clear_shop(self, uid: int, number: Any) -> None:
        """Let the shop's order be cleared of what it may show of ours: the number, or one before it."""
        old, write_back, shown, *_ = number
        due = write_back in ("due", "done")
        values = {
            "shown": (shown or old) if due else None,
            "write_back": "due" if due else "none",
            "shop": self.shop,
            "uid": uid,
        }
        self._execute(_TAKEN_BACK, values)

    def _end_flags(self, order: ShopOrder, step: Step | None, number: Any) -> None:
        """What an edit in the shop asked for is no longer to be done: the order is as if never exported."""
        *_, drift, cancelled, _ = number
        self._execute(_DRIFT_LEFT, (self.shop, order.uid))
        for flag, verb in ((drift, "drift_settled"), (cancelled, "cancel_withdrawn")):
            if flag:
                told: Verb = verb  # type: ignore[assignment]  # one of the two above.
                self._record(order.uid, order.order_number, self._now(), told, "exported", "exported", step)

    def _mark_articles(self, order: ShopOrder) -> None:
        self._mark({*order.articles, *(row.article_number for row in self.rows(order.uid))})

    def _told(self, order: ShopOrder) -> dict[str, Any]:
        return {
            "shop": self.shop,
            "uid": order.uid,
            "order_number": order.order_number,
            "ordered": None if order.ordered is None else micros(order.ordered),
            "total": None if order.total is None else str(order.total),
            "currency": order.currency,
        }

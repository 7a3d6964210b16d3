"""Ends of an order without a claim: exported with a known number, with a corrected number, or closed."""

from typing import Any

from specter_tui.journal.codecs import micros, stored_text
from specter_tui.journal.models import NumberBy, ShopOrder, State, Step, Verb, WriteBack
from specter_tui.journal.repositories.event_recorder import EventRecorder
from specter_tui.journal.repositories.goods.stock import StockMarks
from specter_tui.journal.repositories.order_states import OrderStates
from specter_tui.journal.repositories.orders import Orders
from specter_tui.journal.shop_database import WritableDatabase

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
# The shop may show the old number even if its write-back is not known to be done.
_CORRECTED = """
    UPDATE orders SET specter_number = :number, number_by = 'person', write_back = 'due', reason = '', message = '',
      shown_number = CASE WHEN write_back = 'due' THEN COALESCE(shown_number, :old) ELSE :old END, changed_at = :now
    WHERE shop = :shop AND uid = :uid AND state = 'exported'
"""
_NEVER_SEEN = "{}"
"""The value of `before` for an order that was new."""
_TAKES_BACK: tuple[NumberBy, ...] = ("person", "import")
"""The sources of a number that can be taken back. A number from Specter's answer cannot: Specter has the order.

For such a number, `before` stays empty, also after a correction.
"""


class OrderEndings:
    """Operations shared by decisions and restore repairs; all of them inside a change."""

    def __init__(
        self, db: WritableDatabase, orders: Orders, recorder: EventRecorder, states: OrderStates, marks: StockMarks
    ) -> None:
        self._db = db
        self._orders = orders
        self._recorder = recorder
        self._states = states
        self._marks = marks

    def close(self, order: ShopOrder, state: State | None, step: Step | None, reason: str, now: int) -> None:
        """Close an order, and store its present state."""
        self._states.remember(order.uid)
        self._db.execute(_CLOSED, {**_columns(self._db.shop, order), "reason": stored_text(reason), "now": now})
        self._recorder.record(order.uid, order.order_number, now, "closed", state, "closed", step, reason)

    def export(self, order: ShopOrder, number: str, verb: Verb, write_back: WriteBack, by: NumberBy) -> None:
        """Set an order to exported with a number. Raises NumberTaken, also at the end of the change."""
        state, step = self._states.state_of(order.uid)
        now = self._db.now()
        values = {
            **_columns(self._db.shop, order),
            "number": number,
            "by": by,
            "before": (self._states.snapshot(order.uid) or _NEVER_SEEN) if by in _TAKES_BACK else None,
            "write_back": write_back,
            "now": now,
        }
        self._db.execute(_EXPORTED, values)
        self._recorder.record(order.uid, order.order_number, now, verb, state, "exported", step, "", "", number)

    def correct(self, order: ShopOrder, number: str, old: str, reason: str) -> None:
        """Replace the number `old` of an exported order. Raises NumberTaken, also at the end of the change."""
        now, (state, step) = self._db.now(), self._states.state_of(order.uid)
        values = {"number": number, "old": old, "now": now, "shop": self._db.shop, "uid": order.uid}
        self._db.execute(_CORRECTED, values)
        self.mark_articles(order)
        self._recorder.record(
            order.uid, order.order_number, now, "number_corrected", state, state, step, reason, old, number
        )

    def mark_articles(self, order: ShopOrder) -> None:
        """Mark the stock of all articles that the order has, or had when it was sent, to be written again."""
        self._marks.mark({*order.articles, *(row.article_number for row in self._orders.rows(order.uid))})


def _columns(shop: int, order: ShopOrder) -> dict[str, Any]:
    return {
        "shop": shop,
        "uid": order.uid,
        "order_number": order.order_number,
        "ordered": None if order.ordered is None else micros(order.ordered),
        "total": None if order.total is None else str(order.total),
        "currency": order.currency,
    }

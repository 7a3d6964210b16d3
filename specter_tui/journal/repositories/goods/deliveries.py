"""The status of exported orders in Specter (delivered, cancelled), and whether the shop shows it."""

from collections.abc import Iterable
from decimal import Decimal

from specter_tui.errors import ErrorText
from specter_tui.journal.codecs import Row, moment, stored_text, text_of
from specter_tui.journal.goods_models import DeliveryRecord, StatusLine
from specter_tui.journal.models import Verb
from specter_tui.journal.repositories.event_recorder import EventRecorder
from specter_tui.journal.repositories.orders import Orders
from specter_tui.journal.repositories.repository import Repository
from specter_tui.journal.shop_database import WritableDatabase

_KEEP = """
    INSERT INTO deliveries (shop, specter_number, delivered, cancelled, tracking, total, seen_at)
    VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (shop, specter_number) DO UPDATE SET
      delivered = excluded.delivered, cancelled = excluded.cancelled,
      tracking = CASE excluded.tracking WHEN '' THEN deliveries.tracking ELSE excluded.tracking END,
      total = COALESCE(excluded.total, deliveries.total), seen_at = excluded.seen_at
"""
_BEFORE = "SELECT delivered, cancelled, total FROM deliveries WHERE shop = ? AND specter_number = ?"
_ORDER = "SELECT uid, total FROM orders WHERE shop = ? AND specter_number = ? AND state = 'exported'"

_DELIVERY = """
    SELECT orders.uid, orders.order_number, deliveries.specter_number, delivered, cancelled, tracking,
      deliveries.seen_at, marked_at, problem, deliveries.total, orders.total, differs
    FROM deliveries {index}
    /*+ in order */ JOIN orders /*+ orders_by_specter_number */ ON orders.shop = deliveries.shop
      AND orders.specter_number = deliveries.specter_number AND orders.state = 'exported'
"""
_OF_NUMBERS = _DELIVERY.replace("{index}", "") + "WHERE deliveries.shop = ? AND deliveries.specter_number IN (?*)"
_NEWEST = (
    _DELIVERY.replace("{index}", "/*+ deliveries_by_time */")
    + "WHERE deliveries.shop = ? ORDER BY deliveries.seen_at DESC LIMIT ?"
)
_FOR_PERSON = (
    _DELIVERY.replace("{index}", "/*+ deliveries_for_person */")
    + "WHERE deliveries.shop = ? AND (cancelled = 1 OR problem <> '') ORDER BY deliveries.seen_at DESC LIMIT ?"
)
_DUE = (
    _DELIVERY.replace("{index}", "/*+ deliveries_to_mark */")
    + "WHERE deliveries.shop = ? AND delivered = 1 AND cancelled = 0 AND marked_at IS NULL AND problem = ''"
    + " ORDER BY deliveries.seen_at LIMIT ?"
)
_DIFFERING = (
    _DELIVERY.replace("{index}", "/*+ deliveries_that_differ */")
    + "WHERE deliveries.shop = ? AND differs = 1 ORDER BY deliveries.seen_at LIMIT ?"
)
_DIFFERS = "UPDATE deliveries SET differs = ? WHERE shop = ? AND specter_number = ?"
_OF_ORDER = """
    SELECT orders.uid, orders.order_number, deliveries.specter_number, delivered, cancelled, tracking,
      deliveries.seen_at, marked_at, problem, deliveries.total, orders.total, differs
    FROM orders /*+ in order */ JOIN deliveries ON deliveries.shop = orders.shop
      AND deliveries.specter_number = orders.specter_number
    WHERE orders.shop = ? AND orders.uid = ? AND orders.state = 'exported'
"""
_MARKED = """
    UPDATE deliveries SET marked_at = :now, problem = ''
    WHERE shop = :shop AND marked_at IS NULL AND specter_number = (
      SELECT specter_number FROM orders WHERE shop = :shop AND uid = :uid AND state = 'exported')
"""
_NOT_MARKED = """
    UPDATE deliveries SET problem = :problem
    WHERE shop = :shop AND marked_at IS NULL AND problem <> :problem AND specter_number = (
      SELECT specter_number FROM orders WHERE shop = :shop AND uid = :uid AND state = 'exported')
"""


class Deliveries(Repository):
    """The operations on statuses by Specter, keyed by Specter's number, whether or not the journal has the order."""

    def __init__(self, db: WritableDatabase, orders: Orders, recorder: EventRecorder) -> None:
        self._db = db
        self._orders = orders
        self._recorder = recorder

    def of_order(self, uid: int) -> DeliveryRecord | None:
        """Return Specter's last status of one exported order."""
        return next((_delivery(row) for row in self._db.rows(_OF_ORDER, (self._db.shop, uid))), None)

    def newest(self, limit: int) -> list[DeliveryRecord]:
        """Return Specter's last statuses, newest first, at most `limit`; those that need a person come first."""
        rows = [
            *self._db.rows(_FOR_PERSON, (self._db.shop, limit)),
            *self._db.rows(_DIFFERING, (self._db.shop, limit)),
            *self._db.rows(_NEWEST, (self._db.shop, limit)),
        ]
        return [_delivery(row) for row in {row[0]: row for row in rows}.values()]

    def with_numbers(self, numbers: Iterable[str]) -> list[DeliveryRecord]:
        """Return Specter's last statuses of the exported orders with these Specter numbers."""
        return [_delivery(row) for row in self._db.rows_of(_OF_NUMBERS, numbers)]

    def differing(self, limit: int) -> list[DeliveryRecord]:
        """Return orders whose total in Specter differs and that no person has looked at, the oldest first."""
        return [_delivery(row) for row in self._db.rows(_DIFFERING, (self._db.shop, limit))]

    def looked_at(self, specter_number: str) -> None:
        """Record that a person looked at the total in Specter; another one waits for a person again."""
        with self._db.change:
            self._db.execute(_DIFFERS, (0, self._db.shop, specter_number))

    def due(self, limit: int) -> list[DeliveryRecord]:
        """Return orders delivered in Specter but not marked as sent in the shop, the longest known first.

        An order that is also cancelled in Specter is left out: a person decides.
        """
        return [_delivery(row) for row in self._db.rows(_DUE, (self._db.shop, limit))]

    def marked(self, uids: Iterable[int]) -> list[int]:
        """Record that the shop's orders were marked as sent, in one commit, with an event each.

        Return the uids it changed.
        """
        changed = []
        with self._db.change:
            now = self._db.now()
            for uid in uids:
                if self._db.execute(_MARKED, {"shop": self._db.shop, "uid": uid, "now": now}).rowcount:
                    self._tell_delivery(uid, "delivery_marked")
                    changed.append(uid)
        return changed

    def refused(self, uid: int, problem: str) -> bool:
        """Record that the shop's order cannot be marked as sent: it is no longer due, and is shown with the problem.

        An empty problem makes it due again. False if nothing changed.
        """
        with self._db.change:
            values = {"shop": self._db.shop, "uid": uid, "problem": stored_text(problem)}
            if not self._db.execute(_NOT_MARKED, values).rowcount:
                return False
            if problem:
                self._tell_delivery(uid, "delivery_refused", problem)
        return True

    def keep(self, status: StatusLine) -> int | None:
        """Store the status of one order; return its uid, None if the journal does not have the order.

        Inside a change.
        """
        number = status.specter_number
        before = self._db.execute(_BEFORE, (self._db.shop, number)).fetchone() or (0, 0, None)
        total = None if status.total is None else str(status.total)
        told = (int(status.delivered), int(status.cancelled), status.tracking, total)
        self._db.execute(_KEEP, (self._db.shop, number, *told, self._db.now()))
        order = self._db.execute(_ORDER, (self._db.shop, number)).fetchone()
        if order is None:
            return None
        uid = int(order[0])
        if status.delivered and not before[0]:
            self._tell_delivery(uid, "delivered")
        if status.cancelled and not before[1]:
            self._tell_delivery(uid, "cancelled_in_specter")
        if status.total is not None and order[1] and total != before[2]:
            differs = status.total != Decimal(order[1])
            self._db.execute(_DIFFERS, (int(differs), self._db.shop, number))
            if differs:
                self._tell_delivery(uid, "sum_differs", ErrorText("sum_differs", total=total, expected=order[1]))
        return uid

    def _tell_delivery(self, uid: int, verb: Verb, message: str = "") -> None:
        entry = self._orders.entry(uid)
        if entry is not None:
            state, step = entry.state, entry.step
            self._recorder.record(
                uid, entry.order_number, self._db.now(), verb, state, state, step, "", message, entry.specter_number
            )


def _delivery(row: Row) -> DeliveryRecord:
    uid, order_number, specter_number, delivered, cancelled, tracking, seen_at, marked_at, problem, *sums = row
    total, expected, differs = sums
    return DeliveryRecord(
        uid,
        order_number,
        specter_number,
        bool(delivered),
        bool(cancelled),
        tracking,
        moment(seen_at),
        None if marked_at is None else moment(marked_at),
        text_of(problem),
        None if total is None else Decimal(total),
        None if expected is None else Decimal(expected),
        bool(differs),
    )

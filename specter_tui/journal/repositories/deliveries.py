"""What becomes of orders in Specter after their export: delivered, cancelled; and what the shop was told of it."""

from collections.abc import Iterable

from specter_tui.journal.codecs import Row, moment
from specter_tui.journal.goods_models import DeliveryRecord, StatusLine
from specter_tui.journal.models import Verb
from specter_tui.journal.repositories.base_writer import JournalWriter

_KEEP = """
    INSERT INTO deliveries (shop, specter_number, delivered, cancelled, tracking, seen_at) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (shop, specter_number) DO UPDATE SET
      delivered = excluded.delivered, cancelled = excluded.cancelled,
      tracking = CASE excluded.tracking WHEN '' THEN deliveries.tracking ELSE excluded.tracking END,
      seen_at = excluded.seen_at
"""
_BEFORE = "SELECT delivered, cancelled FROM deliveries WHERE shop = ? AND specter_number = ?"
_ORDER = "SELECT uid FROM orders WHERE shop = ? AND specter_number = ? AND state = 'exported'"

_DELIVERY = """
    SELECT orders.uid, orders.order_number, deliveries.specter_number, delivered, cancelled, tracking,
      deliveries.seen_at, marked_at, problem
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
_OF_ORDER = """
    SELECT orders.uid, orders.order_number, deliveries.specter_number, delivered, cancelled, tracking,
      deliveries.seen_at, marked_at, problem
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


class DeliveryOperations(JournalWriter):
    """The verbs on what Specter says of an order, kept by Specter's number, be the order known here yet or not."""

    def delivery(self, uid: int) -> DeliveryRecord | None:
        """Return what Specter said last of one exported order."""
        return next((_delivery(row) for row in self._rows(_OF_ORDER, (self.shop, uid))), None)

    def deliveries(self, limit: int) -> list[DeliveryRecord]:
        """Return what Specter said last, the newest first, at most so many; before them those that want a person."""
        rows = [*self._rows(_FOR_PERSON, (self.shop, limit)), *self._rows(_NEWEST, (self.shop, limit))]
        return [_delivery(row) for row in {row[0]: row for row in rows}.values()]

    def deliveries_numbered(self, numbers: Iterable[str]) -> list[DeliveryRecord]:
        """Return what Specter said last of the exported orders with these Specter numbers."""
        return [_delivery(row) for row in self._rows_of(_OF_NUMBERS, numbers)]

    def due_deliveries(self, limit: int) -> list[DeliveryRecord]:
        """Return orders that are delivered in Specter and not yet marked as sent in the shop, the longest known first.

        One that is cancelled in Specter as well is not due: a person decides.
        """
        return [_delivery(row) for row in self._rows(_DUE, (self.shop, limit))]

    def deliveries_marked(self, uids: Iterable[int]) -> list[int]:
        """The same of many, in one commit, with an event each; return the uids that were changed by it."""
        marked = []
        with self._change:
            now = self._now()
            for uid in uids:
                if self._execute(_MARKED, {"shop": self.shop, "uid": uid, "now": now}).rowcount:
                    self._tell_delivery(uid, "delivery_marked")
                    marked.append(uid)
        return marked

    def delivery_refused(self, uid: int, problem: str) -> bool:
        """The shop's order cannot be marked as sent: it is due no longer, and shown with the problem.

        An empty problem makes it due again. False when nothing changed.
        """
        with self._change:
            if not self._execute(_NOT_MARKED, {"shop": self.shop, "uid": uid, "problem": problem}).rowcount:
                return False
            if problem:
                self._tell_delivery(uid, "delivery_refused", problem)
        return True

    def _keep_delivery(self, status: StatusLine) -> int | None:
        number = status.specter_number
        before = self._execute(_BEFORE, (self.shop, number)).fetchone() or (0, 0)
        values = (self.shop, number, int(status.delivered), int(status.cancelled), status.tracking, self._now())
        self._execute(_KEEP, values)
        order = self._execute(_ORDER, (self.shop, number)).fetchone()
        if order is None:
            return None
        uid = int(order[0])
        if status.delivered and not before[0]:
            self._tell_delivery(uid, "delivered")
        if status.cancelled and not before[1]:
            self._tell_delivery(uid, "cancelled_in_specter")
        return uid

    def _tell_delivery(self, uid: int, verb: Verb, message: str = "") -> None:
        entry = self.entry(uid)
        if entry is not None:
            state, step = entry.state, entry.step
            self._record(
                uid, entry.order_number, self._now(), verb, state, state, step, "", message, entry.specter_number
            )


def _delivery(row: Row) -> DeliveryRecord:
    uid, order_number, specter_number, delivered, cancelled, tracking, seen_at, marked_at, problem = row
    return DeliveryRecord(
        uid,
        order_number,
        specter_number,
        bool(delivered),
        bool(cancelled),
        tracking,
        moment(seen_at),
        None if marked_at is None else moment(marked_at),
        problem,
    )

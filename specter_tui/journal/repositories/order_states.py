"""The state of orders inside a change: reading it, storing it beside the order, and restoring it."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from specter_tui.journal.models import State, Step, Verb
from specter_tui.journal.repositories.event_recorder import EventRecorder
from specter_tui.journal.shop_database import WritableDatabase

_STATE = "SELECT state, step FROM orders WHERE shop = ? AND uid = ?"
_SEEN = "UPDATE orders SET seen_number = ? WHERE shop = ? AND uid = ?"
_COLUMNS = (
    "state", "step", "customer_number", "customer_hash", "form_hash", "total", "currency", "ordered", "rates",
    "address_hash", "method_hash", "fee_hash", "vat_hash", "attempts", "refusals", "repeats", "retry_at", "reason",
    "message", "by_hand", "before",
)  # fmt: skip
"""The columns that a claim or a decision changes, in the order in which _SNAPSHOT reads them."""
_LATER: dict[str, object] = {
    "by_hand": 0,
    **dict.fromkeys(("before", "customer_hash", "address_hash", "method_hash", "fee_hash", "vat_hash")),
}
"""Columns that older versions of the program did not store."""
_SNAPSHOT = """
    SELECT state, step, customer_number, customer_hash, form_hash, total, currency, ordered, rates, address_hash,
      method_hash, fee_hash, vat_hash, attempts, refusals, repeats, retry_at, reason, message, by_hand, before
    FROM orders WHERE shop = ? AND uid = ? AND state <> 'sending'
"""
_ROWS_NOW = """
    SELECT position, article_number, quantity, unit_price, vat_percent FROM sent_rows WHERE shop = ? AND uid = ?
"""
_REMEMBER = "UPDATE orders SET before = ? WHERE shop = ? AND uid = ?"
_BEFORE = """
    SELECT before, customer_number, repeats, call FROM orders
    WHERE shop = ? AND uid = ? AND state = ? AND COALESCE(token, '') = ?
"""
_RESTORE = """
    UPDATE orders SET state = :state, step = :step, call = NULL, customer_hash = :customer_hash,
      form_hash = :form_hash, total = :total, currency = :currency, ordered = :ordered, rates = :rates,
      address_hash = :address_hash, method_hash = :method_hash, fee_hash = :fee_hash, vat_hash = :vat_hash,
      attempts = :attempts, refusals = :refusals, repeats = :repeats, retry_at = :retry_at, reason = :reason,
      message = :message, by_hand = :by_hand, before = :before, specter_number = NULL, number_by = '',
      exported_at = NULL, token = NULL, lease_process = NULL, lease_until = NULL, changed_at = :now
    WHERE shop = :shop AND uid = :uid
"""
_FORGET_ROWS = "DELETE FROM sent_rows WHERE shop = ? AND uid = ?"
_FORGET = "DELETE FROM orders WHERE shop = ? AND uid = ?"
_ROWS = "INSERT INTO sent_rows (shop, uid, position, article_number, quantity, unit_price, vat_percent) VALUES ?*"


class OrderStates:
    """Operations shared by all changes of state; all of them inside a change."""

    def __init__(self, db: WritableDatabase, recorder: EventRecorder) -> None:
        self._db = db
        self._recorder = recorder

    def state_of(self, uid: int) -> tuple[State, Step | None] | tuple[None, None]:
        """Return an order's state and step, (None, None) if the journal has no entry."""
        found = self._db.execute(_STATE, (self._db.shop, uid)).fetchall()
        return found[0] if found else (None, None)

    def keep_late(self, uid: int, order_number: str, what: Verb, message: str, number: str | None) -> None:
        """Record a late result as an event, and its number with the order; the state stays."""
        if number is not None:
            self._db.execute(_SEEN, (number, self._db.shop, uid))
        state, step = self.state_of(uid)
        self._recorder.record(uid, order_number, self._db.now(), "late", state, state, step, what, message, number)

    def remember(self, uid: int) -> None:
        """Store an order's present state beside it, so that a claim or a closing can be taken back."""
        if (before := self.snapshot(uid)) is not None:
            self._db.execute(_REMEMBER, (before, self._db.shop, uid))

    def snapshot(self, uid: int) -> str | None:
        """Return an order's present state for `before`; None if the journal has no entry."""
        row = self._db.execute(_SNAPSHOT, (self._db.shop, uid)).fetchone()
        if row is None:
            return None
        rows = self._db.execute(_ROWS_NOW, (self._db.shop, uid)).fetchall()
        return json.dumps({**dict(zip(_COLUMNS, row, strict=True)), "rows": rows})

    def take_back(self, uid: int, state: State, token: str) -> tuple[State | None, Step | None] | None:
        """Return an order to its state before `state`; return that, or None if nothing was changed.

        An order that was new is removed. One whose first customer number became known meanwhile is not changed, since
        its step does not go back. `token` is empty for an order without a claim.
        """
        before = self.previous(uid, state, token)
        if before is None:
            return None
        if not before:
            self._db.execute(_FORGET, (self._db.shop, uid))
            return None, None
        self.put_back(uid, before)
        return before["state"], before["step"]

    def previous(self, uid: int, state: State, token: str) -> dict[str, Any] | None:
        """Return the former values of an order in `state`, by _COLUMNS: empty if it was new; None if it cannot return.

        `repeated` is its present number of repeats, `called` the call that was in flight.
        """
        found = self._db.execute(_BEFORE, (self._db.shop, uid, state, token)).fetchone()
        if found is None:
            return None
        before: dict[str, Any] = json.loads(found[0] or "{}")
        if before.get("step") != "order" and found[1] != before.get("customer_number"):
            return None
        return {**before, "repeated": found[2], "called": found[3]} if before else before

    def put_back(self, uid: int, before: dict[str, Any]) -> None:
        """Restore the values of `previous`, with the order's rows."""
        # The customer number of the last call stays.
        values = {name: before[name] for name in _COLUMNS if name not in ("customer_number", *_LATER)}
        values |= {name: before.get(name, value) for name, value in _LATER.items()}
        self._db.execute(_RESTORE, {**values, "shop": self._db.shop, "uid": uid, "now": self._db.now()})
        # Rates stored before version 5 are numbers.
        self.replace_rows(uid, [(*row[:-1], str(row[-1])) for row in before["rows"]])

    def replace_rows(self, uid: int, rows: Iterable[Sequence[Any]]) -> None:
        """Replace the order's rows: position, article number, quantity, price and VAT rate of each."""
        self._db.execute(_FORGET_ROWS, (self._db.shop, uid))
        self.insert_rows(uid, rows)

    def insert_rows(self, uid: int, rows: Iterable[Sequence[Any]]) -> None:
        """Insert the rows of an order that has none."""
        self._db.execute_many(_ROWS, ((self._db.shop, uid, *row) for row in rows))

"""What every writing verb stands on: one change at a time, and one event for each."""

import json
import secrets
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from specter_tui.journal.codecs import micros
from specter_tui.journal.database import Store, chunked, expand_placeholders
from specter_tui.journal.group_commit import GroupableTransaction
from specter_tui.journal.models import State, Step, Verb
from specter_tui.journal.repositories.api_calls import Call
from specter_tui.journal.repositories.base_reader import JournalReader
from specter_tui.journal.safety.high_water_log import HighWaterLog, LogRecord
from specter_tui.journal.safety.operators import Operator

_EVENT = """
    INSERT INTO events (id, shop, uid, order_number, at, operator, host, verb, from_state, to_state, step, reason,
      message, specter_number, duration_ms)
    VALUES ((SELECT MAX(id) + 1 FROM (SELECT MAX(id) AS id FROM events WHERE shop = ? UNION ALL SELECT ?) AS known),
      ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    RETURNING id
"""
_CALL = """
    INSERT INTO calls (id, shop, uid, at, action, endpoint, sent, status, answer, duration_ms)
    VALUES ((SELECT COALESCE(MAX(id), 0) + 1 FROM calls WHERE shop = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_STANDS = "SELECT state, step FROM orders WHERE shop = ? AND uid = ?"
_SEEN = "UPDATE orders SET seen_number = ? WHERE shop = ? AND uid = ?"
_KEPT = (
    "state", "step", "customer_number", "customer_hash", "form_hash", "total", "currency", "ordered", "rates",
    "address_hash", "method_hash", "fee_hash", "vat_hash", "attempts", "refusals", "repeats", "retry_at", "reason",
    "message", "by_hand", "before",
)  # fmt: skip
"""What an order has that a claim or a decision changes, by the names of the columns that _IS_NOW reads."""
_LATER: dict[str, object] = {
    "by_hand": 0,
    **dict.fromkeys(("before", "customer_hash", "address_hash", "method_hash", "fee_hash", "vat_hash")),
}
"""What older versions of the program did not keep."""
_IS_NOW = """
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
_SET_CURSOR = """
    INSERT INTO cursors (shop, name, value) VALUES (?, ?, ?)
    ON CONFLICT (shop, name) DO UPDATE SET value = excluded.value
"""
_FREE_BUYER = "DELETE FROM buyer_locks WHERE shop = ? AND uid = ?"
_HOLD_BUYER = "UPDATE buyer_locks SET locked_at = ? WHERE shop = ? AND uid = ?"
_FORGET_ROWS = "DELETE FROM sent_rows WHERE shop = ? AND uid = ?"
_FORGET = "DELETE FROM orders WHERE shop = ? AND uid = ?"
_ROWS = "INSERT INTO sent_rows (shop, uid, position, article_number, quantity, unit_price, vat_percent) VALUES ?*"


class JournalWriter(JournalReader):
    """A reader that may change the file, in the name of one operator and with one lease clock."""

    def __init__(self, store: Store, shop: int, operator: Operator) -> None:
        self._execute = store.execute
        self._must = store.execute_required
        self._promised = store.deferred_row
        self._now = store.now
        self._change = GroupableTransaction(store.change(self._ended))
        self.operator = operator
        self.clock = store.clock
        self._holder = str(operator)
        self._calls_written: list[tuple[int, Call]] = []
        self.seen: HighWaterLog | None = None
        self._sights: list[Callable[[], LogRecord]] = []
        self._event_floor = 0
        self._calls: list[tuple[int, Call]] = []
        super().__init__(store, shop)

    def close(self) -> None:
        """Close the connection and what goes with it; what was committed stays."""
        super().close()
        if self.seen is not None:
            self.seen.close()

    def note_call(self, uid: int, call: Call) -> None:
        """Keep a call, to be written with the next event of its order."""
        self._calls.append((uid, call))

    def _identity(self) -> str:
        if not self._rows("SELECT id FROM journal WHERE shop = ?", (self.shop,)):
            with self._change:
                values = (secrets.token_hex(16), self.shop, self._now())
                self._execute("INSERT INTO journal (id, shop, made_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", values)
        return super()._identity()

    def _record(
        self,
        uid: int,
        order_number: str,
        at: int,
        verb: Verb,
        from_state: State | None,
        to_state: State | None,
        step: Step | None,
        reason: str = "",
        message: str = "",
        number: str | None = None,
        duration_ms: int | None = None,
        external_no: str | None = None,
    ) -> None:
        who = self.operator
        added = self._promised(
            _EVENT,
            (self.shop, self._event_floor, self.shop, uid, order_number, at, who.login, who.place, verb, from_state,
             to_state, step, reason, message, number, duration_ms),
        )  # fmt: skip
        self._insert_calls(uid)
        if from_state in ("sending", "unknown") and to_state not in ("sending", from_state):
            self._settle_buyer(uid, at, in_doubt=to_state == "unknown" and step == "order")
        if self.seen is not None and (from_state != to_state or verb == "number_corrected"):
            # An older copy of the journal may not send what a person took back: there it is closed.
            lasting = "closed" if verb == "reopened" and to_state not in ("unknown", "exists") else to_state
            self._sights.append(lambda: LogRecord(added()[0], uid, order_number, lasting, external_no, number))

    def _settle_buyer(self, uid: int, at: int, *, in_doubt: bool) -> None:
        """Let other orders of the buyer go; one whose order call may still arrive keeps them back from now on."""
        if in_doubt:
            self._execute(_HOLD_BUYER, (at, self.shop, uid))
        else:
            self._execute(_FREE_BUYER, (self.shop, uid))

    def _insert_calls(self, uid: int) -> None:
        written = self._calls_written
        for one in self._calls:
            if one[0] == uid and one not in written:
                call = one[1]
                values = (call.action, call.endpoint, json.dumps(call.sent), call.status, call.answer, call.duration_ms)
                self._execute(_CALL, (self.shop, self.shop, uid, micros(call.at), *values))
                written.append(one)

    def _keep_cursor(self, name: str, value: str) -> None:
        self._execute(_SET_CURSOR, (self.shop, name, value))

    def _ended(self, committed: bool) -> None:
        """A change came to its end: what it did is seen, or never was."""
        written, self._calls_written = self._calls_written, []
        if committed:
            self._calls = [one for one in self._calls if one not in written]
        sights, self._sights = self._sights, []
        if committed and sights and self.seen is not None:
            self.seen.note([sight() for sight in sights])

    def _stands(self, uid: int) -> tuple[State, Step | None] | tuple[None, None]:
        found = self._execute(_STANDS, (self.shop, uid)).fetchall()
        return found[0] if found else (None, None)

    def _keep(self, uid: int, order_number: str, what: Verb, message: str, number: str | None) -> None:
        """Keep what came too late to settle the order, as an event, and its number with the order; no state changes."""
        if number is not None:
            self._execute(_SEEN, (number, self.shop, uid))
        state, step = self._stands(uid)
        self._record(uid, order_number, self._now(), "late", state, state, step, what, message, number)

    def _remember(self, uid: int) -> None:
        """Keep, beside the order, all of what it is now, so that a claim or a closing can be taken back."""
        if (before := self._is_now(uid)) is not None:
            self._execute(_REMEMBER, (before, self.shop, uid))

    def _is_now(self, uid: int) -> str | None:
        """All of what an order is now, for `before`; None where the journal has not seen it."""
        row = self._execute(_IS_NOW, (self.shop, uid)).fetchone()
        if row is None:
            return None
        rows = self._execute(_ROWS_NOW, (self.shop, uid)).fetchall()
        return json.dumps({**dict(zip(_KEPT, row, strict=True)), "rows": rows})

    def _take_back(self, uid: int, state: State, token: str) -> tuple[State | None, Step | None] | None:
        """Make the order what it was before it came into `state`; return that, or None when nothing was changed.

        One that the journal had not seen before goes. One whose first customer number has become known meanwhile stays
        as it is: its step does not go back. `token` is empty for an order that nobody holds.
        """
        before = self._was(uid, state, token)
        if before is None:
            return None
        if not before:
            self._execute(_FORGET, (self.shop, uid))
            return None, None
        self._put_back(uid, before)
        return before["state"], before["step"]

    def _was(self, uid: int, state: State, token: str) -> dict[str, Any] | None:
        """What an order in `state` was before, by _KEPT: empty where it was unknown; None where it cannot be again.

        `repeated` is how often it has been repeated by now, `called` which call was in flight.
        """
        found = self._execute(_BEFORE, (self.shop, uid, state, token)).fetchone()
        if found is None:
            return None
        before: dict[str, Any] = json.loads(found[0] or "{}")
        if before.get("step") != "order" and found[1] != before.get("customer_number"):
            return None
        return {**before, "repeated": found[2], "called": found[3]} if before else before

    def _put_back(self, uid: int, before: dict[str, Any]) -> None:
        """Make an order what `_was` told, with its rows."""
        # The customer number of the last call counts.
        values = {name: before[name] for name in _KEPT if name not in ("customer_number", *_LATER)}
        values |= {name: before.get(name, value) for name, value in _LATER.items()}
        self._execute(_RESTORE, {**values, "shop": self.shop, "uid": uid, "now": self._now()})
        # An order that was remembered before version 5 has its rates as numbers.
        self._replace_rows(uid, [(*row[:-1], str(row[-1])) for row in before["rows"]])

    def _replace_rows(self, uid: int, rows: Iterable[Sequence[Any]]) -> None:
        """Let these be the order's rows: position, article number, quantity, price and VAT rate of each."""
        self._execute(_FORGET_ROWS, (self.shop, uid))
        self._insert_rows(uid, rows)

    def _insert_rows(self, uid: int, rows: Iterable[Sequence[Any]]) -> None:
        self._execute_many(_ROWS, ((self.shop, uid, *row) for row in rows))

    def _execute_many(self, sql: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Execute a statement `... VALUES ?* ...` with many rows; no two of them may have the same key."""
        for some in chunked(rows):
            self._execute(expand_placeholders(sql, len(some), len(some[0])), [value for row in some for value in row])

    def _execute_of(self, sql: str, values: Iterable[Any]) -> int:
        """Execute a statement `... WHERE shop = ? AND ... IN (?*)` over many values; return how many rows it wrote."""
        return sum(
            self._execute(expand_placeholders(sql, len(some)), (self.shop, *some)).rowcount for some in chunked(values)
        )

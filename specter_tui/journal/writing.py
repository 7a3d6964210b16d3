"""What every writing verb stands on: one change at a time, and one event for each."""

import json
import secrets
import sqlite3
from pathlib import Path

from specter_tui.journal.calls import Call
from specter_tui.journal.clock import LeaseClock, wall_us
from specter_tui.journal.connection import Change
from specter_tui.journal.operators import Operator
from specter_tui.journal.reading import Reader
from specter_tui.journal.records import State, Step, Verb
from specter_tui.journal.seen import Seen, Sight
from specter_tui.journal.stored import micros

_EVENT = """
    INSERT INTO events (id, shop, uid, order_number, at, operator, host, verb, from_state, to_state, step, reason,
      message, specter_number, duration_ms)
    VALUES ((SELECT MAX(COALESCE(MAX(id), 0), ?) + 1 FROM events), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_CALL = """
    INSERT INTO calls (shop, uid, at, action, endpoint, sent, status, answer, duration_ms)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_EXTERNAL_NO = "SELECT external_no FROM orders WHERE shop = ? AND uid = ?"
_STANDS = "SELECT state, step FROM orders WHERE shop = ? AND uid = ?"
_SEEN = "UPDATE orders SET seen_number = ? WHERE shop = ? AND uid = ?"
_REMEMBER = """
    UPDATE orders SET before = json_object(
      'state', state, 'step', step, 'customer_number', customer_number, 'form_hash', form_hash, 'total', total,
      'currency', currency, 'ordered', ordered, 'rates', rates, 'attempts', attempts, 'refusals', refusals,
      'repeats', repeats, 'retry_at', retry_at, 'reason', reason, 'message', message,
      'rows', (SELECT json_group_array(json_array(position, article_number, quantity, unit_price, vat_percent))
        FROM sent_rows WHERE sent_rows.shop = orders.shop AND sent_rows.uid = orders.uid))
    WHERE shop = ? AND uid = ? AND state NOT IN ('sending', 'closed')
"""
_RESTORE = """
    UPDATE orders SET
      state = json_extract(before, '$.state'), step = json_extract(before, '$.step'),
      form_hash = json_extract(before, '$.form_hash'), total = json_extract(before, '$.total'),
      currency = json_extract(before, '$.currency'), ordered = json_extract(before, '$.ordered'),
      rates = json_extract(before, '$.rates'), attempts = json_extract(before, '$.attempts'),
      refusals = json_extract(before, '$.refusals'), repeats = json_extract(before, '$.repeats'),
      retry_at = json_extract(before, '$.retry_at'), reason = json_extract(before, '$.reason'),
      message = json_extract(before, '$.message'), token = NULL, lease_process = NULL, lease_until = NULL,
      changed_at = :now
    WHERE shop = :shop AND uid = :uid AND state = :state AND token IS :token AND before IS NOT NULL
      AND customer_number IS json_extract(before, '$.customer_number')
    RETURNING state, step
"""
_FORGET_ROWS = "DELETE FROM sent_rows WHERE shop = ? AND uid = ?"
_RESTORE_ROWS = """
    INSERT INTO sent_rows (shop, uid, position, article_number, quantity, unit_price, vat_percent)
    SELECT orders.shop, orders.uid, json_extract(one.value, '$[0]'), json_extract(one.value, '$[1]'),
      json_extract(one.value, '$[2]'), json_extract(one.value, '$[3]'), json_extract(one.value, '$[4]')
    FROM orders, json_each(orders.before, '$.rows') AS one WHERE orders.shop = ? AND orders.uid = ?
"""
_FORGET_BEFORE = "UPDATE orders SET before = NULL WHERE shop = ? AND uid = ?"
_FORGET = """
    DELETE FROM orders
    WHERE shop = :shop AND uid = :uid AND state = :state AND token IS :token AND customer_number IS NULL
"""


class Writer(Reader):
    """A reader that may change the file, in the name of one operator and with one lease clock."""

    def __init__(
        self, connection: sqlite3.Connection, path: Path, shop: int, operator: Operator, clock: LeaseClock
    ) -> None:
        self._execute = connection.execute
        self._change = Change(connection, self._ended)
        self.operator = operator
        self.clock = clock
        self._holder = str(operator)
        self._calls_written: list[tuple[int, Call]] = []
        self.seen: Seen | None = None
        self._sights: list[Sight] = []
        self._event_floor = 0
        self._calls: list[tuple[int, Call]] = []
        super().__init__(connection, path, shop)

    def close(self) -> None:
        """Close the connection and what goes with it; what was committed stays."""
        super().close()
        if self.seen is not None:
            self.seen.close()

    def note_call(self, uid: int, call: Call) -> None:
        """Keep a call, to be written with the next event of its order."""
        self._calls.append((uid, call))

    def _identity(self) -> str:
        found = self._rows("SELECT id FROM journal", ())
        if not found:
            with self._change:
                self._execute(
                    "INSERT INTO journal (id, shop, made_at) SELECT ?, ?, ? WHERE NOT EXISTS (SELECT 1 FROM journal)",
                    (secrets.token_hex(16), self.shop, wall_us()),
                )
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
    ) -> None:
        who = self.operator
        added = self._execute(
            _EVENT,
            (self._event_floor, self.shop, uid, order_number, at, who.login, who.host, verb, from_state, to_state, step,
             reason, message, number, duration_ms),
        )  # fmt: skip
        self._insert_calls(uid)
        if self.seen is not None and from_state != to_state:
            external_no = None
            if to_state == "sending":
                external_no = self._execute(_EXTERNAL_NO, (self.shop, uid)).fetchone()[0]
            self._sights.append(Sight(added.lastrowid or 0, uid, order_number, to_state, external_no, number))

    def _insert_calls(self, uid: int) -> None:
        written = self._calls_written
        for one in self._calls:
            if one[0] == uid and one not in written:
                call = one[1]
                values = (call.action, call.endpoint, json.dumps(call.sent), call.status, call.answer, call.duration_ms)
                self._execute(_CALL, (self.shop, uid, micros(call.at), *values))
                written.append(one)

    def _ended(self, committed: bool) -> None:
        """A change came to its end: what it did is seen, or never was."""
        written, self._calls_written = self._calls_written, []
        if committed:
            self._calls = [one for one in self._calls if one not in written]
        sights, self._sights = self._sights, []
        if committed and sights and self.seen is not None:
            self.seen.note(sights)

    def _stands(self, uid: int) -> tuple[State, Step | None] | tuple[None, None]:
        found = self._execute(_STANDS, (self.shop, uid)).fetchall()
        return found[0] if found else (None, None)

    def _keep(self, uid: int, order_number: str, what: Verb, message: str, number: str | None) -> None:
        """Keep what came too late to settle the order, as an event, and its number with the order; no state changes."""
        if number is not None:
            self._execute(_SEEN, (number, self.shop, uid))
        state, step = self._stands(uid)
        self._record(uid, order_number, wall_us(), "late", state, state, step, what, message, number)

    def _remember(self, uid: int) -> None:
        """Keep, beside the order, all of what it is now, so that a claim or a closing can be taken back."""
        self._execute(_REMEMBER, (self.shop, uid))

    def _take_back(self, uid: int, state: State, token: str | None) -> tuple[State | None, Step | None] | None:
        """Make the order what it was before it came into `state`; return that, or None when nothing was changed.

        One that the journal had not seen before goes. One whose customer number has become known meanwhile stays as
        it is: the number must be used for that order for ever.
        """
        which = {"shop": self.shop, "uid": uid, "state": state, "token": token, "now": wall_us()}
        restored = self._execute(_RESTORE, which).fetchall()
        if restored:
            self._execute(_FORGET_ROWS, (self.shop, uid))
            self._execute(_RESTORE_ROWS, (self.shop, uid))
            self._execute(_FORGET_BEFORE, (self.shop, uid))
            before: tuple[State, Step | None] = restored[0]
            return before
        return (None, None) if self._execute(_FORGET, which).rowcount else None

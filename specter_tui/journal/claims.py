"""Claims: who may send an order, until when, and what becomes of a claim whose holder is gone."""

import json
import os
from datetime import timedelta
from typing import Any

from specter_tui.journal.clock import wall_us
from specter_tui.journal.errors import NotInJournal
from specter_tui.journal.records import Claim, Intent, Standing, Verb
from specter_tui.journal.stored import micros, rates_text
from specter_tui.journal.writing import Writer

_FIRST = """
    INSERT INTO orders (shop, uid, order_number, external_no, state, step, form_hash, total, currency, ordered, rates,
      attempts, holder, token, lease_process, lease_until, claimed_at, changed_at)
    VALUES (:shop, :uid, :order_number, :external_no, 'sending', 'customer', :form_hash, :total, :currency, :ordered,
      :rates, 1, :holder, :token, :process, :until, :now, :now)
    ON CONFLICT (shop, uid) DO NOTHING
"""
_TAKE_OVER = """
    UPDATE orders SET
      state = 'sending', step = CASE WHEN customer_number IS NULL THEN 'customer' ELSE 'order' END,
      external_no = COALESCE(external_no, :external_no), attempts = attempts + 1,
      refusals = CASE WHEN form_hash = :form_hash THEN refusals ELSE 0 END,
      repeats = CASE :repeat WHEN 'automatic' THEN repeats + 1 WHEN 'decided' THEN 0 ELSE repeats END,
      form_hash = :form_hash, total = :total, currency = :currency, ordered = :ordered, rates = :rates,
      retry_at = NULL, reason = :reason, message = '', holder = :holder, token = :token, lease_process = :process,
      lease_until = :until, claimed_at = :now, changed_at = :now
    WHERE shop = :shop AND uid = :uid AND state IN (SELECT value FROM json_each(:from))
    RETURNING order_number, external_no, step, customer_number, json_extract(before, '$.state')
"""
_ROWS = """
    INSERT INTO sent_rows (shop, uid, position, article_number, quantity, unit_price, vat_percent)
    SELECT ?, ?, key, json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]'),
      json_extract(value, '$[3]')
    FROM json_each(?)
"""
_EXTEND = "UPDATE orders SET lease_until = ? WHERE shop = ? AND uid = ? AND token = ?"
_SENDING = """
    SELECT uid, token, lease_process, lease_until FROM orders INDEXED BY orders_by_state
    WHERE shop = ? AND state = 'sending'
"""
_EXPIRE = """
    UPDATE orders SET state = 'unknown', reason = 'lease_over', token = NULL, lease_process = NULL, lease_until = NULL,
      before = NULL, changed_at = ?
    WHERE shop = ? AND uid = ? AND token = ?
    RETURNING order_number, step
"""


class Claims(Writer):
    """The verbs by which an order comes into `sending`, and out of it when nobody finishes."""

    def claim(self, intent: Intent, lease: timedelta) -> Claim | Standing:
        """Claim an order that is new, or that waits in retry_later, be it due or not.

        The commit is on disk when this returns a Claim; without one nothing may be sent. A Standing tells who or what
        is in the way. Raises JournalError, and then there is no claim.
        """
        values = self._values(intent, lease)
        with self._change:
            # Each of the two statements decides by itself, by the row that it finds: none reads first.
            if not self._execute(_FIRST, values).rowcount:
                return self._take_over(intent, {**values, "repeat": "", "reason": ""}, ("retry_later",), "claimed")
            self._insert_rows(intent)
            self._record(intent.uid, intent.order_number, values["now"], "claimed", None, "sending", "customer")
        return Claim(intent.uid, intent.order_number, values["token"], intent.external_no, "customer", None)

    def reclaim(self, intent: Intent, lease: timedelta, reason: str, *, automatic: bool) -> Claim | Standing:
        """Claim an order again that is unknown, refused or exists; the caller has the proof, or an operator's word.

        A customer number that is known stays, and the claim begins at the step order. `automatic` ones are counted in
        Entry.repeats, which a person's begins anew. Raises NotInJournal, ValueError without a reason, JournalError.
        """
        if not reason.strip():
            raise ValueError("to send an order again needs a reason")
        repeat = "automatic" if automatic else "decided"
        values = {**self._values(intent, lease), "repeat": repeat, "reason": reason}
        with self._change:
            return self._take_over(intent, values, ("unknown", "refused", "exists"), "reclaimed")

    def extend(self, claim: Claim, lease: timedelta) -> bool:
        """Let the claim's lease begin anew; False when the order is no longer this claim's."""
        with self._change:
            until = self.clock.end(lease)
            return self._execute(_EXTEND, (until, self.shop, claim.uid, claim.token)).rowcount == 1

    def expire_leases(self) -> list[int]:
        """Turn every claim whose lease is over, or whose process is gone, to unknown; return the uids.

        Never back to ready: its call may have arrived.
        """
        over = [
            (uid, token)
            for uid, token, process, until in self._rows(_SENDING, (self.shop,))
            if self.clock.over(process, until)
        ]
        if not over:
            return []
        expired, now = [], wall_us()
        with self._change:
            for uid, token in over:
                # By its token, since it may have been finished and claimed again meanwhile.
                for order_number, step in self._execute(_EXPIRE, (now, self.shop, uid, token)).fetchall():
                    self._record(uid, order_number, now, "expired", "sending", "unknown", step, "lease_over")
                    expired.append(uid)
        return expired

    def _take_over(
        self, intent: Intent, values: dict[str, Any], states: tuple[str, ...], verb: Verb
    ) -> Claim | Standing:
        uid, now = intent.uid, values["now"]
        self._remember(uid)
        taken = self._execute(_TAKE_OVER, {**values, "from": json.dumps(states)}).fetchall()
        if not taken:
            entry = self.entry(uid)
            if entry is None:
                raise NotInJournal(f"order {intent.order_number} is not in the journal; export it instead")
            return Standing(entry)
        order_number, external_no, step, customer_number, before = taken[0]
        self._execute("DELETE FROM sent_rows WHERE shop = ? AND uid = ?", (self.shop, uid))
        self._insert_rows(intent)
        self._record(uid, order_number, now, verb, before, "sending", step, values["reason"])
        return Claim(uid, order_number, values["token"], external_no, step, customer_number)

    def _values(self, intent: Intent, lease: timedelta) -> dict[str, Any]:
        return {
            "shop": self.shop,
            "uid": intent.uid,
            "order_number": intent.order_number,
            "external_no": intent.external_no,
            "form_hash": intent.form_hash,
            "total": str(intent.total),
            "currency": intent.currency,
            "ordered": micros(intent.ordered),
            "rates": rates_text(intent.rates),
            "holder": self._holder,
            "token": os.urandom(16).hex(),
            "process": self.clock.me,
            "until": self.clock.end(lease),
            "now": wall_us(),
        }

    def _insert_rows(self, intent: Intent) -> None:
        rows = [[row.article_number, str(row.quantity), str(row.unit_price), row.vat_percent] for row in intent.rows]
        self._execute(_ROWS, (self.shop, intent.uid, json.dumps(rows)))

"""Claims: the exclusive right to send an order for a time, and the expiry of claims whose holder is gone."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from specter_tui.errors import ErrorText
from specter_tui.journal.codecs import micros, rates_text, stored_text
from specter_tui.journal.errors import NoRowMatched, NotInJournal, ReasonMissing
from specter_tui.journal.models import Barred, Claim, ClaimDenied, Entry, Intent, NoClaim, State, Step, Verb
from specter_tui.journal.probe_models import TEST_CARD
from specter_tui.journal.repositories.buyer_locks import BuyerLocks
from specter_tui.journal.repositories.claim_safety import ClaimSafety
from specter_tui.journal.repositories.event_recorder import EventRecorder
from specter_tui.journal.repositories.halts import Halts, met_status
from specter_tui.journal.repositories.order_states import OrderStates
from specter_tui.journal.repositories.orders import Orders
from specter_tui.journal.repositories.repository import Repository
from specter_tui.journal.shop_database import WritableDatabase

_FIRST = """
    INSERT INTO orders (shop, uid, order_number, external_no, state, step, call, customer_hash, form_hash, total,
      currency, ordered, rates, address_hash, method_hash, fee_hash, vat_hash, attempts, holder, token, lease_process,
      lease_until, claimed_at, changed_at)
    SELECT :shop, :uid, :order_number, :external_no, 'sending', 'customer', 'customer', :customer_hash, :form_hash,
      :total, :currency, :ordered, :rates, :address_hash, :method_hash, :fee_hash, :vat_hash, 1, :holder, :token,
      :process, :until, :now, :now
    WHERE 1 = 1
    ON CONFLICT (shop, uid) DO NOTHING
"""
_FIRST_AT_ONCE = _FIRST.replace(
    "WHERE 1 = 1",
    """WHERE NOT EXISTS (SELECT 1 FROM stops WHERE shop = :shop AND ended_at IS NULL)
      AND NOT EXISTS (SELECT 1 FROM halts WHERE shop = :shop AND ended_at IS NULL)
      AND NOT EXISTS (SELECT 1 FROM probe_steps WHERE shop = :shop AND step = :test_card)""",
)
"""The same, with the conditions for a claim checked in the statement; a test address may have been put right."""
_TAKE_OVER = """
    UPDATE orders SET
      state = 'sending', step = :step, call = :call, external_no = :external_no, attempts = attempts + 1,
      refusals = :refusals, repeats = :repeats, resends = :resends, resent_for = :resent_for,
      customer_hash = :customer_hash, form_hash = :form_hash, total = :total, currency = :currency,
      ordered = :ordered, rates = :rates, address_hash = :address_hash, method_hash = :method_hash,
      fee_hash = :fee_hash, vat_hash = :vat_hash, by_hand = 0, retry_at = NULL, reason = :reason, message = '',
      holder = :holder, token = :token, lease_process = :process, lease_until = :until,
      claimed_at = :now, changed_at = :now
    WHERE shop = :shop AND uid = :uid
"""
_SENDING = """
    SELECT uid, token, lease_process, lease_until FROM orders /*+ orders_by_state */
    WHERE shop = ? AND state = 'sending'
"""
_EXPIRE = """
    UPDATE orders SET state = 'unknown', call = NULL, reason = ?, message = ?, token = NULL, lease_process = NULL,
      lease_until = NULL, before = NULL, changed_at = ?
    WHERE shop = ? AND uid = ? AND token = ?
    RETURNING order_number, step
"""


class Claims(Repository):
    """The operations that bring an order into `sending`, and out of it when its lease ends."""

    def __init__(
        self,
        db: WritableDatabase,
        orders: Orders,
        recorder: EventRecorder,
        states: OrderStates,
        buyer_locks: BuyerLocks,
        halts: Halts,
        safety: ClaimSafety,
    ) -> None:
        self._db = db
        self._orders = orders
        self._recorder = recorder
        self._states = states
        self._buyer_locks = buyer_locks
        self._halts = halts
        self._safety = safety

    def claim(
        self, intent: Intent, lease: timedelta, *, is_new: bool = False, may_try: bool = False
    ) -> Claim | NoClaim:
        """Claim an order that is new, or that is in retry_later, due or not.

        If this returns a Claim, its commit is on disk; without one nothing may be sent. Any other result is the reason
        why not. `is_new`: probably nobody has claimed it, which saves a round trip to a server; the result is the same.
        `may_try`: the account test passes, so that this may be the trial order of a halt whose pause is over. An order
        whose decision was taken back can only be claimed by `reclaim`. Raises SendingStopped or another JournalError;
        then there is no claim.
        """
        self._safety.keep_reserve()
        claim: Claim | NoClaim | None = self._claim_new(intent, lease) if is_new else None
        if claim is None:
            with self._of_this_version():
                claim = self._claim(intent, lease, may_try=may_try)
        return self._safety.secure(claim)

    def _claim_new(self, intent: Intent, lease: timedelta) -> Claim | None:
        """Claim an order without reading its entry; None if the journal has one, or if the claim is not allowed."""
        with suppress(NoRowMatched), self._db.change:
            self._db.store.refuse_other_version()
            values = self._values(intent, lease)
            self._db.execute_required(_FIRST_AT_ONCE, {**values, "test_card": TEST_CARD})
            self._buyer_locks.lock_new(intent, values["token"], values["now"])
            return self._claimed_first(intent, values)
        return None

    @contextmanager
    def _of_this_version(self) -> Iterator[None]:
        """Run one change; if another program upgraded the journal, undo it and raise JournalOtherVersion."""
        try:
            with self._db.change:
                self._db.store.refuse_other_version()
                yield
        except NoRowMatched:
            self._db.store.refuse_other_version()
            raise

    def _claim(self, intent: Intent, lease: timedelta, *, may_try: bool = False) -> Claim | NoClaim:
        entry = self._orders.entry(intent.uid)
        if entry is not None:
            return self._take_over(entry, intent, lease, ("retry_later",), "claimed", may_try=may_try)
        values = self._values(intent, lease)
        bar = self._halts.bar(values["now"], may_try=may_try)
        if isinstance(bar, Barred):
            return bar
        if busy := self._buyer_locks.busy(intent.uid, intent.buyer):
            return busy
        self._db.execute(_FIRST, values)
        self._buyer_locks.lock(intent, values["token"], values["now"])
        claim = self._claimed_first(intent, values)
        if bar is None:
            return claim
        self._halts.reserve_trial(bar, values["now"], lease)
        return replace(claim, trial=bar.id)

    def _claimed_first(self, intent: Intent, values: dict[str, Any]) -> Claim:
        """Store the rows and the event of a claim that created the order's entry."""
        self._states.insert_rows(intent.uid, _rows(intent))
        number, external_no = intent.order_number, intent.external_no
        self._recorder.record(
            intent.uid, number, values["now"], "claimed", None, "sending", "customer", external_no=external_no
        )
        return Claim(intent.uid, number, values["token"], external_no, "customer", "customer", None)

    def reclaim(
        self,
        intent: Intent,
        lease: timedelta,
        reason: str,
        *,
        automatic: bool,
        may_try: bool = False,
        article_came: datetime | None = None,
    ) -> Claim | NoClaim:
        """Claim an unknown, refused or existing order again; the caller has the proof, or a person's decision.

        A person may also claim an order that only a person sends. The customer is sent again first if Specter matches
        it; otherwise its number stays. `automatic` claims are counted in Entry.repeats, which a person's claim resets;
        those after a missing article was sent, at `article_came`, in Entry.resends. Raises NotInJournal, ReasonMissing,
        JournalError.
        """
        if not reason.strip():
            raise ReasonMissing(ErrorText("repeat_reason"))
        self._safety.keep_reserve()
        with self._of_this_version():
            entry = self._orders.entry(intent.uid)
            if entry is None:
                raise NotInJournal(ErrorText("journal_unknown", number=intent.order_number))
            claim = self._take_over(
                entry,
                intent,
                lease,
                ("unknown", "refused", "exists"),
                "reclaimed",
                reason,
                automatic=automatic,
                may_try=may_try,
                article_came=article_came,
            )
        return self._safety.secure(claim)

    def expire_leases(self) -> list[int]:
        """Set every claim whose lease is over, or whose process is gone, to unknown; return the uids.

        Never to ready, since its call may have arrived.
        """
        over = [
            (uid, token)
            for uid, token, process, until in self._db.rows(_SENDING, (self._db.shop,))
            if self._db.clock.over(process, until)
        ]
        if not over:
            return []
        expired = []
        with self._db.change:
            now = self._db.now()
            for uid, token in over:
                # By its token, since the order may have been finished and claimed again meanwhile.
                before = self._states.previous(uid, "sending", token) or {}
                why = (before["reason"], before["message"]) if met_status(before) else ("lease_over", "")
                expired_now = self._db.execute(_EXPIRE, (*why, now, self._db.shop, uid, token)).fetchall()
                for order_number, step in expired_now:
                    self._recorder.record(uid, order_number, now, "expired", "sending", "unknown", step, "lease_over")
                    expired.append(uid)
        return expired

    def _take_over(
        self,
        entry: Entry,
        intent: Intent,
        lease: timedelta,
        states: tuple[State, ...],
        verb: Verb,
        reason: str = "",
        *,
        may_try: bool,
        automatic: bool | None = None,
        article_came: datetime | None = None,
    ) -> Claim | NoClaim:
        external_no = entry.external_no or intent.external_no
        if entry.by_hand and automatic is False:
            states = (*states, "retry_later")
        if entry.state not in states or (entry.by_hand and automatic is not False):
            return ClaimDenied(entry)
        if external_no != intent.external_no:
            return ClaimDenied(entry)
        values = self._values(intent, lease)
        bar = self._halts.bar(values["now"], may_try=may_try)
        if isinstance(bar, Barred):
            return bar
        if busy := self._buyer_locks.busy(entry.uid, intent.buyer):
            return busy
        self._states.remember(entry.uid)
        step: Step = entry.step or "customer"
        call: Step = "customer" if intent.buyer or entry.customer_number is None else "order"
        resent_for = entry.resent_for if article_came is None else article_came
        kept = {
            "step": step,
            "call": call,
            "refusals": entry.refusals if entry.form_hash == intent.form_hash else 0,
            "repeats": {None: entry.repeats, True: entry.repeats + 1, False: 0}[automatic],
            "reason": stored_text(reason),
            "resends": entry.resends + (article_came is not None),
            "resent_for": None if resent_for is None else micros(resent_for),
        }
        self._db.execute(_TAKE_OVER, {**values, **kept})
        self._states.replace_rows(entry.uid, _rows(intent))
        self._buyer_locks.lock(intent, values["token"], values["now"])
        number = entry.order_number
        self._recorder.record(
            entry.uid, number, values["now"], verb, entry.state, "sending", step, reason, external_no=external_no
        )
        if bar is not None:
            self._halts.reserve_trial(bar, values["now"], lease)
        trial = None if bar is None else bar.id
        return Claim(entry.uid, number, values["token"], external_no, step, call, entry.customer_number, trial)

    def _values(self, intent: Intent, lease: timedelta) -> dict[str, Any]:
        return {
            "shop": self._db.shop,
            "uid": intent.uid,
            "order_number": intent.order_number,
            "external_no": intent.external_no,
            "customer_hash": intent.customer_hash,
            "form_hash": intent.form_hash,
            "total": str(intent.total),
            "currency": intent.currency,
            "ordered": micros(intent.ordered),
            "rates": rates_text(intent.rates),
            "address_hash": intent.address_hash,
            "method_hash": intent.method_hash,
            "fee_hash": intent.fee_hash,
            "vat_hash": intent.vat_hash,
            "holder": self._db.holder,
            "token": os.urandom(16).hex(),
            "process": self._db.clock.me,
            "until": self._db.clock.end(lease),
            "now": self._db.now(),
        }


def _rows(intent: Intent) -> list[tuple[int, str, str, str, str]]:
    return [
        (position, row.article_number, str(row.quantity), str(row.unit_price), str(row.vat_percent))
        for position, row in enumerate(intent.rows)
    ]

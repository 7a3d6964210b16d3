"""The ends of a claim: an answer, a classed failure, or a release.

Every operation returns False if the claim no longer holds the order; the state then stays, and an event records the
result.
"""

from datetime import datetime, timedelta
from typing import Any

from specter_tui.journal.codecs import micros, stored_text
from specter_tui.journal.errors import NoRowMatched
from specter_tui.journal.models import Claim, State, Step, Verb
from specter_tui.journal.repositories.event_recorder import EventRecorder
from specter_tui.journal.repositories.halts import SERVER_FAILED, UNEXPECTED_STATUS, Halts, met_status
from specter_tui.journal.repositories.order_states import OrderStates
from specter_tui.journal.repositories.repository import Repository
from specter_tui.journal.safety.disk_reserve import may_use_reserve
from specter_tui.journal.shop_database import WritableDatabase

_CUSTOMER = """
    UPDATE orders SET customer_number = ?, step = 'order', call = 'order', changed_at = ?
    WHERE shop = ? AND uid = ? AND token = ?
"""
_EXPORTED = """
    UPDATE orders SET state = 'exported', step = 'order', call = NULL, specter_number = ?, number_by = 'answer',
      write_back = 'due', reason = '', message = '', token = NULL, lease_process = NULL, lease_until = NULL,
      before = NULL, exported_at = ?,
      changed_at = ?
    WHERE shop = ? AND uid = ? AND token = ?
"""
_DOUBTFUL: tuple[State, ...] = ("unknown", "exists")
"""States in which Specter has the order, or may have it."""
_IS_DONE = "SELECT 1 FROM orders WHERE shop = ? AND uid = ? AND state = 'exported' AND specter_number = ?"
_FAILED = """
    UPDATE orders SET state = :state, call = NULL, retry_at = :retry_at, reason = :reason, message = :message,
      refusals = refusals + :refused, seen_number = COALESCE(:number, seen_number), token = NULL,
      lease_process = NULL, lease_until = NULL, before = NULL, changed_at = :now
    WHERE shop = :shop AND uid = :uid AND token = :token
    RETURNING step
"""


class ClaimResults(Repository):
    """The operations that need a claim's token. They store results of calls, so a full disk must not stop them."""

    def __init__(self, db: WritableDatabase, recorder: EventRecorder, states: OrderStates, halts: Halts) -> None:
        self._db = db
        self.path = db.path
        """The journal beside which `may_use_reserve` finds the reserve."""
        self._recorder = recorder
        self._states = states
        self._halts = halts

    @may_use_reserve
    def customer_known(self, claim: Claim, customer_number: str) -> bool:
        """Store the customer number and continue with the step order, in one commit."""
        try:
            with self._db.change:
                now = self._db.now()
                self._db.execute_required(_CUSTOMER, (customer_number, now, self._db.shop, claim.uid, claim.token))
                self._recorder.record(
                    claim.uid, claim.order_number, now, "customer_known", "sending", "sending", "order"
                )
        except NoRowMatched:
            with self._db.change:
                return self._late(claim, "customer_known", f"customer {customer_number}")
        return True

    @may_use_reserve
    def exported(self, claim: Claim, specter_number: str, duration: timedelta) -> bool:
        """Store the Specter number; its write-back is then due. `duration` is that of the whole export.

        If it returns False, the number is in Entry.seen_number and in an event. Raises NumberTaken, which changes
        nothing.
        """
        uid, order_number, spent = claim.uid, claim.order_number, duration // timedelta(milliseconds=1)
        try:
            with self._db.change:
                now = self._db.now()
                self._db.execute_required(_EXPORTED, (specter_number, now, now, self._db.shop, uid, claim.token))
                self._recorder.record(
                    uid, order_number, now, "exported", "sending", "exported", "order", "", "", specter_number, spent
                )
                self._halts.end_trial(claim, now, "answered")
        except NoRowMatched:
            with self._db.change:
                # A commit may have succeeded without an answer, as when a server fails during it.
                done = self._db.execute(_IS_DONE, (self._db.shop, uid, specter_number)).fetchall()
                return bool(done) or self._late(claim, "exported", "", specter_number)
        return True

    @may_use_reserve
    def retry_later(self, claim: Claim, message: str, retry_at: datetime) -> bool:
        """Record that the call was proven not sent: the order waits until `retry_at` (aware).

        An order that was in doubt before this claim stays in doubt, since an earlier call may have arrived.
        """
        return self._failed(claim, "retry_later", message=message, retry_at=micros(retry_at))

    @may_use_reserve
    def unknown(self, claim: Claim, message: str, status: int | None = None, *, server_failed: bool = False) -> bool:
        """Record that the call may have arrived, but its answer did not.

        An HTTP `status` halts the account in the same commit; a server error (5xx, 408) at the third such order in a
        row. An order that was in doubt stays so if only its repeated customer call was lost.
        """
        reason = "" if status is None else SERVER_FAILED if server_failed else UNEXPECTED_STATUS
        return self._failed(claim, "unknown", reason=reason, message=message, status=status)

    @may_use_reserve
    def refused(self, claim: Claim, code: str, message: str) -> bool:
        """Record that Specter refused the order, with this code.

        Entry.refusals counts consecutive refusals of one form. An order that may have arrived by an earlier call stays
        in doubt, since this refusal does not disprove that.
        """
        return self._failed(claim, "refused", reason=code, message=message)

    @may_use_reserve
    def exists(self, claim: Claim, message: str, specter_number: str | None = None) -> bool:
        """Record that Specter already has the external number; a number in its answer goes into Entry.seen_number."""
        return self._failed(claim, "exists", message=message, number=specter_number)

    @may_use_reserve
    def release(self, claim: Claim, message: str) -> bool:
        """Release the claim, whose calls were not made: the order returns to its former state.

        An order that was new is removed from the journal; its events stay. One whose customer number became known
        during the claim keeps it, and is in retry_later, due at once.
        """
        with self._db.change:
            now = self._db.now()
            before = self._states.take_back(claim.uid, "sending", claim.token)
            if before is not None:
                state, step = before
                self._recorder.record(
                    claim.uid, claim.order_number, now, "released", "sending", state, step, "", message
                )
                self._halts.end_trial(claim, now, "nothing")
                return True
        return self._failed(claim, "retry_later", reason="halted", message=message, retry_at=self._db.now())

    def _failed(
        self,
        claim: Claim,
        state: State,
        *,
        reason: str = "",
        message: str,
        retry_at: int | None = None,
        number: str | None = None,
        status: int | None = None,
    ) -> bool:
        verb: Verb = state  # type: ignore[assignment]  # the four states named above are verbs, too.
        values: dict[str, Any] = {
            "refused": int(state == "refused"),
            "shop": self._db.shop,
            "uid": claim.uid,
            "token": claim.token,
            "state": state,
            "reason": reason,
            "message": stored_text(message),
            "retry_at": retry_at,
            "number": number,
        }
        with self._db.change:
            values["now"] = self._db.now()
            before = self._states.previous(claim.uid, "sending", claim.token) or {}
            if verb == "unknown" and met_status(before):
                values["reason"] = UNEXPECTED_STATUS
            ended = None if verb == "exists" else self._back_in_doubt(before, claim, verb, values)
            if ended is None:
                left = self._db.execute(_FAILED, values).fetchall()
                if not left:
                    return self._late(claim, verb, message, number)
                ended = state, left[0][0]
            self._recorder.record(
                claim.uid, claim.order_number, values["now"], verb, "sending", *ended, reason, message, number
            )
            if status is not None:
                self._halts.note_status(claim, status, message, values["now"], server_failed=reason == SERVER_FAILED)
            else:
                self._halts.end_trial(claim, values["now"], "answered" if verb in ("refused", "exists") else "nothing")
        return True

    def _back_in_doubt(
        self, before: dict[str, Any], claim: Claim, verb: Verb, failed: dict[str, Any]
    ) -> tuple[State, Step | None] | None:
        """Return an order to its former doubt if this call proves nothing about an earlier one, which may have arrived.

        It is in doubt as before, with the form sent then; if a call was lost, with the new reason. A call that was not
        sent does not count in Entry.repeats. Returns None if there was no doubt, or the answer resolved it.
        """
        if not before or before["state"] not in _DOUBTFUL:
            return None
        lost = verb == "unknown"
        if lost and (before["called"] == "order" or before["step"] != "order"):
            return None
        if verb == "refused" and before["step"] != "order":
            return None
        why = {"reason": failed["reason"], "message": failed["message"]} if lost else {}
        repeats = before["repeats"] if verb == "retry_later" else before["repeated"]
        self._states.put_back(claim.uid, {**before, **why, "retry_at": failed["retry_at"], "repeats": repeats})
        return before["state"], before["step"]

    def _late(self, claim: Claim, verb: Verb, message: str, number: str | None = None) -> bool:
        self._states.keep_late(claim.uid, claim.order_number, verb, message, number)
        return False

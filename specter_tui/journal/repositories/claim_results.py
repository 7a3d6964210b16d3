"""How a claim ends: by an answer, by a failure that is classed, or by being given back.

Every verb returns False when the order is no longer the claim's; then the state stays, and an event keeps what came.
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
"""States in which Specter may hold the order already, or does."""
_IS_DONE = "SELECT 1 FROM orders WHERE shop = ? AND uid = ? AND state = 'exported' AND specter_number = ?"
_FAILED = """
    UPDATE orders SET state = :state, call = NULL, retry_at = :retry_at, reason = :reason, message = :message,
      refusals = refusals + :refused, seen_number = COALESCE(:number, seen_number), token = NULL,
      lease_process = NULL, lease_until = NULL, before = NULL, changed_at = :now
    WHERE shop = :shop AND uid = :uid AND token = :token
    RETURNING step
"""


class ClaimResults(Repository):
    """The verbs that need a claim's token. What they keep has come already, so that a full disk may not stop them."""

    def __init__(self, db: WritableDatabase, recorder: EventRecorder, states: OrderStates, halts: Halts) -> None:
        self._db = db
        self.path = db.path
        """Where the reserve lies that `may_use_reserve` gives up."""
        self._recorder = recorder
        self._states = states
        self._halts = halts

    @may_use_reserve
    def customer_known(self, claim: Claim, customer_number: str) -> bool:
        """Keep the customer number and go on to the step order, in one commit."""
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
        """Keep the Specter number; its write-back is due from now on. `duration` is the whole export's.

        False stores the number in Entry.seen_number and in an event. Raises NumberTaken, which changes nothing.
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
                # A commit may have come home although nobody was told, as when a server goes in the middle of it.
                done = self._db.execute(_IS_DONE, (self._db.shop, uid, specter_number)).fetchall()
                return bool(done) or self._late(claim, "exported", "", specter_number)
        return True

    @may_use_reserve
    def retry_later(self, claim: Claim, message: str, retry_at: datetime) -> bool:
        """The call is proven not sent: let the order wait until `retry_at` (aware).

        One that was in doubt before this claim stays in doubt, since an earlier call may have arrived.
        """
        return self._failed(claim, "retry_later", message=message, retry_at=micros(retry_at))

    @may_use_reserve
    def unknown(self, claim: Claim, message: str, status: int | None = None, *, server_failed: bool = False) -> bool:
        """The call may have arrived and the answer never did.

        By an HTTP `status` the account is halted in the same commit; where the server failed (5xx, 408), at the third
        such order in a row. An order in doubt whose customer call was lost is in doubt as before.
        """
        reason = "" if status is None else SERVER_FAILED if server_failed else UNEXPECTED_STATUS
        return self._failed(claim, "unknown", reason=reason, message=message, status=status)

    @may_use_reserve
    def refused(self, claim: Claim, code: str, message: str) -> bool:
        """Specter said no, by this code: nothing was made. Entry.refusals counts those of the same form in a row.

        An order that may have arrived by an earlier call is in doubt still: that this one was refused proves nothing.
        """
        return self._failed(claim, "refused", reason=code, message=message)

    @may_use_reserve
    def exists(self, claim: Claim, message: str, specter_number: str | None = None) -> bool:
        """Specter has the external number already; a number from its answer is kept in Entry.seen_number."""
        return self._failed(claim, "exists", message=message, number=specter_number)

    @may_use_reserve
    def release(self, claim: Claim, message: str) -> bool:
        """Give the claim back, its call neither sent nor made: the order is what it was before, as if never claimed.

        One that the journal had not seen goes out of it; its events stay. One whose customer number came to be known
        under this claim keeps it, and waits in retry_later, due at once.
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
        """Make an order again what it was where this call proves nothing of an earlier one, which may have arrived.

        It is in doubt as before, about the form that was sent then; of a call that was lost it keeps why. A call that
        was not sent does not count among Entry.repeats. None where there was no doubt, or it is answered by now.
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

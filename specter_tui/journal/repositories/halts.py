"""What keeps every program on this journal from sending: a person's stop, and halts of the account.

A stop is one row that each program reads before it claims an order or writes anything.

A halt follows an HTTP status that proves nothing, and opens as a circuit breaker does. After a pause one order alone
is tried: an answer of Specter's ends the halt, another such status lengthens it. After the last pause only a person
ends it.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any, Literal

from specter_tui.journal.codecs import Row, moment
from specter_tui.journal.errors import SendingStopped
from specter_tui.journal.models import Barred, Claim, Halt, Stop
from specter_tui.journal.repositories.base_writer import JournalWriter

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30))
MOST_SERVER_FAILURES = 3
"""Orders in a row that Specter's server failed at, before the account is halted."""
UNEXPECTED_STATUS, SERVER_FAILED = "http_status", "server_failed"
"""Reasons of an order that is unknown: by a status that halts at once, and by one that may pass (5xx, 408)."""
ANSWERED = "answered"
"""Reason of a halt's end that no person wrote."""

_STOP_IN_FORCE = "SELECT reason, operator, host, begun_at FROM stops WHERE shop = ? AND ended_at IS NULL"
_BEGIN_STOP = """
    INSERT INTO stops (shop, id, reason, operator, host, begun_at)
    VALUES (?, (SELECT COALESCE(MAX(id), 0) + 1 FROM stops WHERE shop = ?), ?, ?, ?, ?)
"""
_END_STOP = "UPDATE stops SET ended_at = ?, ended_by = ?, ended_reason = ? WHERE shop = ? AND ended_at IS NULL"
_OPEN = """
    SELECT id, status, message, uid, begun_at, statuses, next_at FROM halts WHERE shop = ? AND ended_at IS NULL
"""
_BEGIN = """
    INSERT INTO halts (shop, id, status, message, uid, begun_at, statuses, next_at)
    VALUES (?, (SELECT COALESCE(MAX(id), 0) + 1 FROM halts WHERE shop = ?), ?, ?, ?, ?, 1, ?)
"""
_LENGTHEN = """
    UPDATE halts SET status = ?, message = ?, uid = ?, statuses = statuses + 1, next_at = ? WHERE shop = ? AND id = ?
"""
_PUT_OFF = "UPDATE halts SET next_at = ? WHERE shop = ? AND id = ?"
_END = """
    UPDATE halts SET next_at = NULL, ended_at = ?, ended_by = ?, ended_reason = ?
    WHERE shop = ? AND id = ? AND ended_at IS NULL
"""
_ENDED = "SELECT COALESCE(MAX(ended_at), 0) FROM halts WHERE shop = ?"
_LATELY = "SELECT verb, reason, at FROM events WHERE shop = ? AND id > 0 ORDER BY id DESC LIMIT 100"
_OUTCOMES = ("exported", "refused", "exists", "retry_later", "unknown")


class StopOperations(JournalWriter):
    """The verbs of the stop. An order that was claimed before it goes to its end."""

    def stop_in_force(self) -> Stop | None:
        """Return the stop that holds now, None when sending is free."""
        found = self._rows(_STOP_IN_FORCE, (self.shop,))
        return next((Stop(reason, login, host, moment(at)) for reason, login, host, at in found), None)

    def begin_stop(self, reason: str) -> bool:
        """Stop all sending on this journal; False when it is stopped already. Raises ValueError without a reason."""
        if not reason.strip():
            raise ValueError("a stop needs a reason")
        with self._change:
            if self.stop_in_force() is not None:
                return False
            who = self.operator
            self._execute(_BEGIN_STOP, (self.shop, self.shop, reason.strip(), who.login, who.place, self._now()))
        return True

    def end_stop(self, reason: str) -> bool:
        """Let sending go on; False when it was not stopped. Raises ValueError without a reason."""
        if not reason.strip():
            raise ValueError("to end a stop needs a reason")
        with self._change:
            ended = self._execute(_END_STOP, (self._now(), self._holder, reason.strip(), self.shop))
            return ended.rowcount > 0

    def refuse_if_stopped(self) -> None:
        """Raise SendingStopped while a stop holds, or JournalOtherVersion: asked before each write without a claim."""
        self._store.refuse_other_version()
        stop = self.stop_in_force()
        if stop is not None:
            raise SendingStopped(stop)


class HaltOperations(StopOperations):
    """The verbs of halts, and what bars a claim."""

    def halt(self) -> Halt | None:
        """Return the halt that holds now."""
        found = self._rows(_OPEN, (self.shop,))
        return _halt_of(found[0]) if found else None

    def end_halt(self, reason: str) -> bool:
        """End the halt on a person's word; False when there is none. Raises ValueError without a reason."""
        if not reason.strip():
            raise ValueError("to end a halt needs a reason")
        with self._change:
            halt = self.halt()
            return halt is not None and self._end_halt(halt.id, str(self.operator), reason.strip())

    def _bar(self, now: int, *, may_try: bool) -> Barred | Halt | None:
        """What bars a claim; or the halt during which this one claim may be given; or None. Raises SendingStopped."""
        self.refuse_if_stopped()
        halt = self.halt()
        if halt is None:
            return None
        return halt if may_try and is_due(halt, moment(now)) else Barred(halt)

    def _reserve_trial(self, halt: Halt, now: int, lease: timedelta) -> None:
        """One order alone is tried: nobody else claims until it is answered, or its lease is over."""
        self._execute(_PUT_OFF, (now + _microseconds(lease), self.shop, halt.id))

    def _note_status(self, claim: Claim, status: int, message: str, now: int, *, server_failed: bool) -> None:
        """Begin a halt, or lengthen the one during which this order was tried. Inside the change that ends the claim.

        An order that was on its way when the halt began does not lengthen it.
        """
        halt = self.halt()
        if halt is not None:
            if claim.trial == halt.id:
                later = _later(now, halt.statuses + 1)
                self._execute(_LENGTHEN, (status, message, claim.uid, later, self.shop, halt.id))
        elif not server_failed or self._failed_lately() >= MOST_SERVER_FAILURES:
            self._execute(_BEGIN, (self.shop, self.shop, status, message, claim.uid, now, _later(now, 1)))

    def _failed_lately(self) -> int:
        """How many orders Specter's server failed at in a row, the last one counted, since a halt ended."""
        ended = self._rows(_ENDED, (self.shop,))[0][0]
        outcomes = (row for row in self._rows(_LATELY, (self.shop,)) if row[0] in _OUTCOMES and row[2] > ended)
        return sum(1 for _ in takewhile(lambda row: row[:2] == ("unknown", SERVER_FAILED), outcomes))

    def _end_trial(self, claim: Claim, now: int, outcome: Literal["answered", "nothing"]) -> None:
        """An answer ends the halt; what was not sent, or not answered, proves nothing: another is tried later."""
        if claim.trial is None:
            return
        if outcome == "answered":
            self._end_halt(claim.trial, "", ANSWERED)
        else:
            halt = self.halt()
            if halt is not None and halt.id == claim.trial:
                self._execute(_PUT_OFF, (_later(now, halt.statuses), self.shop, halt.id))

    def _end_halt(self, halt: int, by: str, reason: str) -> bool:
        return self._execute(_END, (self._now(), by, reason, self.shop, halt)).rowcount == 1


def is_due(halt: Halt, now: datetime) -> bool:
    """Whether one order may be tried by now.

    A `next_at` further off than any pause was written before the clock was set back, and is over.
    """
    left = None if halt.next_at is None else halt.next_at - now
    return left is not None and (left <= timedelta() or left > 2 * PAUSES[-1])


def met_status(before: Mapping[str, Any]) -> bool:
    """Whether an order, by what was kept of it, met a status that halts: only a person sends it again, however often.

    Until an answer tells what became of it, a call that was lost or killed since changes nothing of that.
    """
    return before.get("state") == "unknown" and before.get("reason") == UNEXPECTED_STATUS


def _later(now: int, statuses: int) -> int | None:
    return now + _microseconds(PAUSES[statuses - 1]) if statuses <= len(PAUSES) else None


def _microseconds(pause: timedelta) -> int:
    return pause // timedelta(microseconds=1)


def _halt_of(row: Row) -> Halt:
    number, status, message, uid, begun_at, statuses, next_at = row
    later = None if next_at is None else moment(next_at)
    return Halt(number, status, message, uid, moment(begun_at), statuses, later)

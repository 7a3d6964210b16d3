"""Stops and halts, which keep every program on this journal from sending.

A stop, made by a person, is one row that each program reads before it claims an order or writes anything; a program
can make one that exempts itself. A halt
follows an HTTP status that proves nothing, and works as a circuit breaker: after a pause one trial order is sent; an
answer by Specter ends the halt, another such status lengthens it. After the last pause only a person ends it.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any, Literal

from specter_tui.errors import ErrorText
from specter_tui.journal.codecs import Row, moment, stored_text, text_of
from specter_tui.journal.errors import OrderUnderWay, SendingStopped
from specter_tui.journal.models import Barred, Claim, Halt, Stop
from specter_tui.journal.probe_models import PROPER_CARD, TEST_CARD
from specter_tui.journal.repositories.repository import Repository
from specter_tui.journal.shop_database import WritableDatabase

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30))
MOST_SERVER_FAILURES = 3
"""The number of consecutive server errors of Specter after which the account is halted."""
UNEXPECTED_STATUS, SERVER_FAILED = "http_status", "server_failed"
"""Reasons of an unknown order: a status that halts at once, and one that may pass (5xx, 408)."""
ANSWERED = "answered"
"""The reason recorded for a halt that an answer ended."""
PROGRAM_ENDED = "program_ended"
"""The reason recorded for a stop whose program ended without ending it."""

_NO_ORDER = 0
"""The uid in a halt that articles, stock or deliveries met."""

_STOP_IN_FORCE = """
    SELECT reason, operator, host, begun_at, process, until FROM stops WHERE shop = ? AND ended_at IS NULL
"""
_OPEN_CARD = """
    SELECT test.subject, test.operator, test.begun_at FROM probe_steps AS test
    WHERE test.shop = ? AND test.step = ? AND COALESCE(test.result, '') <> 'skipped' AND NOT EXISTS (
      SELECT 1 FROM probe_steps AS proper WHERE proper.shop = test.shop AND proper.step = ?
        AND proper.subject = test.subject AND proper.result IS NOT NULL AND proper.result <> 'broken_off')
    ORDER BY test.begun_at
"""
_STOP_OR_CARD = """
    SELECT 0 AS place, reason, operator, host, begun_at, process, until FROM (:stops) AS stop
    UNION ALL
    SELECT 1, subject, operator, NULL, begun_at, NULL, NULL FROM (:cards) AS card
    ORDER BY place, begun_at
""".replace(":stops", _STOP_IN_FORCE).replace(":cards", _OPEN_CARD)
_GIVE_UP_CARD = """
    INSERT INTO probe_steps (shop, step, subject, accounts, begun_at, operator, ended_at, result)
    SELECT shop, ?, subject, accounts, ?, ?, ?, 'skipped' FROM probe_steps WHERE shop = ? AND step = ? AND subject = ?
    ON CONFLICT (shop, step, subject) DO UPDATE SET ended_at = excluded.ended_at, result = 'skipped'
"""
_BEGIN_STOP = """
    INSERT INTO stops (shop, id, reason, operator, host, begun_at, process, until)
    VALUES (?, (SELECT COALESCE(MAX(id), 0) + 1 FROM stops WHERE shop = ?), ?, ?, ?, ?, ?, ?)
"""
_RENEW_STOP = "UPDATE stops SET until = ? WHERE shop = ? AND ended_at IS NULL AND process = ?"
_SENDING = "SELECT order_number FROM orders /*+ orders_by_state */ WHERE shop = ? AND state = 'sending' ORDER BY uid"
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


class Stops(Repository):
    """The operations on the stop. An order claimed before the stop is completed."""

    def __init__(self, db: WritableDatabase) -> None:
        self._db = db

    def current(self) -> Stop | None:
        """Return the current stop, None if sending is allowed."""
        # One statement, since every claim waits for it.
        for is_card, *found in self._db.rows(_STOP_OR_CARD, (self._db.shop, self._db.shop, TEST_CARD, PROPER_CARD)):
            if (stop := _card_stop(*found) if is_card else self._stop(*found)) is not None:
                return stop
        return None

    def card_to_restore(self) -> int | None:
        """Return the order, by uid, whose customer's card has a test address of the probe's.

        None while a stop of a person or another program is in force.
        """
        stop = self._in_force()
        if stop is not None and not stop.is_exempt:
            return None
        rows = self._db.rows(_OPEN_CARD, (self._db.shop, TEST_CARD, PROPER_CARD))
        return int(rows[0][0]) if rows else None

    def _in_force(self) -> Stop | None:
        """Return the stop of a person or a program."""
        for found in self._db.rows(_STOP_IN_FORCE, (self._db.shop,)):
            return self._stop(*found)
        return None

    def _stop(self, reason: str, login: str, host: str, at: int, process: str | None, until: int) -> Stop | None:
        """Return the stop of a row; None for one whose program is gone."""
        if process is None:
            return Stop(reason, login, host, moment(at))
        if self._db.clock.over(process, until):
            return None
        return Stop(reason, login, host, moment(at), True, process == self._db.clock.me)

    def begin(self, reason: str) -> bool:
        """Stop all sending on this journal; False if it is stopped already. Raises ValueError without a reason."""
        if not reason.strip():
            raise ValueError("a stop needs a reason")
        with self._db.change:
            if self._in_force() is not None:
                return False
            self._begin(reason, None, None)
        return True

    def begin_own(self, reason: str, lease: timedelta) -> Stop | None:
        """Stop every other program on this journal until this one ends, or the lease is over without `renew_own`.

        Return the stop that is in force already, if any; nothing is changed then. Raises OrderUnderWay while an order
        is being sent.
        """
        with self._db.change:
            if (stop := self._in_force()) is not None:
                return stop
            for (number,) in self._db.rows(_SENDING, (self._db.shop,)):
                raise OrderUnderWay(number)
            self._begin(reason, self._db.clock.me, self._db.clock.end(lease))
        return None

    def renew_own(self, lease: timedelta) -> bool:
        """Renew the stop of `begin_own`; False if it was ended meanwhile."""
        with self._db.change:
            stop = self._in_force()
            values = (self._db.clock.end(lease), self._db.shop, self._db.clock.me)
            return stop is not None and stop.is_exempt and self._db.execute(_RENEW_STOP, values).rowcount == 1

    def end_own(self, reason: str) -> None:
        """End the stop of `begin_own`, and no other."""
        with self._db.change:
            stop = self._in_force()
            if stop is not None and stop.is_exempt:
                self._db.execute(_END_STOP, (self._db.now(), self._db.holder, reason, self._db.shop))

    def _begin(self, reason: str, process: str | None, until: int | None) -> None:
        # A stop whose program is gone is still open, and only one may be.
        now, who = self._db.now(), self._db.operator
        self._db.execute(_END_STOP, (now, "", PROGRAM_ENDED, self._db.shop))
        values = (reason.strip(), who.login, who.place, now, process, until)
        self._db.execute(_BEGIN_STOP, (self._db.shop, self._db.shop, *values))

    def end(self, reason: str) -> bool:
        """End the stop; False if there is none. Raises ValueError without a reason.

        Where the only stop is a test address on a customer's card, the card is left to the person.
        """
        if not reason.strip():
            raise ValueError("to end a stop needs a reason")
        with self._db.change:
            now, shop = self._db.now(), self._db.shop
            ended = self._db.execute(_END_STOP, (now, self._db.holder, reason.strip(), shop)).rowcount
            if ended:
                return True
            open_cards = self._db.rows(_OPEN_CARD, (shop, TEST_CARD, PROPER_CARD))
            for uid, *_ in open_cards:
                values = (PROPER_CARD, now, self._db.holder, now, shop, TEST_CARD, uid)
                self._db.execute(_GIVE_UP_CARD, values)
            return bool(open_cards)

    def refuse_if_stopped(self) -> None:
        """Raise SendingStopped during a stop, or JournalOtherVersion; called before each write without a claim."""
        self._db.store.refuse_other_version()
        stop = self.current()
        if stop is not None and not stop.is_exempt:
            raise SendingStopped(stop)


class Halts(Repository):
    """The operations on halts, and the conditions for a claim."""

    def __init__(self, db: WritableDatabase, stops: Stops) -> None:
        self._db = db
        self._stops = stops

    def current(self) -> Halt | None:
        """Return the current halt."""
        found = self._db.rows(_OPEN, (self._db.shop,))
        return _halt_of(found[0]) if found else None

    def begin(self, status: int, message: str) -> None:
        """Begin a halt after a writing call without an order; a halt that is there already is not lengthened."""
        with self._db.change:
            if self.current() is None:
                self._begin(status, message, _NO_ORDER, self._db.now())

    def end(self, reason: str) -> bool:
        """End the halt on a person's decision; False if there is none. Raises ValueError without a reason."""
        if not reason.strip():
            raise ValueError("to end a halt needs a reason")
        with self._db.change:
            halt = self.current()
            return halt is not None and self._end(halt.id, str(self._db.operator), reason.strip())

    def bar(self, now: int, *, may_try: bool) -> Barred | Halt | None:
        """Return Barred if a halt forbids the claim; the halt if it may be its trial order; else None.

        Raises SendingStopped.
        """
        self._stops.refuse_if_stopped()
        halt = self.current()
        if halt is None:
            return None
        return halt if may_try and is_due(halt, moment(now)) else Barred(halt)

    def reserve_trial(self, halt: Halt, now: int, lease: timedelta) -> None:
        """Reserve the trial for one order: no other is claimed until it is answered, or its lease ends."""
        self._db.execute(_PUT_OFF, (now + _microseconds(lease), self._db.shop, halt.id))

    def note_status(self, claim: Claim, status: int, message: str, now: int, *, server_failed: bool) -> None:
        """Begin a halt, or lengthen the one whose trial order this is. Inside the change that ends the claim.

        An order that was in flight when the halt began does not lengthen it.
        """
        halt = self.current()
        if halt is not None:
            if claim.trial == halt.id:
                later = _later(now, halt.statuses + 1)
                self._db.execute(_LENGTHEN, (status, stored_text(message), claim.uid, later, self._db.shop, halt.id))
        elif not server_failed or self._failed_lately() >= MOST_SERVER_FAILURES:
            self._begin(status, message, claim.uid, now)

    def _begin(self, status: int, message: str, uid: int, now: int) -> None:
        opened = (status, stored_text(message), uid, now, _later(now, 1))
        self._db.execute(_BEGIN, (self._db.shop, self._db.shop, *opened))

    def _failed_lately(self) -> int:
        """Return the number of consecutive orders with server errors, including the last, since a halt ended."""
        ended = self._db.rows(_ENDED, (self._db.shop,))[0][0]
        outcomes = (row for row in self._db.rows(_LATELY, (self._db.shop,)) if row[0] in _OUTCOMES and row[2] > ended)
        return sum(1 for _ in takewhile(lambda row: row[:2] == ("unknown", SERVER_FAILED), outcomes))

    def end_trial(self, claim: Claim, now: int, outcome: Literal["answered", "nothing"]) -> None:
        """End the halt after an answer.

        After a call that was not sent, or not answered, another trial follows later.
        """
        if claim.trial is None:
            return
        if outcome == "answered":
            self._end(claim.trial, "", ANSWERED)
        else:
            halt = self.current()
            if halt is not None and halt.id == claim.trial:
                self._db.execute(_PUT_OFF, (_later(now, halt.statuses), self._db.shop, halt.id))

    def _end(self, halt: int, by: str, reason: str) -> bool:
        return self._db.execute(_END, (self._db.now(), by, reason, self._db.shop, halt)).rowcount == 1


def is_due(halt: Halt, now: datetime) -> bool:
    """Return whether a trial order may be sent by now.

    A `next_at` further away than any pause was written before the clock was set back, and counts as over.
    """
    left = None if halt.next_at is None else halt.next_at - now
    return left is not None and (left <= timedelta() or left > 2 * PAUSES[-1])


def met_status(before: Mapping[str, Any]) -> bool:
    """Return whether an order, by its stored former state, had a status that halts; only a person sends it again.

    A call that was lost or killed since does not change that; only an answer does.
    """
    return before.get("state") == "unknown" and before.get("reason") == UNEXPECTED_STATUS


def _card_stop(subject: str, operator: str, _host: None, begun_at: int, *_unused: None) -> Stop:
    """Return the stop that a test address makes: nothing is sent until the card is right again."""
    login, _, host = operator.partition("@")
    return Stop(ErrorText("card_open", uid=subject), login, host, moment(begun_at))


def _later(now: int, statuses: int) -> int | None:
    return now + _microseconds(PAUSES[statuses - 1]) if statuses <= len(PAUSES) else None


def _microseconds(pause: timedelta) -> int:
    return pause // timedelta(microseconds=1)


def _halt_of(row: Row) -> Halt:
    number, status, message, uid, begun_at, statuses, next_at = row
    later = None if next_at is None else moment(next_at)
    return Halt(number, status, text_of(message), uid, moment(begun_at), statuses, later)

"""Specter's availability: halted by a refused key, or out of reach for a while."""

import random
import time
from datetime import datetime

from specter_tui.engine.context import ShopContext
from specter_tui.engine.events import Reach, ReachChanged
from specter_tui.engine.outcome_texts import barred
from specter_tui.http.cancellable_reads import ReadCancelled
from specter_tui.journal.journal import Journal
from specter_tui.journal.models import Halt
from specter_tui.journal.repositories.halts import Halts, is_due
from specter_tui.specter.errors import AccountHalted, NotSent, SpecterFailure, UnexpectedStatus

_FIRST_PAUSE, _LONGEST_PAUSE = 2.0, 300.0
_LONGEST_BELIEVED = 3600.0
"""The longest wait in seconds before an order is tried again, whatever Specter asks for."""
_LONGEST_WAITED = 60.0
"""The longest wait in seconds of a run of many orders, which ends instead of waiting longer."""


def back_off(tries: int) -> float:
    """Return the seconds to wait after that many attempts.

    They are doubled and capped, with jitter so that hosts do not call at the same time.
    """
    return min(_FIRST_PAUSE * 2.0 ** min(tries, 16), _LONGEST_PAUSE) * random.uniform(0.8, 1.2)  # noqa: S311


class SpecterCircuit:
    """The one place that decides whether anything may be sent."""

    def __init__(self, context: ShopContext) -> None:
        self._context = context
        self._told: ReachChanged | None = None
        self._failures = 0
        self._not_before = 0.0
        self._asked = False
        self.refused = ""
        """Why Specter takes nothing from us, by its own answer or its certificate; empty when it does."""
        self._halt: Halt | None = None
        self.may_try = False
        """True if one order alone may be tried now, although an HTTP status has halted the account."""

    @property
    def halted(self) -> str:
        """Why nothing is sent until a person acts, or until one order was tried; empty if sending is allowed."""
        if self.refused or self._halt is None:
            return self.refused
        return barred(self._halt, self._context.settings.ui)

    @property
    def closed(self) -> str:
        """Why nothing may be sent now; empty if it may."""
        if self.refused or (self._halt is not None and not self.may_try):
            return self.halted
        waiting = time.monotonic() < self._not_before
        return self._told.text if waiting and self._told else ""

    @property
    def tried(self) -> bool:
        """True if Specter was called at all."""
        return self._told is not None

    @property
    def asked_pause(self) -> float:
        """The remaining seconds of a pause that Specter asked for; 0 if there is none, or it is too long to wait."""
        left = self._not_before - time.monotonic()
        return left if self._asked and not self.halted and 0 < left <= _LONGEST_WAITED else 0.0

    def answered(self) -> None:
        """Record a proper answer. It does not end a halt of the journal, which the trial does there."""
        if self._halt is not None:
            return
        if self._failures or self._told is None or self._told.reach != "ok":
            self._failures, self._not_before, self._asked = 0, 0.0, False
            self._tell("ok", "")

    def not_reached(self, failure: NotSent) -> float:
        """Record that Specter was not reached, or asked for a pause; return the pause in seconds for all orders."""
        asked = failure.retry_after
        pause = back_off(self._failures) if asked is None else min(asked, _LONGEST_BELIEVED)
        self._failures += 1
        self._asked = asked is not None
        self._not_before = time.monotonic() + pause
        self._tell("out_of_reach", failure.message)
        return pause

    def halt(self, failure: AccountHalted) -> None:
        """Halt all sending of this process, and report it."""
        self.refused = failure.message
        self._tell("refused", self.refused, halted=True)

    async def halt_journal(self, failure: UnexpectedStatus) -> None:
        """Begin a halt for every program on the journal, after a writing call without an order. Raises JournalError."""
        await self._context.journal(Halts.begin, failure.status, failure.message)
        self.note_halt(await self._context.journal(Halts.current))

    def note_halt(self, halt: Halt | None) -> None:
        """Record the journal's halt: a halt by an HTTP status applies to every process on it."""
        if halt != self._halt:
            self.may_try = False
            was, self._halt = self._halt, halt
            if halt is not None:
                self._tell("refused", self.halted, halted=True)
            elif was is not None and not self.refused:
                self._tell("ok", "")

    async def refresh(self, *, test_first: bool = False) -> None:
        """Read whether a halt applies; test the account if that may end it, or allow one order.

        `test_first`: test it also if Specter was not called yet. Raises JournalError.
        """
        self.note_halt(await self._context.journal(Halts.current))
        due = self._halt is not None and is_due(self._halt, await self._context.journal(Journal.now))
        if due or self.refused or (test_first and not self.tried):
            self.may_try = await self.check() and due

    async def resume(self, reason: str) -> bool:
        """End the journal's halt at a person's request; False if there was none. Raises JournalError."""
        ended = await self._context.journal(Halts.end, reason)
        self.note_halt(await self._context.journal(Halts.current))
        return ended

    async def check(self) -> bool:
        """Test keys and account at Specter; end a halt if they are valid, begin one if not."""
        try:
            await self._context.specter.check_account(datetime.now(self._context.zone).date())
        except AccountHalted as failure:
            self.halt(failure)
            return False
        except NotSent as failure:
            self.not_reached(failure)
            return False
        except ReadCancelled:
            return False
        except SpecterFailure as failure:
            self._tell("out_of_reach", failure.message, halted=bool(self.halted))
            return False
        self.refused = ""
        self.answered()
        if self._halt is not None:
            self._tell("refused", self.halted, halted=True)
        return True

    def _tell(self, reach: Reach, text: str, *, halted: bool = False) -> None:
        message = ReachChanged("specter", reach, text, halted)
        if message != self._told:
            self._told = message
            self._context.emit(message)

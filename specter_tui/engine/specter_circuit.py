"""Whether Specter may be called: halted by a refused key, or out of reach for a while."""

import random
import time
from datetime import datetime

from specter_tui.engine.context import ShopContext
from specter_tui.engine.events import Reach, ReachChanged
from specter_tui.engine.outcome_texts import barred
from specter_tui.http.cancellable_reads import ReadCancelled
from specter_tui.journal.journal import Journal
from specter_tui.journal.models import Halt
from specter_tui.specter.errors import AccountHalted, NotSent, SpecterFailure, UnexpectedStatus

_FIRST_PAUSE, _LONGEST_PAUSE = 2.0, 300.0
_LONGEST_BELIEVED = 3600.0
"""Seconds that are waited at most before an order is tried again, however long Specter asks for."""
_LONGEST_WAITED = 60.0
"""Seconds for which a run of many orders waits instead of ending."""


def back_off(tries: int) -> float:
    """Seconds to wait after so many tries: doubled each time, capped, with jitter so that hosts do not march."""
    return min(_FIRST_PAUSE * 2.0 ** min(tries, 16), _LONGEST_PAUSE) * random.uniform(0.8, 1.2)  # noqa: S311


class SpecterCircuit:
    """The one place that knows whether anything may be sent."""

    def __init__(self, context: ShopContext) -> None:
        self._context = context
        self._told: ReachChanged | None = None
        self._failures = 0
        self._not_before = 0.0
        self._asked = False
        self._refused = ""
        self._halt: Halt | None = None
        self.may_try = False
        """Whether one order alone may be tried now, although the account is halted by an HTTP status."""

    @property
    def halted(self) -> str:
        """Why nothing is sent until someone acts, or one order was tried; empty when sending may go on."""
        if self._refused or self._halt is None:
            return self._refused
        return barred(self._halt, self._context.settings.ui.language)

    @property
    def closed(self) -> str:
        """Why nothing may be sent now; empty when it may."""
        if self._refused or (self._halt is not None and not self.may_try):
            return self.halted
        waiting = time.monotonic() < self._not_before
        return self._told.text if waiting and self._told else ""

    @property
    def tried(self) -> bool:
        """Whether Specter was called at all."""
        return self._told is not None

    @property
    def asked_pause(self) -> float:
        """Seconds that Specter itself asked us to wait and that are left; 0 when it did not, or asked for too long."""
        left = self._not_before - time.monotonic()
        return left if self._asked and not self.halted and 0 < left <= _LONGEST_WAITED else 0.0

    def answered(self) -> None:
        """Specter answered as it should. A halt of the journal is not ended by that: its trial does it there."""
        if self._halt is not None:
            return
        if self._failures or self._told is None or self._told.reach != "ok":
            self._failures, self._not_before, self._asked = 0, 0.0, False
            self._tell("ok", "")

    def not_reached(self, failure: NotSent) -> float:
        """Specter could not be reached, or asked to wait; the pause in seconds that is kept for all orders."""
        asked = failure.retry_after
        pause = back_off(self._failures) if asked is None else min(asked, _LONGEST_BELIEVED)
        self._failures += 1
        self._asked = asked is not None
        self._not_before = time.monotonic() + pause
        self._tell("out_of_reach", str(failure))
        return pause

    def halt(self, failure: AccountHalted | UnexpectedStatus) -> None:
        """Stop all sending of this process, loudly."""
        self._refused = str(failure)
        self._tell("refused", self._refused, halted=True)

    def note_halt(self, halt: Halt | None) -> None:
        """Keep what the journal says: a halt by an HTTP status holds for every process on it."""
        if halt != self._halt:
            self.may_try = False
            was, self._halt = self._halt, halt
            if halt is not None:
                self._tell("refused", self.halted, halted=True)
            elif was is not None and not self._refused:
                self._tell("ok", "")

    async def refresh(self, *, test_first: bool = False) -> None:
        """Learn from the journal whether a halt holds; test the account where that may end one, or let one order go.

        `test_first`: also where Specter was not called yet. Raises JournalError.
        """
        self.note_halt(await self._context.journal(Journal.halt))
        due = False
        if self._halt is not None and self._halt.next_at is not None:
            due = self._halt.next_at <= await self._context.journal(Journal.now)
        if due or self._refused or (test_first and not self.tried):
            self.may_try = await self.check() and due

    async def resume(self, reason: str) -> bool:
        """End the journal's halt on a person's word; False when there was none. Raises JournalError."""
        ended = await self._context.journal(Journal.end_halt, reason)
        self.note_halt(await self._context.journal(Journal.halt))
        return ended

    async def check(self) -> bool:
        """Ask Specter whether keys and account are good; ends a halt when they are, begins one when they are not."""
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
            self._tell("out_of_reach", str(failure), halted=bool(self.halted))
            return False
        self._refused = ""
        self.answered()
        if self._halt is not None:
            self._tell("refused", self.halted, halted=True)
        return True

    def _tell(self, reach: Reach, text: str, *, halted: bool = False) -> None:
        message = ReachChanged("specter", reach, text, halted)
        if message != self._told:
            self._told = message
            self._context.emit(message)

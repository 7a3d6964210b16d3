"""Stock and deliveries: done after each poll, each at its own pace."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from specter_tui.abicart.errors import ShopError
from specter_tui.engine.auto_export import AutoExport
from specter_tui.engine.concurrency.named_leases import LeaseHeld
from specter_tui.engine.context import ShopContext
from specter_tui.engine.emergency_stop import EmergencyStop
from specter_tui.engine.events import Notice
from specter_tui.engine.specter_circuit import SpecterCircuit
from specter_tui.errors import ErrorText
from specter_tui.http.cancellable_reads import ReadCancelled
from specter_tui.journal.errors import JournalError, SendingStopped
from specter_tui.journal.repositories.overdue import OverdueWork
from specter_tui.specter.errors import SpecterFailure

Work = Callable[[], Awaitable[object]]


_FOLLOWED = frozenset({"stock", "deliveries"})
"""Jobs whose failures are recorded with their start; articles are reported one by one."""


class BackgroundJobs:
    """Runs `works`, the jobs that the settings ask for by name, once after each successful poll.

    A failing job does not affect the others; its error is reported once, and it is repeated after the next poll.
    """

    def __init__(
        self,
        context: ShopContext,
        account: SpecterCircuit,
        watch: AutoExport,
        stopping: EmergencyStop,
        works: dict[str, Work],
    ) -> None:
        self._context = context
        self._account = account
        self._watch = watch
        self._stopping = stopping
        self._works = works
        self._told: dict[str, str] = {}

    async def once(self) -> None:
        """Run every job once."""
        await asyncio.gather(*(self.safely(name, work) for name, work in self._works.items()))

    async def run(self, leaving: asyncio.Event) -> None:
        """Run the jobs after each poll, until the engine shuts down."""
        await asyncio.gather(*(self._follow(name, work, leaving) for name, work in self._works.items()))

    async def _follow(self, name: str, work: Work, leaving: asyncio.Event) -> None:
        looked = self._watch.follow_polls()
        left = asyncio.create_task(leaving.wait())
        while not leaving.is_set():
            waiting = asyncio.create_task(looked.wait())
            await asyncio.wait({waiting, left}, return_when=asyncio.FIRST_COMPLETED)
            waiting.cancel()
            if not leaving.is_set():
                await self.safely(name, work)
                # A long job polls the shop itself: that starts no further round.
                looked.clear()

    async def safely(self, name: str, work: Work) -> None:
        """Run one job; an error is reported once, and affects no other job."""
        if self._account.halted or self._stopping.stop is not None:
            return
        trouble = ""
        try:
            await work()
        except (LeaseHeld, ReadCancelled, SendingStopped):
            return  # Another process does it, this one shuts down, or sending is stopped.
        except (ShopError, SpecterFailure, JournalError) as error:
            trouble = error.message
        if trouble and trouble != self._told.get(name):
            self._context.emit(Notice("warning", ErrorText("about", what=name, why=trouble)))
        self._told[name] = trouble
        if name in _FOLLOWED:
            with suppress(JournalError):  # Then it is recorded after the next round.
                await self._context.journal(OverdueWork.note_failing, name, trouble)

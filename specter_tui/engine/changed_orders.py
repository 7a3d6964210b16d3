"""Follow the orders that any program changed in the journal, so that repeated work reads these alone."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from specter_tui.engine.concurrency.journal_queue import JournalQueue
from specter_tui.journal.repositories.events import Events


class ChangedOrders:
    """The place in the journal's events up to which one piece of work has looked."""

    def __init__(self, journal: JournalQueue) -> None:
        self._journal = journal
        self._event: int | None = None

    @asynccontextmanager
    async def since_last_time(self) -> AsyncIterator[set[int] | None]:
        """Give the orders of which something was written since the last block that did not fail; None the first time.

        Raises JournalError.
        """
        if self._event is None:
            changed, newest = None, await self._journal(Events.last_id)
        else:
            changed, newest = await self._journal(Events.orders_changed_after, self._event)
        yield changed
        self._event = newest

"""Reading calls, which are cut when the program leaves: nothing is lost by an answer that nobody waits for."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class ReadCancelled(Exception):
    """The program leaves, and waits for no answer that it can do without. Each wire has its own kind."""


class CancellableReads:
    """The reading calls of one connection that are under way; `cut` is what one that is cut raises."""

    def __init__(self, cut: type[ReadCancelled]) -> None:
        self._cut = cut
        self._over = False
        self._running: set[asyncio.Timeout] = set()

    def cancel(self) -> None:
        """End those under way, and every later one, at once. On the loop of the calls."""
        self._over = True
        for one in self._running:
            one.reschedule(asyncio.get_running_loop().time())

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """One reading call, from here to its answer. Raises Cut of the connection's kind."""
        try:
            async with asyncio.timeout(0 if self._over else None) as limit:
                self._running.add(limit)
                try:
                    yield
                finally:
                    self._running.discard(limit)
        except TimeoutError:
            raise self._cut from None

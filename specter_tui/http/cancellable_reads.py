"""Reading calls that are cancelled at shutdown: no data is lost with their answers."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class ReadCancelled(Exception):
    """The read was cancelled, because the program shuts down. Each client has a class of its own."""


class CancellableReads:
    """The running reading calls of one client; `cut` is the exception that a cancelled one raises."""

    def __init__(self, cut: type[ReadCancelled]) -> None:
        self._cut = cut
        self._over = False
        self._running: set[asyncio.Timeout] = set()

    def cancel(self) -> None:
        """Cancel the running calls, and every later one at once. Call it on the calls' event loop."""
        self._over = True
        for one in self._running:
            one.reschedule(asyncio.get_running_loop().time())

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Run one reading call. Raises the client's ReadCancelled class."""
        try:
            async with asyncio.timeout(0 if self._over else None) as limit:
                self._running.add(limit)
                try:
                    yield
                finally:
                    self._running.discard(limit)
        except TimeoutError:
            raise self._cut from None

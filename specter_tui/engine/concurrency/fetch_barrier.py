"""Orders are sent concurrently, but none while a stock batch is fetched.

So an order's claim is before or after the fetch, never during it, and the two times show whether Specter's quantity
includes the order.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class StockFetchBarrier:
    """Lets orders be sent, except during a fetch."""

    def __init__(self) -> None:
        self._passage = asyncio.Lock()
        self._under_way = 0
        self._empty = asyncio.Event()
        self._empty.set()

    @asynccontextmanager
    async def submitting(self) -> AsyncIterator[None]:
        """Hold it while one order is claimed and sent."""
        async with self._passage:
            self._under_way += 1
            self._empty.clear()
        try:
            yield
        finally:
            self._under_way -= 1
            if not self._under_way:
                self._empty.set()

    @asynccontextmanager
    async def fetching(self) -> AsyncIterator[None]:
        """Hold it for one fetch: wait for orders in flight, and let none begin."""
        async with self._passage:
            await self._empty.wait()
            yield

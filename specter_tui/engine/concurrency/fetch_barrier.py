"""Orders go out many at once; while a batch of stock is fetched none is under way.

So an order's claim lies before the fetch or after it, never around it: whether Specter's quantity holds the order
already can be told from the two times.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class StockFetchBarrier:
    """Open for orders; shut while a fetch goes through."""

    def __init__(self) -> None:
        self._passage = asyncio.Lock()
        self._under_way = 0
        self._empty = asyncio.Event()
        self._empty.set()

    @asynccontextmanager
    async def submitting(self) -> AsyncIterator[None]:
        """Hold it for as long as one order is claimed and sent."""
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
        """Hold it for one fetch: begins when the orders under way are done, and lets none begin."""
        async with self._passage:
            await self._empty.wait()
            yield

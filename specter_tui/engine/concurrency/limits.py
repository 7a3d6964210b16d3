"""Limits and locks shared by the shops of one process, so that no shop delays or harms another."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from specter_tui.config.settings import SpecterSettings
from specter_tui.engine.concurrency.keyed_locks import KeyedLocks
from specter_tui.engine.queues.shared_queues import SharedQueues
from specter_tui.engine.runtime.shop_assignment import ShopAssignment

PERMITS = 12
"""Pages of orders that are read and planned at once, in all shops together."""
PERMIT_SECONDS = 2.0
"""Seconds after which a permit lapses, so that a shop that does not answer delays no other."""
_OPENING = 8
_FOLLOW_SECONDS = 0.3
_FOLLOWED_A_SECOND = 150


class LapsingSemaphore:
    """Gives that many permits at once, first come first served; a permit held for long is not counted any more."""

    def __init__(self, places: int, longest: float) -> None:
        self._free = asyncio.Semaphore(places)
        self._longest = longest

    @asynccontextmanager
    async def permit(self) -> AsyncIterator[None]:
        """Hold a permit for one page; each further page needs another."""
        await self._free.acquire()
        left = asyncio.get_running_loop().call_later(self._longest, self._free.release)
        try:
            yield
        finally:
            if left.when() > asyncio.get_running_loop().time():  # Otherwise it has lapsed already, or will at once.
                left.cancel()
                self._free.release()


@dataclass(slots=True)
class SharedResources:
    """One for each process. With one shop nothing in it is ever waited for."""

    shops: int = 1
    share: ShopAssignment | None = None
    """The shops that this worker serves, where several workers have the same ones; None: all."""
    keeps_done: bool = True
    """True if done orders stay in the list for a screen; a worker without one drops them."""
    read_only: bool = False
    """True if nothing is sent, decided or written anywhere: a screen only shows."""
    pages: LapsingSemaphore = field(default_factory=lambda: LapsingSemaphore(PERMITS, PERMIT_SECONDS))
    opening: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_OPENING))
    queues: SharedQueues = field(default_factory=SharedQueues)
    """Specter's queues that shops of this process share."""
    _keyed_locks: dict[tuple[str, int], KeyedLocks] = field(default_factory=dict)

    def keyed_locks_of(self, account: SpecterSettings) -> KeyedLocks:
        """Return the locks of a Specter account: two shops that share it must not create one customer twice."""
        return self._keyed_locks.setdefault((account.url, account.sbm_id), KeyedLocks())

    def serves(self, shop: int) -> bool:
        """Return whether this process does the shop's work now."""
        return self.share is None or self.share.serves(shop)

    @property
    def follow_seconds(self) -> float:
        """The pause between reads of other processes' events, longer with many shops."""
        return max(_FOLLOW_SECONDS, self.shops / _FOLLOWED_A_SECOND)

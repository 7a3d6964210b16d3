"""Assigns shops to the workers of several processes: each serves its part, and takes over shops of dead workers.

A worker is a `watch` with several shops. The lease `serve` in a shop's journal names the worker that serves it. Workers
count each other by signing in to the journals of the first shops; each serves no more than its part. A shop that nobody
has served for a while is taken by any worker. An order is never sent twice because of this: claims prevent that, so a
worker that counts wrongly does too much or too little, and no harm.
"""

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from specter_tui.engine.concurrency.journal_queue import JournalQueue
from specter_tui.engine.concurrency.lease_names import AUTO_EXPORT, MONITORING, SERVE
from specter_tui.journal.models import LeaseTaken
from specter_tui.journal.repositories.leases import Leases

KIND = "worker"
_REGISTERS = 3
"""The number of journals that workers sign in to, so that a broken one does not matter."""
_PATIENCE = 3
"""The number of intervals after which any worker takes a shop that nobody serves."""


@dataclass(slots=True)
class AssignmentState:
    """The state of a shop in this worker. Times are by the monotonic clock."""

    mine: bool = False
    orphan: bool = False
    """True if the shop was taken since nobody else served it: kept, beyond the part, until the number of workers
    changes."""
    free_since: float | None = None
    not_before: float = 0.0


class ShopAssignment:
    """The shops of one worker."""

    def __init__(self, shops: Sequence[int]) -> None:
        self._shops = {shop: AssignmentState() for shop in shops}
        self.counts = dict.fromkeys(sorted(shops)[:_REGISTERS], 1)
        """The number of workers that last signed in, by the shop of the journal."""

    @property
    def workers(self) -> int:
        """The number of workers, by the last counts."""
        return max(self.counts.values())

    @property
    def quota(self) -> int:
        """The number of shops that each worker serves at most."""
        return math.ceil(len(self._shops) / self.workers)

    def serves(self, shop: int) -> bool:
        """Return whether this worker serves a shop now."""
        return self._shops[shop].mine

    @property
    def _counted(self) -> int:
        """The number of shops that this worker serves within its part."""
        return sum(one.mine and not one.orphan for one in self._shops.values())

    async def take(self, journal: JournalQueue, interval: timedelta) -> bool:
        """Return whether this worker serves the journal's shop in the next turn. Raises JournalError.

        `interval`: the time between two turns.
        """
        shop = journal.shop
        shop_state, now = self._shops[shop], time.monotonic()
        lease = 3 * interval + timedelta(minutes=1)
        if shop in self.counts:
            await self._sign_in(journal, lease)
        if shop_state.mine and not shop_state.orphan and self._counted > self.quota:
            await self.release(journal, interval)
        if now < shop_state.not_before:
            return False
        in_part = shop_state.mine or self._counted < self.quota
        if not in_part and not await self._free(journal, interval):
            return False
        shop_state.mine = isinstance(await journal(Leases.take, SERVE, lease), LeaseTaken)
        shop_state.orphan = shop_state.mine and (shop_state.orphan or not in_part)
        shop_state.free_since = None
        return shop_state.mine

    async def _sign_in(self, journal: JournalQueue, lease: timedelta) -> None:
        before = self.workers
        self.counts[journal.shop] = await journal(Leases.sign_in, KIND, lease)
        if self.workers != before:
            for shop_state in self._shops.values():
                shop_state.orphan = False

    async def _free(self, journal: JournalQueue, interval: timedelta) -> bool:
        """Return whether nobody has served the shop for a while."""
        shop_state, now = self._shops[journal.shop], time.monotonic()
        if await journal(Leases.holder, SERVE):
            shop_state.free_since = None
        elif shop_state.free_since is None:
            shop_state.free_since = now
        patience = _PATIENCE * interval.total_seconds()
        return shop_state.free_since is not None and now - shop_state.free_since >= patience

    async def release(self, journal: JournalQueue, pause: timedelta) -> None:
        """Release the shop to others, and do not take it again for a time. Raises JournalError."""
        shop_state = self._shops[journal.shop]
        shop_state.not_before = time.monotonic() + pause.total_seconds()
        if shop_state.mine:
            shop_state.mine = shop_state.orphan = False
            await self._drop(journal)

    async def _drop(self, journal: JournalQueue) -> None:
        """Release the shop's lease, and those held for longer than a turn: auto export and monitoring."""
        for name in (AUTO_EXPORT, MONITORING, SERVE):
            await journal(Leases.drop, name)

    async def sign_out(self, journal: JournalQueue) -> None:
        """Release the shop to others for good, and sign out. Raises JournalError."""
        shop = journal.shop
        self._shops[shop].mine = False
        await self._drop(journal)
        if shop in self.counts:
            await journal(Leases.sign_out, KIND)

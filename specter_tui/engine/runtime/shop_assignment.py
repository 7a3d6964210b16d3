"""Several workers for the same shops: each serves its part, and takes over from one that is gone or cannot serve.

A worker is a `watch` with several shops. Which of them serves a shop says the lease `serve` in that shop's journal. How
many workers there are is told by the first shops' journals, where each of them signs in; each serves no more than its
part. A shop that nobody takes for a while is taken by whoever sees it. None of this keeps an order from being sent
twice: claims do, so a worker that counts wrongly does too much or too little, and no harm.
"""

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from specter_tui.engine.concurrency.journal_queue import JournalQueue
from specter_tui.engine.lease_names import AUTO_EXPORT, MONITORING, SERVE
from specter_tui.journal.repositories.leases import Leases

KIND = "worker"
_REGISTERS = 3
"""In so many journals workers sign in, so that one that is broken does not matter."""
_PATIENCE = 3
"""After so many intervals a shop that nobody serves is taken whatever the part."""


@dataclass(slots=True)
class AssignmentState:
    """How a shop stands with this worker. Times by the monotonic clock."""

    mine: bool = False
    orphan: bool = False
    """Taken because nobody else does: kept, beyond the part, until workers come or go."""
    free_since: float | None = None
    not_before: float = 0.0


class ShopAssignment:
    """The part of one worker."""

    def __init__(self, shops: Sequence[int]) -> None:
        self._shops = {shop: AssignmentState() for shop in shops}
        self._workers = dict.fromkeys(sorted(shops)[:_REGISTERS], 1)

    @property
    def workers(self) -> int:
        """How many there are, as the registers said last."""
        return max(self._workers.values())

    @property
    def quota(self) -> int:
        """How many shops each serves at most."""
        return math.ceil(len(self._shops) / self.workers)

    def serves(self, shop: int) -> bool:
        """Whether this worker serves a shop now."""
        return self._shops[shop].mine

    @property
    def _counted(self) -> int:
        """How many shops this worker serves of those that others would serve, too."""
        return sum(one.mine and not one.orphan for one in self._shops.values())

    async def take(self, journal: JournalQueue, interval: timedelta) -> bool:
        """Whether this worker serves the journal's shop in the turn that comes. Raises JournalError.

        `interval`: the time between two turns.
        """
        shop = journal.shop
        standing, now = self._shops[shop], time.monotonic()
        lease = 3 * interval + timedelta(minutes=1)
        if shop in self._workers:
            await self._sign_in(journal, lease)
        if standing.mine and not standing.orphan and self._counted > self.quota:
            await self.release(journal, interval)
        if now < standing.not_before:
            return False
        in_part = standing.mine or self._counted < self.quota
        if not in_part and not await self._free(journal, interval):
            return False
        standing.mine = not await journal(Leases.take, SERVE, lease)
        standing.orphan = standing.mine and (standing.orphan or not in_part)
        standing.free_since = None
        return standing.mine

    async def _sign_in(self, journal: JournalQueue, lease: timedelta) -> None:
        before = self.workers
        self._workers[journal.shop] = await journal(Leases.sign_in, KIND, lease)
        if self.workers != before:
            for standing in self._shops.values():
                standing.orphan = False

    async def _free(self, journal: JournalQueue, interval: timedelta) -> bool:
        """Whether nobody has served the shop for a while."""
        standing, now = self._shops[journal.shop], time.monotonic()
        if await journal(Leases.holder, SERVE):
            standing.free_since = None
        elif standing.free_since is None:
            standing.free_since = now
        patience = _PATIENCE * interval.total_seconds()
        return standing.free_since is not None and now - standing.free_since >= patience

    async def release(self, journal: JournalQueue, pause: timedelta) -> None:
        """Leave the shop to others, and do not take it again for so long. Raises JournalError."""
        standing = self._shops[journal.shop]
        standing.not_before = time.monotonic() + pause.total_seconds()
        if standing.mine:
            standing.mine = standing.orphan = False
            await self._drop(journal)

    async def _drop(self, journal: JournalQueue) -> None:
        """With the shop goes what is held for longer than a turn: to export by itself, and to write figures."""
        for name in (AUTO_EXPORT, MONITORING, SERVE):
            await journal(Leases.drop, name)

    async def sign_out(self, journal: JournalQueue) -> None:
        """Leave the shop to others for good, and sign out. Raises JournalError."""
        shop = journal.shop
        self._shops[shop].mine = False
        await self._drop(journal)
        if shop in self._workers:
            await journal(Leases.sign_out, KIND)

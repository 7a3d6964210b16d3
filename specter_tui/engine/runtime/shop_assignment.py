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

from specter_tui.engine import auto_export
from specter_tui.engine.context import ShopContext
from specter_tui.engine.monitoring import monitoring_job
from specter_tui.journal.journal import Journal

LEASE = "serve"
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

    async def take(self, wires: ShopContext) -> bool:
        """Whether this worker serves the shop in the turn that comes. Raises JournalError."""
        shop, interval = wires.settings.abicart.webshop, wires.settings.watch.interval
        standing, now = self._shops[shop], time.monotonic()
        lease = 3 * interval + timedelta(minutes=1)
        if shop in self._workers:
            await self._sign_in(shop, wires, lease)
        if standing.mine and not standing.orphan and self._counted > self.quota:
            await self.release(wires, interval)
        if now < standing.not_before:
            return False
        in_part = standing.mine or self._counted < self.quota
        if not in_part and not await self._free(wires):
            return False
        standing.mine = not await wires.journal(Journal.take_lease, LEASE, lease)
        standing.orphan = standing.mine and (standing.orphan or not in_part)
        standing.free_since = None
        return standing.mine

    async def _sign_in(self, shop: int, wires: ShopContext, lease: timedelta) -> None:
        before = self.workers
        self._workers[shop] = await wires.journal(Journal.sign_in, KIND, lease)
        if self.workers != before:
            for standing in self._shops.values():
                standing.orphan = False

    async def _free(self, wires: ShopContext) -> bool:
        """Whether nobody has served the shop for a while."""
        standing, now = self._shops[wires.settings.abicart.webshop], time.monotonic()
        if await wires.journal(Journal.lease_holder, LEASE):
            standing.free_since = None
        elif standing.free_since is None:
            standing.free_since = now
        patience = _PATIENCE * wires.settings.watch.interval.total_seconds()
        return standing.free_since is not None and now - standing.free_since >= patience

    async def release(self, wires: ShopContext, pause: timedelta) -> None:
        """Leave the shop to others, and do not take it again for so long. Raises JournalError."""
        standing = self._shops[wires.settings.abicart.webshop]
        standing.not_before = time.monotonic() + pause.total_seconds()
        if standing.mine:
            standing.mine = standing.orphan = False
            await self._drop(wires)

    async def _drop(self, wires: ShopContext) -> None:
        """With the shop goes what is held for longer than a turn: to export by itself, and to write figures."""
        for name in (auto_export.LEASE, monitoring_job.LEASE, LEASE):
            await wires.journal(Journal.drop_lease, name)

    async def sign_out(self, wires: ShopContext) -> None:
        """Leave the shop to others for good, and sign out. Raises JournalError."""
        shop = wires.settings.abicart.webshop
        self._shops[shop].mine = False
        await self._drop(wires)
        if shop in self._workers:
            await wires.journal(Journal.sign_out, KIND)

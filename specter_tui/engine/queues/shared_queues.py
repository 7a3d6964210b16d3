"""Specter's queues belong to an API user: shops of one process with the same user empty them together.

Every shop stores whatever one of them fetches. Rows of orders and articles that are not a shop's own are not written by
it, and are ready if the article or order becomes its own.
"""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

from specter_tui.config.settings import Settings, queue_user
from specter_tui.engine.concurrency.journal_queue import JournalQueue
from specter_tui.errors import ErrorText
from specter_tui.http.cancellable_reads import ReadCancelled
from specter_tui.journal.errors import JournalReadOnly, QueueShared, QueueWaits
from specter_tui.journal.goods_models import BatchKind, QueueUse
from specter_tui.journal.location import seen_folder
from specter_tui.journal.safety.queue_owners import Note, QueueOwners, noted_sharers


class QueueMember(Protocol):
    """A queue of one shop, as the other shops use it."""

    @property
    def kind(self) -> BatchKind:
        """Stock or orders."""

    @property
    def settings(self) -> Settings:
        """The shop's settings."""

    def refuse_closing(self) -> None:
        """Raise QueueWaits where the shop stores nothing more."""


class SharedQueues:
    """The shops of this process by API user, and their queues while they are open.

    `shops` are all that the process serves; none for a command with a single shop.
    """

    def __init__(self, shops: Iterable[Settings] = ()) -> None:
        self._by_user: dict[str, list[Settings]] = {}
        self._untried = set[int]()
        for settings in shops:
            self._by_user.setdefault(queue_user(settings), []).append(settings)
            self._untried.add(_number(settings))
        self._open: dict[tuple[str, BatchKind], dict[int, Any]] = {}
        self._locks: dict[tuple[str, BatchKind], asyncio.Lock] = {}
        self._notes: dict[int, Note | None] = {}
        self.ending = False
        """True if the process shuts down all its shops."""

    def use_of(self, settings: Settings) -> QueueUse:
        """Return the API user whose queues the shop empties, and the shops of this process that share it."""
        if not (user := queue_user(settings)):
            return QueueUse()
        return QueueUse(user, frozenset([settings.abicart.webshop, *map(_number, self._by_user.get(user, ()))]))

    def are_shared(self, settings: Settings, kind: BatchKind) -> bool:
        """Return whether the queue is shared with another shop of this process."""
        return len(self._members(settings, kind)) > 1

    def turn(self, settings: Settings, kind: BatchKind) -> asyncio.Lock:
        """Return the lock for emptying this queue."""
        return self._locks.setdefault((settings.specter.api_user, kind), asyncio.Lock())

    def tried(self, shop: int) -> None:
        """Record that the shop is open, or cannot be opened."""
        self._untried.discard(shop)

    def are_opening(self, settings: Settings, kind: BatchKind) -> bool:
        """Return whether a shop that shares this queue has not yet been opened for the first time."""
        return not self._untried.isdisjoint(self._members(settings, kind))

    def beside(self, settings: Settings, kind: BatchKind) -> list[Any]:
        """Return the other shops' queues. Raises QueueWaits for a shop that cannot store batches."""
        found = self._open.get((settings.specter.api_user, kind), {})
        others = self._members(settings, kind) - {settings.abicart.webshop}
        for shop in sorted(others):
            if shop not in found and self.ending:
                raise ReadCancelled
            if shop not in found:
                raise QueueWaits(shop, ErrorText("queue_not_open"))
            found[shop].refuse_closing()
        return [found[shop] for shop in sorted(others)]

    def join(self, queue: QueueMember) -> None:
        """Let an open shop store what others fetch from now on."""
        settings = queue.settings
        self._open.setdefault((settings.specter.api_user, queue.kind), {})[settings.abicart.webshop] = queue

    async def leave(self, queue: QueueMember) -> None:
        """Remove a closing shop, once no other shop stores batches for it."""
        settings = queue.settings
        async with self.turn(settings, queue.kind):
            self._open.get((settings.specter.api_user, queue.kind), {}).pop(settings.abicart.webshop, None)

    async def claim(self, settings: Settings, journal: JournalQueue) -> None:
        """Record for every program whose queues this one empties for the shop.

        Raises QueueShared where another program does, QueueWaits where a shop that shared them with this one before is
        not served, JournalError.
        """
        shop, use = settings.abicart.webshop, self.use_of(settings)
        if shop in self._notes:
            await journal(QueueOwners.refuse_other_use, use)
            if (note := self._notes.get(shop)) is not None:
                note.renew()
            return
        await self.refuse_sharers(settings, journal, use)
        await journal(QueueOwners.empty_queues_of, use)
        if shop in self._notes:
            return  # The other of the two queues recorded it meanwhile.
        self._notes[shop] = None
        with suppress(OSError, JournalReadOnly):  # A note that cannot be written does not keep a shop from its work.
            self._notes[shop] = Note(_folder(), shop, use)

    async def refuse_sharers(self, settings: Settings, journal: JournalQueue, use: QueueUse) -> None:
        """Raise QueueShared where another program empties the queues, QueueWaits where a former sharer is absent."""
        idle = await journal(QueueOwners.sharers, use)
        with suppress(OSError):
            idle |= noted_sharers(_folder(), settings.abicart.webshop, use)
        if idle and self._by_user:
            raise QueueWaits(min(idle), ErrorText("queue_not_served"))
        if idle:
            raise QueueShared(min(idle), with_us=True)

    async def refuse_another(self, settings: Settings, journal: JournalQueue) -> None:
        """Check the same for a shop that empties the queues only on request; nothing is recorded for others."""
        user = settings.specter.api_user
        await self.refuse_sharers(
            settings, journal, QueueUse(user, frozenset(map(_number, self._by_user.get(user, ()))))
        )

    def give_up(self, shop: int) -> None:
        """Release a closed shop's note, which remains for a day."""
        if (note := self._notes.pop(shop, None)) is not None:
            note.close()

    def _members(self, settings: Settings, kind: BatchKind) -> set[int]:
        """Return this shop, and the shops whose settings use this queue."""
        others = self._by_user.get(settings.specter.api_user, ())
        asking = {_number(one) for one in others if (one.stock.sync if kind == "stock" else one.delivery.sync)}
        return asking | {settings.abicart.webshop}


def _number(settings: Settings) -> int:
    return settings.abicart.webshop


def _folder() -> Path:
    return seen_folder(None) / "queues"

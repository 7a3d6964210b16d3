"""A queue of Specter's, emptied batch by batch: numbered, fetched, kept, used, and only then acknowledged.

A process that dies at any point leaves a journal that says where the next one goes on (wires: S-batches). Where shops
share the queue each number is noted in all their journals before the fetch, and each batch is kept in all of them: last
in that of the shop that fetched it, so that a batch that is stored there is on every disk.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, suppress
from typing import Any, Concatenate, Generic, ParamSpec, Protocol, TypeVar

from specter_tui.config.settings import Settings, queue_user
from specter_tui.engine.context import ShopContext
from specter_tui.engine.named_leases import LeaseHeld, named_lease
from specter_tui.engine.retry_call import retry_call, slept
from specter_tui.engine.specter_circuit import SpecterCircuit
from specter_tui.http.cancellable_reads import ReadCancelled
from specter_tui.journal.errors import JournalError, QueueShared, QueueWaits
from specter_tui.journal.journal import Journal
from specter_tui.specter.batch_calls import BatchKind, BatchOpen, new_batch_number
from specter_tui.specter.errors import Refused, SpecterFailure

_MOST_QUOTED = 5
_GLANCE = 0.2
_PATIENCE = 30.0
"""Seconds that another shop's journal is waited for, to be opened or to answer."""
QueueFailure = SpecterFailure | QueueShared | QueueWaits | LeaseHeld
"""What keeps a queue from being emptied, and nothing else from being done."""
QUEUE_FAILURES = (SpecterFailure, QueueShared, QueueWaits, LeaseHeld)

P = ParamSpec("P")
T = TypeVar("T")


class Brought(Protocol):
    """What a fetch gave."""

    @property
    def empty(self) -> bool:
        """Whether the queue had nothing to tell."""


B = TypeVar("B", bound=Brought)
Keep = Callable[[str, B, bool], Coroutine[Any, Any, None]]


class BatchQueue(Generic[B]):
    """One of the two queues, as one shop empties it.

    `fetch` reads a batch by its number; `keep` writes it down, empty ones too, and is told whether the shop fetched it
    itself.
    """

    def __init__(
        self,
        context: ShopContext,
        account: SpecterCircuit,
        kind: BatchKind,
        fetch: Callable[[str], Coroutine[Any, Any, B]],
        keep: Keep[B],
        closing: Callable[[], bool],
    ) -> None:
        self.context = context
        self.kind: BatchKind = kind
        self.closing = closing
        self._account = account
        self._fetch = fetch
        self._keep = keep
        self._beside: Sequence[BatchQueue[B]] = ()

    @property
    def busy(self) -> bool:
        """Return whether another shop empties the queue now."""
        shared, settings = self.context.shared.queues, self.context.settings
        return shared.are_shared(settings, self.kind) and shared.turn(settings, self.kind).locked()

    async def claim(self) -> None:
        """Let other programs know who empties the queue. Raises QueueShared, QueueWaits, JournalError."""
        shared, settings, journal = self.context.shared.queues, self.context.settings, self.context.journal
        if queue_user(settings):
            await shared.claim(settings, journal)
        else:
            await shared.refuse_another(settings, journal)

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Let only this shop empty the queue, for all that share it.

        Raises QueueShared, QueueWaits, LeaseHeld, JournalError; then nothing may be fetched.
        """
        await self.claim()
        shared, settings = self.context.shared.queues, self.context.settings
        if not shared.are_shared(settings, self.kind):
            yield
            return
        until = time.monotonic() + _PATIENCE
        while shared.are_opening(settings, self.kind) and time.monotonic() < until:
            await slept(_GLANCE, self.closing)
        async with shared.turn(settings, self.kind), AsyncExitStack() as held:
            self._beside = shared.beside(settings, self.kind)
            for queue in self._everyone:
                lease = named_lease(queue.context, f"{self.kind} queue")
                async with self._blaming(queue):
                    await lease.__aenter__()
                held.push_async_callback(self._give_back, queue, lease)
            try:
                yield
            finally:
                self._beside = ()

    async def batches(self) -> AsyncIterator[tuple[str, B | None]]:
        """Each batch, kept, until the queue is empty; the caller acknowledges it before it asks for the next.

        One that an earlier process kept comes first, as None. Raises SpecterFailure, QueueWaits, JournalError.
        """
        begun: dict[str, None] = {}
        stored: list[str] = []
        for queue in self._everyone:
            for batch in await self._ask(queue, Journal.open_batches, self.kind):
                if batch.stored_at is None:
                    begun[batch.batch_no] = None
                elif queue is self:
                    stored.append(batch.batch_no)
                else:  # It is on every disk, and what that shop has to write it writes itself.
                    await self._close(batch.batch_no, queue)
        for number in stored:
            yield number, None
        while not self.closing():
            for queue in self._beside:
                queue.refuse_closing()
            number, brought = await self._next(begun.popitem()[0] if begun else None)
            if brought.empty:
                return
            yield number, brought

    async def placed_beside(self, numbers: Sequence[str]) -> set[str]:
        """Return which of these article numbers may have a place in another shop that shares the queue.

        All of them may while such a shop is not open.
        """
        found = set[str]()
        with suppress(QueueWaits):
            for queue in self.context.shared.queues.beside(self.context.settings, self.kind):
                queue.refuse_closing()
                found |= await self._ask(queue, Journal.stock_placed, numbers)
            return found
        return set(numbers)

    def refuse_closing(self) -> None:
        """Raise QueueWaits where the shop keeps nothing more, ReadCancelled where the process ends."""
        if self.context.shared.queues.ending:
            raise ReadCancelled
        if self.closing():
            raise QueueWaits(self.shop, "it is not open")

    async def acknowledge(self, batch_no: str) -> None:
        """Tell Specter that the batch is done with. Raises SpecterFailure, JournalError."""
        await self._close(batch_no, self)

    @property
    def settings(self) -> Settings:
        """The shop's."""
        return self.context.settings

    @property
    def shop(self) -> int:
        """The number of the shop."""
        return self.settings.abicart.webshop

    @property
    def _everyone(self) -> "list[BatchQueue[B]]":
        """The queues of all shops that share this one, in one order for every shop."""
        return sorted((self, *self._beside), key=lambda queue: queue.shop)

    async def _close(self, batch_no: str, holder: "BatchQueue[B]") -> None:
        refusal: Refused | None = None
        try:
            await retry_call(self._account, lambda: self.context.specter.acknowledge(self.kind, batch_no), self.closing)
        except BatchOpen:
            pass  # Another one is open, so this one is not: an earlier acknowledgement did arrive.
        except Refused as error:
            refusal = error
        if holder is self:
            await self.context.journal(Journal.acknowledged, self.kind, batch_no)
        else:
            await self._ask(holder, Journal.forget_batch, self.kind, batch_no)
        if refusal is not None:
            # Should it be open nevertheless, the next fetch is told so, and its rows come once more.
            raise refusal

    async def _next(self, begun: str | None) -> tuple[str, B]:
        """The batch that is open, or a new one; kept by everyone. An empty one: the queue is empty."""
        number = begun or new_batch_number()
        if begun is None:
            async with self._fetching():
                for queue in self._everyone:
                    await self._ask(queue, Journal.begin_batch, self.kind, number)
        number, brought = await self._open_or_new(number)
        for queue in self._beside:
            async with self._blaming(queue):
                await queue._keep(number, brought, False)
        await self._keep(number, brought, True)
        return number, brought

    async def _open_or_new(self, number: str) -> tuple[str, B]:
        """Fetch under this number; where another is open, under each of those that the refusal quotes."""
        try:
            return number, await self._patiently(number)
        except BatchOpen as refusal:
            for quoted in refusal.numbers[:_MOST_QUOTED]:
                try:
                    return quoted, await self._patiently(quoted)
                except BatchOpen:
                    continue
            raise

    async def _patiently(self, number: str) -> B:
        async def fetch() -> B:
            async with self._fetching():
                return await self._fetch(number)

        return await retry_call(self._account, fetch, self.closing)

    @asynccontextmanager
    async def _fetching(self) -> AsyncIterator[None]:
        """Keep every shop from having an order under way inside."""
        async with AsyncExitStack() as held:
            for queue in self._everyone:
                async with self._blaming(queue, "its orders are on their way"):
                    await held.enter_async_context(queue.context.fetch_barrier.fetching())
            yield

    async def _ask(
        self, queue: "BatchQueue[B]", verb: Callable[Concatenate[Journal, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        async with self._blaming(queue):
            return await queue.context.journal(verb, *args, **kwargs)

    async def _give_back(self, queue: "BatchQueue[B]", lease: AbstractAsyncContextManager[None]) -> None:
        with suppress(QueueWaits):  # A lease ends by itself, too.
            async with self._blaming(queue):
                await lease.__aexit__(None, None, None)

    @asynccontextmanager
    async def _blaming(self, queue: "BatchQueue[B]", late: str = "its journal does not answer") -> AsyncIterator[None]:
        """Name the other shop in what its journal cannot do, or does not do in time."""
        if queue is self:
            yield
            return
        try:
            async with asyncio.timeout(_PATIENCE):
                yield
        except TimeoutError:
            raise QueueWaits(queue.shop, late) from None
        except JournalError as error:
            raise QueueWaits(queue.shop, str(error)) from error

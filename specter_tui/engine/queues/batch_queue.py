"""One of Specter's queues, emptied batch by batch: numbered, fetched, stored, used, and only then acknowledged.

A process that dies at any point leaves a journal which says where the next one continues (wires: S-batches). Where
shops share the queue, each number is recorded in all their journals before the fetch, and each batch is stored in all
of them, last in that of the shop that fetched it: a batch that is stored there is on every disk.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, suppress
from typing import Any, Concatenate, Generic, ParamSpec, Protocol, TypeVar

from specter_tui.config.settings import Settings, queue_user
from specter_tui.engine.concurrency.named_leases import LeaseHeld, named_lease
from specter_tui.engine.context import ShopContext
from specter_tui.engine.retry_call import retry_call, slept
from specter_tui.engine.specter_circuit import SpecterCircuit
from specter_tui.errors import ErrorText
from specter_tui.http.cancellable_reads import ReadCancelled
from specter_tui.journal.errors import JournalError, QueueShared, QueueWaits
from specter_tui.journal.repositories.goods.batches import Batches
from specter_tui.journal.repositories.goods.stock import StockLevels
from specter_tui.journal.repositories.repository import Repository
from specter_tui.specter.batch_calls import BatchKind, BatchOpen, new_batch_number
from specter_tui.specter.errors import Refused, SpecterFailure

_MOST_QUOTED = 5
_GLANCE = 0.2
_PATIENCE = 30.0
"""The longest wait in seconds for another shop's journal to be opened or to answer."""
QueueFailure = SpecterFailure | QueueShared | QueueWaits | LeaseHeld
"""Failures of emptying a queue that do not affect other work."""
QUEUE_FAILURES = (SpecterFailure, QueueShared, QueueWaits, LeaseHeld)

P = ParamSpec("P")
R = TypeVar("R", bound=Repository)
T = TypeVar("T")


class Brought(Protocol):
    """The result of a fetch."""

    @property
    def empty(self) -> bool:
        """True if the queue was empty."""


B = TypeVar("B", bound=Brought)
Keep = Callable[[str, B, bool], Coroutine[Any, Any, None]]


class BatchQueue(Generic[B]):
    """One of the two queues, as one shop empties it.

    `fetch` reads a batch by its number; `keep` stores it, empty ones too, with True if the shop fetched it itself.
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
        self._quoted: set[str] = set()
        """The number of the last batch that a refusal quoted, so that it is known to be open."""

    @property
    def busy(self) -> bool:
        """Return whether another shop empties the queue now."""
        shared, settings = self.context.shared.queues, self.context.settings
        return shared.are_shared(settings, self.kind) and shared.turn(settings, self.kind).locked()

    async def claim(self) -> None:
        """Record for other programs which one empties the queue. Raises QueueShared, QueueWaits, JournalError."""
        shared, settings, journal = self.context.shared.queues, self.context.settings, self.context.journal
        if queue_user(settings):
            await shared.claim(settings, journal)
        else:
            await shared.refuse_another(settings, journal)

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Reserve the queue for this shop, among all that share it.

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
        """Yield each stored batch until the queue is empty; the caller acknowledges it before it asks for the next.

        A batch that an earlier process stored comes first, as None. Raises SpecterFailure, QueueWaits, JournalError.
        """
        begun: dict[str, None] = {}
        stored: list[str] = []
        for queue in self._everyone:
            for batch in await self._ask(queue, Batches.open, self.kind):
                if batch.stored_at is None:
                    begun[batch.batch_no] = None
                elif queue is self:
                    stored.append(batch.batch_no)
                else:  # It is on every disk, and that shop writes its own part itself.
                    await self._close(batch.batch_no, queue)
        for number in stored:
            yield number, None
        while not self.closing():
            for queue in self._beside:
                queue.refuse_closing()
            number, brought = await self._next(begun.popitem()[0] if begun else None)
            if not brought.empty:
                yield number, brought
            elif number in self._quoted:  # It is open although it is empty: changes wait behind it.
                await self.acknowledge(number)
            else:
                return

    async def placed_beside(self, numbers: Sequence[str]) -> set[str]:
        """Return which of these article numbers another shop that shares the queue may have.

        All of them may while such a shop is not open.
        """
        found = set[str]()
        with suppress(QueueWaits):
            for queue in self.context.shared.queues.beside(self.context.settings, self.kind):
                queue.refuse_closing()
                found |= await self._ask(queue, StockLevels.placed, numbers)
            return found
        return set(numbers)

    def refuse_closing(self) -> None:
        """Raise QueueWaits if the shop stores nothing more, ReadCancelled if the process ends."""
        if self.context.shared.queues.ending:
            raise ReadCancelled
        if self.closing():
            raise QueueWaits(self.shop, ErrorText("queue_not_open"))

    async def acknowledge(self, batch_no: str) -> None:
        """Acknowledge the batch to Specter. Raises SpecterFailure, JournalError."""
        await self._close(batch_no, self)

    async def fetch(self, batch_no: str) -> B:
        """Fetch a batch by its number, once, and store nothing. Raises BatchOpen, Refused, SpecterFailure."""
        async with self._fetching():
            return await self._fetch(batch_no)

    @property
    def settings(self) -> Settings:
        """The shop's settings."""
        return self.context.settings

    @property
    def shop(self) -> int:
        """The shop's number."""
        return self.settings.abicart.webshop

    @property
    def _everyone(self) -> "list[BatchQueue[B]]":
        """The queues of all shops that share this one, in the same order for every shop."""
        return sorted((self, *self._beside), key=lambda queue: queue.shop)

    async def _close(self, batch_no: str, holder: "BatchQueue[B]") -> None:
        refusal: Refused | None = None
        try:
            await retry_call(self._account, lambda: self.context.specter.acknowledge(self.kind, batch_no), self.closing)
        except BatchOpen:
            pass  # Another one is open, so this one is not: an earlier acknowledgement arrived.
        except Refused as error:
            refusal = error
        if holder is self:
            await self.context.journal(Batches.acknowledged, self.kind, batch_no)
        else:
            await self._ask(holder, Batches.forget, self.kind, batch_no)
        if refusal is not None:
            # If it is open in spite of that, the next fetch is refused, and its rows are returned again.
            raise refusal

    async def _next(self, begun: str | None) -> tuple[str, B]:
        """Fetch the open batch, or a new one, and store it in every journal; an empty one means an empty queue."""
        number = begun or new_batch_number()
        if begun is None:
            async with self._fetching():
                for queue in self._everyone:
                    await self._ask(queue, Batches.begin, self.kind, number)
        number, brought = await self._open_or_new(number)
        for queue in self._beside:
            async with self._blaming(queue):
                await queue._keep(number, brought, False)
        await self._keep(number, brought, True)
        return number, brought

    async def _open_or_new(self, number: str) -> tuple[str, B]:
        """Fetch with this number; if another batch is open, with each number that the refusal quotes."""
        try:
            return number, await self._patiently(number)
        except BatchOpen as refusal:
            for quoted in refusal.numbers[:_MOST_QUOTED]:
                try:
                    found = await self._patiently(quoted)
                except BatchOpen:
                    continue
                self._quoted = {quoted}
                return quoted, found
            raise

    async def _patiently(self, number: str) -> B:
        async def fetch() -> B:
            async with self._fetching():
                return await self._fetch(number)

        return await retry_call(self._account, fetch, self.closing)

    @asynccontextmanager
    async def _fetching(self) -> AsyncIterator[None]:
        """Let no shop have an order in flight inside the block."""
        async with AsyncExitStack() as held:
            for queue in self._everyone:
                async with self._blaming(queue, ErrorText("queue_sending")):
                    await held.enter_async_context(queue.context.fetch_barrier.fetching())
            yield

    async def _ask(
        self, queue: "BatchQueue[B]", verb: Callable[Concatenate[R, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        async with self._blaming(queue):
            return await queue.context.journal(verb, *args, **kwargs)

    async def _give_back(self, queue: "BatchQueue[B]", lease: AbstractAsyncContextManager[None]) -> None:
        with suppress(QueueWaits):  # A lease also ends by itself.
            async with self._blaming(queue):
                await lease.__aexit__(None, None, None)

    @asynccontextmanager
    async def _blaming(self, queue: "BatchQueue[B]", late: str = ErrorText("queue_silent")) -> AsyncIterator[None]:
        """Raise QueueWaits with the other shop's number for an error or a timeout of its journal."""
        if queue is self:
            yield
            return
        try:
            async with asyncio.timeout(_PATIENCE):
                yield
        except TimeoutError:
            raise QueueWaits(queue.shop, late) from None
        except JournalError as error:
            raise QueueWaits(queue.shop, error.message) from error

"""A queue of Specter's, emptied batch by batch: numbered, fetched, kept, used, and only then acknowledged.

A process that dies at any point leaves a journal that says where the next one goes on (wires: S-batches).
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Generic, Protocol, TypeVar

from specter_tui.engine.context import ShopContext
from specter_tui.engine.retry_call import retry_call
from specter_tui.engine.specter_circuit import SpecterCircuit
from specter_tui.journal.journal import Journal
from specter_tui.specter.batch_calls import BatchKind, BatchOpen, new_batch_number
from specter_tui.specter.errors import Refused

_MOST_QUOTED = 5


class Brought(Protocol):
    """What a fetch gave."""

    @property
    def empty(self) -> bool:
        """Whether the queue had nothing to tell."""


B = TypeVar("B", bound=Brought)


class BatchQueue(Generic[B]):
    """One of the two queues. `fetch` reads a batch by its number; `keep` writes it down, empty ones too."""

    def __init__(
        self,
        wires: ShopContext,
        account: SpecterCircuit,
        kind: BatchKind,
        fetch: Callable[[str], Awaitable[B]],
        keep: Callable[[str, B], Awaitable[None]],
        closing: Callable[[], bool],
    ) -> None:
        self._wires = wires
        self._account = account
        self._kind: BatchKind = kind
        self._fetch = fetch
        self._keep = keep
        self._closing = closing

    async def batches(self) -> AsyncIterator[tuple[str, B | None]]:
        """Each batch, kept, until the queue is empty; the caller acknowledges it before it asks for the next.

        One that an earlier process kept comes first, as None. Raises SpecterFailure, JournalError.
        """
        begun: list[str] = []
        for batch in await self._wires.journal(Journal.open_batches, self._kind):
            if batch.stored_at is None:
                begun.append(batch.batch_no)
            else:
                yield batch.batch_no, None
        while not self._closing():
            number, brought = await self._next(begun.pop() if begun else new_batch_number())
            if brought.empty:
                return
            yield number, brought

    async def acknowledge(self, batch_no: str) -> None:
        """Tell Specter that the batch is done with. Raises SpecterFailure, JournalError."""
        refusal: Refused | None = None
        try:
            await retry_call(
                self._account, lambda: self._wires.specter.acknowledge(self._kind, batch_no), self._closing
            )
        except BatchOpen:
            pass  # Another one is open, so this one is not: an earlier acknowledgement did arrive.
        except Refused as error:
            refusal = error
        await self._wires.journal(Journal.acknowledged, self._kind, batch_no)
        if refusal is not None:
            # Should it be open nevertheless, the next fetch is told so, and its rows come once more.
            raise refusal

    async def _next(self, number: str) -> tuple[str, B]:
        """The batch that is open, or a new one under this number; kept. An empty one: the queue is empty."""
        async with self._wires.fetch_barrier.fetching():
            await self._wires.journal(Journal.begin_batch, self._kind, number)
        number, brought = await self._open_or_new(number)
        await self._keep(number, brought)
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
            async with self._wires.fetch_barrier.fetching():
                return await self._fetch(number)

        return await retry_call(self._account, fetch, self._closing)

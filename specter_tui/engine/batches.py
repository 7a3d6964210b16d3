"""A queue of Specter's, emptied batch by batch: numbered, fetched, kept, used, and only then acknowledged.

A process that dies at any point leaves a journal that says where the next one goes on (wires: S-batches).
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from specter_tui.engine.account import Account
from specter_tui.engine.patience import patiently
from specter_tui.engine.wires import Wires
from specter_tui.journal.journal import Journal
from specter_tui.specter.batches import BatchKind, BatchOpen, new_batch_number
from specter_tui.specter.errors import Refused

R = TypeVar("R")


class Queue(Generic[R]):
    """One of the two queues. `fetch` reads a batch by its number; `keep` writes it down, empty ones too."""

    def __init__(
        self,
        wires: Wires,
        account: Account,
        kind: BatchKind,
        fetch: Callable[[str], Awaitable[Sequence[R]]],
        keep: Callable[[str, Sequence[R]], Awaitable[None]],
        closing: Callable[[], bool],
    ) -> None:
        self._wires = wires
        self._account = account
        self._kind: BatchKind = kind
        self._fetch = fetch
        self._keep = keep
        self._closing = closing

    async def batches(self) -> AsyncIterator[tuple[str, Sequence[R]]]:
        """Each batch, kept, until the queue is empty; the caller acknowledges it before it asks for the next.

        One that an earlier process kept comes first, without its rows. Raises SpecterFailure, JournalError.
        """
        begun: list[str] = []
        for batch in await self._wires.journal(Journal.open_batches, self._kind):
            if batch.stored_at is None:
                begun.append(batch.batch_no)
            else:
                yield batch.batch_no, ()
        while not self._closing():
            number, rows = await self._next(begun.pop() if begun else new_batch_number())
            if not rows:
                return
            yield number, rows

    async def acknowledge(self, batch_no: str) -> None:
        """Tell Specter that the batch is done with. Raises SpecterFailure, JournalError."""
        refusal: Refused | None = None
        try:
            await patiently(self._account, lambda: self._wires.specter.acknowledge(self._kind, batch_no), self._closing)
        except BatchOpen:
            pass  # Another one is open, so this one is not: an earlier acknowledgement did arrive.
        except Refused as error:
            refusal = error
        await self._wires.journal(Journal.acknowledged, self._kind, batch_no)
        if refusal is not None:
            # Should it be open nevertheless, the next fetch is told so, and its rows come once more.
            raise refusal

    async def _next(self, number: str) -> tuple[str, Sequence[R]]:
        """The batch that is open, or a new one under this number; kept. No rows: the queue is empty."""
        async with self._wires.gate.fetching():
            await self._wires.journal(Journal.begin_batch, self._kind, number)
        try:
            rows = await self._patiently(number)
        except BatchOpen as refusal:
            if refusal.open_number is None:
                raise
            number = refusal.open_number
            rows = await self._patiently(number)
        await self._keep(number, rows)
        return number, rows

    async def _patiently(self, number: str) -> Sequence[R]:
        async def fetch() -> Sequence[R]:
            async with self._wires.gate.fetching():
                return await self._fetch(number)

        return await patiently(self._account, fetch, self._closing)

"""Bringing Specter's number home to the shop's order: gathered, repeatable, and never over another number."""

import asyncio

from specter_tui.abicart.documents import Order
from specter_tui.abicart.errors import ShopError
from specter_tui.abicart.rpc import LARGEST_BATCH
from specter_tui.engine.messages import Notice
from specter_tui.engine.wires import Wires
from specter_tui.journal.errors import JournalError, SendingStopped
from specter_tui.journal.journal import Journal
from specter_tui.journal.records import Entry

_DUE_AT_ONCE = 500
_GATHER_SECONDS = 0.05
"""How long the first number waits for others, so that orders that end together share one call and one commit."""


class WriteBack:
    """Numbers gather for a moment, and while a call is under way, and go together."""

    def __init__(self, wires: Wires) -> None:
        self._wires = wires
        self._waiting: dict[int, tuple[str, asyncio.Future[Entry | None]]] = {}
        self._worker: asyncio.Task[None] | None = None

    def store(self, uid: int, number: str) -> asyncio.Future[Entry | None]:
        """Store the number on an order that was just read and showed none.

        The future has what the journal says of the order when the number is there, None when it is not.
        """
        done: asyncio.Future[Entry | None] = asyncio.get_running_loop().create_future()
        self._waiting[uid] = (number, done)
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._work())
        return done

    async def settle(self) -> None:
        """Store all numbers that are still due, each after a look at what the order shows now.

        Raises ShopError when the shop cannot be read, JournalError when the journal cannot.
        """
        due = {entry.uid: entry for entry in await self._wires.journal(Journal.due_write_backs, _DUE_AT_ONCE)}
        pending = []
        async for page in self._wires.shop.orders_by_uid(uid for uid in due if uid not in self._waiting):
            for order in page:
                entry = due[order.uid]
                if await self._may_store(order.external_order_number, entry) and isinstance(order, Order):
                    pending.append(self.store(order.uid, entry.specter_number or ""))
        await asyncio.gather(*pending)

    async def _may_store(self, shown: str, entry: Entry) -> bool:
        """Whether the order shows no number yet. One that shows ours is done; another is never overwritten."""
        if not shown:
            return True
        if shown == entry.specter_number:
            await self._wires.journal(Journal.write_back_done, entry.uid)
        else:
            await self._wires.journal(Journal.write_back_conflict, entry.uid, shown)
        return False

    async def finish(self) -> None:
        """Wait for what is under way."""
        if self._worker is not None:
            await self._worker

    async def _work(self) -> None:
        while self._waiting:
            await asyncio.sleep(_GATHER_SECONDS)
            lot = {uid: self._waiting.pop(uid) for uid in list(self._waiting)[:LARGEST_BATCH]}
            stored: dict[int, Entry] = {}
            try:
                stored = await self._store({uid: number for uid, (number, _) in lot.items()})
            finally:
                for uid, (_, done) in lot.items():
                    done.set_result(stored.get(uid))

    async def _store(self, numbers: dict[int, str]) -> dict[int, Entry]:
        """The orders whose number is stored. What failed stays due, and is tried again at the next look."""
        try:
            outcome = await self._wires.shop.write_back(numbers)
            stored = {uid: numbers[uid] for uid, error in outcome.items() if error is None}
            entries = await self._wires.journal(Journal.write_backs_stored, stored)
        except SendingStopped:
            return {}  # They stay due until sending goes on.
        except (ShopError, JournalError) as error:
            self._wires.tell(Notice("warning", f"{', '.join(numbers.values())}: {error}"))
            return {}
        for uid in outcome.keys() - stored.keys():
            self._wires.tell(Notice("warning", f"{numbers[uid]}: {outcome[uid]}"))
        return {entry.uid: entry for entry in entries}

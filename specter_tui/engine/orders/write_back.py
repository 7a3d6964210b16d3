"""Write Specter's numbers to the shop's orders: collected, repeatable, and never over another's number.

A corrected number replaces the one before it, and one that was taken back is removed, if the shop shows exactly that
number or none. A write counts only when the shop shows it.
"""

import asyncio

from specter_tui.abicart.errors import NotKept, RpcError, ShopError
from specter_tui.abicart.jsonrpc import LARGEST_BATCH
from specter_tui.abicart.models import Order
from specter_tui.engine.context import ShopContext
from specter_tui.engine.events import Notice
from specter_tui.engine.orders.shown_numbers import ShownNumbers, tell_conflict
from specter_tui.errors import ErrorText
from specter_tui.journal.errors import JournalError, SendingStopped
from specter_tui.journal.models import Entry
from specter_tui.journal.repositories.orders import Orders
from specter_tui.journal.repositories.write_backs import WriteBacks

_DUE_AT_ONCE = 500
_GATHER_SECONDS = 0.05
"""The first number's wait for others, so that orders that end together share one call and one commit."""


class NumberWriteBack:
    """Numbers are collected for a moment, and while a call is in flight, and sent together."""

    def __init__(self, context: ShopContext, numbers: ShownNumbers) -> None:
        self._context = context
        self._numbers = numbers
        self._written: set[int] = set()
        """Orders with a number that the shop says it stored, and that were not read since."""
        self._waiting: dict[int, tuple[str, asyncio.Future[Entry | None]]] = {}
        self._worker: asyncio.Task[None] | None = None

    def store(self, uid: int, number: str) -> asyncio.Future[Entry | None]:
        """Store the number on an order that was just read and showed none, or the one before it; empty removes it.

        The future gives the journal's entry when the shop shows the number, None when it does not.
        """
        done: asyncio.Future[Entry | None] = asyncio.get_running_loop().create_future()
        self._waiting[uid] = (number, done)
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._work())
        return done

    async def settle(self) -> None:
        """Store all numbers that are still due, each after reading the order's present number.

        Raises ShopError when the shop cannot be read, JournalError when the journal cannot.
        """
        due = {entry.uid: entry for entry in await self._context.journal(Orders.due_write_backs, _DUE_AT_ONCE)}
        pending = []
        async for page in self._context.shop.orders_by_uid(uid for uid in due if uid not in self._waiting):
            for order in page:
                entry = due[order.uid]
                if await self._may_store(order.external_order_number, entry) and isinstance(order, Order):
                    pending.append(self.store(order.uid, entry.specter_number or ""))
        await asyncio.gather(*pending)
        written, self._written = self._written, set()
        if written:
            await self._numbers.confirm(sorted(written))

    async def _may_store(self, shown: str, entry: Entry) -> bool:
        """Return whether there is a number to write, and none of another's to overwrite."""
        journal, ours = self._context.journal, entry.specter_number or ""
        if shown == ours:
            if ours:
                await journal(WriteBacks.done, entry.uid, ours)
            else:
                await journal(WriteBacks.cleared, [entry.uid])
        elif shown in ("", entry.shown_number):
            return True
        elif await journal(WriteBacks.conflict, entry.uid, shown, ours):
            tell_conflict(self._context, entry, shown)
        return False

    async def finish(self) -> None:
        """Wait for the write that is in flight."""
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
        """Store the numbers and return their orders' entries. A failed number stays due for the next poll."""
        try:
            outcome = await self._context.shop.write_back(numbers)
            shown = {uid: numbers[uid] for uid, error in outcome.items() if error is None}
            entries = await self._context.journal(
                WriteBacks.stored, {uid: number for uid, number in shown.items() if number}
            )
            self._written |= shown.keys()
            cleared = [uid for uid, number in shown.items() if not number]
            if cleared:
                await self._context.journal(WriteBacks.cleared, cleared)
            for uid in outcome.keys() - shown.keys():
                await self._not_stored(uid, numbers[uid], outcome[uid])
        except SendingStopped:
            return {}  # They stay due until sending is resumed.
        except (ShopError, JournalError) as error:
            which = ", ".join(filter(None, numbers.values()))
            self._context.emit(Notice("warning", ErrorText("about", what=which, why=error.message)))
            return {}
        return {entry.uid: entry for entry in entries}

    async def _not_stored(self, uid: int, number: str, error: ShopError | None) -> None:
        """Report a number that was not stored, which stays due; flag one that the shop does not clear, for a person."""
        if number and error is not None:
            self._context.emit(Notice("warning", ErrorText("about", what=number, why=error.message)))
        elif isinstance(error, RpcError | NotKept):
            entry = await self._context.journal(Orders.entry, uid)
            shown = (entry.shown_number if entry else None) or ""
            if await self._context.journal(WriteBacks.conflict, uid, shown, "") and entry is not None:
                tell_conflict(self._context, entry, shown)

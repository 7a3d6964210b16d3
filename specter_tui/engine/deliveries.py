"""Deliveries from Specter to the shop: a delivered order is marked as sent there; a cancelled one is only shown."""

import asyncio
from collections.abc import Callable, Sequence

from specter_tui.abicart.catalogue import Vanished
from specter_tui.abicart.errors import ShopError, ShopOutOfReach
from specter_tui.engine.account import Account
from specter_tui.engine.batches import Queue
from specter_tui.engine.holding import holding
from specter_tui.engine.messages import DeliveriesChanged
from specter_tui.engine.wires import Wires
from specter_tui.engine.wording import say
from specter_tui.journal.goods_records import Delivery
from specter_tui.journal.journal import Journal
from specter_tui.specter.order_reply import OrderStatus

LEASE = "deliveries"
_LOT = 100


class DeliverySync:
    """All bringing home of deliveries of this process; one pull at a time."""

    def __init__(self, wires: Wires, account: Account, closing: Callable[[], bool]) -> None:
        self._wires = wires
        self._closing = closing
        self._language = wires.settings.ui.language
        self._one_at_a_time = asyncio.Lock()
        self._queue: Queue[OrderStatus] = Queue(wires, account, "orders", self._fetch, self._keep, closing)

    async def pull(self) -> DeliveriesChanged:
        """Empty Specter's queue of orders, and mark in the shop what is delivered.

        Raises Busy, ShopError, SpecterFailure, JournalError; what is not done then is done the next time.
        """
        touched: set[str] = set()
        async with self._one_at_a_time, holding(self._wires, LEASE):
            async for number, brought in self._queue.batches():
                touched |= {status.specter_number for status in brought}
                # What a batch brought is in the journal by now: nothing of it is lost if the shop is out of reach.
                await self._queue.acknowledge(number)
            touched |= await self._mark_all()
        news = [one for one in await self._wires.journal(Journal.deliveries) if one.specter_number in touched]
        outcome = DeliveriesChanged(tuple(news))
        if news:
            self._wires.tell(outcome)
        return outcome

    async def _fetch(self, batch_no: str) -> Sequence[OrderStatus]:
        return (await self._wires.specter.order_batch(batch_no)).orders

    async def _keep(self, batch_no: str, rows: Sequence[OrderStatus]) -> None:
        await self._wires.journal(Journal.keep_batch, "orders", batch_no, rows)

    async def _mark_all(self) -> set[str]:
        """Mark everything that is due; the Specter numbers that were settled, one way or the other."""
        settled: set[str] = set()
        while not self._closing() and (due := await self._wires.journal(Journal.due_deliveries, _LOT)):
            settled |= await self._mark(due)
        return settled

    async def _mark(self, due: Sequence[Delivery]) -> set[str]:
        journal, problems, done = self._wires.journal, await self._objections(due), list[int]()
        outcome = await self._wires.catalogue.mark_sent([one.uid for one in due if one.uid not in problems])
        passing: ShopError | None = None
        for uid, error in outcome.items():
            if error is None:
                done.append(uid)
            elif isinstance(error, ShopOutOfReach):
                passing = error
            else:
                problems[uid] = self._gone if isinstance(error, Vanished) else str(error)
        await journal(Journal.deliveries_marked, done)
        for uid, problem in problems.items():
            await journal(Journal.delivery_refused, uid, problem)
        if passing is not None:
            raise passing
        return {one.specter_number for one in due}

    async def _objections(self, due: Sequence[Delivery]) -> dict[int, str]:
        """The orders that are not to be marked, and why: gone from the shop, or cancelled there."""
        problems = {one.uid: self._gone for one in due}
        async for page in self._wires.shop.orders_by_uid(one.uid for one in due):
            for order in page:
                if order.discarded:
                    problems[order.uid] = say("delivered_but_discarded", self._language)
                else:
                    problems.pop(order.uid, None)
        return problems

    @property
    def _gone(self) -> str:
        return say("vanished", self._language)

"""Deliveries from Specter to the shop: a delivered order is marked as sent; a cancelled one is only shown."""

import asyncio
from collections.abc import Callable, Sequence

from specter_tui.abicart.catalog import SENT, Vanished
from specter_tui.abicart.errors import ShopError, ShopOutOfReach
from specter_tui.abicart.models import Order
from specter_tui.engine.concurrency.lease_names import DELIVERIES
from specter_tui.engine.concurrency.named_leases import named_lease
from specter_tui.engine.context import ShopContext
from specter_tui.engine.events import DeliveriesChanged, Notice
from specter_tui.engine.outcome_texts import outcome_text
from specter_tui.engine.queues.batch_queue import QUEUE_FAILURES, BatchQueue, QueueFailure
from specter_tui.engine.specter_circuit import SpecterCircuit
from specter_tui.http.cancellable_reads import ReadCancelled
from specter_tui.journal.goods_models import DeliveryRecord
from specter_tui.journal.repositories.goods.batches import Batches
from specter_tui.journal.repositories.goods.deliveries import Deliveries
from specter_tui.specter.order_replies import OrderBatch

_LOT = 100


class DeliverySync:
    """All delivery updates of this process; one pull at a time."""

    def __init__(self, context: ShopContext, account: SpecterCircuit, closing: Callable[[], bool]) -> None:
        self._context = context
        self._closing = closing
        self._language = context.settings.ui.language
        self._one_at_a_time = asyncio.Lock()
        self._kept_by_others: set[str] = set()
        self.queue: BatchQueue[OrderBatch] = BatchQueue(context, account, "orders", self._fetch, self._keep, closing)

    async def pull(self) -> DeliveriesChanged:
        """Empty Specter's queue of orders, and mark delivered ones in the shop.

        Raises LeaseHeld, ShopError, SpecterFailure, JournalError; unfinished work is done the next time.
        """
        async with self._one_at_a_time, named_lease(self._context, DELIVERIES):
            touched, self._kept_by_others = self._kept_by_others, set()
            failure = await self._empty_queue(touched)
            # Known deliveries are marked whatever happened to the queue.
            left = await self._mark_all(touched)
        news = await self._context.journal(Deliveries.with_numbers, touched)
        outcome = DeliveriesChanged(tuple(news))
        if news:
            self._context.emit(outcome)
        for one in news:
            if one.sum_differs:
                self._tell_sum(one)
        for trouble in (failure, left):
            if trouble is not None:
                raise trouble
        return outcome

    async def _empty_queue(self, touched: set[str]) -> QueueFailure | None:
        """Store and acknowledge batch after batch; return the failure that ended it, if any."""
        try:
            async with self.queue.turn():
                async for number, brought in self.queue.batches():
                    touched |= {status.specter_number for status in brought.orders} if brought else set()
                    # The batch is in the journal now: nothing is lost if the shop is out of reach.
                    await self.queue.acknowledge(number)
        except ReadCancelled:
            raise
        except QUEUE_FAILURES as failure:
            return failure
        return None

    def _tell_sum(self, one: DeliveryRecord) -> None:
        text = outcome_text(
            "sum_differs",
            self._language,
            order=one.order_number,
            number=one.specter_number,
            shown=one.total,
            expected=one.expected,
        )
        self._context.emit(Notice("warning", text))

    async def _fetch(self, batch_no: str) -> OrderBatch:
        return await self._context.specter.order_batch(batch_no)

    async def _keep(self, batch_no: str, batch: OrderBatch, is_ours: bool) -> None:
        await self._context.journal(Batches.keep, "orders", batch_no, batch.orders, batch.unread, is_ours=is_ours)
        if not is_ours:
            self._kept_by_others |= {status.specter_number for status in batch.orders}

    async def _mark_all(self, touched: set[str]) -> ShopError | None:
        """Mark all due orders; return an error of those that the shop neither marked nor refused."""
        left: dict[int, ShopError] = {}
        while not self._closing():
            due = await self._context.journal(Deliveries.due, _LOT + len(left))
            some = [one for one in due if one.uid not in left][:_LOT]
            if not some:
                break
            left |= await self._mark(some)
            touched |= {one.specter_number for one in some if one.uid not in left}
        return next(iter(left.values()), None)

    async def _mark(self, due: Sequence[DeliveryRecord]) -> dict[int, ShopError]:
        """Mark these orders; return those that stay due, with the shop's error."""
        journal, problems, done = self._context.journal, await self._objections(due), list[int]()
        outcome = await self._context.catalogue.mark_sent([one.uid for one in due if one.uid not in problems])
        left: dict[int, ShopError] = {uid: error for uid, error in outcome.items() if isinstance(error, ShopOutOfReach)}
        async for page in self._context.shop.orders_by_uid(left):
            for order in page:
                if isinstance(order, Order) and order.delivery_status == SENT:
                    left.pop(order.uid, None)
        for uid, error in outcome.items():
            if error is not None and not isinstance(error, ShopOutOfReach):
                problems[uid] = self._gone if isinstance(error, Vanished) else error.message
            elif uid not in left:
                done.append(uid)
        await journal(Deliveries.marked, done)
        for uid, problem in problems.items():
            await journal(Deliveries.refused, uid, problem)
        return left

    async def _objections(self, due: Sequence[DeliveryRecord]) -> dict[int, str]:
        """Return the orders that must not be marked, with the reason: deleted in the shop, or cancelled there."""
        problems = {one.uid: self._gone for one in due}
        async for page in self._context.shop.orders_by_uid(one.uid for one in due):
            for order in page:
                if order.discarded:
                    problems[order.uid] = outcome_text("delivered_but_discarded", self._language)
                else:
                    problems.pop(order.uid, None)
        return problems

    @property
    def _gone(self) -> str:
        return outcome_text("vanished", self._language)

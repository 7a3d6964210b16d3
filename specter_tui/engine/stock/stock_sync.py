"""Stock from Specter to the shop: Specter's quantity less what is sold and not in Specter yet."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from specter_tui.engine.articles.catalog_index import CatalogIndex
from specter_tui.engine.concurrency.lease_names import STOCK
from specter_tui.engine.concurrency.named_leases import named_lease
from specter_tui.engine.context import ShopContext
from specter_tui.engine.events import StockApplied
from specter_tui.engine.queues.batch_queue import QUEUE_FAILURES, BatchQueue, QueueFailure
from specter_tui.engine.retry_call import retry_call, slept
from specter_tui.engine.specter_circuit import SpecterCircuit
from specter_tui.engine.stock.stock_writer import StockWriter
from specter_tui.http.cancellable_reads import ReadCancelled
from specter_tui.journal.goods_models import UnknownStock
from specter_tui.journal.repositories.cursors import Cursors
from specter_tui.journal.repositories.goods.batches import Batches
from specter_tui.journal.repositories.goods.sent_articles import SentArticles
from specter_tui.journal.repositories.goods.stock import StockLevels
from specter_tui.journal.repositories.goods.stock_rows import StockRows
from specter_tui.specter.batch_calls import new_batch_number
from specter_tui.specter.stock_replies import StockBatch

_HELD, _SITES = "stock_held", "stock_sites"
_MOST_ROUNDS = 5
_GLANCE = 1.0


@dataclass(slots=True)
class _Pulled:
    """The progress of a pull."""

    batches: int = 0
    rows: int = 0
    complete: bool = True


class StockSync:
    """All stock updates of this process; one pull at a time.

    `held` is the unsent quantity by article number; `look` polls the orders if the last poll is long ago.
    """

    def __init__(
        self,
        context: ShopContext,
        account: SpecterCircuit,
        catalog: CatalogIndex,
        held: Callable[[], Mapping[str, Decimal]],
        look: Callable[[], Awaitable[None]],
        closing: Callable[[], bool],
    ) -> None:
        self._context = context
        self._account = account
        self._catalog = catalog
        self._held = held
        self._look = look
        self._closing = closing
        self._one_at_a_time = asyncio.Lock()
        self._ignored: list[str] = []
        self.queue: BatchQueue[StockBatch] = BatchQueue(context, account, "stock", self._fetch, self._keep, closing)

    async def pull(self, *, everything: bool = False) -> StockApplied:
        """Empty Specter's queue and write its stock, and stock changed by orders, to the shop.

        With `everything`, Specter is first asked to queue all its stock. Raises LeaseHeld, ShopError, SpecterFailure,
        JournalError; batches that are then not acknowledged are fetched again.
        """
        async with self._one_at_a_time, named_lease(self._context, STOCK):
            writing = StockWriter(self._context, self._catalog, self._held)
            self._ignored.clear()
            await self._mark_for_settings()
            await self._mark_for_shelves()
            # Unsent orders must be known before anything is written, also where Specter has no changes.
            await self._look()
            done = _Pulled()
            failure = await self._empty_queue(writing, done, everything=everything)
            # Stock changed by orders is written whatever happened to the queue.
            await self._write_all(writing)
            outcome = StockApplied(
                batches=done.batches,
                rows=done.rows,
                written=writing.written,
                unchanged=writing.unchanged,
                unknown=await self._unknown(),
                ignored=tuple(self._ignored),
                complete=done.complete and failure is None and not self._closing(),
                for_person=tuple(await self._context.journal(StockRows.listed)),
            )
        writing.finish()
        self._context.emit(outcome)
        if failure is not None:
            raise failure
        return outcome

    async def _empty_queue(self, writing: StockWriter, done: _Pulled, *, everything: bool) -> QueueFailure | None:
        """Apply and acknowledge batch after batch; return the failure that ended it, if any."""
        try:
            # Stock that another shop fetched for this one is written while that shop still works.
            while self.queue.busy:
                await self._write_all(writing)
                if not await slept(_GLANCE, self._closing):
                    return None
            async with self.queue.turn():
                if everything:
                    await retry_call(self._account, self._queue_all, self._closing)
                async for number, brought in self.queue.batches():
                    done.batches += 1
                    done.rows += 0 if brought is None else len(brought.rows) + len(brought.unread)
                    await self._look()
                    await self._write_all(writing)
                    done.complete = await self._all_written(number, writing)
                    if self._closing() or not done.complete:
                        break
                    await self.queue.acknowledge(number)
        except ReadCancelled:
            raise
        except QUEUE_FAILURES as failure:
            return failure
        return None

    async def _unknown(self) -> tuple[UnknownStock, ...]:
        """Return the stock without a place in the shop, except where another shop on the queue has the number."""
        unknown: list[UnknownStock] = []
        async for page in self._unknown_pages():
            missing = [one.article_number for one in page if one.why == "not_in_shop"]
            elsewhere = await self.queue.placed_beside(missing) if missing else frozenset()
            unknown += (one for one in page if one.why != "not_in_shop" or one.article_number not in elsewhere)
        return tuple(unknown)

    async def _unknown_pages(self) -> AsyncIterator[list[UnknownStock]]:
        """Read the stock without a place in the shop, page by page: there may be any number of it."""
        after = ""
        while page := await self._context.journal(StockLevels.unknown, after):
            yield page
            after = page[-1].article_number

    async def _fetch(self, batch_no: str) -> StockBatch:
        batch = await self._context.specter.stock_batch(batch_no)
        self._ignored += batch.ignored
        return batch

    async def _keep(self, batch_no: str, batch: StockBatch, is_ours: bool) -> None:
        await self._context.journal(Batches.keep, "stock", batch_no, batch.rows, batch.unread, is_ours=is_ours)
        # An article with stock in a batch is a stock article in Specter, however it was sent.
        await self._context.journal(SentArticles.have_stock, {row.article_number for row in batch.rows})

    async def _write_all(self, writing: StockWriter) -> None:
        await self._mark_for_orders()
        await writing.all(self._closing)

    async def _queue_all(self) -> None:
        await self._context.specter.queue_all_stock(new_batch_number())

    async def _all_written(self, batch_no: str, writing: StockWriter) -> bool:
        """Return whether nothing of a batch is left to write: another program may mark an article again meanwhile."""
        for _ in range(_MOST_ROUNDS):
            left = [one.left for one in await self._context.journal(Batches.open, "stock") if one.batch_no == batch_no]
            if not any(left):
                return True
            await writing.all(self._closing)
        return False

    async def _mark_for_orders(self) -> None:
        """Mark the articles whose unsent quantity has changed since the last time."""
        journal, held = self._context.journal, {number: str(quantity) for number, quantity in self._held().items()}
        kept = await journal(Cursors.get, _HELD)
        before: dict[str, str] = json.loads(kept) if kept else {}
        changed = [number for number in held.keys() | before.keys() if held.get(number) != before.get(number)]
        if changed:
            await journal(StockLevels.mark_to_write, changed)
            await journal(Cursors.set, _HELD, json.dumps(held))

    async def _mark_for_settings(self) -> None:
        """Mark all articles if STOCK__SITES has changed."""
        journal, sites = self._context.journal, json.dumps(sorted(self._context.settings.stock.sites))
        if await journal(Cursors.get, _SITES) != sites:
            await journal(StockLevels.mark_to_write, None)
            await journal(Cursors.set, _SITES, sites)

    async def _mark_for_shelves(self) -> None:
        """Mark articles that the shop lacked or did not keep, and that can be written now."""
        await self._catalog.follow()
        async for page in self._unknown_pages():
            unknown = [one.article_number for one in page]
            await self._catalog.know(unknown)  # A program that begins knows no catalog entry yet.
            if found := [number for number in unknown if self._catalog.fit(number)]:
                await self._context.journal(StockLevels.mark_to_write, found)

"""Poll the shop every WATCH__INTERVAL, and in auto mode export the ready orders."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from specter_tui.abicart.errors import ShopError, ShopRefusesUs
from specter_tui.engine.articles.number_list import ShopNumberList
from specter_tui.engine.concurrency.lease_names import AUTO_EXPORT
from specter_tui.engine.context import ShopContext
from specter_tui.engine.emergency_stop import EmergencyStop
from specter_tui.engine.events import AutoChanged, CountGap, ExportEnded, Notice, ReachChanged
from specter_tui.engine.monitoring.overdue import OverdueNews, overdue_text
from specter_tui.engine.orders.exporter import ExportRequest, OrderExporter
from specter_tui.engine.orders.first_scan import LOOKS_TO_ACCEPT, FirstScan, wait_for_second_look
from specter_tui.engine.orders.missing_articles import MissingArticles
from specter_tui.engine.orders.order_index import OrderIndex
from specter_tui.engine.orders.retry_policy import is_retry_due
from specter_tui.engine.orders.scanner import OrderScanner
from specter_tui.engine.orders.write_back import NumberWriteBack
from specter_tui.engine.outcome_texts import outcome_text
from specter_tui.engine.specter_circuit import SpecterCircuit, back_off
from specter_tui.http.cancellable_reads import ReadCancelled
from specter_tui.journal.errors import JournalError
from specter_tui.journal.models import LeaseHolder, LeaseTaken
from specter_tui.journal.repositories.claims import Claims
from specter_tui.journal.repositories.cursors import Cursors
from specter_tui.journal.repositories.leases import Leases
from specter_tui.journal.repositories.orders import Orders
from specter_tui.journal.repositories.overdue import OverdueWork
from specter_tui.journal.repositories.restore_repair import RestoreRepair

BEGUN = "registered_begun"
"""Name of the cursor which says that orders were sent automatically before."""
MOST_AT_FIRST = 20
"""The most ready orders that the first start of `registered` sends without asking."""
_SERVICE = "service"
"""The kind of a program that holds the lease without an operator."""
_OLD_SECONDS = 10.0
T = TypeVar("T")


class AutoExport:
    """The engine's periodic work. One process at a time exports automatically: the holder of the lease `watch`."""

    def __init__(
        self,
        context: ShopContext,
        account: SpecterCircuit,
        order_index: OrderIndex,
        look: OrderScanner,
        export: OrderExporter,
        write_back: NumberWriteBack,
        stopping: EmergencyStop,
    ) -> None:
        self._context = context
        self._account = account
        self._order_index = order_index
        self._look = look
        self._export = export
        self._write_back = write_back
        self._stopping = stopping
        self._missing = MissingArticles(context, order_index)
        self._share = context.shared.share
        self._wake = asyncio.Event()
        self._failures = 0
        self._overdue = OverdueNews()
        self._told_shop: ReachChanged | None = None
        self.looked_at: float | None = None
        self._followers: list[asyncio.Event] = []
        self.numbers: ShopNumberList | None = None
        """The list of article numbers; an order with a shared number is held back."""
        self.restore_card: Callable[[], Awaitable[None]] | None = None
        """Puts a customer's card right on which a probe that was killed left a test address."""
        self.before_orders: Callable[[], Awaitable[None]] | None = None
        """Run in each turn before orders are sent: exports articles, so that Specter knows them."""
        self.auto = False
        self.runs = False
        """True if its turns run automatically."""
        self.turned_at = time.monotonic()
        """The time when the last turn began (monotonic)."""
        self.agreed: int | None = None
        """The number of ready orders that a person confirmed at the first start of `registered`."""
        self._begun = False
        self._waits_for = 0
        self._holds = False
        """True if this process holds the lease `watch`."""
        self.other = ""
        """The other process that holds the lease `watch`: a service by its host, else operator@host."""

    @property
    def may_export(self) -> bool:
        """True if the settings allow orders to be sent."""
        order = self._context.settings.order
        return order.export != "inactive" and order.export_run != "inactive"

    def set_auto(self, *, on: bool) -> None:
        """Turn auto mode on or off, and poll at once."""
        self.auto = on and self.may_export
        self._begun = self._begun or self.auto  # A person has seen what it sends.
        self._context.emit(AutoChanged(self.auto, self.other))
        self.wake()

    async def give_lease_back(self) -> None:
        """If auto mode is off, release the lease, and read which process has it. Raises JournalError."""
        if self.auto:
            return
        if self._holds:
            self._holds = False
            await self._context.journal(Leases.drop, AUTO_EXPORT)
        self._see(await self._context.journal(Leases.holder, AUTO_EXPORT))

    def wake(self) -> None:
        """Poll now instead of at the end of the pause."""
        self._wake.set()

    async def look(self, next_at: datetime) -> None:
        """Poll, and read which process exports automatically; nothing is written. Raises ShopError, JournalError."""
        await self.poll(next_at=next_at)
        await self.give_lease_back()

    async def run(self) -> None:
        """Run turn after turn, until the engine shuts down."""
        self.runs = True
        while not self._export.closing:
            thorough = self._wake.is_set()
            self._wake.clear()
            pause = await self._turn_or_pause(thorough=thorough)
            try:
                await asyncio.wait_for(self._wake.wait(), pause)
            except TimeoutError:
                continue
        if self.auto:
            await self._context.journal(Leases.drop, AUTO_EXPORT)
        if self._share is not None:
            await self._share.sign_out(self._context.journal)

    async def _turn_or_pause(self, *, thorough: bool) -> float:
        """Run one turn; return the seconds to wait before the next, longer after each failure."""
        self.turned_at = time.monotonic()
        interval = self._context.settings.watch.interval.total_seconds()
        next_at = datetime.now(UTC) + timedelta(seconds=interval)
        try:
            if self._share is not None and not await self._share.take(
                self._context.journal, self._context.settings.watch.interval
            ):
                return interval
            await self.turn(thorough=thorough, next_at=next_at)
        except ShopError:
            self._failures += 1
            pause = max(interval, back_off(self._failures))
            await self._let_others_try(pause)
            return pause
        except JournalError as error:
            self._context.emit(Notice("error", error.message))
            return max(interval, back_off(self._failures))
        self._failures = 0
        return interval

    async def _let_others_try(self, pause: float) -> None:
        """Release the shop, since another worker may reach it when this one cannot."""
        if self._share is not None:
            with suppress(JournalError):  # Then no worker can use this journal.
                await self._share.release(self._context.journal, timedelta(seconds=pause))

    async def turn(self, *, thorough: bool = False, next_at: datetime | None = None) -> list[ExportEnded]:
        """Poll, send articles, send orders in auto mode, write numbers back. Raises ShopError, JournalError."""
        await self._context.journal(RestoreRepair.enter_unrecorded)
        await self._context.journal(Claims.expire_leases)
        await self.poll(thorough=thorough, next_at=next_at)
        if self.restore_card is not None:
            await self.restore_card()
        await self._stopping.look()
        await self._account.refresh(test_first=True)
        if self.before_orders is not None:
            await self.before_orders()
        await self._hold_back_shared_numbers(next_at)
        ended = []
        await self.give_lease_back()
        if self.auto and self._stopping.stop is None and await self._has_lease() and self.auto:
            ended = await self._export_by_itself()
        if self._stopping.stop is None:
            await self._write_back.settle()
        await self._tell_overdue()
        return ended

    async def _tell_overdue(self) -> None:
        """Report stalled work, each kind once, after the delay of alerts."""
        settings = self._context.settings
        found = await self._context.journal(OverdueWork.found)
        for one in self._overdue.news(found, datetime.now(UTC) - settings.alert.after):
            self._context.emit(Notice("warning", overdue_text(one, settings.ui.language, self._context.zone)))

    async def _hold_back_shared_numbers(self, next_at: datetime | None) -> None:
        """Read the open orders again if an article number of theirs has become shared, or no longer is."""
        if self.numbers is None or not self.may_export:
            return
        # Only a long-running process polls again: a single turn may use the list that another has read.
        changed = await self.numbers.freshen(watching=next_at is not None)
        if self._order_index.has_goods(changed):
            await self.poll(thorough=True, next_at=next_at)

    async def poll(self, *, thorough: bool = False, next_at: datetime | None = None) -> None:
        """Poll the shop, and report whether it answers. Raises ShopError, JournalError.

        If no further poll is planned, an uncertain first poll is repeated later.
        """
        await self._look_once(thorough=thorough, next_at=next_at)
        if next_at is None and not self._look.first.believed:
            await wait_for_second_look()
            await self._look_once(thorough=thorough, next_at=next_at)

    @property
    def first_look(self) -> FirstScan:
        """The first poll's count and orders."""
        return self._look.first

    async def accept_count(self, reason: str, seen: CountGap | None) -> bool:
        """Accept that the shop's count differs from the orders that agreeing polls found.

        False where there is no difference. `seen` is the difference that the person was shown; another one is not
        accepted.
        """
        first = self._look.first
        await self._look_once(thorough=True, next_at=None)
        for _ in range(1, LOOKS_TO_ACCEPT):
            if first.believed or first.gap is not None:
                break
            await wait_for_second_look()
            await self._look_once(thorough=True, next_at=None)
        gap = first.gap
        if gap is None or (seen is not None and gap.counted - gap.found != seen.counted - seen.found):
            return False
        await self._look.accept(gap, reason)
        await self._look_once(thorough=True, next_at=None)
        return True

    async def look_for(self, words: Iterable[str]) -> None:
        """Read the orders that a person named; if one is not found so, poll.

        A known difference between the shop's count and the orders is reported without a poll. Raises ShopError,
        JournalError.
        """
        found = [await self._reached(self._look.at_one(word)) for word in words]
        if not all(found):
            await self.poll()
        else:
            await self._look.tell_difference()

    async def _look_once(self, *, thorough: bool, next_at: datetime | None) -> None:
        await self._reached(self._look(thorough=thorough, next_at=next_at))
        self.looked_at = time.monotonic()
        for looked in self._followers:
            looked.set()

    async def _reached(self, reading: Awaitable[T]) -> T:
        """Return the result of reading the shop, and report whether it answers. Raises ShopError, JournalError."""
        try:
            read = await reading
        except ReadCancelled:
            raise
        except ShopError as error:
            refused = isinstance(error, ShopRefusesUs)
            self._tell_shop(ReachChanged("shop", "refused" if refused else "out_of_reach", error.message, refused))
            raise
        self._tell_shop(ReachChanged("shop", "ok"))
        return read

    def follow_polls(self) -> asyncio.Event:
        """Return a new event that is set after every successful poll."""
        looked = asyncio.Event()
        self._followers.append(looked)
        return looked

    async def poll_if_old(self) -> None:
        """Poll the shop if the last poll is ten seconds old. Raises ShopError, JournalError."""
        if self.looked_at is None or time.monotonic() - self.looked_at > _OLD_SECONDS:
            await self.poll()

    async def export_all(self) -> list[ExportEnded]:
        """Export every order that is ready, due, or safe to repeat, by the order index. Raises ShopError."""
        now = datetime.now(UTC)
        uids = [view.uid for view in self._order_index.open if is_retry_due(view, now)]
        return await self._export.run(ExportRequest(uids)) if uids else []

    async def _export_by_itself(self) -> list[ExportEnded]:
        """Export what auto mode sends, including refused orders whose missing article came to Specter."""
        if not await self._may_begin():
            return []
        ended = await self.export_all()
        articles = await self._missing.that_came()
        return ended + (await self._export.run(ExportRequest(tuple(articles), articles=articles)) if articles else [])

    async def _may_begin(self) -> bool:
        """Return whether orders may be sent automatically.

        At the first start a wrong ORDER__SINCE would send orders that another program has sent already.
        """
        if self._begun:
            return True
        journal = self._context.journal
        ready = sum(view.state == "ready" for view in self._order_index.open)
        is_known = await journal(Cursors.get, BEGUN) is not None or await self._has_exported_many()
        if is_known or self._may_go(ready):
            await self.begin()
            return True
        # Until a poll is believed, the difference from the shop's count is reported instead.
        if self.first_look.believed and ready != self._waits_for:
            self._waits_for = ready
            values = {"count": ready, "since": self._context.settings.order.since}
            self._context.emit(
                Notice("warning", outcome_text("first_start", self._context.settings.ui.language, **values))
            )
        return False

    def _may_go(self, ready: int) -> bool:
        """Return whether this number is small, or confirmed by a person; orders not found yet may be ready, too."""
        first = self.first_look
        if first.believed:
            return ready <= MOST_AT_FIRST or ready == self.agreed
        return first.counted is not None and ready + max(0, first.counted - first.found) <= MOST_AT_FIRST

    async def _has_exported_many(self) -> bool:
        return (await self._context.journal(Orders.counts)).get("exported", 0) > MOST_AT_FIRST

    async def begin(self) -> bool:
        """Allow automatic sending from now on; False where it was allowed already. Raises JournalError."""
        self._begun = True
        if self._context.settings.order.export != "registered":
            return False
        if await self._context.journal(Cursors.get, BEGUN) is not None:
            return False
        await self._context.journal(Cursors.set, BEGUN, datetime.now(UTC).isoformat())
        return True

    async def agree(self, count: int) -> None:
        """Confirm exactly this number of ready orders at the first start."""
        self.agreed = count
        self.wake()

    async def _has_lease(self) -> bool:
        kind = "" if self._context.shared.keeps_done else _SERVICE
        taken = await self._context.journal(Leases.take, AUTO_EXPORT, self._lease, kind)
        self._holds = isinstance(taken, LeaseTaken)
        self._see(None if isinstance(taken, LeaseTaken) else taken)
        return self._holds

    def _see(self, holder: LeaseHolder | None) -> None:
        other = "" if holder is None else holder.operator
        if holder is not None and holder.kind == _SERVICE:
            host = holder.operator.rpartition("@")[2]
            other = outcome_text("service_on", self._context.settings.ui.language, host=host)
        if other != self.other:
            self.other = other
            self._context.emit(AutoChanged(self.auto, other))

    @property
    def _lease(self) -> timedelta:
        return 3 * self._context.settings.watch.interval + timedelta(minutes=2)

    def _tell_shop(self, message: ReachChanged) -> None:
        if message != self._told_shop:
            self._told_shop = message
            self._context.emit(message)

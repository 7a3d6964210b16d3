"""Watching the shop: a look every WATCH__INTERVAL, and in auto mode the export of what is ready."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from specter_tui.abicart.errors import ShopError, ShopRefusesUs
from specter_tui.engine.articles.number_list import ShopNumberList
from specter_tui.engine.context import ShopContext
from specter_tui.engine.emergency_stop import EmergencyStop
from specter_tui.engine.events import AutoChanged, CountGap, ExportEnded, Notice, ReachChanged
from specter_tui.engine.lease_names import AUTO_EXPORT
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
from specter_tui.journal.journal import Journal

BEGUN = "registered_begun"
"""Name of the cursor that says that orders were let go by themselves once."""
MOST_AT_FIRST = 20
"""Ready orders that the first start of `registered` sends without asking."""
_SERVICE = "service"
"""Kind of program that holds the lease without a person before it."""
_OLD_SECONDS = 10.0
T = TypeVar("T")


class AutoExport:
    """The engine's own turn of work. One process at a time exports by itself; the lease `watch` says which."""

    def __init__(
        self,
        context: ShopContext,
        account: SpecterCircuit,
        book: OrderIndex,
        look: OrderScanner,
        export: OrderExporter,
        write_back: NumberWriteBack,
        stopping: EmergencyStop,
    ) -> None:
        self._context = context
        self._account = account
        self._book = book
        self._look = look
        self._export = export
        self._write_back = write_back
        self._stopping = stopping
        self._missing = MissingArticles(context, book)
        self._share = context.shared.share
        self._wake = asyncio.Event()
        self._failures = 0
        self._overdue = OverdueNews()
        self._told_shop: ReachChanged | None = None
        self.looked_at: float | None = None
        self._followers: list[asyncio.Event] = []
        self.numbers: ShopNumberList | None = None
        """The list of article numbers, by which an order with a shared one is held back."""
        self.before_orders: Callable[[], Awaitable[None]] | None = None
        """What is done in each turn before orders are sent: their articles, so that Specter knows them."""
        self.auto = False
        self.turned_at = time.monotonic()
        """When the last turn began, by the monotonic clock."""
        self.agreed: int | None = None
        """How many ready orders a person let go at the first start of `registered`."""
        self._begun = False
        self._waits_for = 0
        self._holds = False
        """Whether this process holds the lease `watch`."""
        self.other = ""
        """Which other process holds the lease `watch`: a service by its host, else as operator@host."""

    @property
    def may_export(self) -> bool:
        """Whether the settings let anything be sent."""
        order = self._context.settings.order
        return order.export != "inactive" and order.export_run != "inactive"

    def set_auto(self, *, on: bool) -> None:
        """Turn auto mode on or off, and look at once."""
        self.auto = on and self.may_export
        self._begun = self._begun or self.auto  # a person has seen what it sends.
        self._context.emit(AutoChanged(self.auto, self.other))
        self.wake()

    async def give_lease_back(self) -> None:
        """Where auto mode is off, let another process export, and see which one does. Raises JournalError."""
        if self.auto:
            return
        if self._holds:
            self._holds = False
            await self._context.journal(Journal.drop_lease, AUTO_EXPORT)
        holder: str | None = await self._context.journal(Journal.lease_holder, AUTO_EXPORT)
        self._see(holder or "")

    def wake(self) -> None:
        """Look now instead of at the end of the pause."""
        self._wake.set()

    async def run(self) -> None:
        """Turn after turn, until the engine is closing."""
        while not self._export.closing:
            thorough = self._wake.is_set()
            self._wake.clear()
            pause = await self._turn_or_pause(thorough=thorough)
            try:
                await asyncio.wait_for(self._wake.wait(), pause)
            except TimeoutError:
                continue
        if self.auto:
            await self._context.journal(Journal.drop_lease, AUTO_EXPORT)
        if self._share is not None:
            await self._share.sign_out(self._context.journal)

    async def _turn_or_pause(self, *, thorough: bool) -> float:
        """One turn; the seconds to wait before the next, longer after each that failed."""
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
            self._context.emit(Notice("error", str(error)))
            return max(interval, back_off(self._failures))
        self._failures = 0
        return interval

    async def _let_others_try(self, pause: float) -> None:
        """Another worker may reach the shop that this one cannot."""
        if self._share is not None:
            with suppress(JournalError):  # then nobody can do anything with this journal.
                await self._share.release(self._context.journal, timedelta(seconds=pause))

    async def turn(self, *, thorough: bool = False, next_at: datetime | None = None) -> list[ExportEnded]:
        """Look, send articles, then orders in auto mode, bring numbers home. Raises ShopError, JournalError."""
        await self._context.journal(Journal.enter_unrecorded)
        await self._context.journal(Journal.expire_leases)
        await self.poll(thorough=thorough, next_at=next_at)
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
        """Say, once each, what has stood still for as long as alerts wait."""
        settings = self._context.settings
        found = await self._context.journal(Journal.overdue)
        for one in self._overdue.news(found, datetime.now(UTC) - settings.alert.after):
            self._context.emit(Notice("warning", overdue_text(one, settings.ui.language, self._context.zone)))

    async def _hold_back_shared_numbers(self, next_at: datetime | None) -> None:
        """Where other article numbers are shared by now, read the open orders again."""
        if self.numbers is None or not self.may_export:
            return
        # Only a process that goes on has a next look: a single turn may take the list that another has read.
        changed = await self.numbers.freshen(watching=next_at is not None)
        if self._book.has_goods(changed):
            await self.poll(thorough=True, next_at=next_at)

    async def poll(self, *, thorough: bool = False, next_at: datetime | None = None) -> None:
        """Look at the shop, and tell whether it answers. Raises ShopError, JournalError.

        Where no other look is planned, one that cannot be believed by itself is made again, later.
        """
        await self._look_once(thorough=thorough, next_at=next_at)
        if next_at is None and not self._look.first.believed:
            await wait_for_second_look()
            await self._look_once(thorough=thorough, next_at=next_at)

    @property
    def first_look(self) -> FirstScan:
        """What was counted and found when the first look was made."""
        return self._look.first

    async def accept_count(self, reason: str, seen: CountGap | None) -> bool:
        """Accept that the shop's count differs from what looks that agree found. False where there is no such thing.

        `seen`: what the person was shown; another difference than that is not accepted.
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
        """Bring the book up to date for these orders alone, each named by a person; where that finds none, look.

        What is known of a difference between the shop's count and the orders found is told without a look.

        Raises ShopError, JournalError.
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
        """What was read of the shop; tells whether it answers. Raises ShopError, JournalError."""
        try:
            read = await reading
        except ReadCancelled:
            raise
        except ShopError as error:
            refused = isinstance(error, ShopRefusesUs)
            self._tell_shop(ReachChanged("shop", "refused" if refused else "out_of_reach", str(error), refused))
            raise
        self._tell_shop(ReachChanged("shop", "ok"))
        return read

    def follow_polls(self) -> asyncio.Event:
        """An event of the caller's own, set after every look that went well."""
        looked = asyncio.Event()
        self._followers.append(looked)
        return looked

    async def poll_if_old(self) -> None:
        """Look at the shop if that was not done for ten seconds. Raises ShopError, JournalError."""
        if self.looked_at is None or time.monotonic() - self.looked_at > _OLD_SECONDS:
            await self.poll()

    async def export_all(self) -> list[ExportEnded]:
        """Export every order that is ready, due, or safe to repeat, as the book has them. Raises ShopError."""
        now = datetime.now(UTC)
        uids = [view.uid for view in self._book.open if is_retry_due(view, now)]
        return await self._export.run(ExportRequest(uids)) if uids else []

    async def _export_by_itself(self) -> list[ExportEnded]:
        """What auto mode sends, refused orders whose missing article came to Specter among it."""
        if not await self._may_begin():
            return []
        ended = await self.export_all()
        articles = await self._missing.that_came()
        return ended + (await self._export.run(ExportRequest(tuple(articles), articles=articles)) if articles else [])

    async def _may_begin(self) -> bool:
        """Whether orders may go by themselves: at the first start a wrong ORDER__SINCE would send what others sent."""
        if self._begun:
            return True
        journal = self._context.journal
        ready = sum(view.state == "ready" for view in self._book.open)
        is_few = ready <= MOST_AT_FIRST or ready == self.agreed
        if is_few or await journal(Journal.cursor, BEGUN) is not None or await self._has_exported_many():
            await self.begin()
            return True
        if ready != self._waits_for:
            self._waits_for = ready
            values = {"count": ready, "since": self._context.settings.order.since}
            self._context.emit(
                Notice("warning", outcome_text("first_start", self._context.settings.ui.language, **values))
            )
        return False

    async def _has_exported_many(self) -> bool:
        return (await self._context.journal(Journal.counts)).get("exported", 0) > MOST_AT_FIRST

    async def begin(self) -> bool:
        """Let orders go by themselves from now on; False where they did already. Raises JournalError."""
        self._begun = True
        if self._context.settings.order.export != "registered":
            return False
        if await self._context.journal(Journal.cursor, BEGUN) is not None:
            return False
        await self._context.journal(Journal.set_cursor, BEGUN, datetime.now(UTC).isoformat())
        return True

    async def agree(self, count: int) -> None:
        """Let so many ready orders go at the first start, and no other number of them."""
        self.agreed = count
        self.wake()

    async def _has_lease(self) -> bool:
        kind = "" if self._context.shared.keeps_done else _SERVICE
        held_by = await self._context.journal(Journal.take_lease, AUTO_EXPORT, self._lease, kind)
        self._holds = held_by is None
        self._see(held_by or "")
        return self._holds

    def _see(self, holder: str) -> None:
        is_service = holder.startswith(f"{_SERVICE}:")
        host = holder.rpartition("@")[2]
        other = outcome_text("service_on", self._context.settings.ui.language, host=host) if is_service else holder
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

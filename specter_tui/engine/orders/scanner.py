"""Poll the shop: every placed order is found once, whatever changes meanwhile (wires: A-finding)."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Literal, TypeVar

from specter_tui.abicart.errors import RpcError
from specter_tui.abicart.models import Order, OrderHead, UnreadableOrder, as_placed
from specter_tui.engine.context import ShopContext
from specter_tui.engine.events import CountDiffered, CountGap, Notice, PollFinished, Progress, ShopCount
from specter_tui.engine.orders.first_scan import Accepted, FirstScan, Found, counted_in
from specter_tui.engine.orders.order_index import OrderIndex
from specter_tui.engine.orders.order_views import DONE
from specter_tui.engine.orders.reference_data import ReferenceData
from specter_tui.engine.orders.seen_versions import SeenVersions
from specter_tui.engine.orders.shown_numbers import ShownNumbers
from specter_tui.engine.outcome_texts import outcome_text
from specter_tui.journal.errors import NumberTaken
from specter_tui.journal.models import ShopOrder, State
from specter_tui.journal.repositories.cursors import COUNT_ACCEPTED, Cursors
from specter_tui.journal.repositories.operator_decisions import OperatorDecisions
from specter_tui.journal.repositories.orders import Orders
from specter_tui.journal.safety.operators import current_operator
from specter_tui.text.sanitize import uid_in

OVERLAP = timedelta(minutes=10)
"""The part of a poll's window that the next poll reads again."""
_THOROUGH_SECONDS = 600
_FEW = 5
_INVALID_PARAMS = -32602
_DIFFERS = "count_differs"
"""Name of the cursor with the difference that the last first poll found."""
Page = list[Order | UnreadableOrder]
By = Literal["ordered", "changed"]
T = TypeVar("T")
_UNDECIDED: tuple[State, ...] = ("sending", "retry_later", "unknown", "refused", "exists")


class OrderScanner:
    """Reads the unread windows of time, with overlap, up to a fixed end by the shop's clock.

    The first poll of a process begins where the last one ended, or at the oldest order that was open then.
    """

    def __init__(
        self, context: ShopContext, reference: ReferenceData, order_index: OrderIndex, numbers: ShownNumbers
    ) -> None:
        self._context = context
        self._reference = reference
        self._order_index = order_index
        self._numbers = numbers
        self._until: datetime | None = None
        self._thorough_at: float | None = None
        self._one_at_a_time = asyncio.Lock()
        self._seen: set[int] = set()
        """Orders that this poll found."""
        self._read_before = SeenVersions()
        self._outside: set[int] = set()
        """Orders in a window of `ordered` that were out of scope."""
        self._since: datetime | None = None
        self._count: ShopCount | None = None
        self._known = 0
        self._warned = False
        self.first = FirstScan()
        self._unnamed: list[datetime] = []
        """For each order without a uid, the time from which the next poll reads again: it may have one then."""
        self._unnamed_told = 0
        self._shown: set[int] = set()
        """Orders that this poll found by `ordered`."""
        self._doubt = ""
        self._placed: dict[int, datetime | None] = {}
        """Placing times of a first poll's orders, until it is believed."""

    async def __call__(self, *, thorough: bool = False, next_at: datetime | None = None) -> None:
        """Update the order index; a `thorough` poll reads open orders and reference data again. Raises ShopError."""
        async with self._one_at_a_time:
            now = time.monotonic()
            thorough = thorough or self._thorough_at is None or now - self._thorough_at > _THOROUGH_SECONDS
            await self._reference.refresh(thorough=thorough)
            until = self._context.shop.rpc.now()
            self._seen = set()
            ordered_from, changed_from = await self._windows(until)
            if self._since is None:
                self._since = ordered_from
            # Done orders are read only if they changed; all of them at a thorough poll.
            whole = thorough or not self._read_before or not self.first.believed
            await self._read("ordered", ordered_from, until, whole=whole)
            self._tell_unnamed()
            if not self.first.believed:
                await self._judge(ordered_from, until, new=changed_from is None)
            if changed_from is not None and self._context.shop.filters_by_changed:
                await self._read_changed(changed_from, until, whole=whole)
            if self._context.shop.filters_by_changed:
                self._read_before.forget(until - OVERLAP)
            elif thorough:
                # An edit of a done order shows only in its time of change: the changed ones among all found are read.
                await self._read("ordered", self._since, until, whole=False)
            await self._read_rest(thorough=thorough or not self._context.shop.filters_by_changed)
            await self._believe_the_shop()
            if self._is_counted:
                await self._ask_count(until, thorough=thorough)
            self._warn_of_others()
            self._order_index.is_read = True
            self._order_index.looked_until = until
            if self.first.believed:
                await self._keep(until)
            if thorough:
                self._thorough_at = now
            self._order_index.flush()
            self._context.emit(Progress("look", len(self._seen), len(self._seen), finished=True))
            self._context.emit(PollFinished(until, next_at, self._count, self._doubt, self.first.gap))

    async def at_one(self, word: str) -> bool:
        """Read the orders that a person may mean by an order number, Specter number or uid, and nothing else.

        Return False where it is unknown whether there is such an order. Raises ShopError, JournalError.
        """
        shop, journal, by_number = self._context.shop, self._context.journal, not word.startswith("uid:")
        found = await shop.orders_by_number(word) if by_number else []
        if found is None:
            return False
        entries = [*await journal(Orders.by_order_number, word)] if by_number else []
        entries += [entry] if by_number and (entry := await journal(Orders.by_specter_number, word)) else []
        uid = None if found else uid_in(word.removeprefix("uid:"))
        wanted = {entry.uid for entry in entries} | ({uid} if uid else set())
        pages = [found] if found else []
        pages += [page async for page in shop.orders_by_uid(sorted(wanted - {order.uid for order in found}))]
        async with self._one_at_a_time:
            await self._reference.refresh()
            for page in pages:
                await self._order_index.apply_documents(page)
            await self._believe_the_shop()
        return any(pages) or bool(entries)

    async def _windows(self, until: datetime) -> tuple[datetime, datetime | None]:
        """Return where to begin reading by `ordered` and by `changed` (None: there is no earlier poll).

        If the last poll ended after `until`, a clock was wrong and newer orders could be missed, so all is read again.
        """
        since = self._context.since
        if self._until is not None and self._until - until <= OVERLAP:
            begin = self._until - OVERLAP
            return max(since, min([begin, *self._unnamed])), begin
        journal = self._context.journal
        seen = await journal(Cursors.get, "orders_seen_until")
        opened = await journal(Cursors.get, "orders_open_since")
        if seen is None or opened is None or await journal(Cursors.get, "orders_since") != since.isoformat():
            return since, None
        seen_until = datetime.fromisoformat(seen)
        if seen_until - until > OVERLAP:
            return since, None
        self._order_index.looked_until = seen_until
        oldest = min(datetime.fromisoformat(opened), seen_until)
        return max(since, oldest - OVERLAP), seen_until - OVERLAP

    async def _read(self, by: By, since: datetime, until: datetime, *, whole: bool) -> None:
        """Read a window: the `whole` of it, or only what may differ from the last reading."""
        shown: set[int] = set()
        unnamed: list[datetime] = []
        if whole:
            async for page in self._in_turn(self._context.shop.orders(by, since, until)):
                shown |= {order.uid for order in page}
                unnamed += [placed or since for placed in page.unnamed]
                await self._take_in([order for order in page if _is_placed(order)])
        else:
            wanted = []
            async for heads in self._in_turn(self._context.shop.order_heads(by, since, until)):
                shown |= {head.uid for head in heads}
                unnamed += [placed or since for placed in heads.unnamed]
                await self._numbers.compare({head.uid: head.external_order_number for head in heads})
                wanted += [head.uid for head in heads if head.uid not in self._seen and not self._is_old(head)]
            async for some in self._in_turn(self._context.shop.orders_by_uid(wanted)):
                placed = map(as_placed, some) if by == "ordered" else some
                await self._take_in([order for order in placed if _is_placed(order)])
        self._seen |= shown
        if by == "ordered":
            self._shown, self._unnamed = shown, unnamed
        if by == "ordered" and self._is_counted:
            self._outside |= {uid for uid in shown if self._order_index.view(uid) is None}

    def _is_old(self, head: OrderHead) -> bool:
        """Return whether an order is done and unchanged.

        An open one is read again, since a payment may not count as a change.
        """
        view = self._order_index.view(head.uid)
        return (view is None or view.state in DONE) and self._read_before.has(head)

    def _tell_unnamed(self) -> None:
        count = len(self._unnamed)
        if count and count != self._unnamed_told:
            text = outcome_text("orders_unnamed", self._context.settings.ui.language, count=count)
            self._context.emit(Notice("warning", text))
        self._unnamed_told = count

    async def _judge(self, since: datetime, until: datetime, *, new: bool) -> None:
        """Believe the window's orders, or report why not."""
        found = Found(until, {uid: self._placed.get(uid) for uid in self._shown}, len(self._unnamed))
        counted = await counted_in(self._context.shop, since, until, found.number, new=new)
        accepted = Accepted.of(await self._context.journal(Cursors.get, COUNT_ACCEPTED))
        verdict = self.first.judge(found, counted, accepted.off if accepted else 0, time.monotonic())
        language = self._context.settings.ui.language
        doubt = ""
        if verdict == "differs":
            doubt = outcome_text("count_differs", language, counted=counted, found=found.number)
        elif verdict == "cannot_count":
            doubt = outcome_text("count_missing", language, found=found.number)
        elif accepted and counted is not None and counted != found.number:
            who = {"operator": accepted.operator, "host": accepted.host, "reason": accepted.reason}
            text = outcome_text("count_accepted", language, counted=counted, found=found.number, **who)
            self._context.emit(Notice("warning", text))
        if doubt and doubt != self._doubt:
            self._context.emit(Notice("warning", doubt))
        self._doubt = doubt
        counts = f"{counted} {found.number}" if verdict == "differs" else ""
        if counts != (await self._context.journal(Cursors.get, _DIFFERS) or ""):
            await self._remember(_DIFFERS, counts)
        if self.first.believed:
            self._placed.clear()
        else:
            # The same connection may repeat a wrong answer.
            self._context.shop.rpc.renew()

    async def tell_difference(self) -> None:
        """Report that the last poll of any process found other orders than the shop counts. Raises JournalError."""
        if kept := await self._context.journal(Cursors.get, _DIFFERS):
            counted, found = kept.split()
            text = outcome_text("count_differed", self._context.settings.ui.language, counted=counted, found=found)
            self._context.emit(CountDiffered(text))

    async def accept(self, gap: CountGap, reason: str) -> None:
        """Accept the difference between the shop's count and the orders found, by a person's decision."""
        who, at = current_operator(), datetime.now(UTC).isoformat(timespec="seconds")
        accepted = Accepted(gap.counted - gap.found, who.login, who.host, reason, at)
        message = f"{gap.counted} - {gap.found} = {accepted.off:+}"
        await self._context.journal(Cursors.accept_count, accepted.kept, reason, message)

    async def _take_in(self, page: Page) -> None:
        now = self._context.shop.rpc.now()
        if not self.first.believed:
            self._placed |= {order.uid: order.ordered for order in page}
        await self._order_index.apply_documents(page)
        self._read_before.note(page, now)
        self._seen |= {order.uid for order in page}
        self._context.emit(Progress("look", len(self._seen), None))

    async def _in_turn(self, pages: AsyncIterator[T]) -> AsyncIterator[T]:
        """Read and process each page when it is this shop's turn, so that a large shop does not delay the others."""
        while True:
            async with self._context.shared.pages.permit():
                try:
                    page = await anext(pages)
                except StopAsyncIteration:
                    return
                yield page

    @property
    def _is_counted(self) -> bool:
        """True if a screen compares the orders found with the shop's count."""
        return self._context.shared.keeps_done

    async def _ask_count(self, until: datetime, *, thorough: bool) -> None:
        """Ask the shop for its count, when more orders are known than last time, or the poll is thorough."""
        assert self._since is not None  # noqa: S101 - the first look sets it
        outside = sum(self._order_index.view(uid) is None for uid in self._outside)
        known = outside + sum(1 for _ in self._order_index.views)
        if not thorough and known == self._known:
            return
        in_shop = await self._context.shop.count_orders(self._since, until)
        self._count = None if in_shop is None else ShopCount(self._since, until, in_shop, outside)
        self._known = known

    async def _read_changed(self, since: datetime, until: datetime, *, whole: bool) -> None:
        try:
            await self._read("changed", since, until, whole=whole)
        except RpcError as error:
            if error.code != _INVALID_PARAMS:
                raise
            self._context.shop.filters_by_changed = False

    async def _read_rest(self, *, thorough: bool) -> None:
        """Read by uid the orders in no window: those unsettled in the journal, and, if thorough, all open ones.

        Events report the journal's own changes since the last poll.
        """
        wanted = set[int]()
        if thorough or self._until is None:
            undecided = await self._context.journal(Orders.entries, None, _UNDECIDED)
            self._order_index.apply_entries(entry for entry in undecided if self._order_index.view(entry.uid) is None)
            wanted = {entry.uid for entry in undecided} | {view.uid for view in self._order_index.open if thorough}
        unread, self._order_index.unread = self._order_index.unread, set()
        rest = sorted(unread | (wanted - self._seen))
        if rest:
            async for page in self._in_turn(self._context.shop.orders_by_uid(rest)):
                # A known order was placed: without its time it is an unreadable order, not a cart.
                await self._take_in(
                    [as_placed(one) if self._order_index.view(one.uid) is not None else one for one in page]
                )

    async def _believe_the_shop(self) -> None:
        """Enter the numbers that the shop shows for orders whose outcome a restored journal has lost: we wrote them."""
        for uid, number in self._order_index.numbers_shown.items():
            view = self._order_index.view(uid)
            if view is not None and not self._context.journal.read_only:
                with suppress(NumberTaken):  # Another order has it, and a person must check both.
                    await self._context.journal(OperatorDecisions.enter_number, ShopOrder(uid, view.number), number)
                self._order_index.apply_entries(await self._context.journal(Orders.entries, [uid]))
        self._order_index.numbers_shown.clear()

    def _warn_of_others(self) -> None:
        """Warn, once in a process, that another program exports orders without this journal."""
        if self._order_index.by_others and not self._warned:
            self._warned = True
            numbers = sorted(self._order_index.by_others.values())
            told = ", ".join(numbers[:_FEW]) + (" …" if len(numbers) > _FEW else "")
            self._context.emit(
                Notice("warning", outcome_text("by_others", self._context.settings.ui.language, numbers=told))
            )
        self._order_index.by_others.clear()

    async def _keep(self, until: datetime) -> None:
        """Store how far the poll came, so that the next process need not read settled orders."""
        opened = [*self._order_index.open_since, *self._unnamed]
        for name, moment in (
            ("orders_since", self._context.since),
            ("orders_open_since", min(opened, default=until)),
            ("orders_seen_until", until),
        ):
            await self._remember(name, moment.isoformat())
        self._until = until

    async def _remember(self, name: str, value: str) -> None:
        """Set a cursor for the next poll of any process; one that only shows moves none."""
        if not self._context.journal.read_only:
            await self._context.journal(Cursors.set, name, value)


def _is_placed(order: Order | UnreadableOrder) -> bool:
    """Return whether it is an order, and not a cart that may still be ordered."""
    return order.ordered is not None or (isinstance(order, UnreadableOrder) and order.placed)

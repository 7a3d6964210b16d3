"""Drift: orders that were edited, cancelled or refunded in the shop after their export, seen at the next look."""

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from specter_tui.abicart.models import Order, UnreadableOrder
from specter_tui.engine.context import ShopContext
from specter_tui.engine.events import DriftChanged
from specter_tui.engine.orders.scanner import OVERLAP
from specter_tui.journal.goods_models import DRIFT_KINDS
from specter_tui.journal.journal import Journal
from specter_tui.journal.models import Entry
from specter_tui.planning.orders.plan import Plan
from specter_tui.planning.row_drift import digests_of, drift, service_articles
from specter_tui.specter.order_forms import OrderRow

_CANCELLED = "cancelled"
_REMEMBERED_SECONDS = 2 * OVERLAP.total_seconds()
"""Looks bring an order again for as long as they overlap; one that comes later was edited, and is compared anew."""


class DriftWatch:
    """Compares each exported order that a look brings with the rows that were sent, once for each of its edits.

    `show` takes in what the journal says of an order by now.
    """

    def __init__(self, context: ShopContext, show: Callable[[Iterable[Entry]], None]) -> None:
        self._context = context
        self._show = show
        self._service = service_articles(context.settings.order)
        self._compared: OrderedDict[int, tuple[bytes, float]] = OrderedDict()
        """The digest of what was compared last of each order, and when by the monotonic clock; the oldest first.

        An order that was just exported is read again until it has settled, and by every thorough look for as long as
        looks overlap: without this each of those readings would be two visits to the journal, which may be far away.
        """

    async def compare(
        self, orders: Iterable[Order | UnreadableOrder], entries: Mapping[int, Entry], plans: Mapping[int, Plan]
    ) -> None:
        """Take in documents just read. Raises JournalError."""
        changed: list[int] = []
        now = time.monotonic()
        self._forget(now - _REMEMBERED_SECONDS)
        for order in orders:
            entry = entries.get(order.uid)
            if entry is None or entry.state != "exported" or not isinstance(order, Order):
                continue
            seen = self._seen(order, plans[order.uid])
            before, _ = self._compared.pop(order.uid, (b"", now))
            digest = seen.digest()
            if before != digest and await self._one(order.uid, seen, entry):
                changed.append(order.uid)
            self._compared[order.uid] = digest, now
        if changed:
            self._show(await self._context.journal(Journal.entries, changed))
            await self.tell()

    def _forget(self, before: float) -> None:
        """What no look brought for so long."""
        while self._compared and next(iter(self._compared.values()))[1] < before:
            self._compared.popitem(last=False)

    async def tick(self, uid: int, item: str, reason: str = "") -> bool:
        """A person has changed this in Specter: an article's stock, or a kind; False when nothing of it was open."""
        ticked = await self._context.journal(Journal.tick_drift, uid, item, reason=reason)
        if not ticked and item in DRIFT_KINDS:
            ticked = await self._context.journal(Journal.tick_drift, uid, "", item, reason=reason)
        await self.tell()
        return ticked

    async def untick(self, uid: int, item: str, reason: str) -> bool:
        """The last tick of this article, or kind, was a mistake; False when nothing of it is ticked off."""
        unticked = await self._context.journal(Journal.untick_drift, uid, item, reason)
        if not unticked and item in DRIFT_KINDS:
            unticked = await self._context.journal(Journal.untick_drift, uid, "", reason, item)
        await self.tell()
        return unticked

    async def tell(self) -> DriftChanged:
        """Tell all that is to be changed by hand."""
        message = DriftChanged(tuple(await self._context.journal(Journal.drift_lines)))
        self._context.emit(message)
        return message

    def _seen(self, order: Order, plan: Plan) -> "_Seen":
        digests = None if order.discarded else digests_of(order, plan, self._context.journal.salt)
        return _Seen(order.discarded or _is_refunded(order), _goods_now(order, plan), digests)

    async def _one(self, uid: int, seen: "_Seen", entry: Entry) -> bool:
        journal, flagged = self._context.journal, False
        if seen.cancelled != entry.cancelled_in_shop:
            flagged = await journal(Journal.flag_cancelled, uid, seen.cancelled)
        sent = [(row.article_number, row.quantity) for row in await journal(Journal.rows, uid)]
        if not sent or seen.goods is None:
            # A number that was typed has no rows to compare with; a row that cannot be read proves nothing.
            return flagged
        return await journal(Journal.keep_drift, uid, drift(sent, seen.goods, self._service), seen.digests) or flagged


@dataclass(frozen=True, slots=True)
class _Seen:
    """What of an exported order can drift: the goods that it would have today, None where a row cannot be read."""

    cancelled: bool
    goods: tuple[OrderRow, ...] | None
    digests: Mapping[str, str] | None

    def digest(self) -> bytes:
        """Another one whenever anything of it differs; of many orders it is small to keep."""
        return hashlib.sha256(repr(self).encode()).digest()


def _goods_now(order: Order, plan: Plan) -> tuple[OrderRow, ...] | None:
    """The goods of the order as it is, none for one that was cancelled."""
    if order.discarded:
        return ()
    goods = tuple(row for row in (plan.form.rows if plan.form else ()) if row.kind == "goods")
    return goods if len(goods) == len(order.items) else None


def _is_refunded(order: Order) -> bool:
    """Whether every payment was taken back."""
    return bool(order.payments) and all(payment.status == _CANCELLED for payment in order.payments)

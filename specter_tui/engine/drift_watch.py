"""Drift: find orders that were edited, cancelled or refunded in the shop after their export, at the next poll."""

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
from specter_tui.journal.models import Entry
from specter_tui.journal.repositories.goods.drift import Drift
from specter_tui.journal.repositories.orders import Orders
from specter_tui.journal.repositories.write_backs import WriteBacks
from specter_tui.planning.orders.plan import Plan
from specter_tui.planning.row_drift import digests_of, drift, service_articles
from specter_tui.specter.order_forms import OrderRow

_CANCELLED = "cancelled"
_REMEMBERED_SECONDS = 2 * OVERLAP.total_seconds()
"""Overlapping polls read an order again for this time; a later reading is an edit, and compared again."""


class DriftWatch:
    """Compares each exported order that a poll reads with the sent rows, once for each edit.

    `show` applies the journal's entries of changed orders.
    """

    def __init__(self, context: ShopContext, show: Callable[[Iterable[Entry]], None]) -> None:
        self._context = context
        self._show = show
        self._service = service_articles(context.settings.order)
        self._compared: OrderedDict[int, tuple[bytes, float]] = OrderedDict()
        """The digest of each order's last comparison, and its time (monotonic); the oldest first. An order just
        exported is read again until it has settled, and by every thorough poll while polls overlap: without this,
        each of those readings would be two calls to the journal, which may be far away."""

    async def compare(
        self, orders: Iterable[Order | UnreadableOrder], entries: Mapping[int, Entry], plans: Mapping[int, Plan]
    ) -> None:
        """Compare documents just read. Raises JournalError."""
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
            self._show(await self._context.journal(Orders.entries, changed))
            await self.tell()

    def _forget(self, before: float) -> None:
        """Drop comparisons that no poll has repeated since then."""
        while self._compared and next(iter(self._compared.values()))[1] < before:
            self._compared.popitem(last=False)

    async def tick(self, uid: int, item: str, reason: str = "") -> bool:
        """Record that a person changed an article's stock, or a kind, in Specter.

        False where no line of it was open.
        """
        ticked = await self._context.journal(Drift.tick, uid, item, reason=reason)
        if not ticked and item in DRIFT_KINDS:
            ticked = await self._context.journal(Drift.tick, uid, "", item, reason=reason)
        await self.tell()
        return ticked

    async def untick(self, uid: int, item: str, reason: str) -> bool:
        """Undo the last tick of an article or kind; False where none is ticked."""
        unticked = await self._context.journal(Drift.untick, uid, item, reason)
        if not unticked and item in DRIFT_KINDS:
            unticked = await self._context.journal(Drift.untick, uid, "", reason, item)
        await self.tell()
        return unticked

    async def tell(self) -> DriftChanged:
        """Emit all changes that must be made by hand."""
        message = DriftChanged(tuple(await self._context.journal(Drift.lines)))
        self._context.emit(message)
        return message

    def _seen(self, order: Order, plan: Plan) -> "_Seen":
        digests = None if order.discarded else digests_of(order, plan, self._context.journal.salt)
        return _Seen(order.discarded or _is_refunded(order), _goods_now(order, plan), digests)

    async def _one(self, uid: int, seen: "_Seen", entry: Entry) -> bool:
        journal, flagged = self._context.journal, False
        if seen.cancelled != entry.cancelled_in_shop:
            flagged = await journal(WriteBacks.flag_cancelled, uid, seen.cancelled)
        sent = [(row.article_number, row.quantity) for row in await journal(Orders.rows, uid)]
        if not sent or seen.goods is None:
            # A typed number has no rows to compare with; an unreadable row proves nothing.
            return flagged
        return await journal(Drift.keep, uid, drift(sent, seen.goods, self._service), seen.digests) or flagged


@dataclass(frozen=True, slots=True)
class _Seen:
    """The parts of an exported order that can drift: its present goods, None where a row is unreadable."""

    cancelled: bool
    goods: tuple[OrderRow, ...] | None
    digests: Mapping[str, str] | None

    def digest(self) -> bytes:
        """Return a digest of all parts, which is small to keep for many orders."""
        return hashlib.sha256(repr(self).encode()).digest()


def _goods_now(order: Order, plan: Plan) -> tuple[OrderRow, ...] | None:
    """Return the order's present goods; none for a cancelled order."""
    if order.discarded:
        return ()
    goods = tuple(row for row in (plan.form.rows if plan.form else ()) if row.kind == "goods")
    return goods if len(goods) == len(order.items) else None


def _is_refunded(order: Order) -> bool:
    """Return whether every payment was cancelled."""
    return bool(order.payments) and all(payment.status == _CANCELLED for payment in order.payments)

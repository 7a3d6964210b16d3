"""The present orders in scope, summarised: the list for screens and commands."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from specter_tui.abicart.errors import ShopError
from specter_tui.abicart.models import Order, UnreadableOrder
from specter_tui.engine.context import ShopContext
from specter_tui.engine.events import OrdersChanged, OrderView
from specter_tui.engine.monitoring.error_reports import report_of
from specter_tui.engine.orders.hashes import Hashes
from specter_tui.engine.orders.order_views import DONE, from_document, from_entry, with_entry
from specter_tui.engine.orders.reference_data import Planned, ReferenceData
from specter_tui.journal.errors import JournalError
from specter_tui.journal.models import Entry
from specter_tui.journal.repositories.orders import Orders
from specter_tui.journal.repositories.restore_repair import is_lost
from specter_tui.planning.money import ZERO
from specter_tui.planning.orders.plan import Plan
from specter_tui.planning.problems import text_of
from specter_tui.text.sanitize import uid_in

_GATHER_SECONDS = 0.1
Follower = Callable[[Sequence[Order | UnreadableOrder], Mapping[int, Entry], Mapping[int, Plan]], Awaitable[None]]


class OrderIndex:
    """Keeps a summary of each order, never its document; reports changes collected for a tenth of a second.

    Without a screen, a done order is reported and dropped; it is read again from the journal or the shop when needed.
    """

    def __init__(self, context: ShopContext, reference: ReferenceData) -> None:
        self._context = context
        self._reference = reference
        self._ui = context.settings.ui
        self._documents: dict[int, OrderView] = {}
        self._views: dict[int, OrderView] = {}
        self._goods: dict[int, dict[str, Decimal]] = {}
        self.followers: list[Follower] = []
        """Functions that also receive each page of documents just read."""
        self._changed: set[int] = set()
        self._changes: list[set[int]] = []
        self.is_read = False
        """True once a poll has ended, so that an order that is not here is not open."""
        self.numbers_shown: dict[int, str] = {}
        """Numbers that the shop shows for orders whose outcome a restored journal has lost."""
        self.looked_until = context.since
        """The end of the last poll's window."""
        self.by_others: dict[int, str] = {}
        """Order numbers, by uid, of orders that another program exported since then."""
        self.unread: set[int] = set()
        """Orders removed from the journal whose document was dropped or never read; a poll must read them."""
        self._gathering: asyncio.TimerHandle | None = None

    @property
    def views(self) -> Iterable[OrderView]:
        """All known orders; done ones too, if they are kept."""
        return self._views.values()

    @property
    def open(self) -> list[OrderView]:
        """The orders in scope that are not done, oldest first."""
        return sorted((view for view in self._views.values() if view.state not in DONE), key=_age)

    @property
    def open_since(self) -> Iterable[datetime]:
        """Their placing times, unsorted, since each poll needs the oldest."""
        return (view.ordered for view in self._views.values() if view.ordered is not None and view.state not in DONE)

    @property
    def held(self) -> dict[str, Decimal]:
        """The quantity of each article number in orders that are not in Specter yet."""
        held: dict[str, Decimal] = {}
        for uid, goods in self._goods.items():
            if self._views[uid].state not in DONE:
                for number, quantity in goods.items():
                    held[number] = held.get(number, ZERO) + quantity
        return held

    def has_goods(self, numbers: Collection[str]) -> bool:
        """Return whether an open order has a row with one of these article numbers (case-folded)."""
        return bool(numbers) and any(number.casefold() in numbers for goods in self._goods.values() for number in goods)

    def view(self, uid: int) -> OrderView | None:
        """Return one order, or None."""
        return self._views.get(uid)

    def follow_changes(self) -> set[int]:
        """Return a set of the caller's own, to which each order is added that changes from now on."""
        changes = set[int]()
        self._changes.append(changes)
        return changes

    def find(self, word: str) -> list[OrderView]:
        """Return the orders that a person means: by order number, else by uid; `uid:N` means the uid."""
        if word.startswith("uid:"):
            word, by_number = word.removeprefix("uid:"), []
        else:
            by_number = [view for view in self._views.values() if view.number == word]
        uid = None if by_number else uid_in(word)
        view = None if uid is None else self._views.get(uid)
        return by_number if view is None else [view]

    def outside(self, order: Order | UnreadableOrder, entry: Entry | None = None) -> OrderView:
        """Return the view of an order that may be out of scope or done, without keeping it."""
        known = self._views.get(order.uid)
        return known or with_entry(
            self._by_document(order, entry, *self._reference.plan(order, entry)), entry, self._ui
        )

    async def apply_documents(self, orders: list[Order | UnreadableOrder]) -> dict[int, Planned]:
        """Apply documents just read; return each one's plan and hashes. Raises ShopError, JournalError."""
        await self._reference.know_articles_of(orders)
        known = await self._context.journal(Orders.entries, [order.uid for order in orders])
        entries = {entry.uid: entry for entry in known}
        plans = {order.uid: self._take_in(order, entries.get(order.uid)) for order in orders}
        for follow in self.followers:
            await self._let_follow(follow, orders, entries, {uid: plan for uid, (plan, _) in plans.items()})
        return plans

    async def _let_follow(
        self,
        follow: Follower,
        orders: Sequence[Order | UnreadableOrder],
        entries: Mapping[int, Entry],
        plans: Mapping[int, Plan],
    ) -> None:
        """Call a follower.

        If it fails on a page, call it for each order, so that one order does not affect the others.
        """
        try:
            await follow(orders, entries, plans)
        except (ShopError, JournalError):
            raise
        except Exception as error:  # noqa: BLE001  # It is told by its report, with the order alone that caused it.
            if len(orders) > 1:
                for order in orders:
                    await self._let_follow(follow, [order], entries, plans)
            else:
                report_of(error)

    def _take_in(self, order: Order | UnreadableOrder, entry: Entry | None) -> Planned:
        plan, hashes = self._reference.plan(order, entry)
        view = self._by_document(order, entry, plan, hashes)
        if entry is None and self._is_exported_by_another(order):
            self.by_others[order.uid] = order.number
        if entry is None and view.state == "out_of_scope" and order.uid not in self._views:
            return plan, hashes
        if entry is not None and is_lost(entry) and order.external_order_number.isdecimal():
            self.numbers_shown[order.uid] = order.external_order_number
        self._documents[order.uid] = view
        shown = with_entry(view, entry, self._ui)
        self._show(shown)
        if shown.state in DONE:
            self._goods.pop(order.uid, None)
        else:
            self._goods[order.uid] = goods_in(plan)
        return plan, hashes

    def _is_exported_by_another(self, order: Order | UnreadableOrder) -> bool:
        """Return whether an order that was open or is new shows a number that we never sent."""
        known = self._views.get(order.uid)
        was_open = known is not None and known.state not in DONE
        is_new = order.ordered is not None and order.ordered >= self.looked_until
        return bool(order.external_order_number) and not order.discarded and (was_open or is_new)

    def _by_document(
        self, order: Order | UnreadableOrder, entry: Entry | None, plan: Plan, hashes: Hashes | None
    ) -> OrderView:
        since, settings = self._context.since, self._context.settings
        try:
            return from_document(order, plan, hashes, since, settings, entry.shown_number if entry else None)
        except Exception as error:  # noqa: BLE001  # The others are shown.
            bare = self._reference.broken(order, entry, error)
            return OrderView(
                uid=order.uid,
                number=order.number,
                state="blocked",
                problems=bare.problems,
                message=" ".join(text_of(problem, settings.ui.language) for problem in bare.problems),
            )

    def apply_entries(self, entries: Iterable[Entry]) -> None:
        """Apply the journal's present entries."""
        for entry in entries:
            document = self._documents.get(entry.uid)
            if document is None and entry.is_new:
                self.unread.add(entry.uid)  # Only its document says whether it may be sent.
            self._show(with_entry(document, entry, self._ui) if document else from_entry(entry, self._ui))

    def drop_entries(self, uids: Iterable[int]) -> None:
        """Remove the journal's part of orders that it no longer has; their documents count again."""
        for uid in uids:
            document = self._documents.get(uid)
            if document is not None:
                self._show(document)
                continue
            self.unread.add(uid)
            if self._views.pop(uid, None) is not None:
                self._mark(uid)

    def _show(self, view: OrderView) -> None:
        if self._views.get(view.uid) != view:
            self._views[view.uid] = view
            self._mark(view.uid)

    def _mark(self, uid: int) -> None:
        for changes in (self._changed, *self._changes):
            changes.add(uid)
        if self._gathering is None:
            self._gathering = asyncio.get_running_loop().call_later(_GATHER_SECONDS, self.flush)

    def flush(self) -> None:
        """Report the changes since the last report."""
        if self._gathering is not None:
            self._gathering.cancel()
            self._gathering = None
        if self._changed:
            changed, self._changed = self._changed, set()
            views = tuple(self._views[uid] for uid in changed if uid in self._views)
            self._context.emit(OrdersChanged(views, tuple(changed - self._views.keys())))
            if not self._context.shared.keeps_done:
                self._let_go(view.uid for view in views if view.state in DONE)

    def _let_go(self, uids: Iterable[int]) -> None:
        for uid in uids:
            for kept in (self._views, self._documents, self._goods):
                kept.pop(uid, None)


def _age(view: OrderView) -> tuple[float, int]:
    return (view.ordered.timestamp() if view.ordered else 0.0, view.uid)


def goods_in(plan: Plan) -> dict[str, Decimal]:
    """Return the goods of an order by article number, as far as its document can be planned."""
    goods: dict[str, Decimal] = {}
    for row in plan.form.rows if plan.form else ():
        if row.kind == "goods":
            goods[row.article_number] = goods.get(row.article_number, ZERO) + row.quantity
    return goods

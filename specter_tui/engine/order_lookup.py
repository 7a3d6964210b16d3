"""Finds the order that a person names: in the index, in the journal, or in the shop."""

from specter_tui.engine.context import ShopContext
from specter_tui.engine.decisions import InvalidDecision
from specter_tui.engine.events import OrderView
from specter_tui.engine.orders.order_index import OrderIndex
from specter_tui.engine.orders.order_views import from_entry
from specter_tui.engine.orders.reference_data import ReferenceData
from specter_tui.engine.outcome_texts import outcome_text
from specter_tui.journal.repositories.orders import Orders
from specter_tui.text.sanitize import uid_in


class OrderLookup:
    """Looks orders up, also those outside the index."""

    def __init__(self, context: ShopContext, order_index: OrderIndex, reference: ReferenceData) -> None:
        self._context = context
        self._order_index = order_index
        self._reference = reference

    async def find(self, word: str) -> OrderView:
        """Return the order with this order number, Specter number or uid.

        Raises InvalidDecision if there is none or more than one, ShopError, JournalError.
        """
        context, ui = self._context, self._context.settings.ui
        found = self._order_index.find(word) or [
            from_entry(entry, ui) for entry in await context.journal(Orders.by_order_number, word)
        ]
        if not found and (entry := await context.journal(Orders.by_specter_number, word)) is not None:
            found = [self._order_index.view(entry.uid) or from_entry(entry, ui)]
        if not found:
            found = await self._find_in_shop(word)
        if len(found) > 1:
            uids = ", ".join(f"uid:{view.uid}" for view in found)
            raise InvalidDecision(outcome_text("ambiguous", ui.language, number=word, uids=uids))
        if not found:
            raise InvalidDecision(outcome_text("not_found", ui.language, number=word))
        return found[0]

    async def _find_in_shop(self, word: str) -> list[OrderView]:
        """Read an order that is not in the index, because it is out of scope, by order number, else by uid."""
        shop, uid = self._context.shop, uid_in(word.removeprefix("uid:"))
        by_number = [] if word.startswith("uid:") else await shop.orders_by_number(word)
        by_uid = [order async for page in shop.orders_by_uid([uid]) for order in page] if uid and not by_number else []
        found = by_number or by_uid
        if by_number is None and not found:
            raise InvalidDecision(outcome_text("not_asked_by_number", self._context.settings.ui.language, number=word))
        if not found:
            return []
        await self._reference.refresh()
        await self._order_index.apply_documents(found)
        return [self._order_index.outside(order) for order in found]

    async def known(self, uid: int) -> OrderView:
        """Return an order of the index, or one that only the journal has. Raises InvalidDecision, JournalError."""
        view, ui = self._order_index.view(uid), self._context.settings.ui
        if view is not None:
            return view
        entry = await self._context.journal(Orders.entry, uid)
        if entry is None:
            raise InvalidDecision(outcome_text("not_found", ui.language, number=uid))
        return from_entry(entry, ui)

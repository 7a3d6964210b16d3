"""Follow the journal: what any process writes into it is on every screen within a second."""

from specter_tui.engine.context import ShopContext
from specter_tui.engine.events import LogGrew
from specter_tui.engine.orders.order_index import OrderIndex
from specter_tui.engine.orders.shown_numbers import ShownNumbers
from specter_tui.journal.models import NO_ORDER, Event
from specter_tui.journal.repositories.events import Events
from specter_tui.journal.repositories.orders import Orders

_AT_ONCE = 500


class EventTailer:
    """Reads the events since the last time, never whole tables."""

    def __init__(self, context: ShopContext, order_index: OrderIndex, numbers: ShownNumbers) -> None:
        self._context = context
        self._order_index = order_index
        self._numbers = numbers
        self._last: int | None = None

    async def __call__(self) -> None:
        """Apply events up to the newest to the order index and the log. Raises JournalError."""
        if self._last is None:
            self._last = await self._context.journal(Events.last_id)
            return
        more = True
        while more:
            events = await self._context.journal(Events.page, None, self._last, None, _AT_ONCE)
            await self._take(events)
            # A page that is not full is the last: during an export each further one would have an event or two.
            more = len(events) == _AT_ONCE

    async def _take(self, events: list[Event]) -> None:
        if events:
            self._last = events[-1].id
            uids = {event.uid for event in events} - {NO_ORDER}
            self._numbers.forget(uids)
            entries = await self._context.journal(Orders.entries, uids)
            self._order_index.apply_entries(entries)
            self._order_index.drop_entries(uids - {entry.uid for entry in entries})
            self._context.emit(LogGrew(tuple(events)))

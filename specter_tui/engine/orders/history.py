"""The history of one order, from the journal."""

from specter_tui.engine.context import ShopContext
from specter_tui.engine.events import HistoryRead
from specter_tui.journal.repositories.api_calls import ApiCalls
from specter_tui.journal.repositories.events import Events
from specter_tui.journal.repositories.goods.deliveries import Deliveries
from specter_tui.journal.repositories.orders import Orders

_MOST_EVENTS = 100
_MOST_CALLS = 50


async def history_of(context: ShopContext, uid: int) -> HistoryRead:
    """Read and emit it. It needs only the journal, so it works while the shop is out of reach. Raises JournalError."""
    entries = await context.journal(Orders.entries, [uid])
    events = await context.journal(Events.page, uid, 0, None, _MOST_EVENTS, newest_first=True)
    message = HistoryRead(
        uid,
        entries[0] if entries else None,
        rows=await context.journal(Orders.rows, uid),
        rates=await context.journal(Orders.rates, uid),
        events=tuple(reversed(events)),
        calls=tuple((await context.journal(ApiCalls.of_order, uid))[-_MOST_CALLS:]),
        delivery=await context.journal(Deliveries.of_order, uid),
    )
    context.emit(message)
    return message

"""What a person decides over an order: its number, or that it is closed. A repeat is an export with a reason."""

from collections.abc import Sequence

from specter_tui.engine.book import OrderBook
from specter_tui.engine.messages import OrderView
from specter_tui.engine.wires import Wires
from specter_tui.journal.journal import Journal
from specter_tui.journal.records import ShopOrder
from specter_tui.specter.replies import is_number


class BadDecision(Exception):
    """A decision that cannot be carried out; its text says why."""


async def enter_number(wires: Wires, book: OrderBook, view: OrderView, number: str) -> None:
    """Settle an order by the Specter number that a person typed. Raises BadDecision, JournalError."""
    if not is_number(number.strip()):
        raise BadDecision(f"{number!r} is no Specter number: digits only")
    if not await wires.journal(Journal.enter_number, _of_shop(view), number.strip()):
        raise BadDecision(f"order {view.number} is being sent, or is exported already")
    await _show(wires, book, [view.uid])


async def close_orders(wires: Wires, book: OrderBook, views: Sequence[OrderView], reason: str) -> list[int]:
    """Close orders for ever, with the reason; the uids that were closed. Raises BadDecision, JournalError."""
    if not reason.strip():
        raise BadDecision("to close an order needs a reason")
    closed = await wires.journal(Journal.close_many, [_of_shop(view) for view in views], reason.strip())
    await _show(wires, book, closed)
    return closed


def _of_shop(view: OrderView) -> ShopOrder:
    return ShopOrder(view.uid, view.number, view.ordered, view.total, view.currency)


async def _show(wires: Wires, book: OrderBook, uids: Sequence[int]) -> None:
    book.enter(await wires.journal(Journal.entries, uids))

"""Find refused orders whose articles have come to Specter since, so that a repeat may succeed."""

import re
from datetime import datetime

from specter_tui.engine.context import ShopContext
from specter_tui.engine.orders.order_index import OrderIndex
from specter_tui.engine.orders.retry_policy import may_resend
from specter_tui.journal.journal import Journal
from specter_tui.journal.models import Entry

_OF_AN_ARTICLE = re.compile(r"artik|article", re.IGNORECASE)


async def orders_with_new_articles(context: ShopContext, book: OrderIndex) -> list[int]:
    """Return the refused orders with an article that was sent after the refusal. Raises JournalError."""
    return [entry.uid for entry, _, _ in await _found(context, book)]


async def articles_that_came(context: ShopContext, book: OrderIndex) -> dict[int, datetime]:
    """Return those refused for a missing article that may be repeated automatically, with the time when it came."""
    return {
        entry.uid: came
        for entry, came, numbers in await _found(context, book)
        if may_resend(entry, came) and _is_for_want_of(entry, numbers)
    }


async def _found(context: ShopContext, book: OrderIndex) -> list[tuple[Entry, datetime, list[str]]]:
    """Return each such order with the time of its newest article, and the articles' numbers."""
    came = await context.journal(Journal.articles_since_refusal)
    entries = await context.journal(Journal.entries, came) if came else []
    return [
        (entry, max(came[entry.uid].values()), list(came[entry.uid]))
        for entry in entries
        if entry.state == "refused" and book.view(entry.uid) is not None
    ]


def _is_for_want_of(entry: Entry, numbers: list[str]) -> bool:
    """Return whether Specter's refusal mentions an article, or one of these numbers."""
    named = any(re.search(rf"(?<!\w){re.escape(number)}(?!\w)", entry.message) for number in numbers)
    return named or _OF_AN_ARTICLE.search(entry.message) is not None

"""Find refused orders whose articles have come to Specter since, so that a repeat may succeed."""

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from specter_tui.engine.changed_orders import ChangedOrders
from specter_tui.engine.context import ShopContext
from specter_tui.engine.orders.order_index import OrderIndex
from specter_tui.engine.orders.retry_policy import may_resend
from specter_tui.journal.repositories.goods.sent_articles import SentArticles
from specter_tui.journal.repositories.orders import Orders

_OF_AN_ARTICLE = re.compile(r"artik|article", re.IGNORECASE)


async def orders_with_new_articles(context: ShopContext, order_index: OrderIndex) -> list[int]:
    """Return the refused orders with an article that was sent after the refusal. Raises JournalError."""
    articles = await context.journal(SentArticles.of_refused)
    return [uid for uid, came in articles.items() if any(came.values()) and order_index.view(uid) is not None]


class MissingArticles:
    """The refused orders of one shop with their articles; each look reads what was written since the last."""

    def __init__(self, context: ShopContext, order_index: OrderIndex) -> None:
        self._context = context
        self._order_index = order_index
        self._changed = ChangedOrders(context.journal)
        self._sent_until = ""
        self._articles: dict[int, list[str]] = {}
        self._orders: defaultdict[str, set[int]] = defaultdict(set)
        """By article number the refused orders that have a row of it."""
        self._came: dict[int, datetime] = {}

    async def that_came(self) -> dict[int, datetime]:
        """Return those refused for a missing article that may be repeated by themselves, with the time when it came.

        Raises JournalError.
        """
        journal = self._context.journal
        sent, until = await journal(SentArticles.sent_after, self._sent_until)
        async with self._changed.since_last_time() as changed:
            having = (self._orders[number] for number in sent if number in self._orders)
            uids = None if changed is None else changed.union(*having)
            if uids is None or uids:
                await self._read(uids)
        self._sent_until = until
        return {uid: came for uid, came in self._came.items() if self._order_index.view(uid) is not None}

    async def _read(self, uids: Iterable[int] | None) -> None:
        """Read the refused of these orders again, None for all of them."""
        articles = await self._context.journal(SentArticles.of_refused, uids)
        came = {uid: [number for number, at in found.items() if at] for uid, found in articles.items()}
        entries = await self._context.journal(Orders.entries, [uid for uid in came if came[uid]])
        for uid in list(self._articles) if uids is None else uids:
            self._forget(uid)
        for uid, found in articles.items():
            self._articles[uid] = list(found)
            for number in found:
                self._orders[number].add(uid)
        for entry in entries:
            newest = max(at for at in articles[entry.uid].values() if at)
            if may_resend(entry, newest) and names_an_article(entry.message, came[entry.uid]):
                self._came[entry.uid] = newest

    def _forget(self, uid: int) -> None:
        self._came.pop(uid, None)
        for number in self._articles.pop(uid, ()):
            self._orders[number].discard(uid)
            if not self._orders[number]:
                del self._orders[number]


def names_an_article(refusal: str, numbers: Iterable[str]) -> bool:
    """Return whether Specter's refusal mentions an article, or one of these numbers."""
    named = any(re.search(rf"(?<!\w){re.escape(number)}(?!\w)", refusal) for number in numbers)
    return named or _OF_AN_ARTICLE.search(refusal) is not None

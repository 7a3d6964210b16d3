"""The shop's catalogue: read whole articles, write numbers and stock, mark orders as sent."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TypeVar

from specter_tui.abicart.catalog_models import Article
from specter_tui.abicart.document_lists import PAGE, chunked, uid_in
from specter_tui.abicart.errors import NOT_FOUND, NotKept, RpcError, ShopError
from specter_tui.abicart.jsonrpc import LARGEST_BATCH, JsonRpcClient
from specter_tui.abicart.shop import CHOICES_QUERY, ShopClient, read_articles, window
from specter_tui.errors import ErrorText

K = TypeVar("K")
T = TypeVar("T")

SENT = "sent"
"""The value of an order's `deliveryStatus` (wires: A-sent)."""
_STOCK_QUERY = ["uid", "articleNumber", "type", "content", "stock", "variants"]
FORM_QUERY: Mapping[str, object] = {
    **dict.fromkeys(
        (
            "uid",
            "articleNumber",
            "name",
            "type",
            "content",
            "variants",
            "stock",
            "ean",
            "weight",
            "price",
            "vatRate",
            "vatIsIncluded",
            "choiceOptionPrices",
        ),
        True,
    ),
    "choices": CHOICES_QUERY,
}


@dataclass(frozen=True, slots=True)
class ArticleRef:
    """An article or one of its variants: it has a number and a stock of its own (wires: A-stock)."""

    article_uid: int
    variant_uid: int | None = None


class Vanished(ShopError):
    """The article, variant or order was deleted, or we may not see it."""


class CatalogClient:
    """The articles of one shop, read in pages and written in batches of 20."""

    def __init__(self, shop: ShopClient) -> None:
        self._rpc: JsonRpcClient = shop.rpc
        self._shop = shop

    async def count(self, changed: tuple[datetime, datetime] | None = None) -> int | None:
        """Return how many articles `articles` gives, or None where the shop refuses to count."""
        try:
            answer = await self._rpc.call("Article.count", _window(changed))
        except RpcError:
            return None
        return answer if isinstance(answer, int) else None

    async def articles(
        self, changed: tuple[datetime, datetime] | None = None, *, in_full: bool = True
    ) -> AsyncIterator[list[Article]]:
        """Yield articles in chunks by uid: all, or those changed in a window (UTC, both ends included).

        With `in_full` they have all that a form needs, else numbers and stock only. An article that does not parse is
        left out. Raises RpcError where the shop cannot filter by `changed`.
        """
        query = FORM_QUERY if in_full else _STOCK_QUERY
        async for some in self._shop.article_lots(query, _window(changed)):
            yield some

    async def stocked(self, uids: Sequence[int]) -> dict[int, Article]:
        """Return articles with their present numbers and stock, by uid; 100 a call, two calls at a time."""
        return await self._by_uid(uids, _STOCK_QUERY)

    async def sold(self, uids: Sequence[int]) -> dict[int, int]:
        """Return the units sold by article, where the shop says so."""
        found: dict[int, int] = {}
        for some in chunked(uids, PAGE):
            try:
                raw = await self._shop.lists.by_uid("Article.list", ["uid", "numberSold"], some)
            except RpcError:
                return found
            for part in raw:
                sold = part.get("numberSold") if isinstance(part, Mapping) else None
                if isinstance(sold, int):
                    found[uid_in(part)] = sold
        return found

    async def in_full(self, uids: Sequence[int]) -> dict[int, Article]:
        """Return the articles with all that a form needs, by uid."""
        return await self._by_uid(uids, FORM_QUERY)

    async def _by_uid(self, uids: Sequence[int], query: object) -> dict[int, Article]:
        async def read(some: list[int]) -> list[Article]:
            return read_articles(await self._shop.lists.by_uid("Article.list", query, some), self._shop.reading)

        pages = await _all(read(some) for some in chunked(uids, PAGE))
        return {article.uid: article for page in pages for article in page}

    async def taken(self, numbers: Sequence[str]) -> set[str]:
        """Return the numbers that an article or a variant has now.

        Raises RpcError where the shop cannot filter by them.
        """
        found: set[str] = set()
        for some in chunked(numbers, PAGE):
            for kind in ("Article", "ArticleVariant"):
                filters = {"/articleNumber": {"in": some}}
                async for page in self._shop.lists.pages(f"{kind}.list", ["uid", "articleNumber"], filters):
                    found |= {str(part.get("articleNumber")) for part in page if isinstance(part, Mapping)}
        return found

    async def set_numbers(self, numbers: Mapping[ArticleRef, str]) -> dict[ArticleRef, ShopError | None]:
        """Write article numbers; return the error of each, or None. NotKept: the shop does not show the new number.

        Raises ShopOutOfReach, ShopRefusesUs.
        """
        return await self._set({place: {"articleNumber": number} for place, number in numbers.items()})

    async def set_stock(self, stock: Mapping[ArticleRef, Decimal]) -> dict[ArticleRef, ShopError | None]:
        """Write stock, on the variant where there is one; return the error of each, or None (wires: A-stock).

        Raises ShopOutOfReach, ShopRefusesUs.
        """
        patches: dict[ArticleRef, Mapping[str, object]] = {}
        for place, quantity in stock.items():
            held = _json_number(quantity)
            patches[place] = {"stock": {"stock": held} if place.variant_uid is None else held}
        return await self._set(patches)

    async def mark_sent(self, uids: Sequence[int]) -> dict[int, ShopError | None]:
        """Mark orders as sent; return the error of each, or None. It may be repeated (wires: A-sent).

        Raises ShopOutOfReach, ShopRefusesUs.
        """
        query = ["uid", "deliveryStatus"]
        calls = {uid: ("Order.set", (uid, {"deliveryStatus": SENT}, query)) for uid in uids}
        return await self._in_lots(calls)

    async def _set(self, patches: Mapping[ArticleRef, Mapping[str, object]]) -> dict[ArticleRef, ShopError | None]:
        calls: dict[ArticleRef, tuple[str, Sequence[object]]] = {}
        for place, patch in patches.items():
            query = ["uid", *patch]
            if place.variant_uid is None:
                calls[place] = ("Article.set", (place.article_uid, patch, query))
            else:
                calls[place] = ("ArticleVariant.set", (place.variant_uid, patch, query))
        return await self._in_lots(calls)

    async def _in_lots(self, calls: Mapping[K, tuple[str, Sequence[object]]]) -> dict[K, ShopError | None]:
        """Make all calls, 20 a request; the connection allows two requests at a time."""

        async def do(some: list[tuple[K, tuple[str, Sequence[object]]]]) -> dict[K, ShopError | None]:
            answers = await self._rpc.batch([call for _, call in some])
            pairs = zip(some, answers, strict=True)
            return {key: _failure(answer, *params[:2]) for (key, (_, params)), answer in pairs}

        outcome: dict[K, ShopError | None] = {}
        for part in await _all(do(some) for some in chunked(calls.items(), LARGEST_BATCH)):
            outcome |= part
        return outcome


async def _all(calls: Iterable[Awaitable[T]]) -> list[T]:
    """Return all results. Where some fail, wait for the others and raise the first failure."""
    results = await asyncio.gather(*calls, return_exceptions=True)
    for result in results:
        if isinstance(result, BaseException):
            raise result
    return [result for result in results if not isinstance(result, BaseException)]


def _window(changed: tuple[datetime, datetime] | None) -> dict[str, object]:
    return {} if changed is None else window("changed", *changed)


def _failure(answer: object, uid: object, patch: object) -> ShopError | None:
    """Return the error of a write: it succeeded only if the shop shows the new value."""
    if isinstance(answer, RpcError) and answer.code == NOT_FOUND:
        return Vanished(ErrorText("shop_vanished"))
    if isinstance(answer, ShopError):
        return answer
    if isinstance(answer, Mapping) and uid_in(answer) == uid and _shows(answer, patch):
        return None
    return NotKept(ErrorText("shop_not_shown"))


def _shows(shown: object, written: object) -> bool:
    """Return whether the shop's value is the written one, also in its JSON type."""
    if isinstance(written, Mapping):
        return isinstance(shown, Mapping) and all(_shows(shown.get(key), value) for key, value in written.items())
    if isinstance(written, int | float):
        return isinstance(shown, int | Decimal) and not isinstance(shown, bool) and shown == Decimal(str(written))
    return isinstance(shown, str) and shown == written


def _json_number(quantity: Decimal) -> int | float:
    """Return a whole number as int. A float keeps the few decimals that a quantity has."""
    return int(quantity) if quantity == quantity.to_integral_value() else float(quantity)

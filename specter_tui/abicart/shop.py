"""The shop's orders, methods and articles, and the write-back of Specter's number."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Literal, TypeVar

from pydantic import ValidationError

from specter_tui.abicart.catalog_models import Article, DeliveryMethod, Method, PaymentMethod, Webshop
from specter_tui.abicart.document_lists import PAGE, DocumentLists, Oversized, chunked, uid_in
from specter_tui.abicart.errors import INVALID_PARAMS, NotKept, RpcError, ShopError, ShopOutOfReach
from specter_tui.abicart.fields import Reading, moment_of
from specter_tui.abicart.jsonrpc import LARGEST_BATCH, JsonRpcClient
from specter_tui.abicart.models import (
    Order,
    OrderHead,
    UnreadableOrder,
    as_placed,
    oversized,
    read_head,
    read_order,
    what_is_wrong,
)
from specter_tui.errors import ErrorText

MANY = 400
"""Articles in a page: the most that a shop is known to return at once (wires: A-paging)."""
_SECOND = timedelta(seconds=1)
_A_TURN = 25
"""Documents that are read before the event loop runs other tasks: about a millisecond."""
_COSTS = {"unit": True, "total": True}
# Items and payments are expanded in the same call (wires: A-query); only keys that are known are asked for.
ORDER_QUERY: Mapping[str, object] = {
    **dict.fromkeys(
        (
            "uid",
            "orderNumber",
            "externalOrderNumber",
            "ordered",
            "changed",
            "discarded",
            "customer",
            "currency",
            "costs",
            "discountInfo",
            "delivery",
            "paymentStatus",
            "deliveryStatus",
            "note",
            "language",
        ),
        True,
    ),
    "items": {
        **dict.fromkeys(("uid", "article", "articleNumber", "articleName", "choices", "discountInfo"), True),
        "costs": _COSTS,
    },
    "payments": ["uid", "method", "status", "amount", "externalRef"],
}
# Choices are expanded with their options' names in the same call (wires: A-query).
CHOICES_QUERY = {"uid": True, "type": True, "name": True, "options": ["uid", "name"]}
ORDERED_QUERY: Mapping[str, object] = {
    **dict.fromkeys(("uid", "articleNumber", "name", "type", "content", "variants", "stock"), True),
    "choices": CHOICES_QUERY,
}
"""The fields of an article that planning an order needs."""
ARTICLE_QUERY = ["uid", "articleNumber", "name", "type", "content", "variants", "stock"]


T = TypeVar("T")
M = TypeVar("M", bound=Method)


class DocumentPage(list[T]):
    """Documents of a page, and the placing times of its entries without uid; None where an entry has no time."""

    unnamed: tuple[datetime | None, ...] = ()


class ShopClient:
    """Reads orders, methods and articles of one Abicart shop, and writes order numbers back."""

    def __init__(self, rpc: JsonRpcClient, reading: Reading | None = None) -> None:
        self.rpc = rpc
        self.lists = DocumentLists(rpc)
        self.reading = reading or Reading()
        self.filters_by_changed = True
        """False where the shop is seen not to filter orders by their time of change."""
        self.filters_by_number = True
        """False where it is known not to filter them by their number."""
        self.counts = True
        """False where it is known not to count orders in a window."""

    async def webshop(self, uid: int, *, patient: bool = True) -> Webshop:
        """Return the shop itself; also the connection test. It is tried once unless `patient`, since a person waits."""
        fields = ["uid", "name", "baseCurrency", "defaultLanguage"]
        answer = await self.rpc.call("Webshop.get", uid, fields, repeatable=patient)
        try:
            return Webshop.model_validate(answer)
        except ValidationError as error:
            raise ShopOutOfReach(ErrorText("shop_unreadable", why=what_is_wrong(error))) from None

    async def orders(
        self, by: Literal["ordered", "changed"], since: datetime, until: datetime
    ) -> AsyncGenerator[DocumentPage[Order | UnreadableOrder], None]:
        """Yield pages of the placed orders whose time `by` is in the window (UTC, both ends included).

        Pages are by uid, so that none is skipped when orders leave the window during the read (wires: A-paging).
        """
        async for raw in self.lists.pages("Order.list", ORDER_QUERY, window(by, since, until)):
            orders: list[Order | UnreadableOrder] = []
            for some in chunked(_once(raw), _A_TURN):
                orders += _read_orders(some, self.reading)
                await asyncio.sleep(0)
            if by == "ordered":
                orders = [as_placed(order) for order in orders]
            yield _page(orders, raw)

    async def order_heads(
        self, by: Literal["ordered", "changed"], since: datetime, until: datetime
    ) -> AsyncIterator[DocumentPage[OrderHead]]:
        """Yield pages of the same orders with only uid, times of placing and last change, and external number."""
        query = ["uid", "ordered", "changed", "externalOrderNumber"]
        async for raw in self.lists.pages("Order.list", query, window(by, since, until)):
            yield _page(_heads(raw), raw)

    async def count_orders(self, since: datetime, until: datetime) -> int | None:
        """Return the shop's count of placed orders in the window; None where it refuses. Raises ShopError."""
        return await self._counted("Order.count", window("ordered", since, until)) if self.counts else None

    async def orders_by_uid(self, uids: Iterable[int]) -> AsyncIterator[list[Order | UnreadableOrder]]:
        """Yield the present orders, up to 100 a call; orders that the shop no longer shows are left out."""
        for some in chunked(uids, PAGE):
            yield _read_orders(await self.lists.by_uid("Order.list", ORDER_QUERY, some), self.reading)

    async def orders_by_number(self, number: str) -> list[Order | UnreadableOrder] | None:
        """Return the orders with this order number; None where the shop cannot filter by it (wires: A-number)."""
        if not self.filters_by_number:
            return None
        asked = {"filters": {"/orderNumber": {"equals": number}}, "limit": PAGE}
        try:
            found = _read_orders(await self.lists.raw("Order.list", ORDER_QUERY, asked), self.reading)
        except RpcError as refusal:
            if refusal.code != INVALID_PARAMS:
                raise
            return None
        if any(order.number.casefold() != number.casefold() for order in found):
            return None  # The shop ignores the filter: the order may be among those that it does not show.
        return [order for order in found if order.number == number]

    async def payment_methods(self) -> list[PaymentMethod]:
        """Return all payment methods."""
        return await self._all(PaymentMethod, "PaymentMethod.list", ["uid", "active", "type", "name"])

    async def delivery_methods(self) -> list[DeliveryMethod]:
        """Return all delivery methods."""
        return await self._all(DeliveryMethod, "DeliveryMethod.list", ["uid", "name"])

    async def _all(self, kind: type[M], method: str, query: object) -> list[M]:
        """Read a short list. An entry that cannot be read is known by its uid alone."""
        found = {uid_in(part): part for part in await self.lists.whole(method, query, MANY)}
        return [read_method(kind, uid, part) for uid, part in found.items()]

    async def articles(self) -> AsyncIterator[list[Article]]:
        """Yield the whole catalogue by uid, in chunks; an article that does not parse is left out."""
        async for some in self.article_lots(ARTICLE_QUERY, {}):
            yield some

    async def article_lots(self, query: object, filters: Mapping[str, object]) -> AsyncIterator[list[Article]]:
        """Yield articles by uid, in chunks. Other tasks run in between, first the call for the next page."""
        async for raw in self.lists.pages("Article.list", query, filters, MANY):
            for some in chunked(raw, _A_TURN):
                yield read_articles(some, self.reading)
                await asyncio.sleep(0)

    async def count_articles(self) -> int | None:
        """Return the number of articles; None where the shop does not count them. Raises ShopError."""
        return await self._counted("Article.count", {})

    async def _counted(self, method: str, filters: Mapping[str, object]) -> int | None:
        try:
            answer = await self.rpc.call(method, filters)
        except RpcError:
            return None
        return answer if type(answer) is int and answer >= 0 else None

    async def articles_by_uid(self, uids: Iterable[int]) -> list[Article]:
        """Return the articles, up to 100 a call."""
        found: list[Article] = []
        for some in chunked(uids, PAGE):
            found += read_articles(await self.lists.by_uid("Article.list", ORDERED_QUERY, some), self.reading)
        return found

    async def write_back(self, numbers: Mapping[int, str]) -> dict[int, ShopError | None]:
        """Set Specter's number on each order (uid to number; empty removes it); return the error of each, or None.

        A number counts as set only if the shop shows it; where the answer does not show it, it is read. Never call it
        for an order that shows another's number. Raises ShopOutOfReach or ShopRefusesUs as a whole.
        """
        outcome: dict[int, ShopError | None] = {}
        untold: dict[int, str] = {}
        for some in chunked(numbers.items(), LARGEST_BATCH):
            query = ["uid", "externalOrderNumber"]
            calls = [("Order.set", (uid, {"externalOrderNumber": number}, query)) for uid, number in some]
            answers = await self.rpc.batch(calls)
            for (uid, number), answer in zip(some, answers, strict=True):
                if isinstance(answer, ShopError):
                    outcome[uid] = answer
                elif isinstance(answer, Mapping) and "externalOrderNumber" in answer and uid_in(answer) == uid:
                    outcome[uid] = _confirm(read_head(answer).external_order_number, number)
                else:
                    untold[uid] = number
        shown = await self.external_numbers(untold) if untold else {}
        return outcome | {uid: _confirm(shown.get(uid), number) for uid, number in untold.items()}

    async def schema(self, name: str) -> Mapping[str, Any]:
        """Return the keys of a class by the shop's own schema, empty where it gives none. Raises ShopError."""
        try:
            answer = await self.rpc.call(f"{name}.getSchema", None)
        except RpcError:
            return {}
        keys = answer.get("properties") if isinstance(answer, Mapping) else None
        return keys if isinstance(keys, Mapping) else {}

    async def external_numbers(self, uids: Iterable[int]) -> dict[int, str]:
        """Return the external number that each order shows now, empty where it shows none. Raises ShopError."""
        found: dict[int, str] = {}
        for some in chunked(uids, PAGE):
            raw = await self.lists.by_uid("Order.list", ["uid", "externalOrderNumber"], some)
            found |= {head.uid: head.external_order_number for head in _heads(raw)}
        return found


def _heads(raw: Sequence[object]) -> list[OrderHead]:
    """Return the heads of a page. One that cannot be read has only its uid, so that its order is read in full."""
    return [read_head(part) for part in raw if isinstance(part, Mapping) and uid_in(part)]


def _page(orders: list[T], raw: Sequence[object]) -> DocumentPage[T]:
    """Return the parsed documents of a page with the placing times of its entries without uid."""
    page = DocumentPage(orders)
    page.unnamed = tuple(
        moment_of(part.get("ordered")) if isinstance(part, Mapping) else None for part in raw if not uid_in(part)
    )
    return page


def window(by: str, since: datetime, until: datetime) -> dict[str, object]:
    """Return the filter for times `by` in the window (UTC), from a second before, since a shop may leave out the ends.

    What came too early is out of scope by its own time, and what is at the later end is in the next window, too.
    """
    return {f"/{by}": {"min": stamp(since - _SECOND), "max": stamp(until)}}


def _confirm(shown: str | None, number: str) -> ShopError | None:
    return None if shown == number else NotKept(ErrorText("shop_forgot"))


def stamp(moment: datetime) -> str:
    """Format a time for filters (wires: A-times)."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _read_orders(raw: Sequence[object], reading: Reading) -> list[Order | UnreadableOrder]:
    return [
        oversized(part.uid) if isinstance(part, Oversized) else read_order(part, reading)
        for part in _once(raw)
        if isinstance(part, Oversized | Mapping)
    ]


def _once(raw: Sequence[object]) -> Iterable[object]:
    """Return the entries with a uid, each once; of duplicates the last."""
    return {uid_in(part): part for part in raw if uid_in(part)}.values()


def read_articles(raw: Sequence[object], reading: Reading) -> list[Article]:
    """Return the articles of a page; one that does not parse is left out."""
    articles = []
    for part in raw:
        try:
            articles.append(Article.model_validate(part, context=reading))
        except ValidationError:
            continue
    return articles


def read_method(kind: type[M], uid: int, raw: object) -> M:
    """Return a method; one that does not parse is known by its uid alone."""
    try:
        return kind.model_validate(raw)
    except ValidationError as error:
        return kind.known_by_uid(uid, what_is_wrong(error))

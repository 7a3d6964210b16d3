"""The shop's orders, methods and articles, and the write-back of Specter's number."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, Literal, TypeVar

from pydantic import ValidationError

from specter_tui.abicart.errors import AnswerTooLarge, NotKept, RpcError, ShopError, ShopOutOfReach
from specter_tui.abicart.fields import Reading, moment_of, uid_of
from specter_tui.abicart.jsonrpc import LARGEST_BATCH, JsonRpcClient
from specter_tui.abicart.models import (
    Article,
    DeliveryMethod,
    Method,
    Order,
    OrderHead,
    PaymentMethod,
    UnreadableOrder,
    Webshop,
    as_placed,
    oversized,
    read_head,
    read_order,
    what_is_wrong,
)
from specter_tui.errors import ErrorText

PAGE = 100
MANY = 400
"""Articles in a page: the most that a shop is known to return at once (wires: A-paging)."""
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


@dataclass(frozen=True, slots=True)
class Oversized:
    """An entry of a page that is larger than an answer may be even alone."""

    uid: int


class DocumentPage(list[T]):
    """Documents of a page, and the placing times of its entries without uid; None where an entry has no time."""

    unnamed: tuple[datetime | None, ...] = ()


class ShopClient:
    """Reads orders, methods and articles of one Abicart shop, and writes order numbers back."""

    def __init__(self, rpc: JsonRpcClient, reading: Reading | None = None) -> None:
        self.rpc = rpc
        self.reading = reading or Reading()

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
    ) -> AsyncIterator[DocumentPage[Order | UnreadableOrder]]:
        """Yield pages of the placed orders whose time `by` is in the window (UTC, both ends included).

        Pages are by uid, so that none is skipped when orders leave the window during the read (wires: A-paging).
        """
        async for raw in self.pages("Order.list", ORDER_QUERY, window(by, since, until)):
            orders: list[Order | UnreadableOrder] = []
            for some in chunked_uids(_once(raw), _A_TURN):
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
        async for raw in self.pages("Order.list", query, window(by, since, until)):
            yield _page(_heads(raw), raw)

    async def count_orders(self, since: datetime, until: datetime) -> int | None:
        """Return the shop's count of placed orders in the window; None where it refuses. Raises ShopError."""
        try:
            answer = await self.rpc.call("Order.count", window("ordered", since, until))
        except RpcError:
            return None
        return answer if type(answer) is int and answer >= 0 else None

    async def orders_by_uid(self, uids: Iterable[int]) -> AsyncIterator[list[Order | UnreadableOrder]]:
        """Yield the present orders, up to 100 a call; orders that the shop no longer shows are left out."""
        for some in chunked_uids(uids, PAGE):
            yield _read_orders(await self.list_by_uid("Order.list", ORDER_QUERY, some), self.reading)

    async def orders_by_number(self, number: str) -> list[Order | UnreadableOrder] | None:
        """Return the orders with this order number; None where the shop cannot filter by it (wires: A-number)."""
        asked = {"filters": {"/orderNumber": {"equals": number}}, "limit": PAGE}
        try:
            found = _read_orders(await self.list_raw("Order.list", ORDER_QUERY, asked), self.reading)
        except RpcError:
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
        """Read a short list, until a page has nothing new; by offset, which needs no filter of the shop.

        An entry that cannot be read is known by its uid alone.
        """
        found: dict[int, object] = {}
        while page := await self.list_raw(method, query, {"limit": MANY, "offset": len(found)}):
            news = {uid_in(part): part for part in page if uid_in(part) not in found}
            if not news:
                break
            found |= news
        return [read_method(kind, uid, part) for uid, part in found.items()]

    async def articles(self) -> AsyncIterator[list[Article]]:
        """Yield the whole catalogue by uid, in chunks; an article that does not parse is left out."""
        async for some in self.article_lots(ARTICLE_QUERY, {}):
            yield some

    async def article_lots(self, query: object, filters: Mapping[str, object]) -> AsyncIterator[list[Article]]:
        """Yield articles by uid, in chunks. Other tasks run in between, first the call for the next page."""
        async for raw in self.pages("Article.list", query, filters, MANY):
            for some in chunked_uids(raw, _A_TURN):
                yield read_articles(some, self.reading)
                await asyncio.sleep(0)

    async def count_articles(self) -> int | None:
        """Return the number of articles. Raises ShopError."""
        answer = await self.rpc.call("Article.count", {})
        return answer if isinstance(answer, int) else None

    async def articles_by_uid(self, uids: Iterable[int]) -> list[Article]:
        """Return the articles, up to 100 a call."""
        found: list[Article] = []
        for some in chunked_uids(uids, PAGE):
            found += read_articles(await self.list_by_uid("Article.list", ORDERED_QUERY, some), self.reading)
        return found

    async def write_back(self, numbers: Mapping[int, str]) -> dict[int, ShopError | None]:
        """Set Specter's number on each order (uid to number; empty removes it); return the error of each, or None.

        A number counts as set only if the shop shows it; where the answer does not show it, it is read. Never call it
        for an order that shows another's number. Raises ShopOutOfReach or ShopRefusesUs as a whole.
        """
        outcome: dict[int, ShopError | None] = {}
        untold: dict[int, str] = {}
        for some in chunked_uids(numbers.items(), LARGEST_BATCH):
            query = ["uid", "externalOrderNumber"]
            calls = [("Order.set", (uid, {"externalOrderNumber": number}, query)) for uid, number in some]
            try:
                answers = await self.rpc.batch(calls)
            except RpcError as refusal:  # It refuses all of them at once.
                answers = [refusal] * len(calls)
            for (uid, number), answer in zip(some, answers, strict=True):
                if isinstance(answer, ShopError):
                    outcome[uid] = answer
                elif isinstance(answer, Mapping) and "externalOrderNumber" in answer and uid_in(answer) == uid:
                    outcome[uid] = _confirm(read_head(answer).external_order_number, number)
                else:
                    untold[uid] = number
        shown = await self.external_numbers(untold) if untold else {}
        return outcome | {uid: _confirm(shown.get(uid), number) for uid, number in untold.items()}

    async def external_numbers(self, uids: Iterable[int]) -> dict[int, str]:
        """Return the external number that each order shows now, empty where it shows none. Raises ShopError."""
        found: dict[int, str] = {}
        for some in chunked_uids(uids, PAGE):
            raw = await self.list_by_uid("Order.list", ["uid", "externalOrderNumber"], some)
            found |= {head.uid: head.external_order_number for head in _heads(raw)}
        return found

    async def pages(
        self, method: str, query: object, filters: Mapping[str, object], size: int = PAGE
    ) -> AsyncIterator[list[Any]]:
        """Yield every page of the filtered documents, by rising uid, unparsed (wires: A-paging). Raises ShopError.

        The next page begins above the last uid seen, so that nothing shifts during the read. It is fetched while the
        caller handles the page before. A shop may give fewer than were asked for: the end is a page with nothing new.
        """
        above = 0
        at_once = size
        nameless: list[Any] = []
        coming = asyncio.create_task(self._page(method, query, filters, above, at_once))
        try:
            while (page := await coming)[0]:
                # Entries without uid may be shown again above the last one.
                raw, at_once = [part for part in page[0] if part not in nameless], min(4 * page[1], size)
                highest = max(map(uid_in, raw), default=0)
                if highest <= above:
                    if raw and not highest:  # Nothing in it has a uid, so nothing more can be asked for.
                        yield raw
                    return
                nameless = [part for part in page[0] if not uid_in(part)]
                above = highest
                coming = asyncio.create_task(self._page(method, query, filters, above, at_once))
                yield raw
        finally:
            coming.cancel()
            await asyncio.wait([coming])

    async def _page(
        self, method: str, query: object, filters: Mapping[str, object], above: int, size: int
    ) -> tuple[list[Any], int]:
        """Return one page, or as much of it as one answer holds, and the limit that was used."""
        wanted = {**filters, **({"/uid": {"min": above + 1}} if above else {})}
        selection = {**({"filters": wanted} if wanted else {}), "sort": "uid"}
        while True:
            try:
                return await self.list_raw(method, query, {**selection, "limit": size}), size
            except AnswerTooLarge:
                if size == 1:
                    named = await self.list_raw(method, ["uid"], {**selection, "limit": 1})
                    return [Oversized(uid) for uid in map(uid_in, named) if uid], size
                size = max(size // 4, 1)

    async def list_by_uid(self, method: str, query: object, uids: Sequence[int]) -> list[Any]:
        """Return those of at most 100 uids that the shop shows, unparsed. Raises ShopError.

        A shop may give fewer at once: missing ones are asked for again as long as some arrive.
        """
        found: list[Any] = []
        missing = list(uids)
        while missing:
            some = await self._some_by_uid(method, query, missing)
            found += some
            came = set(map(uid_in, some))
            rest = [uid for uid in missing if uid not in came]
            if len(rest) == len(missing):
                break
            missing = rest
        return found

    async def _some_by_uid(self, method: str, query: object, uids: Sequence[int]) -> list[Any]:
        selection = {"filters": {"/uid": {"in": uids}}, "sort": "uid", "limit": PAGE}
        try:
            return await self.list_raw(method, query, selection)
        except AnswerTooLarge:
            if len(uids) == 1:
                return [Oversized(uids[0])]
            half = len(uids) // 2
            first = await self._some_by_uid(method, query, uids[:half])
            return first + await self._some_by_uid(method, query, uids[half:])

    async def list_raw(self, method: str, query: object, selection: Mapping[str, object]) -> list[Any]:
        """Return one page of a list, unparsed. Raises ShopError."""
        answer = await self.rpc.call(method, query, selection)
        if not isinstance(answer, list):
            raise ShopOutOfReach(ErrorText("shop_no_list", method=method))
        return answer


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
    """Return the filter for times `by` in the window (UTC, both ends included)."""
    return {f"/{by}": {"min": stamp(since), "max": stamp(until)}}


def chunked_uids(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield the items in lists of at most `size`."""
    rest = iter(items)
    while lot := list(islice(rest, size)):
        yield lot


def _confirm(shown: str | None, number: str) -> ShopError | None:
    return None if shown == number else NotKept(ErrorText("shop_forgot"))


def stamp(moment: datetime) -> str:
    """Format a time for filters (wires: A-times)."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def uid_in(raw: object) -> int:
    """Return the uid of an entry of a page, 0 where it has none."""
    return raw.uid if isinstance(raw, Oversized) else uid_of(raw.get("uid")) if isinstance(raw, Mapping) else 0


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

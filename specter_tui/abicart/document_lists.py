"""Lists of the shop's documents in pages or by uid, also where the shop refuses or ignores part of it.

What a shop was seen to refuse or ignore is not asked of it again (wires: A-paging).
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from specter_tui.abicart.errors import INVALID_PARAMS, NOT_FOUND, AnswerTooLarge, RpcError, ShopError, ShopOutOfReach
from specter_tui.abicart.fields import uid_of
from specter_tui.abicart.jsonrpc import LARGEST_BATCH, JsonRpcClient
from specter_tui.errors import ErrorText

PAGE = 100
_MOST_SHIFTS = 5
_SELECTIONS: Mapping[str, tuple[object, ...]] = {"limit": (), "true": (True,), "none": ()}

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Oversized:
    """An entry of a page that is larger than an answer may be even alone."""

    uid: int


@dataclass(slots=True)
class ListHabits:
    """How one list of the shop is read. A habit is given up for good once the shop does not follow it."""

    sorted: bool = True
    """`sort` by uid is asked for."""
    by_least_uid: bool = True
    """The next page is asked for by `/uid` with `min`; else the uids are listed first, by offset."""
    by_uids: bool = True
    """Documents are asked for by `/uid` with `in`; else by `get`, in batches."""


class NotFollowed(Exception):
    """The shop refuses or ignores the order or the filter by which pages are read."""


class DocumentLists:
    """The lists of one shop."""

    def __init__(self, rpc: JsonRpcClient) -> None:
        self.rpc = rpc
        self.by_least_uid_at_first = True
        """False where the shop is known not to follow `/uid`, so that no list tries it."""
        self.habits: dict[str, ListHabits] = defaultdict(self._first_habits)
        """By method, such as `Order.list`."""
        self.selection = ""
        """The selection that the lists of methods are known to take: `limit`, `true` or `none`; empty: not known."""
        self.largest: int | None = None
        """The largest `limit` that is not refused, where one was."""
        self.ends_inclusive: bool | None = None
        """Whether `min` includes its value; None until it is seen."""

    def _first_habits(self) -> ListHabits:
        return ListHabits(by_least_uid=self.by_least_uid_at_first)

    async def pages(
        self, method: str, query: object, filters: Mapping[str, object], size: int = PAGE
    ) -> AsyncIterator[list[Any]]:
        """Yield every page of the filtered documents, unparsed (wires: A-paging). Raises ShopError.

        The next page begins above the last uid seen, so that nothing shifts during the read. It is fetched while the
        caller handles the page before. A shop may give fewer than were asked for: the end is a page with nothing new.
        """
        seen: set[int] = set()
        if self.habits[method].by_least_uid:
            try:
                async with aclosing(self._by_least_uid(method, query, filters, size)) as pages:
                    async for raw in pages:
                        seen.update(map(uid_in, raw))
                        yield raw
            except NotFollowed:
                self.habits[method].by_least_uid = False
            else:
                return
        listed = await self._uids_by_offset(method, filters)
        if (without := [one for one in listed if not uid_in(one)]) and 0 not in seen:
            yield without
        for some in chunked(sorted({uid for uid in map(uid_in, listed) if uid} - seen), PAGE):
            yield await self.by_uid(method, query, some)

    async def by_uid(self, method: str, query: object, uids: Sequence[int]) -> list[Any]:
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

    async def raw(self, method: str, query: object, selection: Mapping[str, object]) -> list[Any]:
        """Return one page of a list, unparsed. Raises ShopError."""
        answer = await self.rpc.call(method, query, selection)
        if not isinstance(answer, list):
            raise ShopOutOfReach(ErrorText("shop_no_list", method=method))
        return answer

    async def whole(self, method: str, query: object, size: int) -> list[Any]:
        """Return a short list, by the selections that shops are known to take (wires: A-methods). Raises ShopError."""
        names = sorted(_SELECTIONS, key=lambda name: name != self.selection)
        for name in names:
            try:
                if name == "limit":
                    return await self._short_by_offset(method, query, size)
                answer = await self.rpc.call(method, query, *_SELECTIONS[name])
            except RpcError as refusal:
                if refusal.code != INVALID_PARAMS or name == names[-1]:
                    raise
            else:
                self.selection = name
                if not isinstance(answer, list):
                    raise ShopOutOfReach(ErrorText("shop_no_list", method=method))
                return answer
        raise AssertionError("the last selection returns or raises")

    async def _short_by_offset(self, method: str, query: object, size: int) -> list[Any]:
        """Read a list until a page has nothing new; by offset, which needs no filter of the shop."""
        found: dict[int, object] = {}
        while page := await self._limited(method, query, {"offset": len(found)}, size):
            news = {uid_in(part): part for part in page[0] if uid_in(part) not in found}
            if not news:
                break
            found |= news
        return list(found.values())

    async def _by_least_uid(
        self, method: str, query: object, filters: Mapping[str, object], size: int
    ) -> AsyncGenerator[list[Any], None]:
        above, at_once, before = 0, size, 0
        nameless: list[Any] = []
        coming = asyncio.create_task(self._page(method, query, filters, above, at_once))
        try:
            while (page := await coming)[0]:
                # Entries without uid may be shown again above the last one.
                raw, at_once = [part for part in page[0] if part not in nameless], min(4 * page[1], size)
                learned = self._judge([uid for uid in map(uid_in, raw) if uid], above, page[2])
                raw = [part for part in raw if uid_in(part) != above or not above]
                highest = max(map(uid_in, raw), default=0)
                # Where one entry came at a time, this one was the page, and more may follow.
                more, before = learned and (page[1] == 1 or before == 1), len(page[0])
                if highest <= above and not more:
                    if raw and not highest:  # Nothing in it has a uid, so nothing more can be asked for.
                        yield raw
                    return
                nameless = [part for part in page[0] if not uid_in(part)]
                above = max(highest, above)
                coming = asyncio.create_task(self._page(method, query, filters, above, at_once))
                yield raw
        finally:
            coming.cancel()
            await asyncio.wait([coming])

    def _judge(self, uids: Sequence[int], above: int, least: int) -> bool:
        """Return whether a page shows, for the first time, that `min` includes its value.

        Raises NotFollowed where its uids do not rise, or are below the least that was asked for.
        """
        if list(uids) != sorted(uids) or any(uid < least for uid in uids):
            raise NotFollowed
        learned = self.ends_inclusive is None and above in uids
        if learned:
            self.ends_inclusive = True
        return learned

    async def _page(
        self, method: str, query: object, filters: Mapping[str, object], above: int, size: int
    ) -> tuple[list[Any], int, int]:
        """Return one page, or as much of it as one answer holds, its limit, and the least uid that was asked for.

        Raises NotFollowed.
        """
        least = above + 1 if above and self.ends_inclusive else above
        wanted = {**filters, **({"/uid": {"min": least}} if above else {})}
        selection = {**({"filters": wanted} if wanted else {}), "sort": "uid"}
        try:
            return (*await self._fitting(method, query, selection, size), least)
        except RpcError as refusal:
            if refusal.code == INVALID_PARAMS and (above or refusal.is_about("sort")):
                raise NotFollowed from None
            raise

    async def _fitting(
        self, method: str, query: object, selection: Mapping[str, object], size: int
    ) -> tuple[list[Any], int]:
        """Return one page that fits into an answer, and its limit; an entry that fits into none is Oversized."""
        while True:
            try:
                return await self._limited(method, query, selection, size)
            except AnswerTooLarge:
                if size == 1:
                    named = await self.raw(method, ["uid"], {**selection, "limit": 1})
                    return [Oversized(uid) for uid in map(uid_in, named) if uid], size
                size = max(min(size, self.largest or size) // 4, 1)

    async def _limited(
        self, method: str, query: object, selection: Mapping[str, object], size: int
    ) -> tuple[list[Any], int]:
        """Return one page, and the limit that was used: a smaller one where the shop refuses it."""
        while True:
            size = min(size, self.largest or size)
            try:
                return await self.raw(method, query, {**selection, "limit": size}), size
            except RpcError as refusal:
                if size == 1 or refusal.code != INVALID_PARAMS or not refusal.is_about("limit"):
                    raise
                self.largest = max(size // 4, 1)

    async def _uids_by_offset(self, method: str, filters: Mapping[str, object]) -> list[Any]:
        """Return a list's entries with their uids alone, each once, read by offset.

        Each page begins with the last entry of the ones before: where it has none of them, the list has shifted, and is
        read again.
        """
        for _ in range(_MOST_SHIFTS):
            first = await self._uid_page(method, filters, 0)
            listed = _news(first, {})
            while listed:
                page = await self._uid_page(method, filters, len(listed) - 1)
                if len(first) > 1 and page == first:  # The offset is ignored, too.
                    if len(first) < min(PAGE, self.largest or PAGE):
                        return list(listed.values())
                    raise ShopOutOfReach(ErrorText("shop_no_pages", method=method))
                if not listed.keys() & _news(page, {}).keys():
                    break
                # A page may hold one entry alone.
                news = _news(page, listed) or _news(await self._uid_page(method, filters, len(listed)), listed)
                if not news:
                    return list(listed.values())
                listed |= news
            else:
                return []
        raise ShopOutOfReach(ErrorText("shop_shifts", method=method))

    async def _uid_page(self, method: str, filters: Mapping[str, object], offset: int) -> list[Any]:
        habits = self.habits[method]
        while True:
            sort = {"sort": "uid"} if habits.sorted else {}
            selection = {**({"filters": filters} if filters else {}), **sort, "offset": offset}
            try:
                return (await self._limited(method, ["uid"], selection, PAGE))[0]
            except RpcError as refusal:
                if not habits.sorted or refusal.code != INVALID_PARAMS or not refusal.is_about("sort"):
                    raise
                habits.sorted = False

    async def _some_by_uid(self, method: str, query: object, uids: Sequence[int]) -> list[Any]:
        habits = self.habits[method]
        if habits.by_uids:
            sort = {"sort": "uid"} if habits.sorted else {}
            try:
                page, _ = await self._limited(method, query, {"filters": {"/uid": {"in": uids}}, **sort}, PAGE)
                if {uid_in(part) for part in page} <= {*uids, 0}:
                    return page
                habits.by_uids = False  # The filter is ignored.
            except AnswerTooLarge:
                if len(uids) == 1:
                    return [Oversized(uids[0])]
                half = len(uids) // 2
                first = await self._some_by_uid(method, query, uids[:half])
                return first + await self._some_by_uid(method, query, uids[half:])
            except RpcError as refusal:
                if refusal.code != INVALID_PARAMS:
                    raise
                return await self._without_habit(refusal, method, query, uids)
        return await self._got(method, query, uids)

    async def _without_habit(self, refusal: RpcError, method: str, query: object, uids: Sequence[int]) -> list[Any]:
        """Read by `get` what the list refused. If that is refused, too, the reason was another."""
        if refusal.is_about("sort") and self.habits[method].sorted:
            self.habits[method].sorted = False
            return await self._some_by_uid(method, query, uids)
        try:
            found = await self._got(method, query, uids)
        except RpcError:
            raise refusal from None
        self.habits[method].by_uids = False
        return found

    async def _got(self, method: str, query: object, uids: Sequence[int]) -> list[Any]:
        """Read documents by `get`; those that the shop no longer shows are left out."""
        get = f"{method.partition('.')[0]}.get"
        found: list[Any] = []
        for some in chunked(uids, LARGEST_BATCH):
            try:
                answers = await self.rpc.batch([(get, (uid, query)) for uid in some])
            except AnswerTooLarge:
                if len(some) == 1:
                    found.append(Oversized(some[0]))
                    continue
                half = len(some) // 2
                found += await self._got(method, query, some[:half]) + await self._got(method, query, some[half:])
                continue
            for answer in answers:
                if isinstance(answer, RpcError) and answer.code == NOT_FOUND:
                    continue
                if isinstance(answer, ShopError):
                    raise answer
                found.append(answer)
        return found


def _news(page: Sequence[Any], known: Mapping[object, Any]) -> dict[object, Any]:
    """Return the entries that are not known, by uid; one without a uid by what it is."""
    by_key = {uid_in(one) or repr(one): one for one in page}
    return {key: one for key, one in by_key.items() if key not in known}


def chunked(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield the items in lists of at most `size`."""
    rest = iter(items)
    while lot := list(islice(rest, size)):
        yield lot


def uid_in(raw: object) -> int:
    """Return the uid of an entry of a page, 0 where it has none."""
    if isinstance(raw, dict):
        return uid_of(raw.get("uid"))
    return raw.uid if isinstance(raw, Oversized) else 0

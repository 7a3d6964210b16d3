"""The list of the shop's article numbers: read once for each sending process, then updated with changes.

It is stored in the journal, so that a command for one order need not read the catalogue, and no order costs a call.
"""

import asyncio
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from specter_tui.abicart.catalog_models import Article
from specter_tui.abicart.document_lists import chunked
from specter_tui.abicart.errors import INVALID_PARAMS, RpcError
from specter_tui.engine.articles.catalog_index import catalog_index_of
from specter_tui.engine.context import ShopContext
from specter_tui.journal.repositories.cursors import Cursors
from specter_tui.journal.repositories.goods.shop_numbers import ShopNumbers

OLDEST = timedelta(minutes=10)
"""The list's maximum age when an order is claimed."""
_BEFORE_A_HOLD = timedelta(seconds=30)
"""Its maximum age when it holds an order back, so that a correction in the shop counts at once."""
_WHOLE_EVERY = timedelta(hours=24)
_OVERLAP = timedelta(minutes=2)
_READ, _UNTIL = "numbers_read_at", "numbers_until"
_LOT = 400
_MOST_SHARED = 400


class ShopNumberList:
    """Finds shared numbers in a list that is at most ten minutes old."""

    def __init__(self, context: ShopContext) -> None:
        self._context = context
        self._one_at_a_time = asyncio.Lock()
        self._until: datetime | None = None
        self._read_here = False
        self._changed_may_be_asked = True

    async def shared(self, numbers: Iterable[str]) -> dict[str, int]:
        """Return those of these numbers (case-folded) that several articles or variants have, with their counts."""
        asked = list(numbers)
        if not asked:
            return {}
        await self.freshen()
        found = await self._shared(asked)
        if found and await self.freshen(oldest=_BEFORE_A_HOLD):
            found = await self._shared(asked)
        return found

    async def freshen(self, *, oldest: timedelta = OLDEST, watching: bool = False) -> set[str]:
        """Update the list if it is older; return the numbers that became shared, or are no longer.

        `watching`: the process runs for long, and begins with a whole list. Raises ShopError, JournalError.
        """
        async with self._one_at_a_time:
            now = self._context.shop.rpc.now()
            if self._until is not None and timedelta(0) <= now - self._until <= oldest:
                return set()
            until, read_at = await self._cursor(_UNTIL), await self._cursor(_READ)
            whole_for = OLDEST if watching and not self._read_here else _WHOLE_EVERY
            if not self._changed_may_be_asked:
                whole_for = oldest
            before = set(await self._context.journal(ShopNumbers.shared, _MOST_SHARED))
            if until is None or read_at is None or not timedelta(0) <= now - read_at <= whole_for:
                await self._read_whole(now)
            elif not timedelta(0) <= now - until <= oldest:
                await self._follow(until, now)
            else:
                now = until
            self._until, self._read_here = now, True
            return before ^ set(await self._context.journal(ShopNumbers.shared, _MOST_SHARED))

    async def _read_whole(self, now: datetime) -> None:
        seen: set[int] = set()
        kept: list[Article] = []
        async for page in self._context.catalogue.articles(in_full=False):
            seen |= {article.uid for article in page}
            kept += page
            if len(kept) >= _LOT:
                await self._keep(kept)
                kept = []
        await self._keep(kept)
        await self._context.journal(ShopNumbers.keep_only, seen)
        for name in (_READ, _UNTIL):
            await self._context.journal(Cursors.set, name, now.isoformat())

    async def _follow(self, until: datetime, now: datetime) -> None:
        try:
            async for page in self._context.catalogue.articles((until - _OVERLAP, now), in_full=False):
                await self._keep(page)
        except RpcError as error:
            if error.code != INVALID_PARAMS:
                raise
            self._changed_may_be_asked = False
            await self._read_whole(now)
            return
        await self._look_again_at_shared()
        await self._context.journal(Cursors.set, _UNTIL, now.isoformat())

    async def _look_again_at_shared(self) -> None:
        """Read the articles that share a number again, since the shop does not report deletions."""
        shared = await self._context.journal(ShopNumbers.shared, _MOST_SHARED)
        holders = await self._context.journal(ShopNumbers.holders, shared)
        for uids in chunked(sorted({one.article_uid for held in holders.values() for one in held}), _LOT):
            there = await self._context.catalogue.stocked(uids)
            await self._keep(list(there.values()))
            await self._context.journal(ShopNumbers.keep, {uid: () for uid in uids if uid not in there})

    async def _keep(self, articles: Sequence[Article]) -> None:
        numbers = {
            article.uid: [(entry.place.variant_uid or 0, entry.number) for entry in catalog_index_of(article)]
            if not article.is_package
            else []
            for article in articles
        }
        await self._context.journal(ShopNumbers.keep, numbers)

    async def _shared(self, numbers: Sequence[str]) -> dict[str, int]:
        holders = await self._context.journal(ShopNumbers.holders, numbers)
        return {folded: len(held) for folded, held in holders.items() if len(held) > 1}

    async def _cursor(self, name: str) -> datetime | None:
        kept = await self._context.journal(Cursors.get, name)
        return None if kept is None else datetime.fromisoformat(kept)

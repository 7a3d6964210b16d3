"""Write stock to the shop: calculate it, compare it with the shop's, and write only differences."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from specter_tui.abicart.catalog import ArticleRef, Vanished
from specter_tui.abicart.catalog_models import Article
from specter_tui.abicart.errors import NotKept, ShopError, ShopOutOfReach
from specter_tui.engine.articles.catalog_index import CatalogEntry, CatalogIndex, catalog_index_of
from specter_tui.engine.context import ShopContext
from specter_tui.engine.events import Progress
from specter_tui.engine.retry_call import slept
from specter_tui.journal.goods_models import Quantity, WrittenStock
from specter_tui.journal.repositories.goods.stock import StockLevels
from specter_tui.planning.stock_levels import SitesUnnamed, count_sites, shop_stock

_LOT = 400
_PAUSES = (0.5, 2.0)
"""Seconds before stock that the shop did not accept is written again."""
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class _Target:
    """The stock to be shown for one article number, and its article or variant."""

    number: str
    place: ArticleRef
    stock: int


class StockWriter:
    """The writing of one pull, and its counts."""

    def __init__(self, context: ShopContext, catalog: CatalogIndex, held: Callable[[], Mapping[str, Decimal]]) -> None:
        self._context = context
        self._catalog = catalog
        self._held = held
        self._read_again = False
        self.written = 0
        self.unchanged = 0
        self._failed = 0

    async def all(self, closing: Callable[[], bool]) -> None:
        """Write every marked article. Raises ShopError, JournalError; unwritten ones stay marked.

        Stock that the shop does not accept is written again later, then reported; the others are not delayed.
        """
        left: dict[str, ShopError] = {}
        while not closing():
            marked = await self._context.journal(StockLevels.to_write, _LOT + len(left))
            numbers = [number for number in marked if number not in left][:_LOT]
            if not numbers:
                break
            left |= await self._write(numbers)
            self._tell(finished=False)
        for pause in _PAUSES:
            if left and await slept(pause, closing):
                left = await self._write(list(left))
        if left and not closing():
            await self._context.journal(StockLevels.unplaced, {number: _why(error) for number, error in left.items()})
            self._failed += len(left)

    def finish(self) -> None:
        """Report the end of the pull."""
        self._tell(finished=True)

    async def _write(self, numbers: Sequence[str]) -> dict[str, ShopError]:
        """Write these numbers; return the errors that do not concern the article itself."""
        await self._catalog.know(numbers)
        catalog, whys = self._fitting(numbers)
        now = await self._context.catalogue.stocked(sorted({entry.place.article_uid for entry in catalog.values()}))
        if any(not _is_there(entry, now) for entry in catalog.values()) and not self._read_again:
            # Numbers were moved in the shop since the catalogue was read: read it again, once in a pull.
            self._read_again = True
            await self._catalog.know((), again=True)
            return await self._write(numbers)
        whys |= {number: "vanished" for number, entry in catalog.items() if not _is_there(entry, now)}
        there = {number: entry for number, entry in catalog.items() if number not in whys}
        targets, unnamed = await self._targets(there)
        left = await self._set([one for one in targets if _present(one.place, now) != one.stock], targets, whys)
        await self._context.journal(StockLevels.unplaced, whys | unnamed)
        self._failed += len(whys) + len(unnamed)
        return left

    def _fitting(self, numbers: Sequence[str]) -> tuple[dict[str, CatalogEntry], dict[str, str]]:
        """Return the only catalogue entry of each number, or why its stock cannot be written."""
        fitting: dict[str, CatalogEntry] = {}
        whys: dict[str, str] = {}
        for number in numbers:
            entry = self._catalog.fit(number)
            if entry is not None:
                fitting[number] = entry
            else:
                whys[number] = self._catalog.why_not(number)
        return fitting, whys

    async def _targets(self, catalog: Mapping[str, CatalogEntry]) -> tuple[list[_Target], dict[str, str]]:
        journal = self._context.journal
        quantities = await journal(StockLevels.quantities, list(catalog))
        # Held quantities are read first: an order exported in between is counted twice, which is only too low.
        held = self._held()
        sold = await journal(StockLevels.sold_after_fetch, list(catalog))
        targets: list[_Target] = []
        unnamed: dict[str, str] = {}
        for number, entry in catalog.items():
            try:
                specter = self._counted(quantities.get(number, {}))
            except SitesUnnamed:
                unnamed[number] = "site_unnamed"
                continue
            gone = held.get(number, _NOTHING) + sold.get(number, _NOTHING)
            targets.append(_Target(number, entry.place, shop_stock(specter, gone)))
        return targets, unnamed

    def _counted(self, by_site: Mapping[str, Quantity]) -> Decimal:
        plain = {site: quantity.quantity for site, quantity in by_site.items()}
        return count_sites(plain, self._context.settings.stock.sites)

    async def _set(
        self, differing: Sequence[_Target], targets: Sequence[_Target], whys: dict[str, str]
    ) -> dict[str, ShopError]:
        """Write differing stock and record all that is right now; refusals of the shop are added to `whys`.

        Return the errors that say nothing about the article and whose stock the shop does not show.
        """
        outcome = await self._context.catalogue.set_stock({one.place: Decimal(one.stock) for one in differing})
        doubtful = [one for one in differing if isinstance(outcome[one.place], ShopOutOfReach)]
        shown = await self._context.catalogue.stocked(sorted({one.place.article_uid for one in doubtful}))
        left: dict[str, ShopError] = {}
        for one in differing:
            error = outcome[one.place]
            if isinstance(error, ShopOutOfReach):
                if one.place.article_uid not in shown or _present(one.place, shown) != one.stock:
                    left[one.number] = error
            elif error is not None:
                whys[one.number] = "vanished" if isinstance(error, Vanished) else error.message
        right = [one for one in targets if one.number not in whys and one.number not in left]
        self.written += sum(one.number not in whys and one.number not in left for one in differing)
        self.unchanged += len(targets) - len(differing)
        await self._context.journal(
            StockLevels.written,
            [WrittenStock(one.number, one.stock, one.place.article_uid, one.place.variant_uid) for one in right],
        )
        return left

    def _tell(self, *, finished: bool) -> None:
        done = self.written + self.unchanged + self._failed
        self._context.emit(Progress("stock", done, done if finished else None, self._failed, finished))


def _why(error: ShopError) -> str:
    """Return a key of `why_no_stock`, or the shop's text."""
    return "not_kept" if isinstance(error, NotKept) else error.message


def _is_there(entry: CatalogEntry, now: Mapping[int, Article]) -> bool:
    """Return whether the article or variant still has this number and counted stock."""
    article = now.get(entry.place.article_uid)
    return article is not None and entry in catalog_index_of(article)


def _present(place: ArticleRef, now: Mapping[int, Article]) -> Decimal | None:
    """Return the stock that the shop shows now, None where it shows none."""
    article = now[place.article_uid]
    if place.variant_uid is None:
        return article.stock.stock if article.stock else None
    return next((one.overrides.stock for one in article.variants if one.uid == place.variant_uid), None)

"""The article or variant of each article number: a small index of the catalogue, without its documents."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from specter_tui.abicart.catalog import ArticleRef
from specter_tui.abicart.catalog_models import Article
from specter_tui.abicart.errors import INVALID_PARAMS, RpcError
from specter_tui.engine.context import ShopContext
from specter_tui.planning.article_numbers import folded, own_number

_GOOD_FOR_SECONDS = 600
_OVERLAP = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class CatalogEntry:
    """One article or variant with its number. `managed`: the shop counts its stock."""

    place: ArticleRef
    number: str
    managed: bool
    package: bool


class CatalogIndex:
    """Catalogue entries by number; read once, then updated with changes in the shop."""

    def __init__(self, context: ShopContext) -> None:
        self._context = context
        self._by_number: dict[str, tuple[CatalogEntry, ...]] = {}
        self._numbers: dict[int, tuple[str, ...]] = {}
        self._read_at: float | None = None
        self._began: datetime | None = None
        self._until: datetime | None = None
        self._changed_may_be_asked = True

    async def know(self, numbers: Iterable[str], *, again: bool = False) -> None:
        """Read the whole catalogue, if that was not done yet, or if `again` is set. Raises ShopError.

        If the shop cannot filter changes, it is also read, at most every ten minutes, when one of the numbers is
        missing.
        """
        old = self._read_at is None or time.monotonic() - self._read_at > _GOOD_FOR_SECONDS
        missing = not self._changed_may_be_asked and any(not self.find(number) for number in numbers)
        if again or self._read_at is None or (missing and old):
            self.begin()
            async for page in self._context.catalogue.articles(in_full=False):
                self.put(page)
            self.complete()

    async def follow(self) -> None:
        """Apply the shop's changes since the last time, once the catalogue was read. Raises ShopError."""
        if self._read_at is None or self._until is None or not self._changed_may_be_asked:
            return
        until = self._context.shop.rpc.now()
        try:
            async for page in self._context.catalogue.articles((self._until - _OVERLAP, until), in_full=False):
                self.put(page)
        except RpcError as error:
            if error.code != INVALID_PARAMS:
                raise
            self._changed_may_be_asked = False
        self._until = until

    def begin(self) -> None:
        """Clear the index, before the whole catalogue is put in."""
        self._by_number.clear()
        self._numbers.clear()
        self._read_at = None
        self._began = self._context.shop.rpc.now()

    def complete(self) -> None:
        """Mark the catalogue as read whole."""
        self._read_at = time.monotonic()
        self._until = self._began

    def fit(self, number: str) -> CatalogEntry | None:
        """Return the only entry of a number, if its stock can be written."""
        found = self.find(number)
        if len(found) != 1 or found[0].number.strip() != number:
            return None
        return found[0] if found[0].managed and not found[0].package else None

    def why_not(self, number: str) -> str:
        """Return why the stock of a number cannot be written: a key of `why_no_stock`."""
        found = self.find(number)
        if len(found) > 1:
            return "duplicate"
        if not found or found[0].number.strip() != number:
            return "not_in_shop"
        return "package" if found[0].package else "unmanaged"

    def find(self, number: str) -> tuple[CatalogEntry, ...]:
        """Return all entries of a number in any spelling; normally one."""
        return self._by_number.get(folded(number), ())

    def place_in(self, article_uid: int, number: str) -> ArticleRef:
        """Return where an article has a number, spelled like this: itself or its last such variant."""
        places = [one.place for one in self.find(number) if one.number == number]
        return next(place for place in reversed(places) if place.article_uid == article_uid)

    def put(self, articles: Iterable[Article]) -> None:
        """Replace the entries of these articles with the present ones."""
        for article in articles:
            self.forget(article.uid)
            entries = [(folded(entry.number), entry) for entry in catalog_index_of(article)]
            for number, entry in entries:
                self._by_number[number] = (*self._by_number.get(number, ()), entry)
            self._numbers[article.uid] = tuple(number for number, _ in entries)

    def forget(self, article_uid: int) -> None:
        """Remove an article's entries."""
        for number in dict.fromkeys(self._numbers.pop(article_uid, ())):
            rest = tuple(entry for entry in self._by_number[number] if entry.place.article_uid != article_uid)
            if rest:
                self._by_number[number] = rest
            else:
                del self._by_number[number]


def catalog_index_of(article: Article) -> Iterable[CatalogEntry]:
    """Yield an article's entries; an article with variants is sold only as one of them."""
    managed, package = article.stock is not None and article.stock.use_stock, article.is_package
    if not article.variants and article.article_number:
        yield CatalogEntry(ArticleRef(article.uid), article.article_number, managed, package)
    for variant in article.variants:
        if number := own_number(article, variant):
            yield CatalogEntry(ArticleRef(article.uid, variant.uid), number, managed, package)

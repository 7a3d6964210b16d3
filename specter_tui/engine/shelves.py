"""Where each article number stands in the shop: a small index of the catalogue, never its documents."""

import time
from collections.abc import Iterable
from dataclasses import dataclass

from specter_tui.abicart.catalogue import Place
from specter_tui.abicart.documents import Article
from specter_tui.engine.wires import Wires
from specter_tui.export.article_numbers import own_number

_GOOD_FOR_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Shelf:
    """One thing that is sold under a number. `managed`: the shop counts its stock."""

    place: Place
    managed: bool
    package: bool


class Shelves:
    """Number to shelf; read once, and again when a number is missing and the last reading is ten minutes old."""

    def __init__(self, wires: Wires) -> None:
        self._wires = wires
        self._by_number: dict[str, tuple[Shelf, ...]] = {}
        self._numbers: dict[int, tuple[str, ...]] = {}
        self._read_at: float | None = None

    async def know(self, numbers: Iterable[str], *, anew: bool = False) -> None:
        """Make sure that these numbers are known, if the shop has them. Raises ShopError."""
        old = self._read_at is None or time.monotonic() - self._read_at > _GOOD_FOR_SECONDS
        missing = any(number not in self._by_number for number in numbers)
        if anew or self._read_at is None or (missing and old):
            self.begin()
            async for page in self._wires.shop.articles():
                self.put(page)
            self.complete()

    def begin(self) -> None:
        """Forget everything: the whole catalogue is about to be put in."""
        self._by_number.clear()
        self._numbers.clear()
        self._read_at = None

    def complete(self) -> None:
        """The whole catalogue is in."""
        self._read_at = time.monotonic()

    def find(self, number: str) -> tuple[Shelf, ...]:
        """All that is sold under a number: one shelf where all is well."""
        return self._by_number.get(number, ())

    def put(self, articles: Iterable[Article]) -> None:
        """Take in articles as they are now, in place of what was known of them."""
        for article in articles:
            self.forget(article.uid)
            shelves = dict(shelves_of(article))
            for number, found in shelves.items():
                self._by_number[number] = (*self._by_number.get(number, ()), *found)
            self._numbers[article.uid] = tuple(shelves)

    def forget(self, article_uid: int) -> None:
        """The article is gone, or is put in anew."""
        for number in self._numbers.pop(article_uid, ()):
            rest = tuple(shelf for shelf in self._by_number[number] if shelf.place.article_uid != article_uid)
            if rest:
                self._by_number[number] = rest
            else:
                del self._by_number[number]


def shelves_of(article: Article) -> Iterable[tuple[str, tuple[Shelf, ...]]]:
    """Each number of an article with what is sold under it; one with variants is sold only as one of them."""
    managed = article.stock is not None and article.stock.use_stock
    places: dict[str, tuple[Shelf, ...]] = {}
    sold: list[tuple[str, int | None]] = [(own_number(article, variant), variant.uid) for variant in article.variants]
    for number, variant_uid in sold or [(article.article_number, None)]:
        if number:
            shelf = Shelf(Place(article.uid, variant_uid), managed, article.is_package)
            places[number] = (*places.get(number, ()), shelf)
    return places.items()

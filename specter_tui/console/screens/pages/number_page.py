"""Article numbers in full: each bad one with its cure, and lists of packages and articles without stock."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from specter_tui.console import words
from specter_tui.console.viewmodel.detail.finding_texts import text_and_cure
from specter_tui.console.viewmodel.shop_view_model import ShopViewModel
from specter_tui.console.viewmodel.styled_text import Line, span
from specter_tui.console.widgets.row_sources.number_rows import place_of

if TYPE_CHECKING:
    from specter_tui.engine.events import ListedNumber
    from specter_tui.planning.article_numbers import BadNumber


class NumbersPage:
    """The last check of the catalogue."""

    def __init__(self, model: ShopViewModel) -> None:
        self._model = model

    @property
    def title(self) -> str:
        """The title in the frame."""
        return words.NUMBERS

    def write(self, width: int) -> Sequence[Line]:
        """Return bad numbers, numbers without stock in Specter, packages, and articles without stock management."""
        return tuple(self._lines())

    def _lines(self) -> Iterator[Line]:
        numbers = self._model.numbers
        if not numbers.problems:
            yield (span(f"✓ {words.NUMBERS_NONE.format(checked=numbers.checked)}", "good"),)
        for bad in numbers.problems:
            yield from self._bad(bad)
        yield from _listed(words.WITHOUT_STOCK_TITLE, words.WITHOUT_STOCK_CURE, numbers.without_stock, sign="▲")
        yield from _listed(words.PACKAGES_TITLE, words.PACKAGES_WHY, numbers.packages)
        yield from _listed(words.UNMANAGED_TITLE, words.UNMANAGED_WHY, numbers.unmanaged)

    def _bad(self, bad: "BadNumber") -> Iterator[Line]:
        text, cure = text_and_cure(bad.problem, self._model.frame.language)
        yield span("▲ ", "warn"), span(f"{bad.name}: ", "strong"), span(text)
        if bad.suggestion:
            yield span("  → ", "muted"), span(bad.suggestion, "ready"), span(f"  {words.ACCEPT_BY_KEY}", "muted")
        elif cure:
            yield span("  → ", "muted"), span(cure, "muted")
        if error := self._model.numbers.errors.get(place_of(bad)):
            yield span("  ✗ ", "bad"), span(words.NUMBER_NOT_WRITTEN.format(new=bad.suggestion, why=error))


def _listed(title: str, why: str, found: "Sequence[ListedNumber]", sign: str = " ") -> Iterator[Line]:
    if found:
        yield ()
        yield (span(title.format(count=len(found)), "title"),)
        yield (span(why, "muted"),)
        for one in found:
            yield (
                span(f"{sign} ", "warn"),
                span(one.number or words.NO_NUMBER),
                span(f"  {one.name}", "muted"),
            )

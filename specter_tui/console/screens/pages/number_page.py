"""Article numbers in full: each bad one with its cure, and lists of packages and articles without stock."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from specter_tui.console.viewmodel.detail.finding_texts import text_and_cure, translated_error
from specter_tui.console.viewmodel.shop_view_model import ShopViewModel
from specter_tui.console.viewmodel.styled_text import Line, span
from specter_tui.console.widgets.row_sources.number_rows import place_of
from specter_tui.i18n import t

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
        return t("Article numbers")

    def write(self, width: int) -> Sequence[Line]:
        """Return bad numbers, numbers without stock in Specter, packages, and articles without stock management."""
        return tuple(self._lines())

    def _lines(self) -> Iterator[Line]:
        numbers = self._model.numbers
        if not numbers.problems:
            yield (span(f"✓ {t('All {checked} article numbers are good.').format(checked=numbers.checked)}", "good"),)
        for bad in numbers.problems:
            yield from self._bad(bad)
        yield from _listed(
            t("In Specter without stock ({count})"),
            t("They came there before the shop counted their stock: make each a stock article there by hand."),
            numbers.without_stock,
            sign="▲",
        )
        yield from _listed(
            t("Packages ({count})"),
            t("They consist of other articles and are not exported; an order with one is blocked."),
            numbers.packages,
        )
        yield from _listed(
            t("Without stock management ({count})"),
            t("The shop does not count their stock: none is written to them."),
            numbers.unmanaged,
        )

    def _bad(self, bad: "BadNumber") -> Iterator[Line]:
        text, cure = text_and_cure(bad.problem, self._model.frame.language)
        yield span("▲ ", "warn"), span(f"{bad.name}: ", "strong"), span(text)
        if bad.suggestion:
            yield (
                span("  → ", "muted"),
                span(bad.suggestion, "ready"),
                span(f"  {t('x in the list accepts it')}", "muted"),
            )
        elif cure:
            yield span("  → ", "muted"), span(cure, "muted")
        if error := self._model.numbers.errors.get(place_of(bad)):
            why = translated_error(error)
            yield span("  ✗ ", "bad"), span(t("{new} was not written: {why}").format(new=bad.suggestion, why=why))


def _listed(title: str, why: str, found: "Sequence[ListedNumber]", sign: str = " ") -> Iterator[Line]:
    if found:
        yield ()
        yield (span(title.format(count=len(found)), "title"),)
        yield (span(why, "muted"),)
        for one in found:
            yield (
                span(f"{sign} ", "warn"),
                span(one.number or t("(none)")),
                span(f"  {one.name}", "muted"),
            )

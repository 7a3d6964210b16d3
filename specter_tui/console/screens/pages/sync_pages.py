"""The pages of article export and stock: the progress of a run, and the result of the last one."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from specter_tui.console.viewmodel.detail.finding_texts import text_and_cure
from specter_tui.console.viewmodel.shop_view_model import ShopViewModel
from specter_tui.console.viewmodel.styled_text import Line, span
from specter_tui.console.widgets.status_lines import progress_spans
from specter_tui.engine.goods_texts import why_for_person, why_no_stock
from specter_tui.i18n import pgettext, t

if TYPE_CHECKING:
    from specter_tui.engine.events import ArticlesExported, StockApplied


class ArticlesPage:
    """The article export."""

    def __init__(self, model: ShopViewModel) -> None:
        self._model = model

    @property
    def title(self) -> str:
        """The title in the frame."""
        return t("Article export")

    def write(self, width: int) -> Sequence[Line]:
        """Return the progress, then the last result."""
        return tuple(self._lines())

    def _lines(self) -> Iterator[Line]:
        running = self._model.progress.get("article_export")
        if running is not None:
            yield tuple(progress_spans(running))
            yield ()
        told = self._model.goods.articles
        if told is not None:
            yield from self._result(told)
        elif running is None:
            yield (span(t("No article export has run since the console was started."), "muted"),)

    def _result(self, told: "ArticlesExported") -> Iterator[Line]:
        yield (span(t("Last run"), "title"),)
        yield from _counts(
            (pgettext("sent text", "Sent"), told.sent), (t("Unchanged"), told.unchanged), (t("Calls"), told.calls)
        )
        if not told.complete:
            yield (span(f"▲ {t('It was left before its end; the next run goes on from there.')}", "warn"),)
        if told.refused:
            yield from _section(
                t("Refused by Specter"), len(told.refused), t("Each is sent again when it is changed in the shop.")
            )
            for one in told.refused:
                yield span(f"✗ {one.number}  ", "bad"), span(one.message)
        if told.skipped:
            yield from _section(t("Cannot be sent as they are"), len(told.skipped))
            for skip in told.skipped:
                text, cure = text_and_cure(skip.problem, self._model.frame.language)
                yield (
                    span(f"▲ {skip.number or t('(none)')}  ", "warn"),
                    span(f"{skip.name}: ", "strong"),
                    span(text),
                )
                if cure:
                    yield span("  → ", "muted"), span(cure, "muted")
        if told.without_stock:
            yield from _section(
                t("In Specter without stock"),
                len(told.without_stock),
                t("They came there before the shop counted their stock: make each a stock article there by hand."),
            )
            for number in told.without_stock:
                yield (span(f"▲ {number}", "warn"),)
        if told.complete and not (told.refused or told.skipped or told.without_stock):
            yield (span(f"✓ {t('Every article that can be sent is in Specter as it is in the shop.')}", "good"),)


class StockPage:
    """Stock from Specter."""

    def __init__(self, model: ShopViewModel) -> None:
        self._model = model

    @property
    def title(self) -> str:
        """The title in the frame."""
        return t("Stock from Specter")

    def write(self, width: int) -> Sequence[Line]:
        """Return the progress, then the last result."""
        return tuple(self._lines())

    def _lines(self) -> Iterator[Line]:
        running = self._model.progress.get("stock")
        if running is not None:
            yield tuple(progress_spans(running))
            yield ()
        told = self._model.goods.stock
        if told is not None:
            yield from self._result(told)
        elif running is None:
            yield (span(t("No stock has come since the console was started."), "muted"),)
        if rows := self._model.goods.stock_rows.open:
            yield from _section(
                t("Stock rows to see to by hand"), len(rows), t("enter lists them, where t ticks off what is done.")
            )
            for row in rows:
                why = why_for_person(row.reason, self._model.frame.language)
                yield span(f"# {row.name}  {row.article_number or t('(none)')}  ", "warn"), span(why)

    def _result(self, told: "StockApplied") -> Iterator[Line]:
        if not (told.rows or told.written) and told.complete:
            yield (span(t("Nothing waited in Specter's queue of stock."), "muted"),)
        else:
            yield from self._brought(told)
        if told.unknown:
            yield from _section(t("Without a place in the shop"), len(told.unknown))
            for one in told.unknown:
                yield span(f"▲ {one.article_number}  ", "warn"), span(why_no_stock(one.why, self._model.frame.language))
        if told.ignored:
            yield from _section(t("Lines that could not be read"), len(told.ignored))
            for line in told.ignored:
                yield span("▲ ", "warn"), span(line)

    def _brought(self, told: "StockApplied") -> Iterator[Line]:
        yield (span(t("Last run"), "title"),)
        yield from _counts((t("Batches"), told.batches), (t("Rows"), told.rows))
        yield from _counts((t("Written to the shop"), told.written), (t("Right already"), told.unchanged))
        if not told.complete:
            yield (span(f"▲ {t('It was left before its end; the rest comes again.')}", "warn"),)
        elif not (told.unknown or told.ignored):
            yield (span(f"✓ {t('Every row had its article.')}", "good"),)
        if self._model.goods.stock_since:
            yield (span(t("Specter has had nothing new since then."), "muted"),)


def _counts(*pairs: tuple[str, int]) -> Iterator[Line]:
    for label, count in pairs:
        yield span(f"{label:<24}", "muted"), span(f"{count:>7}", "strong")


def _section(title: str, count: int, cure: str = "") -> Iterator[Line]:
    yield ()
    yield (span(f"{title} ({count})", "title"),)
    if cure:
        yield span("→ ", "muted"), span(cure, "muted")

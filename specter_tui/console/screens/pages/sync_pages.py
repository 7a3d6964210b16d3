"""The pages of article export and stock: the progress of a run, and the result of the last one."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from specter_tui.console import words
from specter_tui.console.viewmodel.detail.finding_texts import text_and_cure
from specter_tui.console.viewmodel.shop_view_model import ShopViewModel
from specter_tui.console.viewmodel.styled_text import Line, span
from specter_tui.console.widgets.status_lines import progress_spans
from specter_tui.engine.goods_texts import why_for_person, why_no_stock

if TYPE_CHECKING:
    from specter_tui.engine.events import ArticlesExported, StockApplied


class ArticlesPage:
    """The article export."""

    def __init__(self, model: ShopViewModel) -> None:
        self._model = model

    @property
    def title(self) -> str:
        """The title in the frame."""
        return words.ARTICLES

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
            yield (span(words.ARTICLES_NOT_YET, "muted"),)

    def _result(self, told: "ArticlesExported") -> Iterator[Line]:
        yield (span(words.LAST_RUN, "title"),)
        yield from _counts((words.SENT, told.sent), (words.UNCHANGED, told.unchanged), (words.CALLS, told.calls))
        if not told.complete:
            yield (span(f"▲ {words.ARTICLES_INCOMPLETE}", "warn"),)
        if told.refused:
            yield from _section(words.ARTICLES_REFUSED, len(told.refused), words.ARTICLES_REFUSED_CURE)
            for one in told.refused:
                yield span(f"✗ {one.number}  ", "bad"), span(one.message)
        if told.skipped:
            yield from _section(words.ARTICLES_SKIPPED, len(told.skipped))
            for skip in told.skipped:
                text, cure = text_and_cure(skip.problem, self._model.frame.language)
                yield (
                    span(f"▲ {skip.number or words.NO_NUMBER}  ", "warn"),
                    span(f"{skip.name}: ", "strong"),
                    span(text),
                )
                if cure:
                    yield span("  → ", "muted"), span(cure, "muted")
        if told.without_stock:
            yield from _section(words.WITHOUT_STOCK, len(told.without_stock), words.WITHOUT_STOCK_CURE)
            for number in told.without_stock:
                yield (span(f"▲ {number}", "warn"),)
        if told.complete and not (told.refused or told.skipped or told.without_stock):
            yield (span(f"✓ {words.ARTICLES_ALL_WELL}", "good"),)


class StockPage:
    """Stock from Specter."""

    def __init__(self, model: ShopViewModel) -> None:
        self._model = model

    @property
    def title(self) -> str:
        """The title in the frame."""
        return words.STOCK

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
            yield (span(words.STOCK_NOT_YET, "muted"),)
        if rows := self._model.goods.stock_rows.open:
            yield from _section(words.STOCK_ROWS, len(rows), words.STOCK_ROWS_CURE)
            for row in rows:
                why = why_for_person(row.reason, self._model.frame.language)
                yield span(f"# {row.name}  {row.article_number or words.NO_NUMBER}  ", "warn"), span(why)

    def _result(self, told: "StockApplied") -> Iterator[Line]:
        if not (told.rows or told.written) and told.complete:
            yield (span(words.STOCK_NOTHING, "muted"),)
        else:
            yield from self._brought(told)
        if told.unknown:
            yield from _section(words.STOCK_UNKNOWN, len(told.unknown))
            for one in told.unknown:
                yield span(f"▲ {one.article_number}  ", "warn"), span(why_no_stock(one.why, self._model.frame.language))
        if told.ignored:
            yield from _section(words.STOCK_IGNORED, len(told.ignored))
            for line in told.ignored:
                yield span("▲ ", "warn"), span(line)

    def _brought(self, told: "StockApplied") -> Iterator[Line]:
        yield (span(words.LAST_RUN, "title"),)
        yield from _counts((words.BATCHES, told.batches), (words.BATCH_ROWS, told.rows))
        yield from _counts((words.WRITTEN, told.written), (words.RIGHT_ALREADY, told.unchanged))
        if not told.complete:
            yield (span(f"▲ {words.STOCK_INCOMPLETE}", "warn"),)
        elif not (told.unknown or told.ignored):
            yield (span(f"✓ {words.STOCK_ALL_WELL}", "good"),)
        if self._model.goods.stock_since:
            yield (span(words.STOCK_NOTHING_SINCE, "muted"),)


def _counts(*pairs: tuple[str, int]) -> Iterator[Line]:
    for label, count in pairs:
        yield span(f"{label:<24}", "muted"), span(f"{count:>7}", "strong")


def _section(title: str, count: int, cure: str = "") -> Iterator[Line]:
    yield ()
    yield (span(f"{title} ({count})", "title"),)
    if cure:
        yield span("→ ", "muted"), span(cure, "muted")

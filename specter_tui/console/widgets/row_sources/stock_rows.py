"""Rows of Specter's stock that a person must decide about, each with what to do."""

from collections.abc import Hashable, Mapping, Sequence

from specter_tui.console.viewmodel.filtering.list_fields import Fields, ListField, natural
from specter_tui.console.viewmodel.formats import when
from specter_tui.console.viewmodel.shop_view_model import ShopViewModel
from specter_tui.console.viewmodel.styled_text import Line, Span, span
from specter_tui.console.viewmodel.sync_state import RowKey
from specter_tui.console.widgets.columns import Column
from specter_tui.console.widgets.row_sources.manual_tasks import ManualTaskRows, task_columns, task_fields
from specter_tui.engine.goods_texts import why_for_person
from specter_tui.i18n import t


def columns() -> tuple[Column, ...]:
    """Return the columns."""
    return task_columns(
        Column("row", t("Row"), 12),
        Column("article", t("Article"), 12, flex=2),
        Column("quantity", t("Quantity"), 10, align="right"),
        Column("site", t("Site"), 8, drop=2),
    )


FIELDS: Fields = task_fields(
    lambda row: row.done_at,
    lambda row: row.done_by,
    ListField("row", lambda row: row.name, names=("row", "rad"), searched=True, rank=lambda row: natural(row.name)),
    ListField("article", lambda row: row.article_number, names=("article", "artikel", "sku"), searched=True),
    ListField("quantity", lambda row: row.quantity, names=("quantity", "antal")),
    ListField("site", lambda row: row.site, names=("site", "lager")),
)


class StockRowList(ManualTaskRows):
    """The rows, in the order of their arrival."""

    name = "stock-rows"
    fields = FIELDS
    sign = "#"

    def __init__(self, model: ShopViewModel) -> None:
        super().__init__(model, model.goods.stock_rows)
        self._tasks = model.goods.stock_rows
        self._order: dict[RowKey, None] = {}

    @property
    def nothing(self) -> str:
        """The text of a list without any row."""
        return t("No stock row waits for a person. What was ticked off: / done")

    @property
    def heading(self) -> str:
        """The word for stock rows in the screen's language."""
        return t("Stock rows to see to by hand")

    def every(self) -> Sequence[Hashable]:
        """Return batch and position of each row; a ticked one keeps its place."""
        self._order |= dict.fromkeys(map(self._tasks.key, self._tasks.open))
        keys = [key for key in self._order if key in self._tasks.lines]
        if self.with_ticked:
            keys += [key for key in self._tasks.lines if key not in self._order]
        return tuple(keys)

    def cells(self, key: Hashable) -> Mapping[str, Span]:
        """Return the cells of one row."""
        row, frame = self.record(key), self._model.frame
        done = row.done_at is not None
        by = f"{row.done_by}, {when(row.done_at, frame.now, frame.zone)}" if row.done_at is not None else ""
        return {
            "state": self.state(done=done),
            "row": span(row.name, "muted" if done else "plain"),
            "article": span(row.article_number or t("(none)"), "muted" if done else "plain"),
            "quantity": span(row.quantity, "muted" if done else "strong"),
            "site": span(row.site, "muted"),
            "seen": span(when(row.seen_at, frame.now, frame.zone), "muted"),
            "ticked": span(by, "muted"),
        }

    def explain(self, key: Hashable) -> Line:
        """Return what to do about one row."""
        if key not in self._tasks.lines:
            return ()
        row = self.record(key)
        if row.done_at is not None:
            return span("✓ ", "good"), span(row.done_reason, "muted")
        why = why_for_person(row.reason, self._model.frame.language)
        return span("# ", "warn"), span(why), span(f" {t('t ticks it off when that is done.')}", "muted")

    def copy(self, key: Hashable) -> tuple[str, str]:
        """Return the article number, or else the row's name."""
        row = self.record(key)
        text = row.article_number or row.name
        return text, t("Copied article number {text}.").format(text=text)

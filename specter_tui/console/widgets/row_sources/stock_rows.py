"""Rows of Specter's stock that only a person can settle, each with what to do."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import TYPE_CHECKING

from specter_tui.console import words
from specter_tui.console.viewmodel.filtering.list_fields import Fields, ListField, natural
from specter_tui.console.viewmodel.formats import when
from specter_tui.console.viewmodel.list_model import ListModel
from specter_tui.console.viewmodel.shop_view_model import ShopViewModel
from specter_tui.console.viewmodel.styled_text import Line, Span, span
from specter_tui.console.viewmodel.sync_state import RowKey, row_key
from specter_tui.console.widgets.columns import Column
from specter_tui.console.widgets.row_sources.drift_rows import TICKED

if TYPE_CHECKING:
    from specter_tui.journal.goods_models import RowForPerson


def columns() -> tuple[Column, ...]:
    """What stands above the rows."""
    return (
        Column("state", words.COLUMN_STATE, 10),
        Column("row", words.COLUMN_ROW, 12),
        Column("article", words.COLUMN_ARTICLE, 12, flex=2),
        Column("quantity", words.COLUMN_QUANTITY, 10, align="right"),
        Column("site", words.COLUMN_SITE, 8, drop=2),
        Column("seen", words.COLUMN_SEEN, 12, drop=3),
        Column("ticked", words.COLUMN_TICKED, 9, flex=2, drop=1, least=9),
    )


FIELDS: Fields = (
    ListField(
        "state",
        lambda row: words.DRIFT_DONE if row.done_at else words.DRIFT_TO_DO,
        "word",
        ("state", "status", "läge"),
        spellings=lambda row: TICKED if row.done_at else (words.DRIFT_TO_DO, "todo"),
        values=lambda: (words.DRIFT_TO_DO, words.DRIFT_DONE),
        searched=True,
    ),
    ListField("row", lambda row: row.name, names=("row", "rad"), searched=True, rank=lambda row: natural(row.name)),
    ListField("article", lambda row: row.article_number, names=("article", "artikel", "sku"), searched=True),
    ListField("quantity", lambda row: row.quantity, names=("quantity", "antal")),
    ListField("site", lambda row: row.site, names=("site", "lager")),
    ListField("seen", lambda row: row.seen_at, "moment", ("seen", "sedd")),
    ListField("ticked", lambda row: row.done_by, names=("ticked", "avbockad"), searched=True),
    ListField("age", lambda row: row.seen_at, "age", ("age", "ålder"), written=False),
)


class StockRowList(ListModel):
    """What the list shows. No row moves while it is open, and new ones come below.

    A row that is ticked off stays until the list is left; later a filter by `ticked` shows it.
    """

    name = "stock-rows"
    fields = FIELDS

    def __init__(self, desk: ShopViewModel) -> None:
        super().__init__()
        self._desk = desk
        self._model = desk.goods.stock_rows
        self._order: dict[RowKey, None] = {}

    @property
    def nothing(self) -> str:
        """Why there is no row at all."""
        return words.STOCK_ROWS_NONE

    @property
    def title(self) -> str:
        """How much is to be done."""
        return f"{words.STOCK_ROWS} · {words.DRIFT_OPEN.format(count=len(self._model.open))}"

    def every(self) -> Sequence[Hashable]:
        """Batch and place of each row; one that is ticked off keeps its place."""
        asked = self.look.filter_text.casefold()
        self._order |= dict.fromkeys(map(row_key, self._model.open))
        keys = [key for key in self._order if key in self._model.rows]
        if any(word in asked for word in TICKED):
            keys += [key for key in self._model.rows if key not in self._order]
        return tuple(keys)

    @property
    def marks(self) -> Collection[Hashable]:
        """Nothing can be marked here: each row is seen to by hand, one at a time."""
        return ()

    def record(self, key: Hashable) -> "RowForPerson":
        """The row of a line that is there."""
        return self._model.rows[key]  # type: ignore[index]  # keys of rows are.

    def cells(self, key: Hashable) -> Mapping[str, Span]:
        """One row."""
        row, frame = self.record(key), self._desk.frame
        done = row.done_at is not None
        by = f"{row.done_by}, {when(row.done_at, frame.now, frame.zone)}" if row.done_at is not None else ""
        return {
            "state": span(f"✓ {words.DRIFT_DONE}", "good") if done else span(f"# {words.DRIFT_TO_DO}", "warn"),
            "row": span(row.name, "muted" if done else "plain"),
            "article": span(row.article_number or words.NO_NUMBER, "muted" if done else "plain"),
            "quantity": span(row.quantity, "muted" if done else "strong"),
            "site": span(row.site, "muted"),
            "seen": span(when(row.seen_at, frame.now, frame.zone), "muted"),
            "ticked": span(by, "muted"),
        }

    def explain(self, key: Hashable) -> Line:
        """What to do about one row."""
        from specter_tui.engine.goods_texts import why_for_person  # noqa: PLC0415 - comes after the first frame

        if key not in self._model.rows:
            return ()
        row = self.record(key)
        if row.done_at is not None:
            return span("✓ ", "good"), span(row.done_reason, "muted")
        why = why_for_person(row.reason, self._desk.frame.language)
        return span("# ", "warn"), span(why), span(f" {words.DRIFT_CURE}", "muted")

    def copy(self, key: Hashable) -> tuple[str, str]:
        """The article's number, or else the row's name."""
        row = self.record(key)
        text = row.article_number or row.name
        return text, words.COPIED_NUMBER.format(text=text)

"""Drift as rows: what is to be changed in Specter by hand, because the shop's order was edited after its export."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from specter_tui.console import words
from specter_tui.console.viewmodel.detail.post_export import change, item, ticked
from specter_tui.console.viewmodel.filtering.list_fields import Fields, ListField, natural
from specter_tui.console.viewmodel.formats import number, when
from specter_tui.console.viewmodel.list_model import ListModel
from specter_tui.console.viewmodel.shop_view_model import ShopViewModel
from specter_tui.console.viewmodel.styled_text import Line, Span, span
from specter_tui.console.widgets.columns import Column

if TYPE_CHECKING:
    from decimal import Decimal

    from specter_tui.journal.goods_models import DriftLine


def columns() -> tuple[Column, ...]:
    """What stands above the rows."""
    return (
        Column("state", words.COLUMN_STATE, 10),
        Column("number", words.COLUMN_ORDER, 8),
        Column("article", words.COLUMN_ARTICLE, 12, flex=2),
        Column("change", words.COLUMN_CHANGE, 10, align="right"),
        Column("sent", words.COLUMN_SENT, 6, align="right", drop=2),
        Column("now", words.COLUMN_NOW, 6, align="right", drop=2),
        Column("seen", words.COLUMN_SEEN, 12, drop=3),
        Column("ticked", words.COLUMN_TICKED, 9, flex=2, drop=1, least=9),
    )


def _quantity(line: "DriftLine", quantity: "Decimal") -> "Decimal | None":
    """Only articles have quantities."""
    return quantity if line.kind == "article" else None


TICKED = ("ticked", "kvitterad", "avbockad", "done", "gjort")
"""Filter words for lines that are ticked off; a filter with one of them shows those ticked off earlier, too."""

FIELDS: Fields = (
    ListField(
        "state",
        lambda line: words.DRIFT_DONE if line.ticked_at else words.DRIFT_TO_DO,
        "word",
        ("state", "status", "läge"),
        spellings=lambda line: TICKED if line.ticked_at else (words.DRIFT_TO_DO, "todo"),
        values=lambda: (words.DRIFT_TO_DO, words.DRIFT_DONE),
        searched=True,
    ),
    ListField(
        "number",
        lambda line: line.order_number,
        names=("number", "nummer", "order"),
        searched=True,
        rank=lambda line: natural(line.order_number),
    ),
    ListField("article", item, names=("article", "artikel", "sku"), searched=True),
    ListField(
        "change", lambda line: line.sent - line.now if line.kind == "article" else None, "number", ("change", "ändring")
    ),
    ListField("sent", lambda line: line.sent if line.kind == "article" else None, "number", ("sent", "sänt")),
    ListField("now", lambda line: line.now if line.kind == "article" else None, "number", ("now", "nu")),
    ListField("seen", lambda line: line.seen_at, "moment", ("seen", "sedd")),
    ListField("ticked", lambda line: line.ticked_by, names=("ticked", "avbockad"), searched=True),
    ListField("age", lambda line: line.seen_at, "age", ("age", "ålder"), written=False),
)


def _seen(line: "DriftLine") -> tuple[int, str, datetime]:
    """What an open line and the same line ticked off have in common."""
    return line.uid, line.item, line.seen_at


class DriftRows(ListModel):
    """What the list shows. Open lines first when it is opened; then none moves, and new ones come below.

    A line that is ticked off stays until the list is left; later a filter by `ticked` shows it.
    """

    name = "drift"
    fields = FIELDS

    def __init__(self, desk: ShopViewModel) -> None:
        super().__init__()
        self._desk = desk
        self._model = desk.goods.drift
        self._order: dict[tuple[int, str], None] = {}
        self._seen_open: set[tuple[int, str, datetime]] = set()

    @property
    def nothing(self) -> str:
        """Why there is no row at all."""
        return words.DRIFT_ALL_TICKED if self._model.lines else words.DRIFT_NONE

    @property
    def title(self) -> str:
        """How much is to be done."""
        return f"{words.DRIFT} · {words.DRIFT_OPEN.format(count=len(self._model.open))}"

    def every(self) -> Sequence[Hashable]:
        """The lines by order and article; one that is ticked off keeps its place."""
        self._seen_open.update(map(_seen, self._model.open))
        asked = self.look.filter_text.casefold()
        all_ticked = any(word in asked for word in TICKED)
        lines = sorted(
            (pair for pair in self._model.lines.items() if all_ticked or _seen(pair[1]) in self._seen_open),
            key=lambda pair: (pair[1].ticked_at is not None, -pair[1].seen_at.timestamp(), pair[0]),
        )
        for key, _ in lines:
            self._order.setdefault(key[:2])
        places = {place: at for at, place in enumerate(self._order)}
        return tuple(key for key, _ in sorted(lines, key=lambda pair: (places[pair[0][:2]], pair[0][2])))

    @property
    def marks(self) -> Collection[Hashable]:
        """Nothing can be marked here: each line is done by hand, one at a time."""
        return ()

    def line(self, key: Hashable) -> "DriftLine | None":
        """The line of a row."""
        return next((line for other, line in self._model.lines.items() if other == key), None)

    def record(self, key: Hashable) -> "DriftLine":
        """The line of a row that is there."""
        return self._model.lines[key]  # type: ignore[index]  # keys of lines are.

    def cells(self, key: Hashable) -> Mapping[str, Span]:
        """One line."""
        line, frame = self._model.lines[key], self._desk.frame  # type: ignore[index]  # keys of lines are.
        done = line.ticked_at is not None
        tone: Span = span("✓ " + words.DRIFT_DONE, "good") if done else span("≠ " + words.DRIFT_TO_DO, "warn")
        return {
            "state": tone,
            "number": span(line.order_number, "muted" if done else "plain"),
            "article": span(item(line), "muted" if done else "plain"),
            "change": span(change(line), "muted" if done else "strong"),
            "sent": span(number(line.sent) if line.kind == "article" else "", "muted"),
            "now": span(number(line.now) if line.kind == "article" else "", "muted"),
            "seen": span(when(line.seen_at, frame.now, frame.zone), "muted"),
            "ticked": span(ticked(line, frame) if done else "", "muted"),
        }

    def explain(self, key: Hashable) -> Line:
        """What to do about one line."""
        line = self.line(key)
        if line is None:
            return ()
        if line.ticked_at is not None:
            text = words.DRIFT_TICKED.format(article=item(line), change=change(line))
            return span("✓ ", "good"), span(f"{text} {ticked(line, self._desk.frame)}", "muted")
        told = words.DRIFT_EXPLAIN_ITEM.get(line.kind, words.DRIFT_EXPLAIN)
        text = told.format(article=line.article_number, change=change(line), order=line.order_number)
        return span("≠ ", "warn"), span(text), span(f" {words.DRIFT_CURE}", "muted")

    def copy(self, key: Hashable) -> tuple[str, str]:
        """The article's number, or else the order's, to look for it in Specter."""
        line = self.line(key)
        article = (line.article_number or line.order_number) if line else ""
        return article, words.COPIED_NUMBER.format(text=article)

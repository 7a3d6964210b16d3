"""Drift as rows: changes to make by hand in Specter, because the shop's order was edited after its export."""

from collections.abc import Hashable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from specter_tui.console.viewmodel.detail.post_export import change, item, ticked
from specter_tui.console.viewmodel.filtering.list_fields import Fields, ListField, natural
from specter_tui.console.viewmodel.formats import number, when
from specter_tui.console.viewmodel.shop_view_model import ShopViewModel
from specter_tui.console.viewmodel.styled_text import Line, Span, span
from specter_tui.console.widgets.columns import Column
from specter_tui.console.widgets.row_sources.manual_tasks import ManualTaskRows, task_columns, task_fields
from specter_tui.i18n import Texts, pgettext, t

if TYPE_CHECKING:
    from decimal import Decimal

    from specter_tui.journal.goods_models import DriftLine

DRIFT_EXPLAIN_ITEM = Texts(
    {
        "address": "Change the delivery address of order {order} in Specter: it was changed in the shop since.",
        "method": "Change the delivery method of order {order} in Specter: it was changed in the shop since.",
        "fee": "Change the delivery or payment fee of order {order} in Specter: it was changed in the shop since.",
        "vat": "Check prices and VAT of order {order} in Specter: its VAT was changed in the shop since.",
    }
)


def columns() -> tuple[Column, ...]:
    """Return the columns."""
    return task_columns(
        Column("number", t("Order"), 8),
        Column("article", t("Article"), 12, flex=2),
        Column("change", t("In Specter"), 10, align="right"),
        Column("sent", pgettext("column sent", "Sent"), 6, align="right", drop=2),
        Column("now", t("Now"), 6, align="right", drop=2),
    )


def _quantity(line: "DriftLine", quantity: "Decimal") -> "Decimal | None":
    """Return the quantity of an article's line; None for other lines."""
    return quantity if line.kind == "article" else None


FIELDS: Fields = task_fields(
    lambda line: line.ticked_at,
    lambda line: line.ticked_by,
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
)


def _seen(line: "DriftLine") -> tuple[int, str, datetime]:
    """Return the key that an open line and the same ticked line share."""
    return line.uid, line.item, line.seen_at


class DriftRows(ManualTaskRows):
    """The rows; open lines first when the list is opened."""

    name = "drift"
    fields = FIELDS
    sign = "≠"

    def __init__(self, model: ShopViewModel) -> None:
        super().__init__(model, model.goods.drift)
        self._tasks = model.goods.drift
        self._order: dict[tuple[int, str], None] = {}
        self._seen_open: set[tuple[int, str, datetime]] = set()

    @property
    def nothing(self) -> str:
        """The text of a list without any row."""
        return (
            t("Nothing is left to change. What was ticked off: / ticked")
            if self._tasks.lines
            else t("No exported order was edited in the shop: nothing is to be changed.")
        )

    @property
    def heading(self) -> str:
        """The word for drift in the screen's language."""
        return t("Changes to make by hand in Specter")

    def every(self) -> Sequence[Hashable]:
        """Return the lines by order and article; a ticked one keeps its place."""
        self._seen_open.update(map(_seen, self._tasks.open))
        lines = sorted(
            (pair for pair in self._tasks.lines.items() if self.with_ticked or _seen(pair[1]) in self._seen_open),
            key=lambda pair: (pair[1].ticked_at is not None, -pair[1].seen_at.timestamp(), pair[0]),
        )
        for key, _ in lines:
            self._order.setdefault(key[:2])
        places = {place: at for at, place in enumerate(self._order)}
        return tuple(key for key, _ in sorted(lines, key=lambda pair: (places[pair[0][:2]], pair[0][2])))

    def line(self, key: Hashable) -> "DriftLine | None":
        """Return the line of a row."""
        return next((line for other, line in self._tasks.lines.items() if other == key), None)

    def cells(self, key: Hashable) -> Mapping[str, Span]:
        """Return the cells of one line."""
        line, frame = self.record(key), self._model.frame
        done = line.ticked_at is not None
        return {
            "state": self.state(done=done),
            "number": span(line.order_number, "muted" if done else "plain"),
            "article": span(item(line), "muted" if done else "plain"),
            "change": span(change(line), "muted" if done else "strong"),
            "sent": span(number(line.sent) if line.kind == "article" else "", "muted"),
            "now": span(number(line.now) if line.kind == "article" else "", "muted"),
            "seen": span(when(line.seen_at, frame.now, frame.zone), "muted"),
            "ticked": span(ticked(line, frame) if done else "", "muted"),
        }

    def explain(self, key: Hashable) -> Line:
        """Return what to do about one line."""
        line = self.line(key)
        if line is None:
            return ()
        if line.ticked_at is not None:
            text = t("{article}: {change} was ticked off.").format(article=item(line), change=change(line))
            return span("✓ ", "good"), span(f"{text} {ticked(line, self._model.frame)}", "muted")
        told = DRIFT_EXPLAIN_ITEM.get(
            line.kind,
            t("Change the stock of {article} in Specter by {change}: order {order} was edited after its export."),
        )
        text = told.format(article=line.article_number, change=change(line), order=line.order_number)
        return span("≠ ", "warn"), span(text), span(f" {t('t ticks it off when that is done.')}", "muted")

    def copy(self, key: Hashable) -> tuple[str, str]:
        """Return the article number, or else the order number, to search for in Specter."""
        line = self.line(key)
        article = (line.article_number or line.order_number) if line else ""
        return article, t("Copied article number {text}.").format(text=article)

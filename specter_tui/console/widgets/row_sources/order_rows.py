"""The orders as rows."""

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from specter_tui.console.viewmodel.display_context import DisplayContext
from specter_tui.console.viewmodel.formats import money, when
from specter_tui.console.viewmodel.list_model import ListModel
from specter_tui.console.viewmodel.list_view import ListView
from specter_tui.console.viewmodel.order_fields import FIELDS
from specter_tui.console.viewmodel.order_list import HOME, OrderList
from specter_tui.console.viewmodel.state_styles import state_span
from specter_tui.console.viewmodel.styled_text import Span, Tone, span
from specter_tui.console.widgets.columns import Column
from specter_tui.console.widgets.pane import filter_title
from specter_tui.i18n import ngettext, t

if TYPE_CHECKING:
    from specter_tui.engine.events import OrderView


def columns() -> tuple[Column, ...]:
    """Return the columns."""
    return (
        Column("state", t("State"), 14),
        Column("number", t("Order"), 7),
        Column("customer", t("Customer"), 9, flex=4),
        Column("total", t("Total"), 13, align="right", amount=True),
        Column("placed", t("Placed"), 12, drop=2, least=8),
        Column("specter", t("Specter"), 7, align="right", drop=1),
        Column("currency", t("Cur."), 3, drop=5),
        Column("paid", t("Paid"), 8, drop=4),
        Column("sku", t("Articles"), 12, flex=2, drop=6),
        Column("why", t("Why not"), 16, flex=4, drop=3),
        Column("uid", t("Uid"), 8, align="right", drop=7),
    )


class OrderRows(ListModel):
    """The rows of the order list, which filters and sorts its many rows itself."""

    name = "orders"
    fields = FIELDS
    home = HOME

    def __init__(self, model: OrderList) -> None:
        super().__init__()
        self._model = model
        self.frame = DisplayContext()
        self.looked = False

    def every(self) -> Sequence[Hashable]:
        """Return the uids as the model has sorted and filtered them."""
        return self._model.shown

    def _look_through(self, every: Sequence[Hashable]) -> Sequence[Hashable]:
        return every

    @property
    def counts(self) -> tuple[int, int]:
        """The number of shown orders, and of all orders."""
        return len(self._model.shown), len(self._model.views) - len(self._model.gone)

    def apply_view(self, look: ListView) -> None:
        """Show the orders with another view."""
        self._model.arrange(look)
        self.look, self.filter = self._model.look, self._model.filter

    def prepare_filter(self) -> Iterator[None]:
        """Compute the searched texts of the orders."""
        return self._model.prepare_filter()

    def record(self, key: Hashable) -> "OrderView":
        """Return the order of a row."""
        return self._model.views[key]  # type: ignore[index]  # keys are uids.

    @property
    def marks(self) -> Collection[Hashable]:
        """The marked uids."""
        return self._model.marks.keys()

    @property
    def nothing(self) -> str:
        """The text of a list without any row."""
        return (
            t("No orders here. New ones appear by themselves; r refreshes.")
            if self.looked
            else t("Fetching orders from the shop …")
        )

    def cells(self, key: Hashable) -> Mapping[str, Span]:
        """Return the cells of one order."""
        assert isinstance(key, int)  # noqa: S101 - uids are
        view = self._model.views[key]
        tone: Tone = "muted" if key in self._model.gone or view.state in ("closed", "out_of_scope") else "plain"
        customer = t("•••••") if self.frame.hide_names and view.customer else view.customer
        return {
            "state": state_span(view),
            "number": span(view.number, tone),
            "customer": span(customer, tone),
            "total": span(money(view.total, view.currency), tone),
            "placed": span(when(view.ordered, self.frame.now, self.frame.zone), "muted"),
            "specter": span(view.specter_number or "", tone),
            "currency": span(view.currency, tone),
            "paid": span(view.payment_status, tone),
            "sku": span(" ".join(view.articles), tone),
            "why": span(view.why, tone),
            "uid": span(str(view.uid), tone),
        }


def order_title(model: OrderList) -> tuple[str, str]:
    """Return the title (count, filter, marks, outcomes, new orders), and the sort as subtitle."""
    sorted_by = next(column.title for column in columns() if column.key == model.sort.field)
    known, shown = len(model.views) - len(model.gone), len(model.shown)
    parts = [t("{shown} of {all}").format(shown=shown, all=known) if model.filter_text else str(known)]
    if model.filter_text:
        parts.append(filter_title(model.filter_text, model.filter))
    if model.marks:
        parts.append(ngettext("{count} marked", "{count} marked", len(model.marks)).format(count=len(model.marks)))
    if model.marks.ranging:
        parts.append(t("range"))
    if model.outcomes:
        bad = sum(not good for good in model.outcomes.values())
        parts.append(t("last run: {good} done, {bad} left").format(good=len(model.outcomes) - bad, bad=bad))
    if model.new_waiting:
        parts.append(ngettext("+{count} new", "+{count} new", model.new_waiting).format(count=model.new_waiting))
    return f"1 {t('Orders')} · {' · '.join(parts)}", f"{model.sort.arrow} {sorted_by}"

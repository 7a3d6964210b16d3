"""The orders as rows."""

from collections.abc import Collection, Hashable, Mapping, Sequence

from specter_tui.console import words
from specter_tui.console.columns import Column
from specter_tui.console.describe import Frame
from specter_tui.console.formats import money, when
from specter_tui.console.ink import Span, Tone, span
from specter_tui.console.orders import Orders
from specter_tui.console.states import state_span


def columns() -> tuple[Column, ...]:
    """What stands above the rows."""
    return (
        Column("state", words.COLUMN_STATE, 13),
        Column("number", words.COLUMN_ORDER, 8),
        Column("customer", words.COLUMN_CUSTOMER, 10, flex=4),
        Column("total", words.COLUMN_TOTAL, 13, align="right"),
        Column("placed", words.COLUMN_PLACED, 12, drop=2),
        Column("specter", words.COLUMN_SPECTER, 9, align="right", drop=1),
    )


class OrderRows:
    """What the list shows of the model."""

    def __init__(self, model: Orders) -> None:
        self._model = model
        self.frame = Frame()
        self.looked = False

    @property
    def keys(self) -> Sequence[Hashable]:
        """The uids, as sorted and filtered."""
        return self._model.shown

    @property
    def marks(self) -> Collection[Hashable]:
        """The marked uids."""
        return self._model.marks.keys()

    @property
    def empty(self) -> str:
        """Why there is nothing to see."""
        if self._model.filter_text and self._model.views:
            return words.ORDERS_NONE_MATCH
        return words.ORDERS_NONE if self.looked else words.ORDERS_NOT_YET

    def cells(self, key: Hashable) -> Mapping[str, Span]:
        """One order."""
        assert isinstance(key, int)  # noqa: S101 - uids are
        view = self._model.views[key]
        tone: Tone = "muted" if key in self._model.gone or view.state in ("closed", "out_of_scope") else "plain"
        customer = words.HIDDEN_NAME if self.frame.hide_names and view.customer else view.customer
        return {
            "state": state_span(view),
            "number": span(view.number, tone),
            "customer": span(customer, tone),
            "total": span(money(view.total, view.currency), tone),
            "placed": span(when(view.ordered, self.frame.now, self.frame.zone), "muted"),
            "specter": span(view.specter_number or "", tone),
        }


def title(model: Orders) -> tuple[str, str]:
    """What the frame says: how many, filtered, marked, new; and how they are sorted. A change repaints the pane."""
    known, shown = len(model.views) - len(model.gone), len(model.shown)
    parts = [words.FILTERED.format(shown=shown, all=known) if model.filter_text else str(known)]
    if model.filter_text:
        parts.append(words.FILTER_IS.format(text=model.filter_text))
    if model.marks:
        parts.append(words.MARKED.format(count=len(model.marks)))
    if model.new_waiting:
        parts.append(words.NEW_WAITING.format(count=model.new_waiting))
    return f"1 {words.ORDERS} · {' · '.join(parts)}", words.SORTS[model.sort]

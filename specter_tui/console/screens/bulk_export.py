"""The question before a bulk export: the totals, each VAT rate, and each exact form at one key."""

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Label

from specter_tui.console.screens.form_screen import FormScreen
from specter_tui.console.screens.modals import GuardedModal, Pressed, is_enter
from specter_tui.console.viewmodel.formats import money, number
from specter_tui.console.viewmodel.order_list import sum_of
from specter_tui.console.viewmodel.shop_view_model import ShopViewModel
from specter_tui.console.viewmodel.state_styles import state_span
from specter_tui.console.viewmodel.styled_text import Line, Span, Styles, plain, span
from specter_tui.console.widgets.columns import Column
from specter_tui.console.widgets.row_list import RowList
from specter_tui.console.widgets.text_view import TextView
from specter_tui.console.widgets.typed_line import TypedLine
from specter_tui.i18n import ngettext, pgettext, t

if TYPE_CHECKING:
    from specter_tui.engine.events import CurrencySum, OrderView

TYPED_ABOVE = 25
"""Above this number of orders their count must be typed, so that no single key sends them."""
_MOST_SUMS = 6
_MOST_ROWS = 8


class BulkExportRows:
    """The orders of the question, in their present state."""

    empty = ""

    def __init__(self, model: ShopViewModel, uids: Sequence[int]) -> None:
        self._model = model
        self.keys = uids
        self.marks: Collection[Hashable] = ()

    def cells(self, key: Hashable) -> Mapping[str, Span]:
        """Return the cells of one order."""
        view = self.view(key)
        customer = t("•••••") if self._model.frame.hide_names and view.customer else view.customer
        return {
            "number": span(view.number),
            "customer": span(customer),
            "total": span(money(view.total, view.currency)),
            "state": state_span(view),
        }

    def view(self, key: Hashable) -> "OrderView":
        """Return the order of a row."""
        return self._model.orders.views[key]  # type: ignore[index]  # keys are uids.


class BulkExportQuestion(GuardedModal):
    """Answers `yes` or None. The focus is on Cancel, or on a line where the count must be typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,j", "yes", show=False),
        Binding("enter", "take", show=False),  # A focused button takes Enter first.
        Binding("left,right,tab,shift+tab", "other", show=False),
        Binding("f", "form", show=False, priority=True),
        *(
            Binding(key, f"move({by})", show=False, priority=True)
            for key, by in (("up", -1), ("down", 1), ("pageup", -_MOST_ROWS), ("pagedown", _MOST_ROWS))
        ),
    ]

    def __init__(
        self, model: ShopViewModel, title: str, views: "Sequence[OrderView]", tones: Styles, *, typed: bool = False
    ) -> None:
        super().__init__()
        self._model = model
        self._title = title
        self._uids = tuple(view.uid for view in views)
        self._source = BulkExportRows(model, self._uids)
        self._typed = typed or len(views) > TYPED_ABOVE
        self._rows = RowList(self._source, _columns())
        self._rows.can_focus = False
        self._sums = TextView()
        self._sums.can_focus = False
        self._tones = self._rows.tones = self._sums.tones = tones
        self.ask_form: Callable[[int], object] = lambda _: None

    def compose(self) -> ComposeResult:
        """Compose title, totals, the orders, and the buttons or the line."""
        with Vertical(classes="box box-push"):
            yield from self.heading(self._title)
            self._sums.styles.height = 2
            yield self._sums
            self._rows.styles.height = min(len(self._uids), _MOST_ROWS) + 1
            yield self._rows
            yield Label(
                f"▲ {t('An order that is in Specter cannot be taken back from here.')}",
                classes="box-warning",
                markup=False,
            )
            if self._typed:
                hint = t("Type {count} to confirm.").format(count=len(self._uids))
                # Keys other than digits reach the question.
                yield TypedLine(hint=hint, most=6, digits=True, id="typed")
            else:
                with Horizontal(classes="box-buttons"):
                    yield Button(Content(f"{t('Cancel')} ({t('esc')})"), id="cancel", compact=True)
                    count = len(self._uids)
                    yes = ngettext("Export {count}", "Export {count}", count).format(count=count)
                    yes = f"{yes} ({t('y')})"
                    yield Button(Content(plain(yes)), id="yes", compact=True)
            yield Label(t("↑ ↓ choose · f exactly what is sent · esc cancel"), classes="box-keys", markup=False)

    def confirms(self, pressed: Pressed) -> bool:
        """Return whether a key could confirm; where the count must be typed, only Enter can."""
        return is_enter(pressed) if self._typed else super().confirms(pressed)

    def on_mount(self) -> None:
        """Focus Cancel, or the line for the count."""
        self.query_one("#typed" if self._typed else "#cancel").focus()
        self._rows.sync()
        self.follow()

    def follow(self) -> None:
        """Show the present data."""
        lines = tuple(self._sum_lines())
        self._sums.styles.height = min(len(lines), _MOST_SUMS)
        self._sums.show(lambda _: lines)
        self._rows.refresh()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Answer with the chosen button."""
        self.dismiss("yes" if event.button.id == "yes" else None)

    def action_take(self) -> None:
        """Confirm if the typed count is right; else show the count to type."""
        line = self.query_one(TypedLine)
        if line.value == str(len(self._uids)):
            self.dismiss("yes")
        else:
            line.clear()
            self.query_one(".box-warning", Label).update(
                f"▲ {t('Type {count} to confirm.').format(count=len(self._uids))}"
            )

    def action_yes(self) -> None:
        """Confirm, where no count must be typed."""
        if not self._typed:
            self.dismiss("yes")

    def action_other(self) -> None:
        """Focus the other button."""
        if not self._typed:
            self.focus_next()

    def action_move(self, by: int) -> None:
        """Move up or down in the orders, without moving the focus."""
        self._rows.action_move(by)

    def action_form(self) -> None:
        """Show the exact form of the order under the cursor."""
        uid = self._rows.cursor
        if isinstance(uid, int):
            self.ask_form(uid)
            self.app.push_screen(FormScreen(self._model, self._source.view(uid), self._tones))

    def _sum_lines(self) -> Iterator[Line]:
        told = self._model.sum_of(self._uids)
        if told is None:
            views = [self._source.view(uid) for uid in self._uids]
            for currency, total in sum_of(views).items():
                count = sum((view.currency or "SEK") == currency for view in views)
                yield _total(count, money(total, currency))
            yield (span(t("Adding up what Specter will get …"), "muted"),)
            return
        for one in told.sums:
            yield from _currency(one)
        if told.held:
            held = len(told.held)
            text = ngettext(
                "{count} cannot be sent as it is now, and stays here.",
                "{count} cannot be sent as they are now, and stay here.",
                held,
            ).format(count=held)
            yield (span(f"▲ {text}", "warn"),)


def _currency(one: "CurrencySum") -> Iterator[Line]:
    yield _total(one.count, money(one.total, one.currency))
    for rate in one.rates:
        yield (
            span(f"  {t('VAT {rate} %').format(rate=number(rate.vat_percent)):>9}", "muted"),
            span(f"  {t('net')} {money(rate.net, one.currency):>16}"),
            span(f"   {pgettext('total vat', 'VAT')} {money(rate.vat, one.currency):>14}"),
        )


def _total(count: int, total: str) -> Line:
    return (
        span(f"{ngettext('{count} order', '{count} orders', count).format(count=count)}  ", "plain"),
        span(total, "strong"),
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column("number", t("Order"), 8),
        Column("customer", t("Customer"), 10, flex=1),
        Column("total", t("Total"), 13, align="right", amount=True),
        Column("state", t("State"), 13),
    )

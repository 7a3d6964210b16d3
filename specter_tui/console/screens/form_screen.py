"""The exact form of one order above a question, to be read only."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Label

from specter_tui.console.viewmodel.detail.order_detail import describe
from specter_tui.console.viewmodel.shop_view_model import ShopViewModel
from specter_tui.console.viewmodel.styled_text import Styles, plain
from specter_tui.console.widgets.text_view import TextView
from specter_tui.i18n import t

if TYPE_CHECKING:
    from specter_tui.engine.events import OrderView


class FormScreen(ModalScreen[None]):
    """The form; the key that opened it, or esc, closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,f,q,enter", "dismiss", show=False)]

    def __init__(self, model: ShopViewModel, view: "OrderView", tones: Styles) -> None:
        super().__init__()
        self._model = model
        self._view = view
        self._tones = tones

    def compose(self) -> ComposeResult:
        """Compose title, form and keys."""
        with Vertical(classes="box box-tall"):
            yield Label(plain(f"{t('Detail')} · {self._view.number}"), classes="box-title", markup=False)
            yield TextView()
            yield Label(t("esc closes · ↑ ↓ scroll"), classes="box-keys", markup=False)

    def on_mount(self) -> None:
        """Write the present data."""
        lines = self.query_one(TextView)
        lines.tones = self._tones
        lines.focus()
        self.follow()

    def follow(self) -> None:
        """Write the form, when it has arrived."""
        preview = self._model.previews.get(self._view.uid)
        view = self._model.orders.views.get(self._view.uid, self._view)
        self.query_one(TextView).show(lambda width: describe(view, preview, width, self._model.frame, whole=True))

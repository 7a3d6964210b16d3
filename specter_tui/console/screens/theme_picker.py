"""The choice of a theme: a small screen over the list, on which the cursor shows each theme at once."""

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Label

from specter_tui.console.terminal.theme import THEMES
from specter_tui.console.viewmodel.styled_text import Span, span, styles_of
from specter_tui.console.widgets.columns import Column
from specter_tui.console.widgets.row_list import HEADER, RowList
from specter_tui.i18n import Texts, t

THEME_TEXTS = Texts(
    {
        "dark": "dark",
        "light": "light",
        "contrast": "black and white, high contrast",
        "terminal": "the terminal's own, on a dark ground",
        "terminal-light": "the terminal's own, on a light ground",
    }
)


class ThemeRows:
    """Our themes, and the present one if it is another."""

    empty = ""

    def __init__(self, now: str) -> None:
        self._now = now

    @property
    def keys(self) -> Sequence[Hashable]:
        """The names of the themes."""
        return tuple(dict.fromkeys((*THEMES, self._now)))

    @property
    def marks(self) -> Collection[Hashable]:
        """The theme that esc gives back."""
        return (self._now,)

    def cells(self, key: Hashable) -> Mapping[str, Span]:
        """Return name and description of one theme."""
        return {"name": span(str(key), "strong"), "text": span(THEME_TEXTS.get(str(key), ""), "muted")}


class ThemePicker(ModalScreen[str | None]):
    """Answers the name of a theme, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", show=False),
        Binding("enter", "choose", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
    ]

    def __init__(self, now: str, preview: Callable[[str], None]) -> None:
        super().__init__()
        self._now, self._preview = now, preview
        self._rows = RowList(ThemeRows(now), _columns())
        self._rows.can_focus = False

    def compose(self) -> ComposeResult:
        """Compose the themes and the keys."""
        with Vertical(classes="box box-narrow"):
            yield Label(t("Colours"), classes="box-title", markup=False)
            self._rows.styles.height = len(self._rows.source.keys) + HEADER
            yield self._rows
            yield Label(t("enter takes these · esc gives the old ones back"), classes="box-keys", markup=False)

    def on_mount(self) -> None:
        """Put the cursor on the present theme."""
        self.app.theme_changed_signal.subscribe(self, lambda _: self._dress())
        self._dress()
        self._rows.sync(self._now)

    def action_move(self, by: int) -> None:
        """Move up or down."""
        self._rows.action_move(by)

    @on(RowList.Moved)
    def _show(self, event: RowList.Moved) -> None:
        """Show the theme under the cursor."""
        event.stop()
        self._preview(str(self._rows.cursor))

    @on(RowList.Chosen)
    def action_choose(self) -> None:
        """Answer with the theme under the cursor."""
        self.dismiss(str(self._rows.cursor))

    def _dress(self) -> None:
        self._rows.tones = styles_of(self.app)
        self._rows.refresh()


def _columns() -> tuple[Column, ...]:
    return Column("name", t("Theme"), 14), Column("text", "", 30, flex=1)

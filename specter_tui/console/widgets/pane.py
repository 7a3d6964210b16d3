"""A pane: a list in a frame with a title."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content

from specter_tui.console.viewmodel.filtering.list_filter import Filter
from specter_tui.console.viewmodel.list_model import ListModel
from specter_tui.console.viewmodel.styled_text import Styles, plain
from specter_tui.console.widgets.columns import Column
from specter_tui.console.widgets.row_list import RowList, RowSource
from specter_tui.i18n import t


def filter_summary(source: ListModel) -> str:
    """Return for a title the filter, and the number of rows that it shows."""
    if not source.look.filter_text:
        return ""
    shown, known = source.counts
    told = (
        t("{shown} of {all}").format(shown=shown, all=known),
        filter_title(source.look.filter_text, source.filter),
    )
    return "".join(f" · {part}" for part in told)


def filter_title(text: str, made: Filter) -> str:
    """Return a filter for a title, with a sign where similar words are shown."""
    return ("≈ " if made.similar else "") + t("Filter: {text}").format(text=text)


class Pane(Container):
    """A framed list; the border shows the focus."""

    def __init__(self, source: RowSource, columns: Sequence[Column], *, name: str, follows: bool = False) -> None:
        super().__init__(id=f"pane-{name}", classes="pane")
        self.rows = RowList(source, columns)
        self.rows.follows = follows
        if isinstance(source, ListModel):
            self.rows.set_columns(source.look)
        self._titles = ("", "", "")

    def compose(self) -> ComposeResult:
        """Compose the list."""
        yield self.rows

    def apply_styles(self, tones: Styles) -> None:
        """Set the theme's styles."""
        self.rows.tones = tones
        self.rows.refresh()

    def entitle(self, title: str, others: str = "", subtitle: str = "") -> None:
        """Set the border's texts, which are never markup. `others` names the hidden panes."""
        if (title, others, subtitle) != self._titles:
            self._titles = (title, others, subtitle)
            # Content is taken literally; a plain str would be read as markup.
            title, others, subtitle = plain(title), plain(others), plain(subtitle)
            self.border_title = Content.assemble(title, (others, "dim not bold"))
            self.border_subtitle = Content(subtitle)

"""A pane: a list in a frame with a title."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.message import Message

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


TAB_BETWEEN = " │ "
_BEFORE_TITLE = 3
"""The cells of the frame before its title."""


class Pane(Container):
    """A framed list; the border shows the focus."""

    class TabClicked(Message):
        """The title of a pane was clicked, or one of the others beside it; `sign` is its key."""

        def __init__(self, sign: str) -> None:
            super().__init__()
            self.sign = sign

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

    def on_click(self, event: events.Click) -> None:
        """Report a click on a title in the frame; the list below it has its own."""
        title, others, _ = self._titles
        if event.y == 0 and title[:1].isdigit() and event.widget is self:
            place = event.x - _BEFORE_TITLE - cell_len(title)
            end = 0
            for tab in others.split(TAB_BETWEEN)[1:]:
                start, end = end + cell_len(TAB_BETWEEN), end + cell_len(TAB_BETWEEN + tab)
                if start <= place < end:
                    self.post_message(self.TabClicked(tab[0]))
                    return
            if place < 0:
                self.post_message(self.TabClicked(title[0]))

    def entitle(self, title: str, others: str = "", subtitle: str = "") -> None:
        """Set the border's texts, which are never markup. `others` names the hidden panes."""
        if (title, others, subtitle) != self._titles:
            self._titles = (title, others, subtitle)
            # Content is taken literally; a plain str would be read as markup.
            title, others, subtitle = plain(title), plain(others), plain(subtitle)
            self.border_title = Content.assemble(title, (others, "dim not bold"))
            self.border_subtitle = Content(subtitle)

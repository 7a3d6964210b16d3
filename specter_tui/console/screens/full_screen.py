"""Screens that a pane's key opens: a page of lines, or a list, with what is said and the keys below."""

from collections.abc import Hashable, Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

from specter_tui.console.command_registry import Front
from specter_tui.console.viewmodel.list_model import ListModel
from specter_tui.console.viewmodel.list_table import ListTable
from specter_tui.console.viewmodel.styled_text import Line, Styles, plain
from specter_tui.console.widgets.columns import Column
from specter_tui.console.widgets.pane import Pane, filter_summary
from specter_tui.console.widgets.row_list import RowList, RowSource
from specter_tui.console.widgets.text_view import LineLabel, TextView, Writer

if TYPE_CHECKING:
    from specter_tui.console.widgets.filter_bar import FilterLine


class Page(Protocol):
    """What a page shows."""

    @property
    def title(self) -> str:
        """What stands in its frame."""

    def write(self, width: int) -> Sequence[Line]:
        """The lines for a width."""


@runtime_checkable
class Tabular(Protocol):
    """A page that is a table, too."""

    def table(self) -> ListTable | None:
        """The table, once it is there."""


class ListSource(RowSource, Protocol):
    """What a list shows."""

    @property
    def title(self) -> str:
        """What stands in its frame."""

    def explain(self, key: Hashable) -> Line:
        """One row in full."""

    def copy(self, key: Hashable) -> tuple[str, str]:
        """What is copied of a row, and what is told then."""


class FullScreen(Screen[None]):
    """`front` names it, for the registry of actions."""

    def __init__(self, front: Front, body: Widget) -> None:
        super().__init__()
        self.front = front
        self._body = body
        self._talk, self._footer = LineLabel(id="talk"), LineLabel(id="footer")
        self.filter_line: FilterLine | None = None

    def compose(self) -> ComposeResult:
        """The body, what is said, the keys."""
        yield self._body
        yield self._talk
        yield self._footer

    def apply_styles(self, tones: Styles) -> None:
        """Take the theme's styles."""
        for part in (self._talk, self._footer):
            part.tones = tones
            part.refresh()

    def draw(self, talk: Line, footer: Line) -> None:
        """Draw what is said and the keys; the body, where it is cheap."""
        self._talk.show(talk)
        self._footer.show(footer)

    def changed(self) -> None:
        """The engine told something that the body may show."""

    def keep_time(self, zone: tzinfo | None) -> None:
        """Days that are typed are days in this zone."""


class PageScreen(FullScreen):
    """A page of lines."""

    def __init__(self, front: Front, page: Page | None = None) -> None:
        self.lines = TextView(id="whole")
        self._page = page
        super().__init__(front, self.lines)

    def on_mount(self) -> None:
        """The lines have the focus, so that they scroll by key."""
        self.lines.focus()

    def apply_styles(self, tones: Styles) -> None:
        """Take the theme's styles."""
        super().apply_styles(tones)
        self.lines.tones = tones

    def draw(self, talk: Line, footer: Line) -> None:
        """Draw everything."""
        super().draw(talk, footer)
        if self._page is not None:
            self.write(self._page.title, self._page.write)

    def write(self, title: str, writer: Writer) -> None:
        """Write the lines and the title."""
        self.lines.border_title = Content(plain(title))
        self.lines.show(writer)

    def table(self) -> ListTable | None:
        """What is shown as a table, where it is one."""
        return self._page.table() if isinstance(self._page, Tabular) else None

    def as_text(self) -> list[Line]:
        """What is shown, for a copy."""
        return list(self.lines.written)


class ListScreen(FullScreen):
    """A list of rows."""

    def __init__(self, front: Front, listing: ListSource, columns: Sequence[Column]) -> None:
        self.listing = listing
        self.pane = Pane(listing, columns, name="full")
        super().__init__(front, self.pane)

    def compose(self) -> ComposeResult:
        """The list, what is said or the line of its filter, the keys."""
        from specter_tui.console.widgets.filter_bar import FilterLine  # noqa: PLC0415 - not in the first frame

        self.filter_line = FilterLine()
        yield self._body
        yield self._talk
        yield self.filter_line
        yield self._footer

    def on_mount(self) -> None:
        """The list has the focus."""
        self.rows.sync()
        self.rows.focus()
        self.post_message(RowList.Moved(self.rows, self.rows.cursor))  # the list itself does not run yet.

    @property
    def rows(self) -> RowList:
        """The list itself."""
        return self.pane.rows

    def apply_styles(self, tones: Styles) -> None:
        """Take the theme's styles."""
        super().apply_styles(tones)
        self.pane.apply_styles(tones)

    def draw(self, talk: Line, footer: Line) -> None:
        """Draw the title and the lines below."""
        super().draw(talk, footer)
        shown = filter_summary(self.listing) if isinstance(self.listing, ListModel) else ""
        self.pane.entitle(f"{self.listing.title}{shown}")

    def keep_time(self, zone: tzinfo | None) -> None:
        """Of its filter, too."""
        if isinstance(self.listing, ListModel):
            self.listing.zone = zone

    def changed(self) -> None:
        """Rows may have come or gone."""
        if self.is_mounted:
            self.rows.sync()

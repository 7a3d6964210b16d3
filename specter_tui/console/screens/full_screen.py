"""Full screens that a pane's key opens: a page of lines, or a list, with message line and footer."""

from collections.abc import Hashable, Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

from specter_tui.console.commands.conditions import Front
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
    """The contents of a page."""

    @property
    def title(self) -> str:
        """The title in the frame."""

    def write(self, width: int) -> Sequence[Line]:
        """Return the lines for a width."""


@runtime_checkable
class Tabular(Protocol):
    """A page that is also a table."""

    def table(self) -> ListTable | None:
        """Return the table, or None before there is one."""


class ListSource(RowSource, Protocol):
    """The contents of a list."""

    @property
    def title(self) -> str:
        """The title in the frame."""

    def explain(self, key: Hashable) -> Line:
        """Return one row in full."""

    def copy(self, key: Hashable) -> tuple[str, str]:
        """Return the text to copy from a row, and the message about it."""


class FullScreen(Screen[None]):
    """A full screen; `front` is its name in the command registry."""

    def __init__(self, front: Front, body: Widget) -> None:
        super().__init__()
        self.front = front
        self._body = body
        self._talk, self._footer = LineLabel(id="talk"), LineLabel(id="footer")
        self.filter_line: FilterLine | None = None

    def compose(self) -> ComposeResult:
        """Compose body, message line and footer."""
        yield self._body
        yield self._talk
        yield self._footer

    def apply_styles(self, tones: Styles) -> None:
        """Set the theme's styles."""
        for part in (self._talk, self._footer):
            part.tones = tones
            part.refresh()

    def draw(self, talk: Line, footer: Line) -> None:
        """Draw message line and footer."""
        self._talk.show(talk)
        self._footer.show(footer)

    def changed(self) -> None:
        """Update the body after an engine message; does nothing here."""

    def keep_time(self, zone: tzinfo | None) -> None:
        """Set the zone of typed days; does nothing here."""


class PageScreen(FullScreen):
    """A page of lines."""

    def __init__(self, front: Front, page: Page | None = None) -> None:
        self.lines = TextView(id="whole")
        self._page = page
        super().__init__(front, self.lines)

    def on_mount(self) -> None:
        """Focus the lines, so that keys scroll them."""
        self.lines.focus()

    def apply_styles(self, tones: Styles) -> None:
        """Set the theme's styles."""
        super().apply_styles(tones)
        self.lines.tones = tones

    def draw(self, talk: Line, footer: Line) -> None:
        """Draw everything."""
        super().draw(talk, footer)
        if self._page is not None:
            self.write(self._page.title, self._page.write)

    def write(self, title: str, writer: Writer) -> None:
        """Write title and lines."""
        self.lines.border_title = Content(plain(title))
        self.lines.show(writer)

    def table(self) -> ListTable | None:
        """Return the page as a table, where it is one."""
        return self._page.table() if isinstance(self._page, Tabular) else None

    def as_text(self) -> list[Line]:
        """Return the shown lines, for a copy."""
        return list(self.lines.written)


class ListScreen(FullScreen):
    """A list of rows."""

    def __init__(self, front: Front, listing: ListSource, columns: Sequence[Column]) -> None:
        self.listing = listing
        self.pane = Pane(listing, columns, name="full")
        super().__init__(front, self.pane)

    def compose(self) -> ComposeResult:
        """Compose list, message line, filter line and footer."""
        from specter_tui.console.widgets.filter_bar import FilterLine  # noqa: PLC0415 - not in the first frame

        self.filter_line = FilterLine()
        yield self._body
        yield self._talk
        yield self.filter_line
        yield self._footer

    def on_mount(self) -> None:
        """Focus the list."""
        self.rows.sync()
        self.rows.focus()
        self.post_message(RowList.Moved(self.rows, self.rows.cursor))  # The list itself is not running yet.

    @property
    def rows(self) -> RowList:
        """The list itself."""
        return self.pane.rows

    def apply_styles(self, tones: Styles) -> None:
        """Set the theme's styles."""
        super().apply_styles(tones)
        self.pane.apply_styles(tones)

    def draw(self, talk: Line, footer: Line) -> None:
        """Draw the title, message line and footer."""
        super().draw(talk, footer)
        shown = filter_summary(self.listing) if isinstance(self.listing, ListModel) else ""
        self.pane.entitle(f"{self.listing.title}{shown}")

    def keep_time(self, zone: tzinfo | None) -> None:
        """Set the zone of days in its filter."""
        if isinstance(self.listing, ListModel):
            self.listing.zone = zone

    def changed(self) -> None:
        """Apply added and removed rows."""
        if self.is_mounted:
            self.rows.sync()

"""One order, full screen: why not, rows, totals, and the fields of customer and order as Specter gets them."""

from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen

from specter_tui.console import words
from specter_tui.console.ink import Inks, Line, plain
from specter_tui.console.lines import Lines, OneLine, Writer


class DetailScreen(Screen[None]):
    """The keys of an order work here as in the list."""

    def __init__(self) -> None:
        super().__init__()
        self._lines = Lines(id="whole")
        self._talk = OneLine(id="talk")
        self._footer = OneLine(id="footer")

    def compose(self) -> ComposeResult:
        """The lines, what is said, the keys."""
        yield self._lines
        yield self._talk
        yield self._footer

    def on_mount(self) -> None:
        """The lines have the focus, so that they scroll by key."""
        self._lines.focus()

    def dress(self, inks: Inks) -> None:
        """Take the theme's inks."""
        for part in (self._lines, self._talk, self._footer):
            part.inks = inks

    def show(self, number: str, writer: Writer, talk: Line, footer: Line) -> None:
        """Show an order."""
        self._lines.border_title = Content(plain(f"{words.DETAIL} · {number}"))
        self._lines.show(writer)
        self._talk.show(talk)
        self._footer.show(footer)

    def as_text(self) -> list[Line]:
        """What is shown, for a copy."""
        return list(self._lines.written)

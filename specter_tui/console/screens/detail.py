"""One order, full screen: why not, rows, totals, and the fields of customer and order as Specter gets them."""

from specter_tui.console import words
from specter_tui.console.ink import Line
from specter_tui.console.lines import Writer
from specter_tui.console.screens.full import PageScreen


class DetailScreen(PageScreen):
    """The keys of an order work here as in the list."""

    def __init__(self) -> None:
        super().__init__("detail")

    def show(self, number: str, writer: Writer, talk: Line, footer: Line) -> None:
        """Show an order."""
        self.write(f"{words.DETAIL} · {number}", writer)
        self.draw(talk, footer)

"""One order on the full screen: reason, rows, totals, and the fields of customer and order as sent to Specter."""

from specter_tui.console.screens.full_screen import PageScreen
from specter_tui.console.viewmodel.styled_text import Line
from specter_tui.console.widgets.text_view import Writer
from specter_tui.i18n import t


class DetailScreen(PageScreen):
    """The detail; an order's keys work here as in the list."""

    def __init__(self) -> None:
        super().__init__("detail")

    def show(self, number: str, writer: Writer, talk: Line, footer: Line) -> None:
        """Show an order."""
        self.write(f"{t('Detail')} · {number}", writer)
        self.draw(talk, footer)

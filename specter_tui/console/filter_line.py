"""The line in which a filter is typed. It is made after the first frame, which is to be quick."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input, Label

from specter_tui.console import words
from specter_tui.console.notes import FilterKept, FilterTyped


class FilterLine(Horizontal):
    """Tells of every change, and of enter."""

    def __init__(self) -> None:
        super().__init__(id="filter-line")
        self.input = Input(placeholder=words.FILTER_HINT, id="filter", compact=True, select_on_focus=False)
        self.input.cursor_blink = False

    def compose(self) -> ComposeResult:
        """A slash and the line."""
        yield Label("/", markup=False)
        yield self.input

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(FilterTyped(event.value.strip()))

    @on(Input.Submitted)
    def _kept(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(FilterKept())

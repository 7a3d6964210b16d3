"""Filter the front list while the user types.

The line belongs to the screen, so that no key is lost before it opens.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from specter_tui.console.front_app import FrontApp
from specter_tui.console.viewmodel.list_model import ListModel
from specter_tui.console.widgets.row_list import RowList

if TYPE_CHECKING:
    from specter_tui.console.widgets.filter_bar import FilterLine


class FilterController:
    """Opens and closes the filter line, and applies its text."""

    def __init__(self, app: FrontApp) -> None:
        self._app = app
        self._rows: RowList | None = None

    @property
    def on(self) -> bool:
        """True while a filter is typed."""
        return self._rows is not None

    def open(self, rows: RowList) -> None:
        """Show the filter line in place of the message line."""
        line = self._line
        if line is None or not isinstance(rows.source, ListModel):  # The console is still starting.
            return
        self._rows = rows
        self._app.screen.query_one("#talk").display = False
        line.open(rows.source.look.filter_text, rows.source.fields, self._app.tones)

    def filter_changed(self) -> None:
        """Apply the line's text as the filter."""
        line, rows = self._line, self._rows
        if line is None or rows is None or not isinstance(rows.source, ListModel):
            return
        text = line.input.value.strip()
        if text != rows.source.look.filter_text:
            self._app.apply_view(replace(rows.source.look, filter_text=text))
        line.hint(rows.source.filter.bad)

    def close(self) -> None:
        """Return to the list; the filter stays active."""
        line, rows = self._line, self._rows
        self._rows = None
        if line is not None and rows is not None:
            line.display = False
            self._app.screen.query_one("#talk").display = True
            rows.screen.set_focus(rows)

    @property
    def _line(self) -> "FilterLine | None":
        return self._app.main.filter_line if self._app.full is None else self._app.full.filter_line

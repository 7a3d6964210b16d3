"""Filter the front list while the user types.

The line belongs to the screen, so that no key is lost before it opens.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from specter_tui.console.front_app import FrontApp
from specter_tui.console.viewmodel.filtering.filter_history import FilterHistory
from specter_tui.console.viewmodel.list_model import ListModel
from specter_tui.console.widgets.row_list import RowList

if TYPE_CHECKING:
    from specter_tui.console.widgets.filter_bar import FilterLine


class FilterController:
    """Opens and closes the filter line, and applies its text."""

    def __init__(self, app: FrontApp) -> None:
        self._app = app
        self._rows: RowList | None = None
        self._history: dict[str, FilterHistory] = {}
        """By the list's name."""

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
        history = self._history.setdefault(rows.source.name, FilterHistory())
        source = rows.source
        line.open(source.look.filter_text, source.filter, source.fields, history, self._app.tones)
        self._app.call_later(self._prepare, rows.source.prepare_filter())

    def _prepare(self, parts: Iterator[None]) -> None:
        if self.on and next(parts, self) is None:
            self._app.call_later(self._prepare, parts)

    def filter_changed(self) -> None:
        """Apply the line's text as the filter."""
        line, rows = self._line, self._rows
        if line is None or rows is None or not isinstance(rows.source, ListModel):
            return
        text = line.input.value.strip()
        if text != rows.source.look.filter_text:
            self._app.apply_view(replace(rows.source.look, filter_text=text))
        line.hint(rows.source.filter)

    def close(self) -> None:
        """Return to the list; the filter stays active."""
        line, rows = self._line, self._rows
        self._rows = None
        if line is not None and rows is not None:
            line.input.history.keep(line.input.value.strip())
            line.display = False
            self._app.screen.query_one("#talk").display = True
            rows.screen.set_focus(rows)

    @property
    def _line(self) -> "FilterLine | None":
        return self._app.main.filter_line if self._app.full is None else self._app.full.filter_line

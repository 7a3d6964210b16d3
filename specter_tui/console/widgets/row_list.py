"""A list of rows that draws only visible lines, each separately.

Textual's DataTable redraws everything when one cell changes, and must be cleared and filled when rows are inserted (14
kB a change at 120x36). Here a changed row costs one line, ten thousand rows cost as much as forty, and the cursor is a
key: when rows are added or removed above it, its line keeps its place on the screen.
"""

from collections.abc import Collection, Hashable, Mapping, Sequence
from itertools import zip_longest
from typing import Any, ClassVar, Protocol

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from specter_tui.console.terminal.theme import CONTRAST
from specter_tui.console.viewmodel.filtering.sorting import Sort
from specter_tui.console.viewmodel.list_view import ListView
from specter_tui.console.viewmodel.styled_text import Span, Styles, span
from specter_tui.console.widgets.columns import Column, fit
from specter_tui.console.widgets.text_view import LineView

HEADER = 1
_GAP = 2
_EMPTY_LINE = 1  # The place of the sentence in a list without rows.
_GUTTER = 2  # The cursor's bar and the mark.
_OUTCOMES: Mapping[bool, Span] = {True: ("✓ ", "good"), False: ("✗ ", "bad")}


class RowSource(Protocol):
    """The data of a row list."""

    @property
    def keys(self) -> Sequence[Hashable]:
        """The rows, top to bottom."""

    @property
    def marks(self) -> Collection[Hashable]:
        """The marked rows."""

    @property
    def empty(self) -> str:
        """The text of a list without rows."""

    def cells(self, key: Hashable) -> Mapping[str, Span]:
        """Return one row's text by column."""


class RowList(LineView, can_focus=True, inherit_bindings=False):
    """The list. Its keys are bound by the app, which always knows the cursor's row."""

    class Moved(Message):
        """The cursor moved to another row."""

        def __init__(self, rows: "RowList", key: Hashable | None) -> None:
            super().__init__()
            self.rows = rows
            self.key = key

    class Chosen(Message):
        """A row was chosen with the mouse."""

        def __init__(self, rows: "RowList") -> None:
            super().__init__()
            self.rows = rows

    class AtEnd(Message):
        """The last row is visible."""

        def __init__(self, rows: "RowList") -> None:
            super().__init__()
            self.rows = rows

    follows = False
    """True if the list returns to its newest, topmost row while it has no focus."""

    def __init__(self, source: RowSource, columns: Sequence[Column]) -> None:
        super().__init__()
        self.source = source
        self.columns = columns
        self.cursor: Hashable | None = None
        self.outcomes: Mapping[Any, bool] | None = None
        """Outcomes of the last bulk work by row, shown beside the mark; None where rows have none."""
        self._hidden: Collection[str] = ()
        self._sort: Sort | None = None
        self.tones: Styles = {}
        self._keys: Sequence[Hashable] = ()
        self._places: dict[Hashable, int] = {}
        self._fitted: list[tuple[Column, int]] = []
        self._fitted_for = 0
        self._place = 0

    @property
    def place(self) -> int:
        """The cursor's row, counted from the top."""
        return self._place

    @property
    def keys(self) -> Sequence[Hashable]:
        """The rows as they are drawn, top to bottom."""
        return self._keys

    @property
    def count(self) -> int:
        """The number of rows."""
        return len(self._keys)

    def entitle(self, columns: Sequence[Column]) -> None:
        """Set the columns' headings."""
        self.columns, self._fitted_for = columns, 0
        self.refresh()

    def sync(self, cursor: Hashable | None = None, *, changed: Collection[Hashable] | None = None) -> None:
        """Apply added, removed or moved rows; the cursor stays on its row, or moves to `cursor`.

        If the list is scrolled down, that row keeps its line on the screen; at the top, new rows become visible. If it
        is known which rows `changed`, only lines that look different are drawn.
        """
        top, on_screen = self.scroll_offset.y, self._place - self.scroll_offset.y
        before = self._in_sight()
        keys = tuple(self.source.keys)
        if keys != self._keys:
            self._keys, self._places = keys, {key: place for place, key in enumerate(keys)}
        wanted = self.cursor if cursor is None else cursor
        if self.follows and not self.has_focus and self._keys:
            wanted, top = self._keys[0], 0
        same = wanted == self.cursor
        self._place = self._places.get(wanted, min(self._place, max(0, len(self._keys) - 1)))
        self._measure()
        self._scroll(self._place - on_screen if same and top else top)
        self._reveal()
        self._draw_changed(before, changed)
        self._take_cursor(self._keys[self._place] if self._keys else None)

    def set_columns(self, look: ListView) -> None:
        """Set the shown columns, and the sort for their headings."""
        self._hidden, self._sort, self._fitted_for = look.hidden, look.sort, 0

    def apply_view(self, look: ListView) -> None:
        """Show the list with another view."""
        self.set_columns(look)
        self.sync()

    def redraw(self, keys: Collection[Hashable]) -> None:
        """Draw these rows again, in the same places; without rows the sentence that says why."""
        if not self._keys:
            self._redraw_place(_EMPTY_LINE)
        for key in keys:
            if (place := self._places.get(key)) is not None:
                self._redraw_place(place)

    def move_to(self, key: Hashable) -> None:
        """Move the cursor to a row."""
        if (place := self._places.get(key)) is not None:
            self._go(place)

    def action_move(self, by: int) -> None:
        """Move up or down."""
        self._go(self._place + by)

    def action_page(self, by: int) -> None:
        """Move a screenful up or down."""
        self._go(self._place + by * max(1, self._room - 1))

    def action_edge(self, end: int) -> None:
        """Move to the first or last row."""
        self._go(0 if end == 0 else len(self._keys) - 1)

    def on_resize(self) -> None:
        """Keep the cursor visible after a change of size."""
        if self._keys:
            self._reveal()

    def on_focus(self) -> None:
        """Draw the cursor's line again."""
        self._redraw_place(self._place)

    def on_blur(self) -> None:
        """Draw the cursor's line again."""
        self._redraw_place(self._place)

    def on_click(self, event: events.Click) -> None:
        """Move the cursor; a second click on the same row chooses it."""
        place = event.y - HEADER + self.scroll_offset.y
        if event.y < HEADER or place >= len(self._keys):
            return
        if event.chain > 1:
            self.post_message(self.Chosen(self))
        self._go(place)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Move the cursor down with the wheel."""
        event.stop()
        event.prevent_default()
        self.action_move(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Move the cursor up with the wheel."""
        event.stop()
        event.prevent_default()
        self.action_move(-1)

    def render_line(self, y: int) -> Strip:
        """Return one line of the screen."""
        width = self.scrollable_content_region.width
        if width != self._fitted_for:
            shown = [column for column in self.columns if column.key not in self._hidden]
            sorted_by = self._sort.field if self._sort is not None else ""
            self._fitted, self._fitted_for = fit(shown, width - self._gutter, _GAP, sorted_by), width
        ground = self.background_style
        if y < HEADER:
            heads = {column.key: self._head(column) for column in self.columns}
            return self._strip(heads, ground, [span(" " * self._gutter)], width, bare=False)
        place = y - HEADER + self.scroll_offset.y
        if place < len(self._keys):
            return self._row(place, ground, width)
        if self._keys or place != _EMPTY_LINE:
            return Strip.blank(width, ground)
        text = set_cell_size(f"  {self.source.empty}", width)
        return Strip([Segment(text, ground + self.tones.get("muted", Style()))], width)

    def _row(self, place: int, ground: Style, width: int) -> Strip:
        key = self._keys[place]
        here = place == self._place
        bar = ("▌" if self.has_focus else "▏") if here else " "
        gutter: list[Span] = [(bar + ("◆" if key in self.source.marks else " "), "title")]
        if self.outcomes is not None:
            gutter.append(("  ", "plain") if key not in self.outcomes else _OUTCOMES[self.outcomes[key]])
        bare = False
        if here and self.has_focus:
            ground += self.get_component_rich_style("rows--cursor", partial=True)
            # Reversed tones would be a patchwork, and cannot be read on white.
            bare = self.app.native_ansi_color or self.app.theme == CONTRAST.name
        elif here:
            ground += self.get_component_rich_style("rows--cursor-away", partial=True)
        return self._strip(self.source.cells(key), ground, gutter, width, bare=bare)

    COMPONENT_CLASSES: ClassVar[set[str]] = {"rows--cursor", "rows--cursor-away"}

    @property
    def _gutter(self) -> int:
        return _GUTTER + (0 if self.outcomes is None else 2)

    def _head(self, column: Column) -> Span:
        """Return the column's title, with an arrow if the rows are sorted by it."""
        if self._sort is None or self._sort.field != column.key:
            return span(column.title, "muted")
        return span(f"{self._sort.arrow} {column.title}", "strong")

    def _strip(
        self, cells: Mapping[str, Span], ground: Style, gutter: Sequence[Span], width: int, *, bare: bool
    ) -> Strip:
        segments = [Segment(text, ground if bare else ground + self.tones.get(tone, Style())) for text, tone in gutter]
        for index, (column, size) in enumerate(self._fitted):
            text, tone = cells.get(column.key, ("", "plain"))
            style = ground if bare else ground + self.tones.get(tone, Style())
            segments.append(
                Segment(f"{' ' * _GAP if index else ''}{cell(column.shown(text, size), size, column.align)}", style)
            )
        return Strip(segments).adjust_cell_length(width, ground)

    def _measure(self) -> None:
        """Tell Textual the list's length. While it exceeds the screen, only the scrollbar is updated."""
        size = Size(0, len(self._keys) + HEADER)
        if min(size.height, self.virtual_size.height) > self.size.height > 0:
            self.set_reactive(RowList.virtual_size, size)  # A plain assignment would lay out and draw the whole screen.
            self._scroll_update(size)
        else:
            self.virtual_size = size

    def _in_sight(self) -> list[tuple[Hashable, bool]]:
        """Return the row of each visible line, and True for the cursor's."""
        top = self.scroll_offset.y
        seen = self._keys[top : top + self._room]
        return [(key, place == self._place) for place, key in enumerate(seen, start=top)]

    def _draw_changed(self, before: Sequence[tuple[Hashable, bool]], changed: Collection[Hashable] | None) -> None:
        after = self._in_sight()
        if changed is None or not before or not after:
            self.refresh()
            return
        for line, (old, new) in enumerate(zip_longest(before, after)):
            if old != new or new[0] in changed:
                self.refresh(Region(0, HEADER + line, self.size.width, 1))

    def _redraw_place(self, place: int) -> None:
        y = place - self.scroll_offset.y + HEADER
        if HEADER <= y < self.size.height:
            self.refresh(Region(0, y, self.size.width, 1))

    @property
    def _room(self) -> int:
        return max(1, self.size.height - HEADER)

    def _go(self, place: int) -> None:
        if not self._keys:
            return
        old, self._place = self._place, max(0, min(place, len(self._keys) - 1))
        self._redraw_place(old)
        self._redraw_place(self._place)
        self._reveal()
        self._take_cursor(self._keys[self._place])

    def _take_cursor(self, key: Hashable | None) -> None:
        if key != self.cursor:
            self.cursor = key
            self.post_message(self.Moved(self, key))

    def _reveal(self) -> None:
        """Scroll only as far as needed to show the cursor's line."""
        top = self.scroll_offset.y
        self._scroll(min(max(top, self._place - self._room + 1), self._place))
        if self._keys and self.scroll_offset.y + self._room >= len(self._keys):
            self.post_message(self.AtEnd(self))

    def _scroll(self, top: int) -> None:
        top = max(0, min(top, len(self._keys) - self._room))
        if top != self.scroll_offset.y:
            self.scroll_to(y=top, animate=False, force=True, immediate=True)


def cell(text: str, size: int, align: str) -> str:
    """Return the text in exactly `size` cells, with `…` where it was cut."""
    if cell_len(text) > size:
        return set_cell_size(text, size - 1) + "…" if size > 1 else "…"[:size]
    return text.rjust(size - cell_len(text) + len(text)) if align == "right" else set_cell_size(text, size)

"""The sort and the shown columns of a list: a small screen over the list, closed by the key that opened it."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Label

from specter_tui.console.viewmodel.filtering.list_fields import Fields
from specter_tui.console.viewmodel.filtering.sorting import Sort
from specter_tui.console.viewmodel.list_view import ListView
from specter_tui.console.viewmodel.styled_text import Span, Styles, span
from specter_tui.console.widgets.columns import Column
from specter_tui.console.widgets.row_list import HEADER, RowList
from specter_tui.i18n import t

_MOST_DIGITS = 9


class ColumnRows:
    """The columns of a list, each with a digit."""

    empty = ""

    def __init__(self, columns: Sequence[Column], look: ListView) -> None:
        self._columns = {column.key: column for column in columns}
        self.look = look

    @property
    def keys(self) -> Sequence[Hashable]:
        """The columns' keys, in the list's order."""
        return tuple(self._columns)

    @property
    def marks(self) -> Collection[Hashable]:
        """The shown columns."""
        return [key for key in self._columns if key not in self.look.hidden]

    def cells(self, key: Hashable) -> Mapping[str, Span]:
        """Return the cells of one column: its digit, its title, and its sort."""
        place = list(self._columns).index(str(key)) + 1
        sort = self.look.sort
        by = sort is not None and sort.field == key
        arrow = (
            f"{sort.arrow} {t('descending') if sort.descending else t('ascending')}" if sort is not None and by else ""
        )
        shown = key not in self.look.hidden
        return {
            "digit": span(str(place) if place <= _MOST_DIGITS else "", "title"),
            "title": span(self._columns[str(key)].title, "plain" if shown else "muted"),
            "sort": span(arrow, "strong"),
            "shown": span("" if shown else t("hidden"), "muted"),
        }


class ColumnChooser(ModalScreen[ListView | None]):
    """Answers the list's new view, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("enter", "sort", show=False),
        Binding("s", "turn", show=False),
        Binding("space", "show", show=False),
        Binding("0", "home", show=False),
        *(Binding(str(digit), f"sort_by({digit})", show=False) for digit in range(1, _MOST_DIGITS + 1)),
    ]

    def __init__(
        self, columns: Sequence[Column], fields: Fields, look: ListView, home: ListView, tones: Styles
    ) -> None:
        super().__init__()
        sortable = {field.key for field in fields if field.written}
        self._source = ColumnRows([column for column in columns if column.key in sortable], look)
        self._home = home
        self._rows = RowList(self._source, _columns())
        self._rows.can_focus = False
        self._rows.tones = tones

    def compose(self) -> ComposeResult:
        """Compose the columns and the keys."""
        with Vertical(classes="box box-narrow"):
            yield Label(t("Sort and columns"), classes="box-title", markup=False)
            self._rows.styles.height = len(self._source.keys) + HEADER
            yield self._rows
            yield Label(
                t("enter or digit sorts, again turns · s turns · space shows or hides · 0 as at first · esc"),
                classes="box-keys",
                markup=False,
            )

    def on_mount(self) -> None:
        """Put the cursor on the sorted column."""
        self._rows.sync()
        if self._source.look.sort is not None:
            self._rows.move_to(self._source.look.sort.field)

    def action_move(self, by: int) -> None:
        """Move up or down."""
        self._rows.action_move(by)

    def action_sort(self) -> None:
        """Sort by the column under the cursor; reverse the sort if it is that column already."""
        self._sort_by(str(self._rows.cursor))

    def action_sort_by(self, digit: int) -> None:
        """Sort by the column with this digit."""
        keys = self._source.keys
        if digit <= len(keys):
            self._sort_by(str(keys[digit - 1]))

    def action_turn(self) -> None:
        """Reverse the sort."""
        sort = self._source.look.sort
        if sort is None:
            self._sort_by(str(self._source.keys[0]))
        else:
            self.dismiss(replace(self._source.look, sort=sort.turned))

    def action_show(self) -> None:
        """Show or hide the column under the cursor; at least one stays shown."""
        look, key = self._source.look, str(self._rows.cursor)
        hidden = set(look.hidden) ^ {key}
        if len(hidden & set(self._source.keys)) < len(self._source.keys):
            self._source.look = replace(look, hidden=tuple(sorted(hidden)))
            self._rows.refresh()

    def action_home(self) -> None:
        """Restore the original sort and columns; the filter stays."""
        self.dismiss(replace(self._home, filter_text=self._source.look.filter_text))

    def _sort_by(self, key: str) -> None:
        look = self._source.look
        turned = look.sort is not None and look.sort.field == key
        sort = look.sort.turned if look.sort is not None and turned else Sort(key)
        self.dismiss(replace(look, sort=sort))

    async def action_dismiss(self, result: ListView | None = None) -> None:
        """Close the screen; columns that were shown or hidden stay so."""
        self.dismiss(self._source.look if result is None else result)


def _columns() -> tuple[Column, ...]:
    return (
        Column("digit", "", 1),
        Column("title", t("Column"), 14, flex=1),
        Column("sort", t("Sorted"), 10),
        Column("shown", "", 7),
    )

"""The named views of a list: open one, save the present one, or delete one."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Label

from specter_tui.console.viewmodel.list_view import ListView
from specter_tui.console.viewmodel.saved_views import LONGEST_NAME, clean_name
from specter_tui.console.viewmodel.styled_text import Span, Styles, span
from specter_tui.console.widgets.columns import Column
from specter_tui.console.widgets.row_list import RowList
from specter_tui.console.widgets.typed_line import TypedLine
from specter_tui.i18n import t

Choice = tuple[str, str]
"""`open`, `keep` or `forget`, and a view's name."""


class SavedViewRows:
    """The views whose names contain the typed text; a new name can be saved."""

    def __init__(self, views: Mapping[str, ListView], titles: Mapping[str, str]) -> None:
        self._views, self._titles = views, titles
        self.typed = ""

    @property
    def empty(self) -> str:
        """The text of a list without views."""
        return (
            t("enter saves the list as it is now as “{name}”.").format(name=self.typed)
            if self.typed
            else t("None yet: type a name, and enter saves the list as it is now.")
        )

    @property
    def keys(self) -> Sequence[Hashable]:
        """The views' names."""
        wanted = self.typed.casefold()
        return tuple(name for name in sorted(self._views, key=str.casefold) if wanted in name.casefold())

    @property
    def marks(self) -> Collection[Hashable]:
        """No rows can be marked here."""
        return ()

    def cells(self, key: Hashable) -> Mapping[str, Span]:
        """Return the cells of one view."""
        view = self._views[str(key)]
        sort = f"{view.sort.arrow} {self._titles.get(view.sort.field, view.sort.field)}" if view.sort else ""
        return {"name": span(str(key), "strong"), "filter": span(view.filter_text), "sort": span(sort, "muted")}


class SavedViewsScreen(ModalScreen[Choice | None]):
    """Answers an action with a view's name, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", show=False),
        Binding("enter", "open", show=False),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("f2", "keep", show=False, priority=True),
        Binding("f8", "forget", show=False, priority=True),
    ]

    def __init__(self, views: Mapping[str, ListView], columns: Sequence[Column], tones: Styles) -> None:
        super().__init__()
        self._source = SavedViewRows(views, {column.key: column.title for column in columns})
        self._rows = RowList(self._source, _columns())
        self._rows.tones = tones
        self._rows.can_focus = False

    def compose(self) -> ComposeResult:
        """Compose the input and the views."""
        with Vertical(classes="box box-wide"):
            yield Label(t("Views"), classes="box-title", markup=False)
            yield TypedLine(hint=t("Name of a view"), most=LONGEST_NAME)
            yield self._rows
            yield Label(t("enter opens · F2 saves as typed · F8 removes · esc"), classes="box-keys", markup=False)

    def on_mount(self) -> None:
        """List all views, and focus the input."""
        self._rows.sync()
        self.set_focus(self.query_one(TypedLine))

    @on(Input.Changed)
    def _follow(self) -> None:
        """List the views whose names contain the input's present text."""
        typed = clean_name(self.query_one(TypedLine).value)
        if typed != self._source.typed:
            self._source.typed = typed
            self._rows.sync()
            self._rows.action_edge(0)

    @on(RowList.Chosen)
    def action_open(self) -> None:
        """Open the view under the cursor; save the present view under a new name."""
        self._follow()
        if self._rows.cursor is not None:
            self.dismiss(("open", str(self._rows.cursor)))
        elif self._source.typed:
            self.dismiss(("keep", self._source.typed))

    def action_keep(self) -> None:
        """Save the present view under the typed name, else under the name at the cursor."""
        self._follow()
        name = self._source.typed or str(self._rows.cursor or "")
        if name:
            self.dismiss(("keep", name))

    def action_forget(self) -> None:
        """Delete the view under the cursor."""
        self._follow()
        if self._rows.cursor is not None:
            self.dismiss(("forget", str(self._rows.cursor)))

    def action_move(self, by: int) -> None:
        """Move up or down in the list, without moving the focus."""
        self._follow()
        self._rows.action_move(by)


def _columns() -> tuple[Column, ...]:
    return (
        Column("name", t("View"), 14, flex=1),
        Column("filter", t("Filter"), 14, flex=2),
        Column("sort", t("Sorted"), 12),
    )

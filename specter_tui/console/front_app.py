"""The app as its parts use it: the front view, its list, and the methods to draw and open screens."""

from abc import abstractmethod
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from textual import on

from specter_tui.console.commands.conditions import Front
from specter_tui.console.engine_ports import EngineLike
from specter_tui.console.messages import CommandAnswered
from specter_tui.console.screens.detail_screen import DetailScreen
from specter_tui.console.screens.full_screen import FullScreen, ListScreen, PageScreen
from specter_tui.console.screens.main_screen import MainScreen
from specter_tui.console.screens.shop_switcher import ShopSwitcher, ShopTab
from specter_tui.console.shutdown import GracefulShutdown
from specter_tui.console.terminal.terminal_app import TerminalApp
from specter_tui.console.viewmodel.display_context import DisplayContext
from specter_tui.console.viewmodel.list_model import ListModel
from specter_tui.console.viewmodel.list_table import ListTable
from specter_tui.console.viewmodel.list_view import ListView
from specter_tui.console.viewmodel.marks import Marks
from specter_tui.console.viewmodel.shop_view_model import ShopViewModel
from specter_tui.console.viewmodel.styled_text import Styles
from specter_tui.console.widgets.pane import Pane
from specter_tui.console.widgets.row_list import RowList
from specter_tui.console.widgets.row_sources.todo_rows import TodoRows
from specter_tui.console.widgets.status_lines import sign_at
from specter_tui.console.widgets.text_view import LineLabel

if TYPE_CHECKING:
    from specter_tui.console.loaders.choice_store import ChoiceStore

CURSOR_KEYS: dict[str, Callable[[RowList], None]] = {
    "up": lambda rows: rows.action_move(-1),
    "down": lambda rows: rows.action_move(1),
    "pageup": lambda rows: rows.action_page(-1),
    "pagedown": lambda rows: rows.action_page(1),
    "home": lambda rows: rows.action_edge(0),
    "end": lambda rows: rows.action_edge(-1),
}


BEHIND = 0.3
"""Seconds during which typed text is ignored after a key that could not open its line, for which it was meant."""


class FrontApp(TerminalApp):
    """The base class of the console's app, so that its parts need not know each other."""

    def __init__(
        self, leaving: GracefulShutdown, environment: Mapping[str, str], banner: str, *, read_only: bool
    ) -> None:
        super().__init__(leaving, environment)
        self.shops = ShopSwitcher(banner, read_only=read_only)
        self.choices: ChoiceStore | None = None
        """The operator's choices, once they were read."""
        self.tones: Styles = {}
        self.typed_behind_until = 0.0
        """Until this time, typed text was meant for a line that did not open."""

    @abstractmethod
    def draw(self) -> None:
        """Draw everything that is not a list."""

    @abstractmethod
    def open_full(self, screen: FullScreen) -> None:
        """Open a full screen, in place of another one."""

    @abstractmethod
    def close_full(self) -> None:
        """Return to the panes."""

    @abstractmethod
    def press_sign(self, sign: str) -> None:
        """Run the command of a key as the footer writes it, where keys are commands."""

    @on(LineLabel.Clicked)
    def _footer_clicked(self, event: LineLabel.Clicked) -> None:
        """Run the command under the mouse, unless the footer has just changed there."""
        if event.label.id != "footer":
            return
        found = {sign_at(line, event.x) for line in event.lines}
        key = found.pop()
        if key is not None and not found:
            self.press_sign(key[0])

    @on(Pane.TabClicked)
    def _tab_clicked(self, event: Pane.TabClicked) -> None:
        self.press_sign(event.sign)

    @abstractmethod
    def switch_shop(self, tab: ShopTab) -> None:
        """Bring a shop to the front, with its list unchanged."""

    @property
    def model(self) -> ShopViewModel:
        """The view model of the front shop."""
        return self.shops.current.model

    @property
    def engine(self) -> EngineLike | None:
        """The engine of the front shop, once it is open."""
        return self.shops.current.engine

    @property
    def main(self) -> MainScreen:
        """The panes of the front shop."""
        main = self.shops.current.main
        assert main is not None  # noqa: S101 - what is in front has been made
        return main

    @property
    def detail(self) -> DetailScreen | None:
        """The screen of one order, if it is open."""
        return next((screen for screen in self.screen_stack if isinstance(screen, DetailScreen)), None)

    @property
    def full(self) -> FullScreen | None:
        """The full screen above the panes, if there is one; a question may be above it."""
        return next((screen for screen in reversed(self.screen_stack) if isinstance(screen, FullScreen)), None)

    @property
    def front(self) -> Front:
        """The name of the front view."""
        return self.main.active if self.full is None else self.full.front

    @property
    def rows(self) -> RowList:
        """The front list."""
        return self.full.rows if isinstance(self.full, ListScreen) else self.main.panes[self.main.active].rows

    @property
    def marks(self) -> Marks[Any] | None:
        """The marks of the front list, or None where it has none."""
        match self.front:
            case "orders":
                return self.model.orders.marks
            case "numbers":
                return self.model.numbers.marks
        return None

    @property
    def table(self) -> ListTable | None:
        """The front view as a table, where it is one."""
        if isinstance(self.full, PageScreen):
            return self.full.table()
        rows = self.rows
        titles = {column.key: column.title for column in rows.columns}
        return rows.source.table(titles) if isinstance(rows.source, ListModel) else None

    @property
    def listed(self) -> int:
        """The number of rows in the front view."""
        if not isinstance(self.full, PageScreen):
            return self.rows.count
        table = self.full.table()
        return 0 if table is None else len(table.rows)

    def apply_view(self, look: ListView) -> None:
        """Show the front list with another view."""
        rows = self.rows
        if isinstance(rows.source, ListModel):
            before = rows.source.look
            if self.choices is not None and (look.sort, look.hidden) != (before.sort, before.hidden):
                self.choices.keep_view(rows.source.name, look)
            rows.source.apply_view(look)
            rows.apply_view(look)
            self.rearranged()

    def rearranged(self) -> None:
        """Update the list of orders after a key changed it."""
        self.main.panes["orders"].rows.sync(self.model.orders.cursor)
        self.draw()

    def set_display(self, frame: DisplayContext) -> None:
        """Set language, time zone and hiding of names."""
        self.model.frame = frame
        self.model.orders.zone = frame.zone
        for rows in (self.main.order_rows, self.main.log_rows, self.main.number_rows):
            rows.frame, rows.zone = frame, frame.zone

    def redraw_shops(self, numbers: Collection[int]) -> None:
        """Draw the rows of these shops again, if the overview or the work queue is open."""
        if self.front == "todo" and set(numbers) - {self.shops.current.number} and self.full is not None:
            self.full.changed()
            self.draw()
        if self.front == "shops":
            self.rows.sync(changed={*numbers, self.shops.current.number})
            self.draw()

    def enlarge(self) -> None:
        """Enlarge the front pane to the whole screen, or restore it."""
        self.main.enlarge()
        if self.choices is not None:
            self.choices.keep_enlarged(self.main.enlarged)

    def take_choices(self, store: "ChoiceStore") -> tuple[str, ...]:
        """Take the operator's choices; return why they cannot be read."""
        model, self.choices = self.model, store

        def report(why: str) -> None:  # On the store's thread.
            self.post_message(CommandAnswered(lambda: model.tell(why, "warning"), model))

        store.report = report
        return (store.problem,) if store.problem else ()

    def on_unmount(self) -> None:
        """Wait for the last choice to be written."""
        if self.choices is not None:
            self.choices.close()

    def chosen_theme(self, setting: str | None) -> str:
        """Return the theme that the operator chose, where it counts more than UI__THEME."""
        return self.choices.choices.theme_over(setting) if self.choices is not None else ""

    def keep_theme(self) -> None:
        """Keep the present theme for the next start."""
        if self.choices is not None:
            settings = self.model.settings
            self.choices.keep_theme(self.theme, settings.ui.theme if settings is not None else None)

    def restore_view(self, rows: RowList) -> None:
        """Show a new list with the sort and columns of the last time."""
        source = rows.source
        if self.choices is None or not isinstance(source, ListModel):
            return
        view = self.choices.choices.view_of(source.name, source.home, rows.columns)
        if view is not None:
            view = replace(view, filter_text=source.look.filter_text)
            source.apply_view(view)
            rows.set_columns(view)
            rows.refresh()

    def restore_full(self, screen: FullScreen) -> None:
        """Show a full screen's list as it was shown the last time."""
        if isinstance(screen, ListScreen):
            self.restore_view(screen.rows)

    def restore_panes(self, main: MainScreen) -> None:
        """Show new panes as they were shown the last time."""
        for pane in main.panes.values():
            self.restore_view(pane.rows)
        if self.choices is not None and self.choices.choices.enlarged != main.enlarged:
            main.enlarge()

    def action_cursor(self, key: str) -> None:
        """Move the cursor of the front list, and record its place at once."""
        CURSOR_KEYS[key](self.rows)
        self.note_cursor()

    def note_cursor(self) -> None:
        """Record the cursor of each list."""
        key = self.main.panes["orders"].rows.cursor
        self.model.orders.cursor = key if isinstance(key, int) else None
        if self.front == "todo":
            self._note_queued()
        if self.front == "drift":
            self.model.goods.drift.cursor = self.rows.cursor
        if self.front == "stock_rows":
            self.model.goods.stock_rows.cursor = self.rows.cursor
        self.model.numbers.cursor = self.main.panes["numbers"].rows.cursor
        if self.marks is not None:
            self.rows.redraw(self.marks.follow(self.rows.keys, self.rows.cursor))

    def _note_queued(self) -> None:
        """Record the item under the cursor of the work queue, for the keys that settle it there."""
        model, source, key = self.model, self.rows.source, self.rows.cursor
        queue, goods = model.todo, model.goods
        shop, item = source.at(key) if isinstance(source, TodoRows) and key is not None else (0, None)
        is_here = shop == self.shops.current.number
        queue.current, queue.elsewhere = (item if is_here else None), ("" if is_here or item is None else str(shop))
        goods.drift.cursor = goods.drift.key_of_open(item.place) if item and item.kind == "drift" else None
        goods.stock_rows.cursor = item.place if item and item.kind == "stock_row" else None

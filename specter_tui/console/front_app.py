"""What is in front of the person: a pane or what fills the screen, its list, and that as a table."""

from typing import TYPE_CHECKING

from specter_tui.console.command_registry import Front
from specter_tui.console.screens.detail_screen import DetailScreen
from specter_tui.console.screens.full_screen import FullScreen, ListScreen, PageScreen
from specter_tui.console.screens.main_screen import MainScreen
from specter_tui.console.terminal.terminal_app import TerminalApp
from specter_tui.console.viewmodel.list_model import ListModel
from specter_tui.console.viewmodel.list_table import ListTable
from specter_tui.console.widgets.row_list import RowList

if TYPE_CHECKING:
    from specter_tui.console.screens.shop_switcher import ShopSwitcher


class FrontApp(TerminalApp):
    """Only tells; what brings something to the front is the app's own."""

    counters: "ShopSwitcher"

    @property
    def main(self) -> MainScreen:
        """The panes of the shop in front."""
        main = self.counters.current.main
        assert main is not None  # noqa: S101 - what is in front has been made
        return main

    @property
    def detail(self) -> DetailScreen | None:
        """The screen of one order, if it is open."""
        return next((screen for screen in self.screen_stack if isinstance(screen, DetailScreen)), None)

    @property
    def full(self) -> FullScreen | None:
        """What fills the screen above the panes, if anything does; a question may be above it."""
        return next((screen for screen in reversed(self.screen_stack) if isinstance(screen, FullScreen)), None)

    @property
    def front(self) -> Front:
        """What is in front of the person."""
        return self.main.active if self.full is None else self.full.front

    @property
    def rows(self) -> RowList:
        """The list in front."""
        return self.full.rows if isinstance(self.full, ListScreen) else self.main.panes[self.main.active].rows

    @property
    def table(self) -> ListTable | None:
        """What is in front as a table, where it is one."""
        if isinstance(self.full, PageScreen):
            return self.full.table()
        rows = self.rows
        titles = {column.key: column.title for column in rows.columns}
        return rows.source.table(titles) if isinstance(rows.source, ListModel) else None

    @property
    def listed(self) -> int:
        """How many rows there are in front."""
        if not isinstance(self.full, PageScreen):
            return self.rows.count
        table = self.full.table()
        return 0 if table is None else len(table.rows)

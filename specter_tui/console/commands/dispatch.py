"""Run the command of a key, or say why it is not possible; and the handlers of no other group."""

from collections.abc import Sequence
from pathlib import Path
from time import monotonic

from specter_tui.console.commands.command_spec import CommandSpec
from specter_tui.console.commands.conditions import PaneName
from specter_tui.console.commands.copy_commands import ClipboardCopy
from specter_tui.console.commands.stop_commands import StopCommands
from specter_tui.console.commands.todo_commands import TodoCommands
from specter_tui.console.front_app import BEHIND, FrontApp
from specter_tui.console.screens.detail_screen import DetailScreen
from specter_tui.console.screens.full_screen import ListScreen
from specter_tui.console.screens.help import HelpScreen
from specter_tui.console.screens.palette import VIEW, Palette
from specter_tui.console.screens.theme_picker import ThemePicker
from specter_tui.console.terminal.clipboard import TooLong
from specter_tui.console.viewmodel.list_model import ListModel
from specter_tui.console.widgets.filter_control import FilterController
from specter_tui.i18n import t

_IN_RANGE = ("mark_range", "mark_up", "mark_down", "back")
"""The commands that do not end a range of marks by themselves."""


class CommandDispatcher(TodoCommands, StopCommands):
    """Runs commands. Its handlers, and those of its bases, are registered in registry.py."""

    def __init__(
        self,
        app: FrontApp,
        filtering: FilterController,
        views_file: Path | None,
        commands: "Sequence[CommandSpec[CommandDispatcher]]",
    ) -> None:
        super().__init__(app, filtering, views_file)
        self._commands = commands
        self.by_key = {key: command for command in commands for key in command.keys}
        self.sign_of = {command.name: command.sign for command in commands}.__getitem__
        self._copying = ClipboardCopy(app)

    def press(self, key: str) -> None:
        """Run the command of a key."""
        self.do(self.by_key[key])

    def press_sign(self, sign: str) -> None:
        """Run the command of a key as the footer writes it."""
        self.do(next(command for command in self._commands if command.sign == sign))

    def do(self, command: "CommandSpec[CommandDispatcher]") -> None:
        """Run a command, or say why it is not possible."""
        if why := command.why_not(self._situation()):
            self._model.tell(why, "warning")
            if command.opens_line:
                self._app.typed_behind_until = monotonic() + BEHIND
        else:
            if command.name not in _IN_RANGE:
                self.end_range()
            command.handler(self)
        self._app.draw()

    def _why_not(self) -> "dict[CommandSpec[CommandDispatcher], str]":
        """Return each command with the reason why it is not possible, empty where it is."""
        situation = self._situation()
        return {command: command.why_not(situation) for command in self._commands}

    def open(self) -> None:
        """Open the row under the cursor: an order full screen, the order of a log line, a shop."""
        front = self._app.front
        if front == "shops":
            self._to_shop(self._app.rows.cursor)
        elif front == "todo":
            self.lead_to_current()
        elif front == "morning":
            self.todo()
        elif front == "log":
            key = self._app.main.panes["log"].rows.cursor
            event = self._model.log.event(key)
            if event is not None and event.uid:  # else it is the shop's own, and the line shows all of it.
                self.go_to(str(event.uid))
        elif front == "orders" and self._model.orders.current is not None:
            self._app.open_full(DetailScreen())
        elif front == "numbers" and self._model.numbers.checked is not None:
            self._open_numbers()
        elif front == "stock":
            self.stock_rows()
        else:
            self._model.tell(t("That key is not used here."))

    def copy(self) -> None:
        """Copy what is under the cursor, or the numbers of the marked orders."""
        text, told = self._copying.next()
        if not text:
            self._model.tell(t("There is nothing to copy here."))
            return
        try:
            self._app.copy_to_clipboard(text)
        except TooLong:
            self._model.tell(t("That is more than a terminal can copy; w writes it to a file."), "warning")
        else:
            self._model.tell(told)

    def back(self) -> None:
        """Undo one thing: countdown, range, filter, full screen, running export, last outcomes, marks, enlarged pane.

        What is topmost goes first: behind a page or a detail the filter of the list below stays.
        """
        orders, app = self._model.orders, self._app
        covered = app.full is not None and not isinstance(app.full, ListScreen)
        if self.take_back() or self.end_range() or (not covered and self._unfilter()):
            return
        if app.full is not None:
            app.close_full()
        elif self.ask_to_end_rest():
            pass
        elif app.front == "numbers" and self._model.numbers.marks:
            self._unmark_numbers()
        elif orders.outcomes:
            orders.clear_outcomes()
            app.rearranged()
        elif orders.marks:
            orders.unmark(tuple(orders.marks))
            app.rearranged()
        elif app.main.enlarged:
            app.enlarge()

    def pane_orders(self) -> None:
        """Show the pane of orders."""
        self._show_pane("orders")

    def pane_log(self) -> None:
        """Show the pane of the log."""
        self._show_pane("log")

    def pane_numbers(self) -> None:
        """Show the pane of article numbers."""
        self._show_pane("numbers")

    def sort(self) -> None:
        """Open the choice of sorting and columns; in the report, count orders by another time."""
        if self._app.front == "report":
            self.report_basis()
        else:
            self.choose_sort()

    def enlarge(self) -> None:
        """Enlarge the pane to the whole screen, or restore it; in the report, show another span of days."""
        if self._app.front == "report":
            self.report_span()
        elif self._app.full is None:
            self._app.enlarge()
        else:
            self._model.tell(t("That key is not used here."))

    def redraw(self) -> None:
        """Draw the whole screen again."""
        self._app.redraw()

    def theme(self) -> None:
        """Open the choice of a theme."""
        before = self._app.theme

        def chosen(theme: str | None) -> None:
            self._app.apply_theme(theme or before)
            if theme:
                self._app.keep_theme()
                self._model.tell(t("Colours: {theme}.").format(theme=theme))

        self._over(ThemePicker(before, self._app.apply_theme), chosen)

    def help(self) -> None:
        """Open the help."""
        self._app.push_screen(HelpScreen(self._app.tones, self._why_not()))

    def palette(self) -> None:
        """Open the palette of commands and of the front list's views."""
        source = self._app.rows.source
        views = self.kept.of(source.name) if isinstance(source, ListModel) else {}

        def chosen(name: str | None) -> None:
            if name and name.startswith(VIEW):
                self.open_view(name.removeprefix(VIEW))
            elif name:
                self.do(next(command for command in self._commands if command.name == name))

        self._over(Palette(self._app.tones, self._why_not(), views), chosen)

    def leave(self) -> None:
        """Quit after the calls in flight."""
        self._app.leave()

    def _show_pane(self, name: PaneName) -> None:
        self._app.close_full()
        self._app.main.show_pane(name)

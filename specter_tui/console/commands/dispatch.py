"""Run the command of a key, or say why it is not possible; and the handlers of no other group."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from specter_tui.console.commands.article_commands import ArticleCommands
from specter_tui.console.commands.command_spec import CommandSpec
from specter_tui.console.commands.conditions import PaneName
from specter_tui.console.commands.copy_commands import ClipboardCopy
from specter_tui.console.commands.list_commands import ListCommands
from specter_tui.console.commands.order_commands import OrderCommands
from specter_tui.console.commands.stop_commands import StopCommands
from specter_tui.console.front_app import BEHIND, FrontApp
from specter_tui.console.screens import shop_rows
from specter_tui.console.screens.detail_screen import DetailScreen
from specter_tui.console.screens.full_screen import ListScreen
from specter_tui.console.screens.help import HelpScreen
from specter_tui.console.screens.modals import EntryDialog
from specter_tui.console.screens.palette import VIEW, Palette
from specter_tui.console.terminal.clipboard import TooLong
from specter_tui.console.viewmodel.list_model import ListModel
from specter_tui.console.widgets.filter_control import FilterController
from specter_tui.engine.service import ShopService
from specter_tui.i18n import ngettext, t

if TYPE_CHECKING:
    from specter_tui.console.screens.shop_rows import ShopRows
    from specter_tui.console.screens.shop_switcher import ShopTab
    from specter_tui.engine.events import CountGap


class CommandDispatcher(OrderCommands, ListCommands, ArticleCommands, StopCommands):
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
        self._copying = ClipboardCopy(app)
        self._shops: ShopRows | None = None
        """The overview, with its sorting and filter."""

    def press(self, key: str) -> None:
        """Run the command of a key."""
        self.do(self.by_key[key])

    def do(self, command: "CommandSpec[CommandDispatcher]") -> None:
        """Run a command, or say why it is not possible."""
        if why := command.why_not(self._situation()):
            self._model.tell(why, "warning")
            if command.opens_line:
                self._app.typed_behind_until = monotonic() + BEHIND
        else:
            command.handler(self)
        self._app.draw()

    def _why_not(self) -> "dict[CommandSpec[CommandDispatcher], str]":
        """Return each command with the reason why it is not possible, empty where it is."""
        situation = self._situation()
        return {command: command.why_not(situation) for command in self._commands}

    def look(self) -> None:
        """Poll the shop and show new orders; ask about the count where it may be accepted."""
        self._model.orders.arrange()
        self._app.rearranged()
        self._model.look_asked = True
        self._model.tell_begun(t("Asking the shop for orders …"))
        self._engine.submit(ShopService.poll)
        if self._app.main.active == "numbers":
            self._engine.submit(ShopService.check_numbers)
        if self._model.gap is not None:
            self._ask_to_accept(self._model.gap)

    def _ask_to_accept(self, gap: "CountGap") -> None:
        def answered(reason: str) -> None:
            self._engine.submit(ShopService.accept_count, reason, gap)

        title = t("The shop counts {counted} orders, {found} are here.").format(counted=gap.counted, found=gap.found)
        hint = t("Why? For example: {example}").format(example=t("two orders were deleted in the shop"))
        self._ask(
            EntryDialog(
                title,
                t(
                    "Three looks found the same. Accept it only if you know why: what is missing here is not exported. "
                    "The difference stays a warning. The reason is kept in the journal."
                ),
                hint,
                least=3,
            ),
            answered,
        )

    def open(self) -> None:
        """Open the row under the cursor: an order full screen, the order of a log line, a shop."""
        front = self._app.front
        if front == "shops":
            self._to_shop(self._app.rows.cursor)
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
            self._model.tell(t("That does nothing here."))

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
        """Undo one thing: the countdown, the filter, the full screen, the last outcomes, the marks.

        What is topmost goes first: behind a page or a detail the filter of the list below stays.
        """
        orders, app = self._model.orders, self._app
        covered = app.full is not None and not isinstance(app.full, ListScreen)
        if self.take_back() or (not covered and self._unfilter()):
            return
        if app.full is not None:
            app.close_full()
        elif app.front == "numbers" and self._model.numbers.marks:
            self._unmark_numbers()
        elif orders.outcomes:
            orders.clear_outcomes()
            app.rearranged()
        elif orders.marks:
            orders.unmark(tuple(orders.marks))
            app.rearranged()
        elif app.main.enlarged:
            app.main.enlarge()

    def _unfilter(self) -> bool:
        """Close and clear the filter; return whether there was one."""
        source, typing = self._app.rows.source, self._filtering.on
        self._filtering.close()
        if not isinstance(source, ListModel) or not source.look.filter_text:
            return typing
        self._app.apply_view(replace(source.look, filter_text=""))
        return True

    def overview(self) -> None:
        """Open the overview of all shops, or close it."""
        if self._app.front == "shops":
            self._app.close_full()
            return

        self._shops = self._shops or shop_rows.ShopRows(self._app.shops)
        screen = ListScreen("shops", self._shops, shop_rows.columns())
        self._app.open_full(screen)
        self._app.call_after_refresh(screen.rows.move_to, self._app.shops.current.number)

    def next_shop(self) -> None:
        """Switch to the next shop."""
        self._switch(self._app.shops.next(1))

    def previous_shop(self) -> None:
        """Switch to the previous shop."""
        self._switch(self._app.shops.next(-1))

    def _to_shop(self, number: object) -> None:
        tab = self._app.shops.all.get(number) if isinstance(number, int) else None
        if tab is None or tab.engine is None:
            self._model.tell(
                tab.trouble if tab else t("This settings file cannot be used: put it right and start again."), "warning"
            )
        else:
            self._switch(tab)

    def _switch(self, tab: "ShopTab") -> None:
        """Switch to a shop; a countdown of the previous one is cancelled, since its orders would be out of sight."""
        shops = self._app.shops
        before = shops.current
        held = self.take_back() if tab is not before else 0
        self._app.switch_shop(tab)
        if held:
            self._model.tell(
                ngettext(
                    "{count} order of shop {shop} was not sent: taken back, since you left that shop.",
                    "{count} orders of shop {shop} were not sent: taken back, since you left that shop.",
                    held,
                ).format(count=held, shop=before.called),
                "warning",
            )

    def pane_orders(self) -> None:
        """Show the pane of orders."""
        self._show_pane("orders")

    def pane_log(self) -> None:
        """Show the pane of the log."""
        self._show_pane("log")

    def pane_numbers(self) -> None:
        """Show the pane of article numbers."""
        self._show_pane("numbers")

    def enlarge(self) -> None:
        """Enlarge the pane to the whole screen, or restore it."""
        if self._app.full is None:
            self._app.main.enlarge()
        else:
            self._model.tell(t("That does nothing here."))

    def redraw(self) -> None:
        """Draw the whole screen again."""
        self._app.redraw()

    def theme(self) -> None:
        """Switch to the next theme."""
        self._app.switch_theme()

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

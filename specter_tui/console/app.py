"""The console's app: connects engine, view model and screens. Nothing here waits.

It imports Textual and nothing heavier; modules that know the engine's messages are imported after the first frame.
"""

import os
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen, Screen

from specter_tui.console.engine_bridge import EngineBridge
from specter_tui.console.engine_ports import OpenEngine
from specter_tui.console.front_app import BEHIND, CURSOR_KEYS, FrontApp
from specter_tui.console.messages import (
    CommandAnswered,
    CommandsLoaded,
    EngineMessage,
    EngineNotOpened,
    EngineOpened,
    FilterTyped,
    LogPageRead,
    LogSearched,
)
from specter_tui.console.renderer import Renderer
from specter_tui.console.screens.full_screen import FullScreen
from specter_tui.console.screens.main_screen import GRAND, WIDE, MainScreen
from specter_tui.console.screens.shop_switcher import ShopTab
from specter_tui.console.screens.too_small import cut_off
from specter_tui.console.shutdown import GracefulShutdown
from specter_tui.console.shutdown_flow import ShutdownFlow
from specter_tui.console.terminal.idle_privacy import IdlePrivacy
from specter_tui.console.terminal.notifier import Notifier
from specter_tui.console.terminal.terminal_app import LATER_STYLES
from specter_tui.console.terminal.theme import THEMES
from specter_tui.console.viewmodel.display_context import DisplayContext
from specter_tui.console.widgets.filter_control import FilterController
from specter_tui.console.widgets.row_list import RowList
from specter_tui.console.widgets.status_news import StatusNews
from specter_tui.i18n import Language, language_of, locale, set_locale, t

if TYPE_CHECKING:
    from specter_tui.console.after_first_frame import CommandDispatcher
    from specter_tui.console.reducer import Changes

_LEAVING_KEYS = ("ctrl+c", "ctrl+q")
"""They also work in questions and while typing."""


class ConsoleApp(FrontApp):
    """The app of the console."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(",".join(_LEAVING_KEYS), "leave", show=False, priority=True),
        Binding("enter", "keep_filter", show=False, priority=True),
        *(Binding(key, f"cursor({key!r})", show=False, priority=True) for key in CURSOR_KEYS),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide"), (GRAND, "-grand")]  # noqa: RUF012 - Textual's own

    def __init__(
        self,
        open_engine: OpenEngine,
        leaving: GracefulShutdown,
        *,
        banner: str = "",
        environment: Mapping[str, str] | None = None,
        language: Language | None = None,
        views_file: Path | None = None,
        read_only: bool = False,
    ) -> None:
        environment = os.environ if environment is None else environment
        set_locale(language or language_of(environment))  # The first screen is made with its words.
        super().__init__(leaving, environment, banner, read_only=read_only)
        self.drawing = Renderer(self, leaving.grace)
        self.main.on_ready = self.draw
        self.filtering = FilterController(self)
        self._notifier = Notifier(self)
        self._news = StatusNews(self)
        self._views_file = views_file
        self._open_engine = open_engine
        self.bridge = EngineBridge(self, leaving, self._show)
        self.idle_privacy = IdlePrivacy(self)
        self._loaded_commands: CommandDispatcher | None = None
        self._early: list[events.Key | events.Paste] = []
        self._cut_off = ""
        """Keys typed before the commands were loaded; text may follow a key that opens a line."""
        self._farewell = ShutdownFlow(self, leaving, self._put_off)

    def get_default_screen(self) -> Screen[Any]:
        """Return the main screen."""
        return self.main

    def on_mount(self) -> None:
        """Draw first, then open the engine."""
        self.theme_changed_signal.subscribe(self, lambda _: self.drawing.apply_styles())
        self.drawing.apply_styles()
        self.draw()
        self.idle_privacy.begin()
        self.call_after_refresh(self._go_on)

    def _go_on(self) -> None:
        """After the first frame, open the engine, and add the parts that the frame did not need."""
        self.bridge.open(self._open_engine, self._views_file.parent if self._views_file else None)
        self.stylesheet.read(LATER_STYLES)
        self.stylesheet.parse()
        self.main.add_filter()

    @on(CommandsLoaded)
    async def _commands_loaded(self, event: CommandsLoaded) -> None:
        from specter_tui.console import after_first_frame as later  # noqa: PLC0415 - it is imported by now

        commands, problems = later.with_own_keys(later.COMMANDS, event.own_keys)
        self._loaded_commands = later.CommandDispatcher(self, self.filtering, self._views_file, commands)
        self.drawing.footer = partial(later.footer_line, commands=commands)
        for problem in (*problems, *self.take_choices(event.choices)):
            self.model.tell(problem, "warning")
        self.draw()
        early, self._early = self._early, []
        for key in early:
            await self.on_event(key)

    @property
    def commands(self) -> "CommandDispatcher":
        """The command dispatcher, once it is imported."""
        assert self._loaded_commands is not None  # noqa: S101 - nothing asks before
        return self._loaded_commands

    @on(EngineOpened)
    def _opened(self, event: EngineOpened) -> None:
        from zoneinfo import ZoneInfo  # noqa: PLC0415 - not in the first frame

        self.shops.open(event.engine)
        settings = self.model.settings
        assert settings is not None  # noqa: S101 - the first shop has an engine
        if settings.ui.language != locale():
            set_locale(settings.ui.language)
            self.main.entitle_columns()
        self.set_display(DisplayContext(settings.ui.language, ZoneInfo(settings.ui.time_zone)))
        if unknown := self.take_settings(settings.ui, self.chosen_theme(settings.ui.theme)):
            self.model.tell(
                t("UI__THEME: there is no theme {theme}. There are: {known}.").format(
                    theme=unknown, known=", ".join(THEMES)
                ),
                "warning",
            )
        self.model.lean = self.lean
        self.restore_panes(self.main)
        self.shops.frames()
        self.commands.kept.read()
        self.visit()
        self.bridge.catch_up()
        if self.shops.several:
            self.commands.overview()

    def _want_detail(self) -> None:
        if self._loaded_commands is not None:  # before that there is no order to ask for.
            self._loaded_commands.detail.want()

    def _put_off(self) -> None:
        if self._loaded_commands is not None:
            self._loaded_commands.put_off()

    def visit(self) -> None:
        """Read the data of an open shop that is in front for the first time."""
        tab = self.shops.current
        if self.engine is not None and tab.open and not tab.visited:
            tab.visited = True
            self.commands.past.read()
            self.commands.older.read()

    def on_shop_activated(self) -> None:
        """Draw the panes of a shop that came to the front."""
        self.main.apply_styles(self.tones)
        self.main.add_filter()
        for name, pane in self.main.panes.items():
            pane.rows.sync(self.model.orders.cursor if name == "orders" else None)
        self.main.order_rows.looked = self.model.looked_at is not None
        self._want_detail()
        self.draw()

    @on(EngineNotOpened)
    def _not_opened(self, event: EngineNotOpened) -> None:
        from specter_tui.console import after_first_frame as later  # noqa: PLC0415 - it is imported by now

        if not isinstance(event.error, later.SettingsProblem | later.JournalError):
            self._handle_exception(event.error)
            return
        error = event.error
        problems = error.problems if isinstance(error, later.SettingsProblem) else (error.message,)
        said = (later.translate_error(problem, locale()) for problem in problems)
        self.trouble = tuple(f"{t('specter-tui')}: {line}" for problem in said for line in problem.splitlines())
        self.exit(return_code=2)

    @on(EngineMessage)
    def _told(self, event: EngineMessage) -> None:
        self.bridge.receive(event.message, event.shop)

    def _show(self, seen: "Changes") -> None:
        """Show the changes of the engine's messages."""
        if seen.since_left:
            self.commands.offer_morning()
        self._news.bring()
        self.drawing.changes(seen)
        if self.model.orders.cursor in seen.orders:
            self._want_detail()
        if seen.ended or seen.trouble:
            self._notifier.call(failed=seen.trouble)
        if seen.opened is not None:
            self.shops.current.opened(seen.opened)
            self.visit()
        if seen.stopped is not None:
            self._farewell.stopped(seen.stopped.error)

    @on(LogPageRead)
    def _page_read(self, event: LogPageRead) -> None:
        self.commands.older.take(event)
        self.draw()

    @on(LogSearched)
    def _searched(self, event: LogSearched) -> None:
        self.commands.older.take_found(event)
        self.draw()

    @on(RowList.AtEnd)
    def _at_end(self, event: RowList.AtEnd) -> None:
        if self.engine is not None and event.rows is self.main.panes["log"].rows and event.rows.has_focus:
            self.commands.older.read()

    @on(CommandAnswered)
    def _answered(self, event: CommandAnswered) -> None:
        if event.model is self.model:
            event.act()
            self.draw()

    # --- what is shown ---

    def draw(self) -> None:
        """Draw everything that is not a list."""
        self.drawing.all()

    def switch_shop(self, tab: ShopTab) -> None:
        """Bring a shop to the front, with its list unchanged."""
        self.close_full()
        before, tabs = self.shops.current, self.shops
        if tab is before:
            return
        tabs.current = tab
        if tab.main is None:
            tab.main = MainScreen(tab.model)
            tab.main.on_ready = self.on_shop_activated
            self.restore_panes(tab.main)
            self.install_screen(tab.main, f"shop-{tab.number}")  # So that it is kept while another is in front.
        # The first shop's screen, with which the app began, stays at the bottom; at most one other is above it.
        if tab is tabs.first:
            self.pop_screen()
        elif before is tabs.first:
            self.push_screen(tab.main)
        else:
            self.switch_screen(tab.main)
        self.set_display(replace(before.model.frame))
        self.visit()
        self.call_after_refresh(self.on_shop_activated)

    def open_full(self, screen: FullScreen) -> None:
        """Open a full screen, in place of another one."""
        self.close_full()
        screen.keep_time(self.model.frame.zone)
        self.restore_full(screen)
        screen.apply_styles(self.tones)
        self.push_screen(screen)
        self._want_detail()
        self.call_after_refresh(self.draw)

    def close_full(self) -> None:
        """Return to the panes."""
        if self.full is not None:
            self.filtering.close()
            self.model.orders.visiting = None
            self.pop_screen()
            self.call_after_refresh(self.draw)

    def on_resize(self, event: events.Resize) -> None:
        """Draw for the new size. Textual also calls the base class's method."""
        before, self._cut_off = self._cut_off, cut_off(event.size)
        if self._cut_off:
            self.model.tell(self._cut_off, "warning")
        elif before:
            self.model.retract(before)
        self.call_after_refresh(self.draw)
        self._want_detail()

    # --- keys ---

    async def on_event(self, event: events.Event) -> None:
        """Receive keys first: some are swallowed, and none is handled before the commands are loaded."""
        match event:
            case events.Key() | events.Paste() if not event.is_forwarded and self._is_early(event):
                self._early.append(event)
                return
            case events.Key() | events.MouseDown() | events.Paste() if not event.is_forwarded and self._swallows(event):
                return
            case events.Key() if not event.is_forwarded and self._is_command(event.key):
                self.app_focus = True  # as Textual does it for a key of its own.
                self.commands.press(event.key)
                return
        await super().on_event(event)

    def _is_early(self, event: events.Key | events.Paste) -> bool:
        """Return whether a key has to wait; a key that quits does not."""
        leaves = isinstance(event, events.Key) and event.key in _LEAVING_KEYS
        return self._loaded_commands is None and not leaves

    def _swallows(self, event: events.Key | events.MouseDown | events.Paste) -> bool:
        """Return whether a key only undoes the hold, is too early for a question, or shows the names again."""
        self.model.touched = True
        self._notifier.seen()
        self.bridge.key_pressed()
        key = event.key if isinstance(event, events.Key) else ""
        if key == "escape" and self.model.held:  # Anywhere: in help, palette, overview or a question.
            self.commands.take_back()
            self.draw()
            return True
        typing = hasattr(self.focused, "take") and key not in ("enter", "escape")  # A TypedLine, which loses no letter.
        if self.idle_privacy.key_pressed() and not typing:
            return True
        # A question's, whose module is imported with the first one.
        hears = getattr(self.screen, "accepts_input", None)
        if hears is not None and not hears(event):
            return True
        if isinstance(event, events.Key) and self._is_typed_behind(event):
            return True
        covered = isinstance(self.screen, ModalScreen) or self.filtering.on  # The message stays until it can be read.
        if (self.model.words or self.model.news) and not covered:
            self.model.words = ""
            self.call_later(self._news.draw)
        return False

    def _is_typed_behind(self, event: events.Key) -> bool:
        """Return whether a key belongs to a text whose line did not open: as a command it would do something else."""
        if event.time >= self.typed_behind_until or not (event.is_printable or event.key == "enter"):
            return False
        self.typed_behind_until = event.time + BEHIND
        return True

    def _is_command(self, key: str) -> bool:
        """Return whether the key is a command: not in a question, and only escape while a filter is typed."""
        if self._loaded_commands is None or isinstance(self.screen, ModalScreen):
            return False
        return key in self._loaded_commands.by_key and (not self.filtering.on or key == "escape")

    def action_leave(self) -> None:
        """Quit, whatever is open."""
        self.leave()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Allow `cursor` only if a list has the focus, and `keep_filter` only while a filter is typed."""
        if action == "cursor":
            return self.screen in (self.main, self.full) and isinstance(self.focused, RowList)
        if action == "keep_filter":
            return self.filtering.on and not isinstance(self.screen, ModalScreen)
        return super().check_action(action, parameters)

    @on(RowList.Moved)
    def _cursor_moved(self, event: RowList.Moved) -> None:
        self.note_cursor()
        if event.rows is self.main.panes["orders"].rows:
            self._want_detail()
        self.draw()

    @on(RowList.Chosen)
    def _row_chosen(self, event: RowList.Chosen) -> None:
        if event.rows is self.rows and not isinstance(self.screen, ModalScreen):
            self.commands.press("enter")

    def press_sign(self, sign: str) -> None:
        """Run the command with this sign, unless a question or the filter line is open."""
        if self._loaded_commands is not None and not (isinstance(self.screen, ModalScreen) or self.filtering.on):
            self._loaded_commands.press_sign(sign)

    @on(FilterTyped)
    def _filter_typed(self) -> None:
        self.filtering.filter_changed()

    def action_keep_filter(self) -> None:
        """Close the filter line; the filter stays, and the cursor is on one of its rows."""
        self.filtering.filter_changed()
        self.filtering.close()
        self.note_cursor()
        if self.front == "log":
            self.commands.older.read()

    def on_app_blur(self) -> None:
        """Record that the window lost its focus."""
        self._notifier.left()

    def on_app_focus(self) -> None:
        """Record that the window has the focus again."""
        self._notifier.seen()

    def leave(self) -> None:
        """Quit after the calls in flight."""
        self._farewell.begin()

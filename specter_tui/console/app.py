"""The console: wires the engine, the desk and the screens. Nothing here waits for anything.

It imports Textual and nothing heavier; whatever knows the engine's messages comes after the first frame.
"""

import os
import threading
from asyncio import AbstractEventLoop
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar
from zoneinfo import ZoneInfo

from textual import events, on
from textual.app import App
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen, Screen
from textual.timer import Timer
from textual.widgets import Input

from specter_tui.console import words
from specter_tui.console.actions import ACTIONS, Situation
from specter_tui.console.commands import Commands
from specter_tui.console.describe import Frame, describe
from specter_tui.console.desk import Desk
from specter_tui.console.footer import footer_line
from specter_tui.console.ink import Inks, Line, inks_of
from specter_tui.console.leaving import Leaving
from specter_tui.console.lines import Writer
from specter_tui.console.notes import NotOpened, Opened, PageRead, Told
from specter_tui.console.ports import EngineLike, OpenEngine
from specter_tui.console.rows import Rows
from specter_tui.console.screens.detail import DetailScreen
from specter_tui.console.screens.main import MainScreen
from specter_tui.console.screens.question import Deaf
from specter_tui.console.shims import driver_class
from specter_tui.console.status import talk_line
from specter_tui.console.theme import ANSI, OWN, first_theme

if TYPE_CHECKING:
    from specter_tui.console.feed import Seen

PAINT_EVERY = 1.0
"""Seconds between two repaints for what the engine tells, unless a key was pressed."""
_QUICK = 0.1
_PREVIEW_AFTER = 0.12
_IDLE_CHECK = 5.0


def _bindings() -> list[BindingType]:
    """The keys of the registry. Those that leave also work in questions and while typing."""
    return [
        Binding(key, f"do({action.name!r})", action.short, show=False, priority=key in ("ctrl+c", "ctrl+q"))
        for action in ACTIONS
        for key in action.keys
    ]


def _soon(loop: AbstractEventLoop, call: Callable[..., object], *values: object) -> None:
    """Have the screen's loop do something, from any thread; a loop that is closed has nothing to do any more."""
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(call, *values)


class ConsoleApp(App[int]):
    """The app."""

    CSS_PATH = "styles.tcss"
    BINDINGS: ClassVar[list[BindingType]] = _bindings()
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide"), (170, "-grand")]  # noqa: RUF012 - Textual's own
    ENABLE_COMMAND_PALETTE = False  # the palette of the registry takes its place.

    def __init__(
        self,
        open_engine: OpenEngine,
        leaving: Leaving,
        *,
        banner: str = "",
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.environment = os.environ if environment is None else environment
        theme = first_theme(self.environment)
        # With its own colours told from the start, NO_COLOR sends no colour at all.
        super().__init__(
            driver_class=driver_class(leaving.hang_up, self._thread_failed),
            ansi_color=True if theme == ANSI else None,
        )
        self.register_theme(OWN)
        self.theme = theme
        self.animation_level = "none"
        self.desk = Desk(banner=banner)
        self.engine: EngineLike | None = None
        self.inks: Inks = {}
        self.trouble: tuple[str, ...] = ()
        """Lines for the terminal, once it is put back."""
        self.crash: Exception | None = None
        self.main = MainScreen(self.desk)
        self._open_engine = open_engine
        self._leaving = leaving
        self._commands = Commands(self)
        self._inbox: list[Any] = []
        self._painter: Timer | None = None
        self._painted = 0.0
        self._key_at = monotonic()
        self._key_waits = False
        self._previewer: Timer | None = None
        self._asked: dict[int, tuple[str | None, str]] = {}
        self._detail_uid: int | None = None

    # --- start ---

    def get_default_screen(self) -> Screen[Any]:
        """The main screen."""
        return self.main

    def on_mount(self) -> None:
        """Draw first, then open the engine."""
        loop, self._hide_timer = self._loop, self.set_interval(_IDLE_CHECK, self._hide_when_idle)
        assert loop is not None  # noqa: S101 - it runs
        self._leaving.watch_screen(
            lambda: _soon(loop, self.leave), lambda: _soon(loop, self.exit, None, self._leaving.code)
        )
        self.theme_changed_signal.subscribe(self, lambda _: self._dress())
        self._dress()
        self.draw()
        self.call_after_refresh(self._open)

    def _open(self) -> None:
        threading.Thread(target=self._open_in_thread, name="opening", daemon=True).start()

    def _open_in_thread(self) -> None:
        try:
            from specter_tui.console import feed  # noqa: PLC0415 - brings the engine's messages, after the first frame

            self._feed = feed
            engine = self._open_engine(self._listen)
        except Exception as error:  # noqa: BLE001 - the app says what it was
            self._leaving.no_engine()
            self.post_message(NotOpened(error))
        else:
            self._leaving.engine_is(engine)
            self.post_message(Opened(engine))

    def _listen(self, message: Any) -> None:
        """Take a message of the engine's, on its thread."""
        self._leaving.hear(message)
        self.post_message(Told(message))

    @on(Opened)
    def _opened(self, event: Opened) -> None:
        self.engine = event.engine
        settings = event.engine.settings
        self.desk.settings = settings
        self._set_frame(Frame(settings.ui.language, ZoneInfo(settings.ui.time_zone)))
        if settings.ui.theme in self.available_themes and "NO_COLOR" not in self.environment:
            self.ansi_color = None
            self.theme = settings.ui.theme
        self._read_log()
        self._catch_up()

    @on(NotOpened)
    def _not_opened(self, event: NotOpened) -> None:
        from specter_tui.journal.errors import JournalError  # noqa: PLC0415 - comes after the first frame
        from specter_tui.settings import SettingsProblem  # noqa: PLC0415 - comes after the first frame

        if not isinstance(event.error, SettingsProblem | JournalError):
            self._handle_exception(event.error)
            return
        self.trouble = tuple(f"{words.NAME}: {line}" for line in str(event.error).splitlines())
        self.exit(return_code=2)

    # --- what the engine tells ---

    @on(Told)
    def _told(self, event: Told) -> None:
        self._inbox.append(event.message)
        if isinstance(event.message, self._feed.URGENT):
            self._catch_up()
        elif self._painter is None:
            wait = _QUICK if self._key_waits else max(_QUICK, PAINT_EVERY - (monotonic() - self._painted))
            self._painter = self.set_timer(wait, self._catch_up)

    def _catch_up(self) -> None:
        """Take what was told, and draw what it changed."""
        if self._painter is not None:
            self._painter.stop()
            self._painter = None
        if not self.desk.started:
            return
        told, self._inbox = self._inbox, []
        self._painted, self._key_waits = monotonic(), False
        self._set_frame(replace(self.desk.frame, now=datetime.now().astimezone()))
        self._show(self._feed.take(self.desk, told))

    def _show(self, seen: "Seen") -> None:
        panes = self.main.panes
        self.main.order_rows.looked = self.desk.looked_at is not None
        if seen.moved:
            panes["orders"].rows.sync(self.desk.orders.cursor)
        else:
            panes["orders"].rows.redraw(seen.orders)
        if seen.log:
            if not panes["log"].rows.has_focus:
                self.desk.log.trim()
            panes["log"].rows.sync()
        if seen.numbers:
            panes["numbers"].rows.sync()
        if self.desk.orders.cursor in seen.orders:
            self._want_preview()
        self.draw()
        if seen.stopped is not None:
            self._engine_stopped(seen.stopped.error)

    def _engine_stopped(self, error: str) -> None:
        if error:
            self.trouble = (words.ENGINE_ENDED.format(error=error),)
        self.exit(return_code=1 if error or not self.desk.leaving else self._leaving.code)

    # --- drawing ---

    def draw(self) -> None:
        """Draw lines, titles and detail as the desk is now; lists draw themselves."""
        main, desk = self.main, self.desk
        if not main.is_mounted or not self.inks:
            return
        hidden = desk.frame.hide_names
        talk = talk_line(desk, why=main.one_pane and main.active == "orders", grace=self._leaving.grace, hidden=hidden)
        footer = footer_line(self.situation(), self.size.width)
        main.draw_lines(talk, footer)
        main.entitle()
        new = desk.orders.cursor != self._detail_uid
        self._detail_uid = desk.orders.cursor
        main.draw_detail(self._writer(whole=False), from_top=new)
        if (detail := self._detail()) is not None and desk.orders.current is not None:
            detail.show(words.DETAIL, desk.orders.current.number, self._writer(whole=True), talk, footer)

    def rearranged(self) -> None:
        """The list of orders was changed by a key."""
        self.main.panes["orders"].rows.sync(self.desk.orders.cursor)
        self.draw()

    def situation(self) -> Situation:
        """What decides which actions are possible."""
        desk = self.desk
        return Situation(
            started=desk.started,
            leaving=desk.leaving,
            in_orders=self.main.active == "orders" or self.detail_open,
            pane=self.main.active,
            targets=() if desk.orders.current is None else self._targets(),
            marked=0 if self.detail_open else len(desk.orders.marks),
            ready=len(desk.orders.ready()),
            auto_on=desk.auto_on,
            auto_by=desk.auto_by,
            inactive=desk.inactive,
            halted=desk.halted,
            rows=len(desk.orders.shown),
        )

    def _targets(self) -> "tuple[Any, ...]":
        """In one order's detail a key acts on that order, whatever is marked."""
        current = self.desk.orders.current
        found = (current,) if self.detail_open and current is not None else self.desk.orders.targets
        return tuple(view for view in found if view.uid not in self.desk.orders.gone)

    def _writer(self, *, whole: bool) -> Writer:
        view, frame = self.desk.orders.current, self.desk.frame
        if view is None:
            return lambda _: (((words.NO_ORDER, "muted"),),)
        preview = self.desk.previews.get(view.uid)

        def write(width: int) -> list[Line]:
            return describe(view, preview, width, frame, whole=whole)

        return write

    def _dress(self) -> None:
        """Take the inks of the theme that is on."""
        self.inks = inks_of(self)
        self.main.dress(self.inks)
        if (detail := self._detail()) is not None:
            detail.dress(self.inks)

    def _set_frame(self, frame: Frame) -> None:
        self.desk.frame = frame
        for rows in (self.main.order_rows, self.main.log_rows, self.main.number_rows):
            rows.frame = frame

    # --- the detail ---

    @property
    def detail_open(self) -> bool:
        """Whether one order fills the screen."""
        return self._detail() is not None

    def open_detail(self) -> None:
        """Let one order fill the screen."""
        detail = DetailScreen()
        detail.dress(self.inks)
        self.push_screen(detail)
        self._want_preview()
        self.call_after_refresh(self.draw)

    def close_detail(self) -> None:
        """Back to the panes."""
        if self.detail_open:
            self.pop_screen()
            self.call_after_refresh(self.draw)

    def _detail(self) -> DetailScreen | None:
        return next((screen for screen in self.screen_stack if isinstance(screen, DetailScreen)), None)

    def _want_preview(self) -> None:
        """Ask for the form of the order under the cursor, once the cursor rests, and where it is seen."""
        if self._previewer is not None:
            self._previewer.stop()
        self._previewer = self.set_timer(_PREVIEW_AFTER, self._ask_preview)

    def _ask_preview(self) -> None:
        self._previewer = None
        view = self.desk.orders.current
        if view is None or self.engine is None or (self.main.one_pane and not self.detail_open):
            return
        stamp = (view.form_hash, view.state)
        if self._asked.get(view.uid) != stamp or view.uid not in self.desk.previews:
            self._asked[view.uid] = stamp
            self.engine.preview(view.uid)

    # --- the log's older pages ---

    def _read_log(self) -> None:
        log, settings = self.desk.log, self.desk.settings
        if log.loading or log.whole or settings is None:
            return
        log.loading = True
        before = log.oldest

        def read() -> None:
            from specter_tui.console.older import read_page  # noqa: PLC0415 - comes after the first frame
            from specter_tui.journal.errors import JournalError  # noqa: PLC0415 - comes after the first frame

            try:
                self.post_message(PageRead(read_page(settings, before)))
            except JournalError as error:
                self.post_message(PageRead((), str(error)))

        threading.Thread(target=read, name="reading-log", daemon=True).start()

    @on(PageRead)
    def _page_read(self, event: PageRead) -> None:
        self.desk.log.loading = False
        self.desk.log.whole = not event.events
        if event.error:
            self.desk.tell(event.error, "warning")
        self.desk.log.add(event.events)
        self.main.panes["log"].rows.sync()
        self.draw()

    @on(Rows.AtEnd)
    def _at_end(self, event: Rows.AtEnd) -> None:
        if event.rows is self.main.panes["log"].rows and event.rows.has_focus:
            self._read_log()

    # --- keys ---

    async def on_event(self, event: events.Event) -> None:
        """Keys come through here first: some are not for anyone."""
        heard = isinstance(event, events.Key | events.MouseDown | events.Paste) and not event.is_forwarded
        if heard and self._swallows():
            return
        await super().on_event(event)

    def _swallows(self) -> bool:
        """Whether a key does nothing but be noticed: too early for a question, or it brings the names back."""
        self._key_at, self._key_waits = monotonic(), True
        if self.desk.frame.hide_names:
            self._hide(False)
            return True
        if isinstance(self.screen, Deaf) and self.screen.deaf:
            return True
        if self.desk.words:
            self.desk.words = ""
            self.call_later(self.draw)
        return False

    def action_do(self, name: str) -> None:
        """Do an action of the registry."""
        self._commands.do(name)

    @on(Rows.Moved)
    def _cursor_moved(self, event: Rows.Moved) -> None:
        if event.rows is self.main.panes["orders"].rows:
            key = event.rows.cursor
            self.desk.orders.cursor = key if isinstance(key, int) else None
            self._want_preview()
            self.draw()

    @on(Rows.Chosen)
    def _row_chosen(self) -> None:
        self._commands.do("open")

    @on(Input.Changed, "#filter")
    def _filter_typed(self, event: Input.Changed) -> None:
        self.desk.orders.arrange(filter_text=event.value.strip())
        self.rearranged()

    def on_resize(self) -> None:
        """What is in sight may be another."""
        self.call_after_refresh(self.draw)
        self._want_preview()

    def _hide_when_idle(self) -> None:
        settings = self.desk.settings
        if settings is None or self.desk.frame.hide_names:
            return
        if monotonic() - self._key_at > settings.ui.hide_after.total_seconds():
            self._hide(True)

    def _hide(self, hide: bool) -> None:
        """Personal data goes from a screen that nobody sits at, and comes back with a key."""
        self._set_frame(replace(self.desk.frame, hide_names=hide))
        self.main.panes["orders"].rows.refresh()
        self.draw()

    # --- the end ---

    def leave(self) -> None:
        """Leave when the calls in flight are done; asked again, say so and go on waiting."""
        if self.desk.leaving:
            self.desk.leaving_asked_again = True
        else:
            self.desk.leaving = True
            while isinstance(self.screen, ModalScreen):
                self.pop_screen()
            self._leaving.ask()
            self.set_timer(self._leaving.grace, self._grace_over)
        self.draw()

    def _grace_over(self) -> None:
        self.trouble = (words.LEFT_EARLY.format(orders=", ".join(self.desk.in_flight) or "?"),)
        self.exit(return_code=1)

    def _thread_failed(self, error: Exception) -> None:
        self.call_later(self._handle_exception, error)

    def _handle_exception(self, error: Exception) -> None:
        """Keep the error for the report, and end; Textual would print every local variable."""
        self.crash = self.crash or error
        self._return_code = 1
        if self._exception is None:
            self._exception = error  # so that tests hear of it.
            self._exception_event.set()
        self._close_messages_no_wait()

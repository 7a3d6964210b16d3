"""What every app of ours is towards its terminal: its colours, its size, a line that may be slow, and a clean end."""

from asyncio import AbstractEventLoop
from collections.abc import Callable, Mapping
from contextlib import suppress
from contextvars import Context, copy_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import events
from textual._compositor import CompositorUpdate
from textual.app import App
from textual.screen import Screen

from specter_tui.console.screens.too_small import TooSmallScreen
from specter_tui.console.shutdown import GracefulShutdown
from specter_tui.console.terminal import gc_tuning
from specter_tui.console.terminal.clipboard import sequences
from specter_tui.console.terminal.lean_output import LeanOutput
from specter_tui.console.terminal.textual_patches import driver_class
from specter_tui.console.terminal.theme import THEMES, first_theme, is_lean, wanted_theme

if TYPE_CHECKING:
    from specter_tui.config.settings import UiSettings


STYLES = Path(__file__).parents[1] / "styles.tcss"  # found from the folder of every subclass.
LATER_STYLES = Path(__file__).parents[1] / "later.tcss"


class TerminalApp(App[int]):
    """`environment` is that of the terminal."""

    CSS_PATH = [STYLES]  # noqa: RUF012 - Textual's own
    ENABLE_COMMAND_PALETTE = False  # the palette of the registry takes its place.

    def __init__(self, leaving: GracefulShutdown, environment: Mapping[str, str]) -> None:
        self.environment = environment
        theme = first_theme(environment)
        # With the terminal's own colours asked for from the start, NO_COLOR sends no colour at all.
        super().__init__(
            driver_class=driver_class(leaving, self._thread_failed),
            ansi_color=True if THEMES[theme].ansi else None,
        )
        for one in THEMES.values():
            self.register_theme(one)
        self._wear_first(theme)
        self.animation_level = "none"
        self.lean = LeanOutput() if is_lean("auto", environment) else None
        """What spares the line, where it is to be spared."""
        self.trouble: tuple[str, ...] = ()
        """Lines for the terminal, once it is put back."""
        self.crash: Exception | None = None
        self._leaving = leaving

    def _wear_first(self, theme: str) -> None:
        """Put a theme on before anything is drawn: what watches `theme` would have the style sheet read twice."""
        self.set_reactive(App.theme, theme)
        self.stylesheet.set_variables(self.get_css_variables())
        for name, on in (("dark-mode", self.current_theme.dark), ("light-mode", not self.current_theme.dark)):
            self.set_class(on, f"-{name}", update=False)
        self.set_class(True, f"-theme-{theme}", update=False)
        self._refresh_truecolor_filter(self.ansi_theme)
        self._css_update_count = -1  # as a new screen has it, which then is not painted anew for it.

    async def on_event(self, event: events.Event) -> None:
        """Do what a key says before the next one is given out, though both came at once.

        Textual puts letters into a line when the line's turn comes, and does what is bound to other keys still later:
        of `abc`, ctrl+u and `33` typed ahead nothing would stay, and an enter would be the next line's.
        A key that nothing was bound to ends where it was given out: by the time it comes back from there a later key
        may have opened a question, which it would answer.
        """
        if isinstance(event, events.Key) and event.is_forwarded:
            return
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded or not await self._take(event):
            await super().on_event(event)

    async def _take(self, event: events.Key | events.Paste) -> bool:
        """Whether it was text, or bound to something. A screen that is just being made gets what was meant for it."""
        screen: Any = self.screen  # for mypy its event is of no type.
        await screen._mounted_event.wait()
        if isinstance(event, events.Key) and await self._check_bindings(event.key, priority=True):
            return True
        line: Any = self.focused
        if hasattr(line, "take") and line.take(event):  # a TypedLine, whose module comes with the first of them.
            return True
        return isinstance(event, events.Key) and await self._check_bindings(event.key)

    def leave(self) -> None:
        """Leave, for whatever reason; an app with work in flight waits for it."""
        self.exit(return_code=self._leaving.code)

    def on_mount(self) -> None:
        """Signals lead here from now on."""
        self.call_after_refresh(gc_tuning.pause_collection)
        loop, leaving = self._loop, self._leaving
        assert loop is not None  # noqa: S101 - it runs
        context = copy_context()  # Timers that a signal begins must know the app, as those of a key do.
        leaving.watch_screen(
            lambda: _soon(loop, context, self.leave), lambda: _soon(loop, context, self.exit, None, leaving.code)
        )

    def take_settings(self, ui: "UiSettings") -> str:
        """Look as the settings say. Answers the theme they name where there is no such theme."""
        self.apply_theme(wanted_theme(ui, self.environment, self.available_themes))
        self.lean = (self.lean or LeanOutput()) if is_lean(ui.lean, self.environment) else None
        return ui.theme if ui.theme and ui.theme not in self.available_themes else ""

    def apply_theme(self, theme: str) -> None:
        """Put a theme on."""
        if theme != self.theme:
            self.ansi_color, self.theme = None, theme

    def copy_to_clipboard(self, text: str) -> None:
        """Copy for the person, wherever they sit. Raises TooLong."""
        sequence = sequences(text, self.environment)
        self._clipboard = text
        if self._driver is not None:
            self._driver.write(sequence)

    def redraw(self) -> None:
        """The terminal may show anything: send it all."""
        if self.lean is not None:
            self.lean.forget()
        self.screen.refresh(layout=True)

    def on_resize(self, event: events.Resize) -> None:
        """What the terminal did with what it showed is not known. In a window that is too small nothing is shown."""
        self.redraw()
        small = isinstance(self.screen, TooSmallScreen)
        if TooSmallScreen.fits(event.size) == small:
            if small:
                self.pop_screen()
            else:
                self.push_screen(TooSmallScreen())

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        """Send an update to the terminal; over a slow line what differs, and nothing where nothing does."""
        if self.lean is not None and isinstance(renderable, CompositorUpdate) and not self._batch_count:
            renderable = self.lean.diff(renderable, self.console, self.size)
            if not renderable.sequence:
                return
        super()._display(screen, renderable)

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


def _soon(loop: AbstractEventLoop, context: Context, call: Callable[..., object], *values: object) -> None:
    """Have the screen's loop do something, from any thread; a loop that is closed has nothing to do any more."""
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(call, *values, context=context)

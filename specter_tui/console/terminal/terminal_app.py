"""The base of our apps: colours, size, output, order of keys, and a clean end."""

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
from specter_tui.console.terminal.cell_output import CellOutput
from specter_tui.console.terminal.clipboard import sequences
from specter_tui.console.terminal.textual_patches import driver_class
from specter_tui.console.terminal.theme import THEMES, first_theme, is_lean, wanted_theme

if TYPE_CHECKING:
    from specter_tui.config.settings import UiSettings


STYLES = Path(__file__).parents[1] / "styles.tcss"  # Found from the folder of every subclass.
LATER_STYLES = Path(__file__).parents[1] / "later.tcss"


class TerminalApp(App[int]):
    """An app on a terminal; `environment` is the terminal's."""

    CSS_PATH = [STYLES]  # noqa: RUF012 - Textual's own
    ENABLE_COMMAND_PALETTE = False  # The palette of the registry replaces it.

    def __init__(self, leaving: GracefulShutdown, environment: Mapping[str, str]) -> None:
        self.environment = environment
        theme = first_theme(environment)
        # If the terminal's own colours are requested from the start, NO_COLOR sends no colour at all.
        super().__init__(
            driver_class=driver_class(leaving, self._thread_failed),
            ansi_color=True if THEMES[theme].ansi else None,
        )
        for one in THEMES.values():
            self.register_theme(one)
        self._wear_first(theme)
        self.animation_level = "none"
        self.lean = is_lean("auto", environment)
        """True where output is lean: fewer colours and no news of routine."""
        self._output = CellOutput()
        self.trouble: tuple[str, ...] = ()
        """Lines for the terminal, after the screen is closed."""
        self.crash: Exception | None = None
        self._leaving = leaving

    def _wear_first(self, theme: str) -> None:
        """Set a theme before the first drawing: the watcher of `theme` would read the style sheet twice."""
        self.set_reactive(App.theme, theme)
        self.stylesheet.set_variables(self.get_css_variables())
        for name, on in (("dark-mode", self.current_theme.dark), ("light-mode", not self.current_theme.dark)):
            self.set_class(on, f"-{name}", update=False)
        self.set_class(True, f"-theme-{theme}", update=False)
        self._refresh_truecolor_filter(self.ansi_theme)
        self._css_update_count = -1  # A new screen has the same count, and is then not painted again for it.

    async def on_event(self, event: events.Event) -> None:
        """Handle each key before the next one is dispatched, though both came at once.

        Textual inserts letters into a line at the line's turn, and runs bound keys still later: of `abc`, ctrl+u and
        `33` typed ahead nothing would remain, and an Enter would reach the next line. A key without a binding ends
        here: when it comes back from the widget, a later key may have opened a question, which it would answer.
        """
        if isinstance(event, events.Key) and event.is_forwarded:
            return
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded or not await self._take(event):
            await super().on_event(event)

    async def _take(self, event: events.Key | events.Paste) -> bool:
        """Return whether a key was text or bound. Waits for a screen that is being made."""
        screen: Any = self.screen  # mypy does not know its event's type.
        await screen._mounted_event.wait()
        if isinstance(event, events.Key) and await self._check_bindings(event.key, priority=True):
            return True
        line: Any = self.focused
        if hasattr(line, "take") and line.take(event):  # A TypedLine, whose module is imported with the first one.
            return True
        return isinstance(event, events.Key) and await self._check_bindings(event.key)

    def leave(self) -> None:
        """Shut down; an app with calls in flight waits for them."""
        self.exit(return_code=self._leaving.code)

    def on_mount(self) -> None:
        """Connect the signals to this app."""
        self.call_after_refresh(gc_tuning.pause_collection)
        loop, leaving = self._loop, self._leaving
        assert loop is not None  # noqa: S101 - it runs
        context = copy_context()  # Timers that a signal starts must know the app, as those of a key do.
        leaving.watch_screen(
            lambda: _soon(loop, context, self.leave), lambda: _soon(loop, context, self.exit, None, leaving.code)
        )

    def take_settings(self, ui: "UiSettings", theme: str = "") -> str:
        """Apply the settings of the screen, and a theme chosen there. Return UI__THEME if there is no such theme."""
        self.apply_theme(wanted_theme(ui, self.environment, self.available_themes, theme))
        self.lean = is_lean(ui.lean, self.environment)
        return ui.theme if ui.theme and ui.theme not in self.available_themes else ""

    def apply_theme(self, theme: str) -> None:
        """Set a theme."""
        if theme != self.theme:
            self.ansi_color, self.theme = None, theme

    def copy_to_clipboard(self, text: str) -> None:
        """Copy to the user's clipboard. Raises TooLong."""
        sequence = sequences(text, self.environment)
        self._clipboard = text
        if self._driver is not None:
            self._driver.write(sequence)

    def redraw(self) -> None:
        """Send everything, since the terminal may show anything."""
        self._output.forget()
        self.screen.refresh(layout=True)

    def on_resize(self, event: events.Resize) -> None:
        """Send everything, since the terminal may have changed its contents; cover a window that is too small."""
        self.redraw()
        small = isinstance(self.screen, TooSmallScreen)
        if TooSmallScreen.fits(event.size) == small:
            if small:
                self.pop_screen()
            else:
                self.push_screen(TooSmallScreen())

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        """Send only the difference to what the terminal shows, if there is any."""
        is_sent = self.is_running and self._driver is not None and not (self._batch_count or self.is_headless)
        if is_sent and isinstance(renderable, CompositorUpdate):
            renderable = self._output.diff(renderable, self.console, self.size, lean=self.lean)
            if not renderable.sequence:
                return
        super()._display(screen, renderable)

    def _thread_failed(self, error: Exception) -> None:
        self.call_later(self._handle_exception, error)

    def _handle_exception(self, error: Exception) -> None:
        """Keep the error for the report, and exit; Textual would print every local variable."""
        self.crash = self.crash or error
        self._return_code = 1
        if self._exception is None:
            self._exception = error  # So that tests receive it.
            self._exception_event.set()
        self._close_messages_no_wait()


def _soon(loop: AbstractEventLoop, context: Context, call: Callable[..., object], *values: object) -> None:
    """Run a function on the screen's loop, from any thread; ignore a closed loop."""
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(call, *values, context=context)

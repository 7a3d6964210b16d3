"""The set-up as an app: its screens in order, and the values typed so far."""

import os
import threading
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import ClassVar, Literal

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen, Screen

from specter_tui.console.screens.modals import Question
from specter_tui.console.setup.end_screens import SummaryScreen, WelcomeScreen
from specter_tui.console.setup.questions import SECRETS, steps
from specter_tui.console.setup.setup_ports import SetupPorts
from specter_tui.console.setup.step_screen import StepScreen
from specter_tui.console.shutdown import GracefulShutdown
from specter_tui.console.terminal.terminal_app import LATER_STYLES, STYLES, TerminalApp
from specter_tui.i18n import locale, set_locale, t

Ended = Literal["left", "written", "demo"]


class SetupApp(TerminalApp):
    """The set-up; `ended` says how it ended."""

    CSS_PATH = [STYLES, LATER_STYLES, Path(__file__).with_name("setup.tcss")]  # noqa: RUF012 - Textual's own
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c,ctrl+q", "leave", show=False, priority=True),
        Binding("ctrl+l", "redraw", show=False, priority=True),
    ]

    def __init__(
        self, ways: SetupPorts, leaving: GracefulShutdown, environment: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(leaving, os.environ if environment is None else environment)
        self.ways = ways
        self.values: dict[str, str] = ways.draft()
        self.has_draft = bool(self.values)
        self.ended: Ended = "left"
        self._steps = steps(date.today().isoformat())  # noqa: DTZ011 - the person's own day
        self._place = -1

    def on_mount(self) -> None:
        """Show the first screen; meanwhile import the modules that check values, which takes a moment."""
        self.push_screen(self._welcome())
        threading.Thread(target=self.ways.fits, args=("ORDER__SINCE", ""), name="warming", daemon=True).start()

    @property
    def kept(self) -> dict[str, str]:
        """The settings to write: all answers other than defaults."""
        defaults = {one.name: one.suggested for step in self._steps for one in step.questions if one.kind == "url"}
        named = (one.name for step in self._steps for one in step.questions)
        found = {name: self.values.get(name, "") for name in named}
        return {name: value for name, value in found.items() if value and value != defaults.get(name)} | {
            "UI__LANGUAGE": locale()
        }

    def go_on(self) -> None:
        """Show the next screen."""
        self._show(self._place + 1)

    def action_go_on(self) -> None:
        """Show the next screen."""
        self.go_on()

    def action_step_back(self) -> None:
        """Show the screen before."""
        self._show(self._place - 1)

    def action_demo(self) -> None:
        """End with the demo instead."""
        self.ended = "demo"
        self.exit(return_code=0)

    def action_other_language(self) -> None:
        """Switch between Swedish and English."""
        set_locale("en" if locale() == "sv" else "sv")
        self._show(-1)

    def action_redraw(self) -> None:
        """Draw the screen again."""
        self.redraw()

    def action_leave(self) -> None:
        """Leave the set-up unfinished."""
        self.leave()

    def leave(self) -> None:
        """Leave the set-up unfinished; typed values are kept, without secrets."""
        self._keep()
        if self.has_draft:
            self.trouble = (
                t("specter-tui: left before the end; what you typed is kept for the next time, all but the keys"),
            )
        super().leave()

    def write(self) -> None:
        """Write the settings; ask before replacing a file."""
        if not self.ways.file.exists():
            self._write(replace=False)
            return

        def answered(answer: str | None) -> None:
            if answer:
                self._write(replace=True)

        text = t("{file} is there already. What it says now is lost.").format(file=self.ways.file)
        self.push_screen(Question(t("Replace the settings?"), text, t("Replace")), answered)

    def _write(self, *, replace: bool) -> None:
        try:
            self.ways.write(self.kept, locale(), replace=replace)
        except OSError as error:
            if isinstance(self.screen, SummaryScreen):
                why = error.strerror or type(error).__name__
                self.screen.tell(t("{file} could not be written: {why}").format(file=self.ways.file, why=why))
            return
        self.ended = "written"
        self.exit(return_code=0)

    def _welcome(self) -> WelcomeScreen:
        return WelcomeScreen(self.ways.file, has_draft=self.has_draft)

    def _show(self, place: int) -> None:
        self._keep()
        self._place = place
        if place < 0:
            screen: Screen[None] = self._welcome()
        elif place == len(self._steps):
            screen = SummaryScreen(self.ways.file, self.kept, self.write)
        else:
            on_the_way = t("{place} of {count}").format(place=place + 1, count=len(self._steps))
            screen = StepScreen(self._steps[place], self.values, on_the_way, self.ways, self.go_on)
        self.switch_screen(screen)

    def _keep(self) -> None:
        typed = {name: value for name, value in self.values.items() if value and name not in SECRETS}
        if typed and not isinstance(self.screen, ModalScreen):
            self.has_draft = True
            self.ways.keep_draft(typed)

"""The first and the last screen of the set-up: its purpose, and the settings to write."""

from collections.abc import Callable, Mapping
from pathlib import Path
from time import monotonic
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Label, Static

from specter_tui.console import words
from specter_tui.console.screens.modals import INPUT_GRACE_SECONDS
from specter_tui.console.setup.questions import SECRETS
from specter_tui.console.viewmodel.styled_text import plain

_MASK = "••••••••"


class WelcomeScreen(Screen[None]):
    """The purpose of the set-up, and the other choices."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "app.go_on", show=False),
        Binding("d", "app.demo", show=False),
        Binding("l", "app.other_language", show=False),
        Binding("q,escape", "app.leave", show=False),
    ]

    def __init__(self, file: Path, *, has_draft: bool) -> None:
        super().__init__()
        self._file = file
        self._has_draft = has_draft

    def compose(self) -> ComposeResult:
        """Compose the text and the keys."""
        file = self._file
        yield Label(f"{words.NAME} · {words.SETUP}", classes="setup-title box-title", markup=False)
        first, second, third = words.SETUP_WELCOME
        there = words.SETUP_THERE.format(file=plain(str(file))) if file.exists() else ""
        yield Static(Content(there or first), classes="setup-text")
        yield Static(Content(f"{second}\n{plain(str(file))}"), classes="setup-text")
        yield Static(Content(third), classes="setup-text")
        if self._has_draft:
            yield Static(Content(words.SETUP_DRAFT), classes="setup-text")
        keys = Content("\n").join(
            Content.assemble((f"  {key:<7}", "bold"), said) for key, said in words.SETUP_WAYS.items()
        )
        yield Static(keys, classes="setup-text", markup=False)


class SummaryScreen(Screen[None]):
    """The settings to write, with secrets masked."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "write", show=False),
        Binding("escape", "app.step_back", show=False),
    ]

    def __init__(self, file: Path, values: Mapping[str, str], write: Callable[[], None]) -> None:
        super().__init__()
        self._file = file
        self._values = values
        self._write = write

    def compose(self) -> ComposeResult:
        """Compose every line of the file."""
        title, last = words.SETUP_TITLES["write"], words.SETUP_KEYS["write"]
        yield Label(f"{words.NAME} · {title}", classes="setup-title box-title", markup=False)
        yield Static(Content(words.SETUP_SUMMARY.format(file=plain(str(self._file)))), classes="setup-text")
        lines = (f"  {name} = {_MASK if name in SECRETS else value}" for name, value in self._values.items())
        yield Static(Content("\n".join(map(plain, lines))), classes="setup-text")
        yield Static(Content(words.SETUP_AFTER), classes="setup-text")
        yield Static("", id="setup-told", classes="setup-text setup-bad", markup=False)
        yield Label(Content(f" {last}"), id="footer", markup=False)

    def on_mount(self) -> None:
        """Start the pause before a key confirms."""
        self._since = monotonic()

    def action_write(self) -> None:
        """Write the settings; a key pressed before the screen was seen is ignored."""
        if monotonic() - self._since >= INPUT_GRACE_SECONDS:
            self._write()

    def tell(self, text: str) -> None:
        """Show an error."""
        self.query_one("#setup-told", Static).update(Content(f"▲ {plain(text)}"))

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

from specter_tui.console.screens.modals import INPUT_GRACE_SECONDS
from specter_tui.console.setup.questions import SECRETS
from specter_tui.console.viewmodel.styled_text import plain
from specter_tui.i18n import Texts, marked, t

SETUP_WELCOME = marked(
    "specter-tui exports the orders of an Abicart shop to Specter. It has no settings yet.",
    "It asks for the shop, the Specter account and a start date, tests both connections, and writes the settings to",
    "Nothing is sent or changed while you do this, and no key is kept before you say so at the end.",
)
SETUP_WAYS = Texts(
    {
        "enter": "begin",
        "d": "demo: try it with a made-up shop, nothing real",
        "l": "på svenska",
        "q": "leave",
    }
)
SETUP_TITLES = Texts(
    {
        "shop": "The shop",
        "specter": "Specter",
        "orders": "Orders and service articles",
        "write": "Save the settings",
    }
)
SETUP_KEYS = Texts(
    {
        "fill": "enter next · ↑ ↓ move · esc back · ctrl+c leave",
        "test": "enter test the connection · esc back · ctrl+c leave",
        "failed": "enter test again · F2 go on all the same · esc back · ctrl+c leave",
        "on": "enter go on · esc back · ctrl+c leave",
        "write": "enter write and open the console · esc back · ctrl+c leave",
    }
)


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
        yield Label(f"{t('specter-tui')} · {t('Set-up')}", classes="setup-title box-title", markup=False)
        first, second, third = [t(text) for text in SETUP_WELCOME]
        there = (
            t("There are settings already: {file}. They are replaced only at the end, and only if you say so.").format(
                file=plain(str(file))
            )
            if file.exists()
            else ""
        )
        yield Static(Content(there or first), classes="setup-text")
        yield Static(Content(f"{second}\n{plain(str(file))}"), classes="setup-text")
        yield Static(Content(third), classes="setup-text")
        if self._has_draft:
            yield Static(Content(t("What you typed last time is still here, all but the keys.")), classes="setup-text")
        keys = Content("\n").join(Content.assemble((f"  {key:<7}", "bold"), said) for key, said in SETUP_WAYS.items())
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
        title, last = SETUP_TITLES["write"], SETUP_KEYS["write"]
        yield Label(f"{t('specter-tui')} · {title}", classes="setup-title box-title", markup=False)
        yield Static(
            Content(t("This is written to {file}, for you alone to read:").format(file=plain(str(self._file)))),
            classes="setup-text",
        )
        lines = (f"  {name} = {_MASK if name in SECRETS else value}" for name, value in self._values.items())
        yield Static(Content("\n".join(map(plain, lines))), classes="setup-text")
        yield Static(
            Content(
                t(
                    "The console opens then. It sends nothing until you press e: orders go by key until "
                    "ORDER__EXPORT says otherwise."
                )
            ),
            classes="setup-text",
        )
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

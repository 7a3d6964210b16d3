"""All keys with their descriptions, and the signs of states."""

from collections.abc import Iterator, Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Label

from specter_tui.console import words
from specter_tui.console.command_registry import ACTIONS
from specter_tui.console.viewmodel.state_styles import FLAGS, STATE_STYLES
from specter_tui.console.viewmodel.styled_text import Line, Styles, span
from specter_tui.console.widgets.text_view import TextView


class HelpScreen(ModalScreen[None]):
    """The keys; each that is not possible now has the reason."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,q,enter", "dismiss", show=False),
        Binding("up", "scroll(-1)", show=False),
        Binding("down", "scroll(1)", show=False),
    ]

    def __init__(self, tones: Styles, why_not: Mapping[str, str]) -> None:
        super().__init__()
        self._tones = tones
        self._why_not = why_not

    def compose(self) -> ComposeResult:
        """Compose title, keys, and how to close it."""
        with Vertical(classes="box box-tall"):
            yield Label(words.HELP_TITLE, classes="box-title", markup=False)
            yield TextView()
            yield Label(words.HELP_CLOSE, classes="box-keys", markup=False)

    def on_mount(self) -> None:
        """Write the keys."""
        lines = self.query_one(TextView)
        lines.tones = self._tones
        lines.show(lambda _: tuple(help_lines(self._why_not)))
        lines.focus()


def help_lines(why_not: Mapping[str, str]) -> Iterator[Line]:
    """Yield the keys by group, then the signs of the states."""
    for group, title in words.GROUPS.items():
        yield (span(title, "title"),)
        for action in ACTIONS:
            if action.group == group:
                why = why_not.get(action.name, "")
                yield span(f"  {action.sign:<7}", "muted" if why else "strong"), span(action.sentence)
                if why:
                    yield span(" " * 9), span(why, "muted")
        if any(action.group == group and not action.keys for action in ACTIONS):
            yield (span(f"{' ' * 9}{words.HELP_PALETTE}", "muted"),)
        yield ()
    yield (span(words.HELP_SIGNS, "title"),)
    for state, look in STATE_STYLES.items():
        yield span(f"  {look.sign} {look.word:<14}", look.tone), span(words.WHY[state], "muted")
    for name, sign in FLAGS.items():
        yield span(f"  {sign:<16}", "warn"), span(words.FLAGS[name], "muted")

"""All keys with their descriptions, and the signs of states."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Label

from specter_tui.console.commands.command_spec import CommandSpec
from specter_tui.console.viewmodel.state_styles import FLAG_TEXTS, FLAGS, STATE_STYLES, WHY
from specter_tui.console.viewmodel.styled_text import Line, Styles, span
from specter_tui.console.widgets.text_view import TextView
from specter_tui.i18n import Texts, t

GROUPS = Texts(
    {
        "orders": "Orders",
        "goods": "Articles, stock and deliveries",
        "find": "Find and see",
        "panes": "Panes",
        "console": "Console",
    }
)


Reasons = Mapping[CommandSpec[Any], str]
"""Every command with the reason why it is not possible now."""


class HelpScreen(ModalScreen[None]):
    """The keys; each that is not possible now has the reason."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,q,enter", "dismiss", show=False),
        Binding("up", "scroll(-1)", show=False),
        Binding("down", "scroll(1)", show=False),
    ]

    def __init__(self, tones: Styles, why_not: Reasons) -> None:
        super().__init__()
        self._tones = tones
        self._why_not = why_not

    def compose(self) -> ComposeResult:
        """Compose title, keys, and how to close it."""
        with Vertical(classes="box box-tall"):
            yield Label(t("Keys"), classes="box-title", markup=False)
            yield TextView()
            yield Label(t("esc closes · ↑ ↓ scroll"), classes="box-keys", markup=False)

    def on_mount(self) -> None:
        """Write the keys."""
        lines = self.query_one(TextView)
        lines.tones = self._tones
        lines.show(lambda _: tuple(help_lines(self._why_not)))
        lines.focus()


def help_lines(why_not: Reasons) -> Iterator[Line]:
    """Yield the keys by group, then the signs of the states."""
    for group, title in GROUPS.items():
        yield (span(title, "title"),)
        in_group = {command: why for command, why in why_not.items() if command.group == group}
        for command, why in in_group.items():
            yield span(f"  {command.sign:<7}", "muted" if why else "strong"), span(command.sentence)
            if why:
                yield span(" " * 9), span(why, "muted")
        if not all(command.keys for command in in_group):
            yield (span(f"{' ' * 9}{t('Those with : have no key; ctrl+p does them.')}", "muted"),)
        yield ()
    yield (span(t("Signs"), "title"),)
    for state, look in STATE_STYLES.items():
        yield span(f"  {look.sign} {look.word:<14}", look.tone), span(WHY[state], "muted")
    for name, sign in FLAGS.items():
        yield span(f"  {sign:<16}", "warn"), span(FLAG_TEXTS[name], "muted")

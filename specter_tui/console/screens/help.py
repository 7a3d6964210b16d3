"""All keys with their descriptions, and the signs of states."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Label

from specter_tui.console.commands.command_spec import SENTENCES, SHORT, CommandSpec
from specter_tui.console.viewmodel.state_styles import FLAG_TEXTS, FLAGS, STATE_STYLES, WHY
from specter_tui.console.viewmodel.styled_text import Line, Styles, span, text_of
from specter_tui.console.widgets.text_view import TextView
from specter_tui.console.widgets.typed_line import TypedLine
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
        Binding("escape", "back", show=False),
        Binding("question_mark,q,enter", "dismiss", show=False),
        Binding("slash", "search", show=False),
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
            yield TypedLine(hint=t("Words to search for"), compact=True)
            yield Label(t("/ searches · esc closes · ↑ ↓ scroll"), classes="box-keys", markup=False)

    def on_mount(self) -> None:
        """Write the keys."""
        lines, line = self.query_one(TextView), self.query_one(TypedLine)
        lines.tones, line.display = self._tones, False
        self._show("")
        lines.focus()

    def _show(self, typed: str) -> None:
        self.query_one(TextView).show(lambda _: tuple(help_lines(self._why_not, typed)), from_top=True)

    def action_search(self) -> None:
        """Open the line to search in."""
        line = self.query_one(TypedLine)
        line.display = True
        self.set_focus(line)

    def action_back(self) -> None:
        """Close the search, else the help."""
        line = self.query_one(TypedLine)
        if not line.display:
            self.dismiss()
            return
        line.value, line.display = "", False
        self._show("")
        self.query_one(TextView).focus()

    @on(Input.Changed)
    def _follow(self) -> None:
        """Show what the input's present text finds."""
        self._show(self.query_one(TypedLine).value)


def help_lines(why_not: Reasons, typed: str = "") -> Iterator[Line]:
    """Yield the keys by group, then the signs of the states; only those that have all the typed words."""
    words = typed.casefold().split()
    found = False
    for group, title in GROUPS.items():
        in_group = {one: why for one, why in why_not.items() if one.group == group and _has(words, *_texts(one))}
        if not in_group:
            continue
        found = True
        yield (span(title, "title"),)
        for command, why in in_group.items():
            also = f" {t('Also: {keys}.').format(keys=' '.join(command.own))}" if command.own else ""
            yield span(f"  {command.sign:<7}", "muted" if why else "strong"), span(command.sentence + also)
            if why:
                yield span(" " * 9), span(why, "muted")
        if not all(command.keys for command in in_group):
            yield (span(f"{' ' * 9}{t('Those with : have no key; ctrl+p does them.')}", "muted"),)
        yield ()
    signs = [line for line in _signs() if _has(words, text_of([line]))]
    if signs:
        yield (span(t("Signs"), "title"),)
        yield from signs
    elif not found:
        yield (span(t("Nothing here has these words."), "muted"),)


def _signs() -> Iterator[Line]:
    for state, look in STATE_STYLES.items():
        yield span(f"  {look.sign} {look.word:<14}", look.tone), span(WHY[state], "muted")
    for name, sign in FLAGS.items():
        yield span(f"  {sign:<16}", "warn"), span(FLAG_TEXTS[name], "muted")


def _texts(command: CommandSpec[Any]) -> Iterator[str]:
    """Yield the texts by which a command is found: key, short name and sentence, in every language."""
    yield command.sign
    for texts in (SHORT, SENTENCES):
        yield from (said[command.name] for said in texts.in_every_language())


def _has(words: Sequence[str], *texts: str) -> bool:
    together = " ".join(texts).casefold()
    return all(word in together for word in words)

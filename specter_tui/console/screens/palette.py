"""The command palette: type a command, see its key, and why it is not possible now."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.fuzzy import Matcher
from textual.screen import ModalScreen
from textual.widgets import Input

from specter_tui.console.commands.command_spec import SENTENCES, SHORT, CommandSpec
from specter_tui.console.viewmodel.list_view import ListView
from specter_tui.console.viewmodel.styled_text import Span, Styles, span
from specter_tui.console.widgets.columns import Column
from specter_tui.console.widgets.row_list import RowList
from specter_tui.console.widgets.typed_line import TypedLine
from specter_tui.i18n import Texts, t

COLUMNS = (Column("key", "", 7), Column("what", "", 20), Column("sentence", "", 20, flex=1))


VIEW = "view:"
"""The prefix of a view's name, where others are names of commands."""


class PaletteRows:
    """The commands that match the typed text in either language, the best first."""

    def __init__(self, why_not: Mapping[CommandSpec[Any], str], views: Mapping[str, ListView]) -> None:
        self._commands = {command.name: command for command in why_not}
        self._why_not, self._views = why_not, views
        self.typed = ""

    @property
    def keys(self) -> Sequence[Hashable]:
        """The commands' names; among equal matches the possible ones come first, then the views."""
        fits = {one: fit(self.typed, one) for one in self._why_not if one.name not in ("palette", "back")}
        found = [command for command, score in fits.items() if score > 0]
        commands = sorted(found, key=lambda command: (-fits[command], bool(self._why_not[command])))
        wanted = self.typed.casefold().split()
        views = [name for name in self._views if all(word in f"v {name}".casefold() for word in wanted)]
        return [*(command.name for command in commands), *(f"{VIEW}{name}" for name in sorted(views, key=str.casefold))]

    @property
    def empty(self) -> str:
        """The text of a list without rows."""
        return t("No command has these words.")

    @property
    def marks(self) -> Collection[Hashable]:
        """No rows can be marked here."""
        return ()

    def cells(self, key: Hashable) -> Mapping[str, Span]:
        """Return a command with its sentence, or why it is not possible now; or a view with its filter."""
        if str(key).startswith(VIEW):
            name = str(key).removeprefix(VIEW)
            return {
                "key": span("v", "title"),
                "what": span(name, "strong"),
                "sentence": span(self._views[name].filter_text, "muted"),
            }
        command = self._commands[str(key)]
        why = self._why_not[command]
        return {
            "key": span(command.sign, "muted" if why else "title"),
            "what": span(command.short, "muted" if why else "strong"),
            "sentence": span(why or command.sentence, "muted"),
        }


def fit(typed: str, command: CommandSpec[Any]) -> float:
    """Return how well a command matches the typed text; 0 is no match. Short words count most, gaps least."""
    wanted = typed.casefold().split()
    if not wanted:
        return 1.0
    shorts, sentences = texts_of(SHORT, command.name), texts_of(SENTENCES, command.name)
    if any(" ".join(wanted) == text.casefold() for text in shorts):
        return 5.0
    for score, texts in ((4.0, shorts), (3.0, [f"{command.sign} {' '.join(shorts)} {' '.join(sentences)}"])):
        if any(all(word in text.casefold() for word in wanted) for text in texts):
            return score
    matcher = Matcher("".join(wanted))
    best = max(matcher.match(text) for text in shorts)
    return best / (1.0 + best)


def texts_of(texts: Texts, key: str) -> list[str]:
    """Return a text of a map, in every language."""
    return [said[key] for said in texts.in_every_language()]


class Palette(ModalScreen[str | None]):
    """Answers the name of a command, or of a view after `VIEW`, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+p", "dismiss", show=False),
        Binding("enter", "choose", show=False),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("down", "move(1)", show=False, priority=True),
    ]

    def __init__(self, tones: Styles, why_not: Mapping[CommandSpec[Any], str], views: Mapping[str, ListView]) -> None:
        super().__init__()
        self._source = PaletteRows(why_not, views)
        self._rows = RowList(self._source, COLUMNS)
        self._rows.tones = tones
        self._rows.can_focus = False

    def compose(self) -> ComposeResult:
        """Compose the input and the matches."""
        with Vertical(classes="box box-wide"):
            yield TypedLine(hint=t("Type what you want to do"))
            yield self._rows

    def on_mount(self) -> None:
        """List all commands, and focus the input."""
        self._rows.sync()
        self.set_focus(self.query_one(TypedLine))

    @on(Input.Changed)
    def _follow(self) -> None:
        """List the commands that match the input's present text."""
        typed = self.query_one(TypedLine).value
        if typed != self._source.typed:
            self._source.typed = typed
            self._rows.sync()
            self._rows.action_edge(0)

    @on(RowList.Chosen)
    def action_choose(self) -> None:
        """Answer with the row under the cursor."""
        self._follow()
        self.dismiss(None if self._rows.cursor is None else str(self._rows.cursor))

    def action_move(self, by: int) -> None:
        """Move up or down in the list, without moving the focus."""
        self._follow()
        self._rows.action_move(by)

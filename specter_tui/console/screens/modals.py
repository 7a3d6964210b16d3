"""Questions: the focus is on Cancel, another key confirms than the one that asked, and early keys do not answer.

Text typed right after the question's key is kept in its line; the key that confirms it counts only after a pause.
"""

from collections.abc import Sequence
from time import monotonic
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Label
from textual.widgets.input import Selection

from specter_tui.console.viewmodel.styled_text import Line, Span, Styles, plain, span
from specter_tui.console.widgets.text_view import TextView
from specter_tui.console.widgets.typed_line import TypedLine
from specter_tui.i18n import t

INPUT_GRACE_SECONDS = 0.3
"""Seconds in which nothing confirms a question: a key typed before it was seen is no answer."""
Pressed = events.Key | events.MouseDown | events.Paste


_LONGEST = 400
_MOST_LINES = 7
"""The most lines of a list that a question shows at once, so that it fits 24 lines."""


class GuardedModal(ModalScreen[str | None]):
    """A modal screen that ignores early confirmations. Answers None when it is cancelled."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", show=False)]

    def __init__(self) -> None:
        super().__init__()
        self._since = monotonic()
        self.kind: Span = span("")
        """The word for test or production."""
        self.real = False
        self.hears_at_once = False
        """True for a line whose answer changes nothing: it may be confirmed at once."""

    def heading(self, title: str) -> ComposeResult:
        """Compose the question, and the word for test or production."""
        yield Label(plain(title), classes="box-title", markup=False)
        if self.kind[0]:
            yield Label(self.kind[0], classes="box-kind -real" if self.real else "box-kind", markup=False)

    def accepts_input(self, pressed: Pressed) -> bool:
        """Return whether a key reaches the question: one that confirms must have been pressed late enough.

        The app asks, since it sends keys directly to the focused widget. The time of pressing counts, however long the
        key waited to be dispatched.
        """
        return not self.confirms(pressed) or pressed.time - self._since >= INPUT_GRACE_SECONDS

    def confirms(self, pressed: Pressed) -> bool:
        """Return whether a key could confirm; with buttons, any could."""
        return True

    def on_screen_resume(self) -> None:
        """Restart the pause when the question is shown."""
        self._begin()
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self._since = monotonic()

    def action_cancel(self) -> None:
        """Close it without an answer."""
        self.dismiss(None)


def is_enter(pressed: Pressed) -> bool:
    """Return whether this is the key that confirms a line."""
    return isinstance(pressed, events.Key) and pressed.key == "enter"


class Question(GuardedModal):
    """A question with yes and no. Answers `yes` or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,j", "yes", show=False),  # Yes and ja; the button shows the screen's language's one.
        Binding("left,right,up,down", "other", show=False),
    ]

    def __init__(self, title: str, text: str, yes: str, warning: str = "") -> None:
        super().__init__()
        self._title, self._text, self._yes, self._warning = plain(title), plain(text), yes, warning

    def compose(self) -> ComposeResult:
        """Compose title, text and the two buttons."""
        with Vertical(classes="box"):
            yield from self.heading(self._title)
            yield Label(self._text, classes="box-text", markup=False)
            yield from self._between()
            if self._warning:
                yield Label(f"▲ {self._warning}", classes="box-warning", markup=False)
            with Horizontal(classes="box-buttons"):
                yield Button(Content(f"{t('Cancel')} ({t('esc')})"), id="cancel", compact=True)
                yield Button(Content(f"{self._yes} ({t('y')})"), id="yes", compact=True)

    def _between(self) -> ComposeResult:
        """Compose what is between the text and the warning."""
        yield from ()

    def on_mount(self) -> None:
        """Focus Cancel."""
        self.query_one("#cancel").focus()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Answer with the chosen button."""
        self.dismiss("yes" if event.button.id == "yes" else None)

    def action_yes(self) -> None:
        """Confirm."""
        self.dismiss("yes")

    def action_other(self) -> None:
        """Focus the other button."""
        self.focus_next()


class ListQuestion(Question):
    """A question about the lines that it lists; the up and down keys scroll them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll_lines(-1)", show=False),
        Binding("down", "scroll_lines(1)", show=False),
        Binding("pageup", f"scroll_lines({-_MOST_LINES})", show=False),
        Binding("pagedown", f"scroll_lines({_MOST_LINES})", show=False),
    ]

    def __init__(self, title: str, text: str, yes: str, warning: str, lines: Sequence[Line], tones: Styles) -> None:
        super().__init__(title, text, yes, warning)
        self._lines, self._listed = TextView(), lines
        self._lines.tones = tones
        self._lines.can_focus = False

    def _between(self) -> ComposeResult:
        self._lines.styles.height = min(len(self._listed), _MOST_LINES)
        self._lines.styles.margin = (1, 0, 0, 0)
        yield self._lines

    def on_mount(self) -> None:
        """Write the lines; focus Cancel."""
        super().on_mount()
        self._lines.show(lambda _: self._listed)

    def action_scroll_lines(self, by: int) -> None:
        """Scroll the lines."""
        self._lines.scroll_relative(y=by, animate=False, force=True, immediate=True)


class EntryDialog(GuardedModal):
    """A line to type in, where typing is the confirmation. Answers the text, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "take", show=False)]

    def __init__(
        self,
        title: str,
        text: str,
        hint: str,
        *,
        digits: bool = False,
        least: int = 1,
        exactly: str = "",
        value: str = "",
        replaced: bool = False,
    ) -> None:
        """Make it; `value` is in the line at first; typed text follows it, or replaces it."""
        super().__init__()
        self._replaced = replaced
        self._title, self._text, self._hint = plain(title), plain(text), hint
        self._digits, self._least, self._exactly, self._value = digits, least, exactly, value

    def accepts_input(self, pressed: Pressed) -> bool:
        """Return whether a key reaches the line; a proposed value cannot be confirmed before it was seen."""
        return (self.hears_at_once and not self._value) or super().accepts_input(pressed)

    def confirms(self, pressed: Pressed) -> bool:
        """Return whether a key could confirm; all but Enter is text or edits it."""
        return is_enter(pressed)

    def compose(self) -> ComposeResult:
        """Compose title, text, the line, and its error."""
        with Vertical(classes="box"):
            yield from self.heading(self._title)
            yield Label(self._text, classes="box-text", markup=False)
            yield TypedLine(self._value, hint=self._hint, most=_LONGEST)
            yield Label("", classes="box-warning", markup=False, id="wrong")
            yield Label(t("enter: OK   esc: Cancel"), classes="box-keys", markup=False)

    def on_mount(self) -> None:
        """Focus the line, at its end; an empty line confirms nothing."""
        line = self.query_one(TypedLine)
        self.set_focus(line)
        line.cursor_position = len(self._value)
        if self._replaced:
            line.selection = Selection(0, len(self._value))

    def action_take(self) -> None:
        """Answer with the line, if it is valid."""
        text = self.query_one(TypedLine).value.strip()
        if self._digits and not (text.isascii() and text.isdecimal()):
            self.query_one("#wrong", Label).update(f"▲ {t('A Specter number has digits only.')}")
        elif self._exactly and text != self._exactly:
            self.query_one("#wrong", Label).update(f"▲ {t('Type {count} to confirm.').format(count=self._exactly)}")
        elif len(text) < self._least:
            self.query_one("#wrong", Label).update(
                f"▲ {t('Write at least three letters.') if self._least > 1 else t('The line is empty.')}"
            )
        else:
            self.dismiss(text)

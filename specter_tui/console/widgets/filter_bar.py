"""The line for typing a filter, with completions. It is made after the first frame, which is drawn sooner so."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Label

from specter_tui.console.messages import FilterTyped
from specter_tui.console.viewmodel.filtering.completions import completed, completions_of
from specter_tui.console.viewmodel.filtering.list_fields import Fields
from specter_tui.console.viewmodel.filtering.list_filter import FilterError
from specter_tui.console.viewmodel.styled_text import Line, Styles, span
from specter_tui.console.widgets.text_view import LineLabel
from specter_tui.console.widgets.typed_line import TypedLine
from specter_tui.i18n import Texts, locale, t

BAD_WORDS = Texts(
    {
        "unknown": "{word}: no such word here",
        "amount": "{word} is no amount",
        "moment": "{word} is no day: 2026-11-26, today",
        "age": "{word} is no age: 2h, 3d",
        "sign": "that sign does not go with {word}",
    }
)


_MOST_OFFERS = 8


class FilterInput(TypedLine):
    """An input in which Tab completes the word being typed."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "complete", show=False)]
    fields: Fields = ()

    def action_complete(self) -> None:
        """Insert the first completion."""
        self.value = completed(self.value, self.fields, locale())
        self.cursor_position = len(self.value)


class FilterLine(Horizontal):
    """The filter line; it posts a message for every change."""

    def __init__(self) -> None:
        super().__init__(id="filter-line")
        self.input = FilterInput(id="filter", compact=True)
        self._hint = LineLabel(id="filter-hint")
        self.display = False

    def compose(self) -> ComposeResult:
        """Compose a slash, the input, and the hint."""
        yield Label("/", markup=False)
        yield self.input
        yield self._hint

    def open(self, text: str, fields: Fields, tones: Styles) -> None:
        """Show the line with a filter to edit."""
        self.input.fields, self._hint.tones = fields, tones
        self.input.value = text
        self.input.cursor_position = len(text)
        self.display = True
        self.screen.set_focus(self.input)  # Focus at once: the next key may have arrived already, and it is text.
        self.hint(())

    def hint(self, bad: tuple[FilterError, ...]) -> None:
        """Show the filter's error, else its completions."""
        self._hint.show(_hint(self.input.value, self.input.fields, bad))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(FilterTyped())


def _hint(text: str, fields: Fields, bad: tuple[FilterError, ...]) -> Line:
    if bad:
        return (span(f"▲ {BAD_WORDS[bad[0].trouble].format(word=bad[0].word)}", "warn"),)
    found = completions_of(text, fields, locale())
    if not found:
        return (span(t("enter keeps · esc clears"), "muted"),)
    return (span(f"{t('tab:')} ", "muted"), span("  ".join(found[:_MOST_OFFERS]), "title"))

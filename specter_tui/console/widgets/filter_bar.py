"""The line for typing a filter, with completions. It is made after the first frame, which is drawn sooner so."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Label

from specter_tui.console.messages import FilterTyped
from specter_tui.console.viewmodel.filtering.completions import completed, completions_of
from specter_tui.console.viewmodel.filtering.filter_history import FilterHistory
from specter_tui.console.viewmodel.filtering.list_fields import Fields
from specter_tui.console.viewmodel.filtering.list_filter import Filter
from specter_tui.console.viewmodel.styled_text import Line, Styles, span
from specter_tui.console.widgets.text_view import LineLabel
from specter_tui.console.widgets.typed_line import TypedLine
from specter_tui.i18n import locale, t

_MOST_OFFERS = 8


class FilterInput(TypedLine):
    """An input in which Tab completes or corrects a word, and the arrows bring earlier filters."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", show=False),
        Binding("up", "older", show=False),
        Binding("down", "newer", show=False),
    ]
    fields: Fields = ()
    filter: Filter = Filter()
    history: FilterHistory = FilterHistory()

    def action_complete(self) -> None:
        """Insert the word that was meant, else the first completion."""
        bad = next((bad for bad in self.filter.bad if bad.meant and bad.typed in self.value), None)
        self._write(
            self.value.replace(bad.typed, bad.meant, 1) if bad else completed(self.value, self.fields, locale())
        )

    def action_older(self) -> None:
        """Bring the filter typed before."""
        self._write(self.history.older(self.value))

    def action_newer(self) -> None:
        """Bring the filter typed after."""
        self._write(self.history.newer(self.value))

    def _write(self, text: str) -> None:
        self.value = text
        self.cursor_position = len(text)


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

    def open(self, text: str, made: Filter, fields: Fields, history: FilterHistory, tones: Styles) -> None:
        """Show the line with a filter to edit."""
        self.input.fields, self.input.history, self._hint.tones = fields, history, tones
        history.begin()
        self.input.value = text
        self.input.cursor_position = len(text)
        self.display = True
        self.screen.set_focus(self.input)  # Focus at once: the next key may have arrived already, and it is text.
        self.hint(made)

    def hint(self, made: Filter) -> None:
        """Show the filter's error, else its completions."""
        self.input.filter = made
        self._hint.show(_hint(self.input.value, self.input.fields, made))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(FilterTyped())


def _hint(text: str, fields: Fields, made: Filter) -> Line:
    if made.bad:
        bad = made.bad[0]
        return (span(f"▲ {bad.proposal} {t('tab: yes')}" if bad.meant else f"▲ {bad.text}", "warn"),)
    if made.similar:
        return (span(f"≈ {t('none exactly so; similar ones are shown')}", "warn"),)
    found = completions_of(text, fields, locale())
    if not found:
        return (span(t("enter keeps · esc clears"), "muted"),)
    return (span(f"{t('tab:')} ", "muted"), span("  ".join(found[:_MOST_OFFERS]), "title"))

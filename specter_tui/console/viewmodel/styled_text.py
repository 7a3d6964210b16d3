"""Text with tones: what is shown is made of plain spans, so that screens, copies and tests see the same words."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Literal

from rich.style import Style
from rich.text import Text
from textual.color import Color

from specter_tui.text.numbers import HARD_SPACE
from specter_tui.text.sanitize import clean_line

if TYPE_CHECKING:
    from textual.app import App

Tone = Literal["plain", "strong", "muted", "title", "good", "ready", "busy", "warn", "bad"]
Span = tuple[str, Tone]
Line = tuple[Span, ...]
Styles = Mapping[Tone, Style]

_FAINT = 0.67
# The theme's colour for each tone; `muted` is mixed below.
_COLOURS: dict[Tone, str] = {
    "title": "primary",
    "good": "success",
    "ready": "accent",
    "busy": "secondary",
    "warn": "warning",
    "bad": "error",
}


def span(text: str, tone: Tone = "plain") -> Span:
    """One piece of text with its tone."""
    return plain(text), tone


def plain(text: str) -> str:
    """One line of text that does nothing to a terminal, whatever it held; it was cleaned where it entered, too."""
    return text if text.replace(HARD_SPACE, " ").isprintable() else clean_line(text)


def text_of(lines: Iterable[Line]) -> str:
    """The words alone, for a copy or a test."""
    return "\n".join("".join(text for text, _ in spans).rstrip() for spans in lines)


def paint(spans: Line, tones: Styles) -> Text:
    """The line as Rich text, without markup."""
    painted = Text(no_wrap=False, end="")
    for text, tone in spans:
        painted.append(text, tones[tone])
    return painted


def styles_of(app: "App[int]") -> Styles:
    """The style of each tone in the theme that is on. In the terminal's own colours, `muted` is dim."""
    colours = app.theme_variables
    tones: dict[Tone, Style] = {"plain": Style(), "strong": Style(bold=True)}
    for tone, name in _COLOURS.items():
        tones[tone] = Style(color=Color.parse(colours[name]).rich_color, bold=tone in ("title", "bad") or None)
    if app.native_ansi_color:
        tones["muted"] = Style(dim=True)
    else:
        ground, ink = Color.parse(colours["background"]), Color.parse(colours["foreground"])
        tones["muted"] = Style(color=faint(ground, ink).rich_color)
    return tones


def faint(ground: Color, ink: Color) -> Color:
    """What stands back, and can still be read."""
    return ground.blend(ink, _FAINT)

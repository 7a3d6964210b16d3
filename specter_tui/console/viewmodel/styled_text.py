"""Text with tones: all text is made of plain spans, so that screens, copies and tests have the same words."""

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

_FAINT = 0.73
# The theme's colour for each tone; `muted` is mixed below.
_COLOURS: dict[Tone, str] = {
    "title": "primary",
    "good": "success",
    "ready": "accent",
    "busy": "secondary",
    "warn": "warning",
    "bad": "error",
}


class LinkedText(str):
    """A text that is a link in terminals that know links. The address is ours: a setting with digits put in."""

    __slots__ = ("address",)
    address: str


def linked(text: str, address: str, tone: Tone = "plain") -> Span:
    """Return one piece of text as a link; as plain text where there is no address."""
    if not address:
        return span(text, tone)
    link = LinkedText(plain(text))
    link.address = address
    return link, tone


def span(text: str, tone: Tone = "plain") -> Span:
    """Return one piece of text with its tone."""
    return plain(text), tone


def plain(text: str) -> str:
    """Return one line of text without control characters; it was also cleaned where it was read."""
    return text if text.replace(HARD_SPACE, " ").isprintable() else clean_line(text)


def text_of(lines: Iterable[Line]) -> str:
    """Return the text without tones, for a copy or a test."""
    return "\n".join("".join(text for text, _ in spans).rstrip() for spans in lines)


def paint(spans: Line, tones: Styles) -> Text:
    """Return the line as Rich text, without markup."""
    painted = Text(no_wrap=False, end="")
    for text, tone in spans:
        link = Style(link=text.address, underline=True) if isinstance(text, LinkedText) else Style()
        painted.append(str(text), tones[tone] + link)
    return painted


def styles_of(app: "App[int]") -> Styles:
    """Return the style of each tone in the active theme. In the terminal's own colours `muted` is dim."""
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
    """Return a colour that is faint but readable."""
    return ground.blend(ink, _FAINT)

"""Lean output for slow terminals: remember each cell that the terminal shows, and send only differences.

Textual sends a changed region whole, each piece of text with its own colours and a reset: 4 kB for a step of the cursor
at 80x24, 30 kB for a question. The real difference is a tenth of that, or nothing.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import cast

from rich.cells import cell_len
from rich.color import Color, ColorSystem
from rich.console import COLOR_SYSTEMS, Console, ConsoleRenderable
from rich.segment import ControlType, Segment
from rich.style import Style
from textual._compositor import CompositorUpdate
from textual.geometry import Size
from textual.strip import Strip

Cell = tuple[str, str]
"""A cell's character, and the codes of its style; the right half of a wide character is empty."""

_UNKNOWN: Cell = ("\0", "")
_BLANK: Cell = (" ", "")
_GAP = 5
"""Writing this many cells again costs as much as a jump over them."""


class LeanOutput:
    """The cells that the terminal shows."""

    def __init__(self) -> None:
        self._rows: list[list[Cell]] = []
        self._size = Size(0, 0)

    def forget(self) -> None:
        """Forget the cells, since the terminal may show anything: the next updates are sent whole."""
        self._rows = [[_UNKNOWN] * self._size.width for _ in range(self._size.height)]

    def diff(self, update: CompositorUpdate, console: Console, size: Size) -> "DiffedUpdate":
        """Return the part of an update that a terminal of this size needs."""
        if size != self._size:
            self._size = size
            self.forget()
        system = None if console.no_color else COLOR_SYSTEMS.get(console.color_system or "", ColorSystem.TRUECOLOR)
        rows = _placed(console.render(cast("ConsoleRenderable", update)), system, self._rows)
        sequence = "".join(_difference(self._rows, rows))
        for y, row in rows.items():
            self._rows[y] = row
        return DiffedUpdate(sequence)


class DiffedUpdate(CompositorUpdate):
    """An update whose sequence is already known."""

    def __init__(self, sequence: str) -> None:
        self.sequence = sequence

    def render_segments(self, console: Console) -> str:
        """Return the sequence."""
        return self.sequence


def _placed(segments: Iterable[Segment], system: ColorSystem | None, rows: list[list[Cell]]) -> dict[int, list[Cell]]:
    """Return the lines that an update touches, as they will be."""
    placed: dict[int, list[Cell]] = {}
    x = y = 0
    for text, style, control in segments:
        if control:
            for kind, *where in control:
                if kind == ControlType.CURSOR_MOVE_TO:
                    x, y = (int(place) for place in where)
        elif text != "\n" and y < len(rows):
            row = placed.setdefault(y, rows[y].copy())
            for cell in _cells(text, style, system):
                if x < len(row):
                    row[x] = cell
                x += 1
    return placed


def _cells(text: str, style: Style | None, system: ColorSystem | None) -> Iterator[Cell]:
    codes, blank = _codes(style or Style.null(), system)
    for letter in text:
        width = 1 if letter.isascii() else cell_len(letter)
        if width:  # Characters without width are not sent, since they cannot be placed.
            yield letter, blank if letter == " " else codes
        if width > 1:
            yield "", codes


@lru_cache(maxsize=4096)
def _codes(style: Style, system: ColorSystem | None) -> tuple[str, str]:
    """Return the codes of a style, and those of a space in it, which needs no text colour."""
    ink, ground = (None if system is None else _colour(colour) for colour in (style.color, style.bgcolor))
    inked = Style(
        color=ink, bgcolor=ground, bold=style.bold, dim=style.dim, italic=style.italic,
        underline=style.underline, reverse=style.reverse, strike=style.strike,
    )  # fmt: skip
    bare = inked if style.underline or style.reverse or style.strike else Style(bgcolor=ground)
    known = system or ColorSystem.STANDARD
    return Strip.render_ansi(inked, known), Strip.render_ansi(bare, known)


def _colour(colour: Color | None) -> Color | None:
    """Return the colour, None for the default one that a reset gives."""
    return None if colour is None or colour.is_default else colour


def _difference(old: list[list[Cell]], new: dict[int, list[Cell]]) -> Iterator[str]:
    """Yield the sequence that turns the old lines into the new ones; it ends in the plain style."""
    pen = ""
    for y, row in new.items():
        for start, end, erase in _runs(old[y], row):
            yield f"\x1b[{y + 1};{start + 1}H"
            for letter, codes in row[start:end]:
                if codes != pen:
                    yield f"\x1b[{'0;' if pen and codes else ''}{codes}m"
                    pen = codes
                yield letter
            if erase:
                yield "\x1b[m\x1b[K" if pen else "\x1b[K"
                pen = ""
    if pen:
        yield "\x1b[m"


def _runs(old: list[Cell], new: list[Cell]) -> Iterator[tuple[int, int, bool]]:
    """Yield the start and end of each part to write, and whether the blank rest of the line is erased."""
    changed = [x for x, cell in enumerate(new) if cell != old[x]]
    if not changed:
        return
    inked = next((x for x in range(len(new), 0, -1) if new[x - 1] != _BLANK), 0)
    erase = changed[-1] - inked >= _GAP
    start = end = -1
    for x in changed:
        if erase and x >= inked:
            break
        if start >= 0 and (x - end > _GAP or _UNKNOWN in new[end:x]):
            yield start, end, False
            start = -1
        if start < 0:
            start = x if new[x][0] else x - 1
        end = x + 1
    if erase and end != inked:
        if start >= 0:
            yield start, end, False
        yield inked, inked, True
    else:
        yield start, end, erase

"""Remember each cell that the terminal shows, and send only differences.

Textual sends a changed region whole, each piece of text with its own colours and a reset: 43 kB for a step of the
cursor at 120x40, 30 kB for a question. The real difference is a tenth of that, or nothing.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple, cast

from rich.cells import cell_len
from rich.color import Color, ColorSystem
from rich.console import COLOR_SYSTEMS, Console, ConsoleRenderable
from rich.segment import ControlType, Segment
from rich.style import Style
from textual._compositor import CompositorUpdate, LayoutUpdate
from textual.geometry import Size


class Pen(NamedTuple):
    """The style in which a terminal writes: the codes of its colours and attributes, and the address of a link."""

    ink: str = ""
    ground: str = ""
    attributes: tuple[int, ...] = ()
    link: str = ""


Cell = tuple[str, Pen]
"""A cell's character, and its style; the right half of a wide character is empty."""

_PLAIN = Pen()
_UNKNOWN: Cell = ("\0", _PLAIN)
_BLANK: Cell = (" ", _PLAIN)
_GAP = 4
"""Writing this many cells of the same style again costs no more than a jump over them."""
_ERASED = 12
"""The number of blank cells that cost more than a command to erase them."""
_ENDS = {1: 22, 2: 22, 3: 23, 4: 24, 7: 27, 9: 29}
"""The codes that end bold, dim, italic, underline, reverse and strike."""


class CellOutput:
    """The cells that the terminal shows."""

    def __init__(self) -> None:
        self._rows: list[list[Cell]] = []
        self._size = Size(0, 0)
        self._sent_whole: LayoutUpdate | None = None

    def forget(self) -> None:
        """Forget the cells, since the terminal may show anything: the next updates are sent whole."""
        self._rows, self._sent_whole = [], None

    def diff(self, update: CompositorUpdate, console: Console, size: Size, *, lean: bool) -> "DiffedUpdate":
        """Return the part of an update that a terminal of this size needs.

        Unless output is `lean`, the first update after `forget` is sent as Textual makes it, which is quicker; its
        cells are remembered with the next one.
        """
        if size != self._size:
            self._size = size
            self.forget()
        if not self._rows:
            self._rows = [[_UNKNOWN] * size.width for _ in range(size.height)]
            # One of the window's size before would wrap and scroll: it is clipped below.
            if not lean and isinstance(update, LayoutUpdate) and update.region.size == size:
                self._sent_whole = update
                return DiffedUpdate(update.render_segments(console))
        system = None if console.no_color else COLOR_SYSTEMS.get(console.color_system or "", ColorSystem.TRUECOLOR)
        if self._sent_whole is not None:
            self._remember(_placed(console.render(cast("ConsoleRenderable", self._sent_whole)), system, self._rows))
            self._sent_whole = None
        rows = _placed(console.render(cast("ConsoleRenderable", update)), system, self._rows)
        sequence = "".join(_difference(self._rows, rows))
        self._remember(rows)
        return DiffedUpdate(sequence)

    def _remember(self, rows: dict[int, list[Cell]]) -> None:
        for y, row in rows.items():
            self._rows[y] = row


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
            cells = _cells(text, style or _NO_STYLE, system)
            room = max(0, len(row) - x)  # An update of a larger window may still be on its way.
            row[x : x + len(cells)] = cells[:room]
            x += len(cells)
    return placed


_NO_STYLE = Style.null()


@lru_cache(maxsize=4096)
def _cells(text: str, style: Style, system: ColorSystem | None) -> tuple[Cell, ...]:
    pen, blank = _pens(style, system)
    if text.isascii():
        return tuple([(letter, blank if letter == " " else pen) for letter in text])
    cells: list[Cell] = []
    for letter in text:
        width = cell_len(letter)
        if width:  # Characters without width are not sent, since they cannot be placed.
            cells.append((letter, blank if letter == " " else pen))
        if width > 1:
            cells.append(("", pen))
    return tuple(cells)


@lru_cache(maxsize=4096)
def _pens(style: Style, system: ColorSystem | None) -> tuple[Pen, Pen]:
    """Return a style, and that of a space in it, which needs no text colour."""
    ink, ground = _codes(style.color, system, is_ink=True), _codes(style.bgcolor, system, is_ink=False)
    set_ones = (style.bold, style.dim, style.italic, style.underline, style.reverse, style.strike)
    attributes = tuple(code for code, is_set in zip(_ENDS, set_ones, strict=True) if is_set)
    pen = Pen(ink, ground, attributes, style.link or "")
    return pen, Pen(ground=ground) if _hides_in_space(pen) else pen


@lru_cache(maxsize=4096)
def _hides_in_space(pen: Pen) -> bool:
    """Return whether nothing but the background of a style shows in a space."""
    return not ({4, 7, 9} & set(pen.attributes) or pen.link)


def _writes(pen: Pen, cell: Cell) -> bool:
    """Return whether a cell looks as it must when this style writes it."""
    wanted = cell[1]
    return wanted == pen or (
        cell[0] == " " and wanted.ground == pen.ground and not wanted.attributes and _hides_in_space(pen)
    )


def _codes(colour: Color | None, system: ColorSystem | None, *, is_ink: bool) -> str:
    """Return the codes of a colour; empty for the default one."""
    if colour is None or colour.is_default or system is None:
        return ""
    return ";".join(colour.downgrade(system).get_ansi_codes(is_ink))


@lru_cache(maxsize=4096)
def _turned(old: Pen, new: Pen) -> str:
    """Return the shortest sequence from one style to another."""
    link = f"\x1b]8;;{new.link}\x1b\\" if new.link != old.link else ""
    if old[:3] == new[:3]:
        return link
    ended = dict.fromkeys(_ENDS[code] for code in old.attributes if code not in new.attributes)
    begun = (code for code in new.attributes if code not in old.attributes or _ENDS[code] in ended)
    steps = [str(code) for code in (*ended, *begun)]
    if new.ink != old.ink:
        steps.append(new.ink or "39")
    if new.ground != old.ground:
        steps.append(new.ground or "49")
    whole = [code for code in (*map(str, new.attributes), new.ink, new.ground) if code]
    afresh = ";".join(["0", *whole]) if whole else ""
    return f"{link}\x1b[{min(afresh, ';'.join(steps), key=len)}m"


def _difference(old: list[list[Cell]], new: dict[int, list[Cell]]) -> Iterator[str]:
    """Yield the sequence that turns the old lines into the new ones; it ends in the plain style."""
    pen = _PLAIN
    for y, row in new.items():
        is_there = False
        for start, end, erase in _runs(old[y], row):
            yield f"\x1b[{start + 1}G" if is_there else f"\x1b[{y + 1};{start + 1}H" if start else f"\x1b[{y + 1}H"
            is_there = True
            for first, last, is_blank in _parts(row, start, end):
                if is_blank:
                    yield f"{_turned(pen, _PLAIN)}\x1b[{last - first}X"
                    pen = _PLAIN
                    if last < end:
                        yield f"\x1b[{last + 1}G"
                    continue
                for cell in row[first:last]:
                    if cell[1] is not pen and not _writes(pen, cell):
                        yield _turned(pen, cell[1])
                        pen = cell[1]
                    yield cell[0]
            if erase:
                yield f"{_turned(pen, _PLAIN)}\x1b[K"
                pen = _PLAIN
    yield _turned(pen, _PLAIN)


def _parts(row: list[Cell], start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Yield the parts of a run, and whether each is a stretch of blank cells that is long enough to be erased."""
    first = x = start
    while x < end:
        if row[x] != _BLANK:
            x += 1
            continue
        last = x
        while last < end and row[last] == _BLANK:
            last += 1
        if last - x >= _ERASED:
            if x > first:
                yield first, x, False
            yield x, last, True
            first = last
        x = last
    if first < end:
        yield first, end, False


def _runs(old: list[Cell], new: list[Cell]) -> Iterator[tuple[int, int, bool]]:
    """Yield the start and end of each part to write, and whether the blank rest of the line is erased."""
    changed = [x for x, cell in enumerate(new) if cell is not old[x] and cell != old[x]]
    if not changed:
        return
    inked = next((x for x in range(len(new), 0, -1) if new[x - 1] != _BLANK), 0)
    erase = changed[-1] - inked >= _GAP
    start = end = -1
    for x in changed:
        if erase and x >= inked:
            break
        if start >= 0 and (x - end > _GAP or not all(_writes(new[end - 1][1], cell) for cell in new[end:x])):
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

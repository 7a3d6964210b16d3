"""What is sent for a screen is the difference to what the terminal shows, and shows the same as the whole."""

import re
from random import Random

import pyte
import pytest
from pyte.screens import Char
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import LayoutUpdate
from textual.geometry import Region, Size
from textual.strip import Strip

from specter_tui.console.terminal.cell_output import CellOutput, Pen, _turned

WIDTH, HEIGHT = 30, 6


def styles() -> list[Style]:
    """Return new ones, since Rich remembers a style's codes for the first colour system."""
    return [
        Style.null(),
        Style(color="red"),
        Style(bold=True),
        Style(bold=True, color="#d5dbe3", bgcolor="#12171e"),
        Style(bgcolor="#12171e"),
        Style(reverse=True),
        Style(underline=True, color="blue"),
        Style(italic=True, bgcolor="green"),
        Style(color="default", bgcolor="default", strike=True),
    ]


LETTERS = ["a", "é", " ", "  ", " " * 14, "│", "李", "ord", "x y z", "●"]


def shown(screen: pyte.Screen) -> list[list[Char]]:
    """Return the cells; of a space only what shows."""
    cells = [[screen.buffer[y][x] for x in range(WIDTH)] for y in range(HEIGHT)]
    return [[cell if cell.data.strip() else bare(cell) for cell in row] for row in cells]


def bare(cell: Char) -> Char:
    drawn = cell.underscore or cell.reverse or cell.strikethrough
    return cell._replace(data=" ", bold=False, italics=False, fg=cell.fg if drawn else "default")


def update(chance: Random, kinds: list[Style]) -> LayoutUpdate:
    x, y = chance.randrange(WIDTH - 1), chance.randrange(HEIGHT)
    width, height = chance.randint(1, WIDTH - x), chance.randint(1, HEIGHT - y)
    strips = []
    for _ in range(height):
        segments = [Segment(chance.choice(LETTERS), chance.choice(kinds)) for _ in range(12)]
        strips.append([Strip(segments).adjust_cell_length(width)])
    return LayoutUpdate(strips, Region(x, y, width, height))  # type: ignore[arg-type]


@pytest.mark.parametrize("lean", [True, False])
@pytest.mark.parametrize("system", ["truecolor", "standard"])
@pytest.mark.parametrize("seed", range(12))
def test_a_terminal_that_gets_the_difference_shows_the_same(seed: int, system: str, lean: bool) -> None:
    chance, output, kinds = Random(seed), CellOutput(), styles()
    console = Console(color_system=system, force_terminal=True, width=WIDTH)  # type: ignore[arg-type]
    whole, spared = pyte.Screen(WIDTH, HEIGHT), pyte.Screen(WIDTH, HEIGHT)
    for step in range(25):
        if step == 12:
            output.forget()
        new = update(chance, kinds)
        pyte.Stream(whole).feed(new.render_segments(console))
        pyte.Stream(spared).feed(output.diff(new, console, Size(WIDTH, HEIGHT), lean=lean).sequence)
        assert shown(spared) == shown(whole), step


def test_an_update_of_a_larger_window_ends_at_the_edge() -> None:
    output, console, small = CellOutput(), Console(color_system="truecolor", force_terminal=True), Size(8, 3)
    for seed in range(8):
        sequence = output.diff(update(Random(seed), styles()), console, small, lean=True).sequence
        assert all(int(column) <= small.width for column in re.findall(r"(\d+)[GH]", sequence))


@pytest.mark.parametrize("lean", [True, False])
def test_an_update_of_the_window_before_it_shrank_leaves_nothing_behind(lean: bool) -> None:
    console, output = Console(color_system="truecolor", force_terminal=True), CellOutput()
    screen = pyte.Screen(WIDTH, HEIGHT)
    for right, width, height in ("o" * WIDTH, 2 * WIDTH, 2 * HEIGHT), ("", WIDTH, HEIGHT):
        strips = [[Strip([Segment("n" * WIDTH + right)])] for _ in range(height)]
        new = LayoutUpdate(strips, Region(0, 0, width, height))  # type: ignore[arg-type]
        pyte.Stream(screen).feed(output.diff(new, console, Size(WIDTH, HEIGHT), lean=lean).sequence)
    assert screen.display == ["n" * WIDTH] * HEIGHT


def test_what_the_terminal_shows_already_is_not_sent_again() -> None:
    output, console, size = CellOutput(), Console(color_system="truecolor", force_terminal=True), Size(WIDTH, HEIGHT)
    same = update(Random(1), styles())
    output.diff(same, console, size, lean=True)
    assert output.diff(same, console, size, lean=True).sequence == ""
    output.forget()
    assert output.diff(same, console, size, lean=True).sequence


@pytest.mark.parametrize(
    ("old", "new", "sequence"),
    [
        (Pen("31"), Pen("32"), "\x1b[32m"),
        (Pen("31", "", (1,)), Pen("31"), "\x1b[22m"),
        (Pen("31", "44", (1, 7)), Pen(), "\x1b[m"),
        (Pen("38;2;1;2;3", "48;2;4;5;6", (1,)), Pen("38;2;7;8;9", "48;2;4;5;6", (1,)), "\x1b[38;2;7;8;9m"),
        (Pen("31", "", (1, 2)), Pen("31", "", (1,)), "\x1b[22;1m"),
        (Pen("31", link="https://a.test/1"), Pen("31"), "\x1b]8;;\x1b\\"),
        (Pen(), Pen("31", link="https://a.test/1"), "\x1b]8;;https://a.test/1\x1b\\\x1b[31m"),
        (Pen(), Pen(), ""),
    ],
)
def test_a_style_is_turned_by_the_shortest_sequence(old: Pen, new: Pen, sequence: str) -> None:
    assert _turned(old, new) == sequence

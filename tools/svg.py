"""A small picture of a screen, the same on every machine, whose changes can be read line by line."""

import re
from collections import defaultdict
from itertools import groupby

_RECT = re.compile(r'<rect fill="(#\w+)" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="[\d.]+" shape')
_TEXT = re.compile(r'<text class="terminal-\d+-(r\d+)" x="([\d.]+)" y="([\d.]+)"[^>]*>(.*?)</text>')
_INK = re.compile(r"\.terminal-\d+-(r\d+) \{ (.*?) ?\}")
_CELL, _LINE = 12.2, 24.4
_WIDE = 12.04
"""The width of a cell in common terminal fonts at 20 px; Textual's own is a little wider."""
_FOOT = 5.9  # From the baseline to the bottom of the line.


def picture(svg: str, size: tuple[int, int]) -> str:
    """Rewrite Textual's SVG, one line for each line of the screen, without remote fonts and with stable names."""
    width, height = size
    inks = {ink: (_name(style), style) for ink, style in _INK.findall(svg)}
    grounds, texts = defaultdict(list), defaultdict(list)
    for colour, x, y, wide in _RECT.findall(svg):
        grounds[round((float(y) - 1.5) / _LINE)].append((float(x), float(wide), colour))
    for ink, x, y, quoted in _TEXT.findall(svg):
        if text := quoted.replace("&#160;", " ").rstrip():
            span = f'<tspan class="{inks[ink][0]}" x="{round(float(x) / _CELL) * _WIDE:g}">{text}</tspan>'
            texts[round(float(y) / _LINE - 0.76)].append(span)
    styles = "".join(sorted({f".{name}{{{style}}}" for name, style in inks.values()}))
    lines = [
        '<svg xmlns="http://www.w3.org/2000/svg" xml:space="preserve" '
        f'viewBox="0 0 {width * _WIDE:g} {height * _LINE:g}">',
        f"<style>rect{{shape-rendering:crispEdges}}text{{font:20px 'DejaVu Sans Mono',monospace}}{styles}</style>",
    ]
    for row in range(height):
        for colour, same in groupby(grounds[row], key=lambda part: part[2]):
            parts = list(same)
            wide = sum(part[1] for part in parts) / _CELL * _WIDE
            box = f'x="{parts[0][0] / _CELL * _WIDE:g}" y="{row * _LINE:g}" width="{wide:g}" height="24.8"'
            lines.append(f'<rect fill="{colour}" {box}/>')
        lines.append(f'<text y="{(row + 1) * _LINE - _FOOT:g}">{"".join(texts[row])}</text>')
    return "\n".join([*lines, "</svg>"]) + "\n"


def _name(style: str) -> str:
    """Return a descriptive name for a style."""
    return "c" + re.sub(r"fill|font-|weight|[^0-9a-z]", "", style)

"""A moving picture of a screen as one SVG: pictures one after the other, each for a while, again and again."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

Frame = tuple[str, float]
"""A picture as tools/svg.py makes it, and the seconds that it is shown."""


def film(frames: Sequence[Frame]) -> str:
    """Join the pictures; what stays the same on a line of the screen is written once.

    With reduced motion, as the reader's system asks for it, the first picture stays.
    """
    pictures = [_read(picture) for picture, _ in frames]
    whole = sum(seconds for _, seconds in frames)
    starts = [sum(seconds for _, seconds in frames[:number]) / whole for number in range(len(frames) + 1)]
    heads, styles, rows = zip(*pictures, strict=True)
    times: set[tuple[int, int]] = set()
    drawn: list[str] = []
    for line in zip(*rows, strict=True):
        for first, end, content in _runs(line):
            if (first, end) == (0, len(frames)):
                drawn.append(content)
            else:
                times.add((first, end))
                drawn.append(f'<g class="f{first}-{end}">{content}</g>')
    inks = "".join(sorted({rule for style in styles for rule in re.findall(r"\.c[^{]*\{[^}]*\}", style)}))
    base = styles[0].partition(".c")[0]
    moves = "".join(_shown(first, end, starts, whole) for first, end in sorted(times))
    still = "@media (prefers-reduced-motion:reduce){g{animation:none!important}}"
    return "\n".join([heads[0], f"<style>{base}{inks}\n{moves}{still}</style>", *drawn, "</svg>"]) + "\n"


def _read(picture: str) -> tuple[str, str, list[str]]:
    """Return the first line, the styles, and each line of the screen."""
    head, style, *rest = picture.splitlines()
    body = "\n".join(rest).removesuffix("\n</svg>")
    return head, style.removeprefix("<style>").removesuffix("</style>"), re.split(r"(?<=</text>)\n", body)


def _runs(line: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield each content of a line with its first frame, and the one after its last."""
    for content, same in groupby(enumerate(line), key=lambda one: one[1]):
        numbers = [number for number, _ in same]
        yield numbers[0], numbers[-1] + 1, content


def _shown(first: int, end: int, starts: Sequence[float], whole: float) -> str:
    """Return the rule that shows what is there from one frame to another."""
    name = f"f{first}-{end}"
    at = [f"{100 * starts[number]:.4g}%" for number in (first, end)]
    before = "" if first == 0 else "0%{visibility:hidden}"
    after = "{visibility:visible}" if starts[end] >= 1 else "{visibility:hidden}"
    steps = f"{before}{at[0]}{{visibility:visible}}{at[1]}{after}"
    seen = "visible" if first == 0 else "hidden"
    return f"@keyframes {name}{{{steps}}}.{name}{{visibility:{seen};animation:{name} {whole:g}s step-end infinite}}\n"

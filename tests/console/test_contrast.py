"""Every text on the screen has a contrast of at least 4.5 to 1, in every theme."""

from collections.abc import Iterator, Sequence

import pytest
from rich.color import Color
from rich.style import Style
from textual.screen import ModalScreen

from specter_tui.console.terminal.theme import THEMES
from specter_tui.console.viewmodel.state_styles import STATE_STYLES
from specter_tui.engine import events as m
from specter_tui.planning.problems import Problem
from tests.console.conftest import Console, Run, event, view
from tests.console.scripted import NOON, bad_number, delivery, drift_line

LEAST = 4.5
Rgb = tuple[int, int, int]
XTERM: Sequence[Rgb] = (
    (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229),
    (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0), (92, 92, 255), (255, 0, 255), (0, 255, 255),
    (255, 255, 255),
)  # fmt: skip
"""The sixteen colours of xterm."""
ORDERS = tuple(
    view(uid, state=state, message="Why it is so.", problems=(Problem("email", "email", (("case", "missing"),)),))
    for uid, state in enumerate(STATE_STYLES, start=1)
)
SCREENS = (
    *(("down",),) * 3,
    ("space", "up", "space"),
    ("escape", "enter"),
    ("escape", "slash", *"state:"),
    ("escape", "escape", "2"),
    ("3",),
    ("1", "question_mark"),
    ("escape", "ctrl+p"),
    ("escape", "E"),
    ("escape", "d"),
    ("escape", "s"),
    ("escape", "i"),
    ("escape", "n"),
)


def shown(console: Console) -> Iterator[tuple[str, Style]]:
    """Yield each piece of text with its style; lines and blocks are no text, nor is what a question covers."""
    screen = console.app.screen
    region = screen.children[0].region if isinstance(screen, ModalScreen) else screen.region
    for strip in screen._compositor.render_strips()[region.y : region.bottom]:
        for text, style, _ in strip.crop(region.x, region.right):
            letters = "".join(sign for sign in text if not sign.isspace() and not 0x2500 <= ord(sign) <= 0x259F)
            if letters:
                yield letters, style or Style()


def rgb(colour: Color | None, default: Rgb) -> Rgb:
    if colour is None or colour.is_default:
        return default
    if colour.triplet is None and colour.number is not None and colour.number < len(XTERM):
        return XTERM[colour.number]
    return tuple(colour.get_truecolor())  # type: ignore[return-value]


def contrast_of(style: Style, *, dark: bool) -> float:
    """Return the contrast as a terminal with xterm's colours shows it; faint text has two thirds of its colour."""
    plain: tuple[Rgb, Rgb] = ((229, 229, 229), (0, 0, 0)) if dark else ((0, 0, 0), (255, 255, 255))
    ink, ground = rgb(style.color, plain[0]), rgb(style.bgcolor, plain[1])
    if style.reverse:
        ink, ground = ground, ink
    if style.dim:
        ink = tuple(2 * part // 3 for part in ink)  # type: ignore[assignment]
    lighter, darker = sorted((luminance(ink), luminance(ground)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: Rgb) -> float:
    red, green, blue = (part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", THEMES)
async def test_every_text_can_be_read(run: Run, theme: str) -> None:
    async with run(orders=ORDERS) as console:
        console.app.apply_theme(theme)
        await console.tell(
            m.LogGrew(
                tuple(event(place, uid=place, verb=verb) for place, verb in enumerate(("exported", "unknown"), 1))
            ),
            m.NumbersChecked(9, (bad_number(7), bad_number(8, "B 1", "B-1", "Bowl"))),
            m.DriftChanged((drift_line(4, "KAFFE-1"), drift_line(5, "TE-2", ticked_by="anna", ticked_at=NOON))),
            m.DeliveriesChanged((delivery(4), delivery(5, tracking="NO7", problem="no such order"))),
            m.ReachChanged("specter", "refused", "Specter refuses the keys.", halted=True),
            m.Notice("error", "An error."),
        )
        faint: dict[str, str] = {}
        for keys in SCREENS:
            await console.pilot.press(*keys)
            await console.settle()
            for text, style in shown(console):
                contrast = contrast_of(style, dark=console.app.current_theme.dark)
                if contrast < LEAST:
                    faint[str(style)] = f"{text} {contrast:.2f}"
        assert faint == {}

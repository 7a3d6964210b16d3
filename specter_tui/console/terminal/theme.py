"""Colours: our own themes, and the terminal's colours where a theme would cost too much or would not show."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.theme import BUILTIN_THEMES, Theme

if TYPE_CHECKING:
    from specter_tui.config.settings import UiSettings


def _scrollbars(bar: str, over: str, held: str, ground: str) -> dict[str, str]:
    return {
        "scrollbar": bar,
        "scrollbar-hover": over,
        "scrollbar-active": held,
        **dict.fromkeys(("scrollbar-background", "scrollbar-background-hover", "scrollbar-background-active"), ground),
    }


DARK = Theme(
    name="dark",
    primary="#7aa2c9",
    secondary="#8fb6d9",
    accent="#6fc3bd",
    success="#83b57d",
    warning="#d9ae5f",
    error="#e58785",
    foreground="#d5dbe3",
    background="#12171e",
    surface="#161c24",
    panel="#1d2530",
    dark=True,
    variables={
        "border": "#7aa2c9",
        "border-blurred": "#2c3744",
        "block-cursor-background": "#24364a",
        "block-cursor-foreground": "#eef2f6",
        "text-disabled": "#9aa1aa",
        "input-selection-background": "#7aa2c9 35%",
        **_scrollbars("#2c3744", "#3c4a5b", "#7aa2c9", "#12171e"),
    },
)
LIGHT = Theme(
    name="light",
    primary="#1f5f99",
    secondary="#35689a",
    accent="#0b6b66",
    success="#2f6b2b",
    warning="#7d5200",
    error="#b3261e",
    foreground="#1c2530",
    background="#fafbfc",
    surface="#f1f4f7",
    panel="#e4e9ef",
    dark=False,
    variables={
        "border": "#1f5f99",
        "border-blurred": "#b8c2cd",
        "block-cursor-background": "#d8e6f3",
        "block-cursor-foreground": "#0d1620",
        "text-disabled": "#565e67",
        "input-selection-background": "#1f5f99 25%",
        **_scrollbars("#b8c2cd", "#93a1b0", "#1f5f99", "#fafbfc"),
    },
)
CONTRAST = Theme(
    name="contrast",
    primary="#7fd4ff",
    secondary="#c8e6ff",
    accent="#5ff0ea",
    success="#7dff7d",
    warning="#ffd75f",
    error="#ff8a85",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#121212",
    dark=True,
    variables={
        "border": "#ffffff",
        "border-blurred": "#8a8a8a",
        "block-cursor-background": "#ffffff",
        "block-cursor-foreground": "#000000",
        "text-disabled": "#b4b4b4",
        "input-selection-background": "#7fd4ff 45%",
        **_scrollbars("#8a8a8a", "#d0d0d0", "#ffffff", "#000000"),
    },
)
"""Every text has a contrast of at least seven to one; in the other themes of at least 4.5."""


def _of_the_terminal(base: Theme, name: str, *, ink: str, faint: str, **colours: str) -> Theme:
    """Return a theme of the terminal's own sixteen colours and background, of those that xterm shows clearly."""
    return replace(
        base,
        name=name,
        primary=ink,
        **colours,  # type: ignore[arg-type]  # the names of texts.
        variables=base.variables
        | {"border": ink, "border-blurred": faint, **_scrollbars(faint, "ansi_white", "ansi_white", "ansi_default")},
    )


ANSI = _of_the_terminal(
    BUILTIN_THEMES["ansi-dark"],
    "terminal",
    ink="ansi_bright_cyan",
    faint="ansi_bright_black",
    secondary="ansi_bright_magenta",
    accent="ansi_cyan",
    error="ansi_bright_red",
)
# On white, xterm's green, cyan, yellow and bright red cannot be read.
ANSI_LIGHT = _of_the_terminal(
    BUILTIN_THEMES["ansi-light"],
    "terminal-light",
    ink="ansi_blue",
    faint="ansi_white",
    secondary="ansi_magenta",
    accent="ansi_blue",
    success="ansi_default",
    warning="ansi_magenta",
    error="ansi_red",
)
THEMES = {theme.name: theme for theme in (DARK, LIGHT, CONTRAST, ANSI, ANSI_LIGHT)}


def over_ssh(environment: Mapping[str, str]) -> bool:
    """Return whether the terminal is connected by SSH."""
    return bool(environment.get("SSH_CONNECTION") or environment.get("SSH_TTY"))


def is_lean(wanted: str, environment: Mapping[str, str]) -> bool:
    """Return whether output is lean, by UI__LEAN."""
    return wanted == "on" or (wanted == "auto" and over_ssh(environment))


def first_theme(environment: Mapping[str, str]) -> str:
    """Return the theme before the settings are read; NO_COLOR, SSH and few colours give the terminal's own."""
    own = "NO_COLOR" in environment or over_ssh(environment) or _has_few_colours(environment)
    return ANSI.name if own else DARK.name


def wanted_theme(ui: "UiSettings", environment: Mapping[str, str], known: Collection[str], chosen: str = "") -> str:
    """Return the theme that was chosen on the screen, else the settings' one.

    NO_COLOR takes precedence; lean output gives the terminal's own colours.
    """
    if "NO_COLOR" in environment:
        return ANSI.name
    for theme in (chosen, ui.theme):
        if theme and theme in known:
            return theme
    return ANSI.name if is_lean(ui.lean, environment) or _has_few_colours(environment) else DARK.name


def _has_few_colours(environment: Mapping[str, str]) -> bool:
    """Return whether the terminal reports sixteen colours or fewer, as Rich reads it."""
    if environment.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return False
    return environment.get("TERM", "").rpartition("-")[2] not in ("256color", "kitty")

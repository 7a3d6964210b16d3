"""Colours: a calm dark theme of our own, and the terminal's own colours where a theme would cost or does not show."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.theme import BUILTIN_THEMES, Theme

if TYPE_CHECKING:
    from specter_tui.settings import UiSettings

OWN = Theme(
    name="specter",
    primary="#7aa2c9",
    secondary="#8fb6d9",
    accent="#6fc3bd",
    success="#83b57d",
    warning="#d9ae5f",
    error="#df7b78",
    foreground="#d5dbe3",
    background="#12171e",
    surface="#161c24",
    panel="#1d2530",
    dark=True,
    variables={
        "border": "#7aa2c9",
        "border-blurred": "#2c3744",
        "block-cursor-background": "#2b3f55",
        "block-cursor-foreground": "#eef2f6",
        "input-selection-background": "#7aa2c9 35%",
        "scrollbar": "#2c3744",
        "scrollbar-hover": "#3c4a5b",
        "scrollbar-active": "#7aa2c9",
        "scrollbar-background": "#12171e",
        "scrollbar-background-hover": "#12171e",
        "scrollbar-background-active": "#12171e",
    },
)
_ANSI_DARK = BUILTIN_THEMES["ansi-dark"]
ANSI = replace(
    _ANSI_DARK,
    name="specter-ansi",
    primary="ansi_bright_blue",
    secondary="ansi_magenta",
    accent="ansi_cyan",
    variables=_ANSI_DARK.variables
    | {
        "border": "ansi_bright_blue",
        "border-blurred": "ansi_bright_black",
        "scrollbar": "ansi_bright_black",
        "scrollbar-hover": "ansi_white",
        "scrollbar-active": "ansi_white",
        "scrollbar-background": "ansi_default",
        "scrollbar-background-hover": "ansi_default",
        "scrollbar-background-active": "ansi_default",
    },
)
"""Sixteen colours of the terminal's own, on its own background."""


def over_ssh(environment: Mapping[str, str]) -> bool:
    """Whether the terminal is at the other end of an SSH line."""
    return bool(environment.get("SSH_CONNECTION") or environment.get("SSH_TTY"))


def is_lean(wanted: str, environment: Mapping[str, str]) -> bool:
    """Whether to spare the line, by UI__LEAN."""
    return wanted == "on" or (wanted == "auto" and over_ssh(environment))


def first_theme(environment: Mapping[str, str]) -> str:
    """The theme before the settings are read: NO_COLOR and SSH ask for the terminal's own colours."""
    return ANSI.name if "NO_COLOR" in environment or over_ssh(environment) else OWN.name


def wanted_theme(ui: "UiSettings", environment: Mapping[str, str], known: Mapping[str, Theme]) -> str:
    """The theme by the settings. NO_COLOR stands above them; a lean line asks for the terminal's own colours."""
    if "NO_COLOR" in environment:
        return ANSI.name
    if ui.theme is not None and ui.theme in known:
        return ui.theme
    return ANSI.name if is_lean(ui.lean, environment) else OWN.name

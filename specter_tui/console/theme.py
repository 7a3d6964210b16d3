"""Colours: a calm dark theme of our own, and the terminal's own colours where a theme would cost or does not show."""

from collections.abc import Mapping

from textual.theme import Theme

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
ANSI = "ansi-dark"


def over_ssh(environment: Mapping[str, str]) -> bool:
    """Whether the terminal is at the other end of an SSH line."""
    return bool(environment.get("SSH_CONNECTION") or environment.get("SSH_TTY"))


def first_theme(environment: Mapping[str, str]) -> str:
    """The theme before the settings are read: NO_COLOR and SSH ask for the terminal's own colours."""
    return ANSI if "NO_COLOR" in environment or over_ssh(environment) else OWN.name

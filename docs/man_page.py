"""Make docs/specter-tui.1, the manual page, from the command line itself: `python -m docs.man_page`."""

from pathlib import Path

import typer

from docs.command_tables import commands, usage
from specter_tui import __version__
from specter_tui.cli.help import paragraphs

PAGE = Path(__file__).parent / "specter-tui.1"
HEAD = r""".TH SPECTER\-TUI 1 "" "specter\-tui {version}" "User commands"
.SH NAME
specter\-tui \- orders from an Abicart shop to Specter Business Management
.SH SYNOPSIS
.B specter\-tui
[\-\-settings FILE] [COMMAND] [ARGUMENTS]
.SH DESCRIPTION
Without a command the console opens. Every command works without a terminal.
.SH COMMANDS
"""
TAIL = r""".SH EXIT STATUS
0 done; 1 something was blocked, refused or left unknown, or nothing was changed; 2 bad usage or settings;
3 shop or Specter out of reach; 130 interrupted.
.SH FILES
.I ./settings.env, ~/.config/specter\-tui/settings.env
.SH ENVIRONMENT
Each setting may be a variable with the prefix SPECTER_TUI_, such as SPECTER_TUI_ORDER__SINCE.
"""


def page() -> str:
    """Return the page."""
    parts = [HEAD.replace("{version}", __version__)]
    for name, command in commands():
        parts.append(f".SS {_text(usage(name, command))}")
        parts += ["\n.PP\n".join(_text(one) for one in paragraphs(command.help or ""))]
        context = typer.Context(command, info_name=name)
        for record in (one.get_help_record(context) for one in command.params):
            if record:
                parts.append(f".TP\n.B {_text(record[0])}\n{_text(record[1])}")
    return "\n".join([parts[0].rstrip("\n"), *parts[1:], TAIL])


def _text(text: str) -> str:
    """Return a text as roff reads it: no sign of it is a command."""
    escaped = " ".join(text.split()).replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()

"""The command `service show`: the systemd unit for this installation."""

import sys
from pathlib import Path

from specter_tui.cli import exit_codes
from specter_tui.cli.output import emit, print_text
from specter_tui.config.sources import Named
from specter_tui.i18n import t

TEMPLATE = Path(__file__).parent.parent / "specter-tui.service"
COMMAND, SETTINGS = "/usr/local/bin/specter-tui", "/etc/specter-tui/settings.env"
"""The paths in the template."""


def show_unit(named: Named) -> int:
    """Print the unit with the command that runs now, and the settings that are named."""
    command = Path(sys.argv[0]).absolute()
    if command.name != "specter-tui":
        command = Path(sys.executable).with_name("specter-tui")
    emit(unit_text(command, named).rstrip())
    if command.is_relative_to("/home") or command.is_relative_to("/root"):
        told = t("{command}: a service has no access to a home folder; run: sudo make install PREFIX=/usr/local")
        print_text(told.format(command=command))
    return exit_codes.DONE


def unit_text(command: Path, named: Named = ()) -> str:
    """Return the unit's text."""
    settings = " --settings ".join(_word(str(one.absolute())) for one in named) or SETTINGS
    text = TEMPLATE.read_text(encoding="utf-8")
    line = f"ExecStart={COMMAND} watch --settings {SETTINGS}"
    return text.replace(line, f"ExecStart={_word(str(command))} watch --settings {settings}")


def _word(path: str) -> str:
    """Return a path as a word of a unit's command."""
    escaped = path.replace("%", "%%").replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$")
    return f'"{escaped}"' if any(sign in path for sign in " '\"\\\t;") else escaped

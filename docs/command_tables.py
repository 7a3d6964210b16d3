"""Make docs/commands.md from the command line itself: `python -m docs.command_tables`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer
from typer.main import get_command

from specter_tui.cli.app import app
from specter_tui.cli.help import paragraphs

PAGE = Path(__file__).parent / "commands.md"
INTRODUCTION = """# Commands

Made from the command line by `python -m docs.command_tables`. Every command works without a terminal and has
`--help`. The [exit statuses](troubleshooting.en.md#exit-statuses) are the same for all. ORDER is an order number,
else a uid; `uid:N` says uid. Every command but `demo` and `sandbox` accepts `--settings FILE`, also before the
command."""


def commands(command: Any = None, name: str = "specter-tui") -> Iterator[tuple[str, Any]]:
    """Yield the words of each command that does something by itself, and the command, in the order of the help."""
    command = get_command(app) if command is None else command
    below: dict[str, Any] = getattr(command, "commands", {})
    if not below or command.invoke_without_command:
        yield name, command
    for word, one in below.items():
        yield from commands(one, f"{name} {word}")


def page() -> str:
    """Return the page."""
    parts = [INTRODUCTION]
    for name, command in commands():
        context = typer.Context(command, info_name=name)
        records = [one.get_help_record(context) for one in command.params if "--settings" not in one.opts]
        rows = [_row(*record) for record in records if record]
        parts += [f"## {name}", *paragraphs(command.help or ""), f"`{usage(name, command)}`"]
        parts += ["\n".join(["| argument or option | meaning |", "| --- | --- |", *rows])] if rows else []
    return "\n\n".join(parts) + "\n"


def _row(written: str, about: str) -> str:
    cells = [cell.replace("|", "\\|").replace("  [", " [") for cell in (f"`{written}`", about)]
    return f"| {' | '.join(cells)} |"


def usage(name: str, command: Any) -> str:
    """Return the command with what it cannot do without."""
    options = (
        f"{one.opts[0]} {one.metavar or one.name.upper()}" for one in _of_kind(command, "option") if one.required
    )
    return " ".join([name, *(one.metavar for one in _of_kind(command, "argument")), *options])


def _of_kind(command: Any, kind: str) -> list[Any]:
    return [one for one in command.params if one.param_type_name == kind]


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()

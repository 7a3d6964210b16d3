"""Help in full: the command list with whole sentences, which typer cuts at the line's end."""

from typing import Any

import typer
from typer.core import TyperGroup

_WHOLE = 10_000


class FullHelp(TyperGroup):
    """A group whose help names each command with its whole first sentence."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the commands."""
        rows = [(name, one.get_short_help_str(_WHOLE)) for name, one in self.commands.items() if not one.hidden]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


def help_of(context: typer.Context, words: list[str]) -> str:
    """Return the help of a command, or of the whole program. Raises BadParameter for what is no command."""
    inner: Any = context.find_root()
    for word in words:
        command = getattr(inner.command, "commands", {}).get(word)
        if command is None:
            raise typer.BadParameter(f"{word}: there is no such command", param_hint="COMMAND")
        inner = type(inner)(command, info_name=word, parent=inner)
    return str(inner.command.get_help(inner))

"""Errors of a command line, in the operator's language. Typer makes their English, so it is recognised by its form."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import typer

from specter_tui.i18n import marked, t

_UsageError: Any = typer.BadParameter.__mro__[1]
_TEMPLATES = marked(
    "Invalid value for {hint}: {message}",
    "Invalid value: {message}",
    "Missing argument {name}.",
    "Missing option {name}.",
    "Missing command.",
    "No such option: {name} (Possible options: {names})",
    "No such option: {name}",
    "No such command {name}. Did you mean {names}?",
    "No such command {name}.",
    "Option {name} requires an argument.",
    "Option {name} requires {count} arguments.",
    "Option {name} does not take a value.",
    "Got unexpected extra argument(s) ({names})",
    "Value error, {value} is not one of {names}.",
    "Value error, {value} does not match the formats {formats}.",
    "Input should be a valid integer, unable to parse string as an integer",
    "Input should be a valid number, unable to parse string as a number",
    "Input should be greater than or equal to {least}",
    "Input should be less than or equal to {most}",
)


class SpokenUsageError(_UsageError):  # type: ignore[misc]
    """An error of the command line whose text is for the operator."""

    def show(self, file: Any = None) -> None:
        """Print how the command is typed, where to find help, and the error."""
        if self.ctx is not None:
            help_command = f"{self.ctx.command_path} {self.ctx.help_option_names[0]}"
            typer.echo(self.ctx.get_usage(), err=True)
            typer.echo(t("Try '{command}' for help.").format(command=help_command) + "\n", err=True)
        typer.echo(t("Error: {message}").format(message=self.format_message()), err=True)


@contextmanager
def spoken_errors() -> Iterator[None]:
    """Translate a usage error that is raised inside."""
    try:
        yield
    except _UsageError as error:
        if isinstance(error, SpokenUsageError) or type(error).__name__ == "NoArgsIsHelpError":
            raise
        raise SpokenUsageError(in_words(error.format_message()), error.ctx) from error


def in_words(english: str) -> str:
    """Return an error of typer's in the operator's language; what is not one of typer's is returned as it is."""
    for template in _TEMPLATES:
        parts = re.split(r"\{(\w+)\}", template)
        form = "".join(f"(?P<{part}>.+?)" if place % 2 else re.escape(part) for place, part in enumerate(parts))
        if found := re.fullmatch(form, english, re.DOTALL):
            values = {
                name: in_words(value) if name == "message" else value for name, value in found.groupdict().items()
            }
            return t(template).format(**values)
    return english

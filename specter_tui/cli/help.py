"""Help in full and in the operator's language: typer's own words are English, and it cuts sentences at a line's end."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperGroup

from specter_tui.cli.usage_errors import spoken_errors
from specter_tui.config.first_language import first_language
from specter_tui.i18n import Texts, set_locale, t

_WHOLE = 10_000
_ARGUMENT_TYPE = re.compile(r"^([A-Z.]+) <.*>$")
_OWN_WORDS = Texts(
    {
        "Usage: ": "Usage: ",
        "Arguments": "Arguments",
        "Options": "Options",
        "Commands": "Commands",
        "required": "required",
        "default: {default}": "default: {default}",
        "[OPTIONS]": "[OPTIONS]",
        "COMMAND [ARGS]...": "COMMAND [ARGS]...",
        "Missing command.": "Missing command.",
        "Show this message and exit.": "Show this message and exit.",
    },
    context="a word of help",
)
"""The words that typer puts around the texts of a program."""


class FullHelp(TyperGroup):
    """A group whose help names each command with its whole first sentence, in the language of the settings."""

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        """Read the arguments; the outermost group first chooses the language."""
        if parent is None:
            set_locale(first_language(_named_in(args)))
            _speak(self)
        with spoken_errors():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: Any) -> Any:
        """Run the command that is named."""
        with spoken_errors():
            return super().invoke(ctx)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the commands."""
        rows = [(name, one.get_short_help_str(_WHOLE)) for name, one in self.commands.items() if not one.hidden]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


_Formatter: Any = TyperGroup.context_class.formatter_class


class _SpokenFormatter(_Formatter):  # type: ignore[misc]
    """Writes typer's words in the operator's language, and an argument without the name of its Python type."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how the command is typed."""
        for word in ("[OPTIONS]", "COMMAND [ARGS]..."):
            args = args.replace(word, _own_word(word))
        super().write_usage(prog, args, prefix or _own_word("Usage: "))

    def write_heading(self, heading: str) -> None:
        """Write the heading of a list."""
        super().write_heading(_own_word(heading))

    def write_dl(self, rows: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        """Write names with their help."""
        told = [(_ARGUMENT_TYPE.sub(r"\1", name), _own_word(help_text)) for name, help_text in rows]
        super().write_dl(told, *args, **kwargs)


def _own_word(english: str) -> str:
    return _OWN_WORDS.get(english, english)


TyperGroup.context_class.formatter_class = _SpokenFormatter
setattr(typer.core, "_", _own_word)  # noqa: B010 - typer translates its words by this name, from no catalogue of ours.


def _named_in(args: Sequence[str]) -> list[Path]:
    """Return the values of --settings, before the arguments are read."""
    named = [after for word, after in pairwise(args) if word == "--settings"]
    return [Path(one) for one in (*named, *(a.partition("=")[2] for a in args if a.startswith("--settings=")))]


def _speak(command: Any) -> None:
    """Translate the help of a command, of its options and arguments, and of the commands below it."""
    command.help = None if command.help is None else "\n\n".join(t(part) for part in paragraphs(command.help))
    for parameter in command.params:
        if parameter.help:
            parameter.help = t(parameter.help)
        if is_word(parameter.metavar):
            parameter.metavar = t(parameter.metavar)
    for one in getattr(command, "commands", {}).values():
        _speak(one)


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a help text, each on one line: a paragraph is one text of the catalogue."""
    return [" ".join(part.split()) for part in text.split("\n\n")]


def is_word(metavar: str | None) -> bool:
    """Return whether the name of a value is a word, as FILE; others are typed as they are shown."""
    return metavar is not None and re.fullmatch("[A-Z]{2,}[A-Z .]*", metavar) is not None


def help_texts(command: Any) -> Iterator[str]:
    """Yield every text of the help of a command and of those below it, for the catalogue."""
    yield from paragraphs(command.help or "")
    for parameter in command.params:
        yield from filter(None, (parameter.help, parameter.metavar if is_word(parameter.metavar) else None))
    for one in getattr(command, "commands", {}).values():
        yield from help_texts(one)


def help_of(context: typer.Context, words: list[str]) -> str:
    """Return the help of a command, or of the whole program. Raises BadParameter for what is no command."""
    inner: Any = context.find_root()
    for word in words:
        command = getattr(inner.command, "commands", {}).get(word)
        if command is None:
            raise typer.BadParameter(t("{word}: there is no such command").format(word=word), param_hint=t("COMMAND"))
        inner = type(inner)(command, info_name=word, parent=inner)
    return str(inner.command.get_help(inner))

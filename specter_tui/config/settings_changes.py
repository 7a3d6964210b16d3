"""Change single settings in a settings file; every other byte of it stays: comments, order, line ends."""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dotenv import dotenv_values
from dotenv.parser import Binding, parse_stream

from specter_tui.config.setting_problems import SettingsProblem, refuse_readable_by_others
from specter_tui.config.settings import fits, load_settings
from specter_tui.config.settings_file import quoted, write_private_file
from specter_tui.errors import ErrorText

_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""The byte order mark, which some editors put before a file."""
_ASSIGNMENT = re.compile(
    r"""(?P<name>\s*(?:export[^\S\r\n]+)?(?:'[^']+'|[^=\#\s]+))[^\S\r\n]*
    (?:=(?=[^\S\r\n]+\#)|=[^\S\r\n]*(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|(?:(?![^\S\r\n]+\#)[^\r\n])*)?)?
    (?P<rest>[^\r\n]*(?:\r\n|\n|\r|$))""",
    re.VERBOSE | re.DOTALL,
)
"""One setting of a file as python-dotenv reads it, which may begin with empty lines and end with a comment."""


@dataclass(frozen=True, slots=True)
class SettingChange:
    """A setting with its value in force and a better one, as in a settings file."""

    name: str
    old: str
    new: str

    @property
    def line(self) -> str:
        """The line for a settings file."""
        return f"{self.name}={quoted(self.new)}"


def changed_text(text: str, values: Mapping[str, str]) -> str:
    """Return the text with these settings changed wherever it sets them, and new ones on lines of their own at the end.

    A name that the file has twice gets the value in both places, so that it does not matter which one counts.
    """
    before, text = (_MARK, text[1:]) if text.startswith(_MARK) else ("", text)
    left = dict(values)
    parts = []
    for binding in parse_stream(io.StringIO(text, newline="")):
        name = (binding.key or "").upper()
        parts.append(_changed(binding, values[name]) if name in values else binding.original.string)
        left.pop(name, None)
    ended = "".join(parts)
    end = "\r\n" if "\r\n" in text else "\n"
    if left and ended and not ended.endswith(("\n", "\r")):
        ended += end
    return before + ended + "".join(f"{name}={quoted(value)}{end}" for name, value in left.items())


def _changed(binding: Binding, value: str) -> str:
    found = _ASSIGNMENT.fullmatch(binding.original.string)
    if found is None:
        raise ValueError("a line that python-dotenv reads has another form")
    return f"{found['name']}={quoted(value)}{found['rest']}"


def change_settings(file: Path, changes: Mapping[str, str], given: Mapping[str, str]) -> Path:
    """Write these values into the settings file, after a copy of it, whose path is returned.

    The file is replaced as a whole or not at all, and only if it is then read as asked for. It must be the user's own
    plain file; what is `given` by the environment cannot be changed in it. Raises SettingsProblem, OSError.
    """
    refuse_readable_by_others(file)
    for name, value in changes.items():
        if name in given:
            raise SettingsProblem(ErrorText("setting_outside", name=name, value=value))
        if not fits(name, value):
            raise SettingsProblem(ErrorText("setting_not_fit", name=name, value=value))
    before = file.read_bytes()
    try:
        text = before.decode()
    except UnicodeDecodeError:
        raise SettingsProblem(ErrorText("setting_no_text", path=file)) from None

    def is_as_asked(written: Path) -> None:
        load_settings(written, given)
        read = {name.upper(): value for name, value in dotenv_values(written).items()}
        if strange := [name for name, value in changes.items() if read.get(name) != value]:
            raise SettingsProblem(ErrorText("setting_not_read_back", name=", ".join(strange), path=file))
        if file.read_bytes() != before:
            raise SettingsProblem(ErrorText("setting_file_changed", path=file))
        write_private_file(copy, text, replace=True)

    copy = file.with_name(f"{file.name}.bak")
    write_private_file(file, changed_text(text, changes), replace=True, check=is_as_asked)
    return copy

"""Problems of settings, as sentences that name the setting and the line of the file."""

import os
import re
import shlex
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pydantic import BaseModel
from pydantic_core import ErrorDetails
from pydantic_settings.exceptions import SettingsError

from specter_tui.config.setting_values import BadValue
from specter_tui.errors import ErrorText

_OF_PYDANTIC = {
    "literal_error": ("setting_choice", "expected"),
    "int_parsing": ("setting_integer", ""),
    "greater_than_equal": ("setting_least", "ge"),
    "greater_than": ("setting_above", "gt"),
    "less_than_equal": ("setting_most", "le"),
}
"""By pydantic's type of error, the code of our message, and the name of its value in both."""


class SettingsProblem(Exception):
    """Settings that cannot be used: one sentence for each problem, which names its setting."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def refuse_readable_by_others(file: Path) -> None:
    """Refuse a file that is not a plain file, not the user's own, or readable by others. Raises SettingsProblem."""
    found = file.lstat()
    if not stat.S_ISREG(found.st_mode):
        raise SettingsProblem(ErrorText("setting_no_plain_file", path=file))
    if found.st_uid != os.getuid():
        command = f"chown {os.getuid()} {shlex.quote(str(file))}"
        raise SettingsProblem(ErrorText("setting_of_another", path=file, command=command))
    if stat.S_IMODE(found.st_mode) & 0o077:
        command = f"chmod 600 {shlex.quote(str(file))}"
        raise SettingsProblem(ErrorText("setting_open_to_all", path=file, command=command))


def in_words(found: ErrorDetails, settings: type[BaseModel]) -> list[str]:
    """Return the sentences for one of pydantic's errors about `settings`, each beginning with the setting's name."""
    place = [str(part) for part in found["loc"]]
    name = "__".join(place[:2]).upper()
    section = settings.model_fields.get(place[0])
    if found["type"] == "missing":
        names = [name]
        if len(place) == 1 and section is not None and isinstance(section.annotation, type):
            fields = section.annotation.model_fields
            names = [f"{name}__{field.upper()}" for field, about in fields.items() if about.is_required()]
        return [ErrorText("setting_missing", name=missing) for missing in names]
    if found["type"] == "extra_forbidden":
        return [ErrorText("setting_none", name=name)]
    return [ErrorText("about", what=name, why=_what_is_wrong(found))]


def _what_is_wrong(found: ErrorDetails) -> str:
    values = found.get("ctx", {})
    if isinstance(cause := values.get("error"), BadValue):
        return cause.message
    code, name = _OF_PYDANTIC.get(found["type"], ("", ""))
    if code:
        return ErrorText(code, **({name: values[name]} if name else {}))
    return found["msg"][:1].lower() + found["msg"][1:]


def placed(problems: Iterable[str], file: Path | None, environment: Mapping[str, str]) -> Iterator[str]:
    """Yield the sentences with their line in the file, and last how to add a missing setting."""
    told = {name.upper() for name in environment}
    missing = False
    for problem in problems:
        name = problem.partition(":")[0]
        number = None if file is None or name in told else _line_of(file, name)
        missing |= problem.endswith(": is missing")
        yield problem if number is None else ErrorText("setting_at", problem=problem, file=file, line=number)
    if missing:
        yield ErrorText("setting_setup") if file is None else ErrorText("setting_add", file=file)


def _line_of(file: Path, name: str) -> int | None:
    """Return the last line of the file that sets this name, which is the one that counts."""
    wanted = re.compile(rf"\s*(?:export\s+)?{re.escape(name)}\s*=", re.IGNORECASE)
    lines = file.read_text(encoding="utf-8").splitlines()
    return max((number for number, line in enumerate(lines, start=1) if wanted.match(line)), default=None)


def undecodable(error: SettingsError) -> str:
    """Return the sentence for invalid JSON; pydantic-settings names the field or its section in quotes."""
    named = re.search(r'field "([^"]+)"', str(error))
    return ErrorText("setting_json", name=named[1].upper() if named else "a setting")

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


class SettingsProblem(Exception):
    """Settings that cannot be used: one sentence for each problem, which names its setting."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def refuse_readable_by_others(file: Path) -> None:
    """Refuse a file that is not a plain file, not the user's own, or readable by others. Raises SettingsProblem."""
    found = file.lstat()
    if not stat.S_ISREG(found.st_mode):
        raise SettingsProblem(f"{file}: must be a plain file, not a link or a device")
    if found.st_uid != os.getuid():
        raise SettingsProblem(f"{file}: belongs to another user; run: chown {os.getuid()} {shlex.quote(str(file))}")
    if stat.S_IMODE(found.st_mode) & 0o077:
        raise SettingsProblem(f"{file}: holds keys and others can reach it; run: chmod 600 {shlex.quote(str(file))}")


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
        return [f"{missing}: is missing" for missing in names]
    if found["type"] == "extra_forbidden":
        return [f"{name}: there is no such setting"]
    message = found["msg"].removeprefix("Value error, ")
    return [f"{name}: {message[:1].lower()}{message[1:]}"]


def placed(problems: Iterable[str], file: Path | None, environment: Mapping[str, str]) -> Iterator[str]:
    """Yield the sentences with their line in the file, and last how to add a missing setting."""
    told = {name.upper() for name in environment}
    missing = False
    for problem in problems:
        name = problem.partition(":")[0]
        number = None if file is None or name in told else _line_of(file, name)
        missing |= problem.endswith(": is missing")
        yield problem if number is None else f"{problem} ({file}, line {number})"
    if missing:
        yield "specter-tui setup asks for what is needed, and writes it" if file is None else f"add it to {file}"


def _line_of(file: Path, name: str) -> int | None:
    """Return the last line of the file that sets this name, which is the one that counts."""
    wanted = re.compile(rf"\s*(?:export\s+)?{re.escape(name)}\s*=", re.IGNORECASE)
    lines = file.read_text(encoding="utf-8").splitlines()
    return max((number for number, line in enumerate(lines, start=1) if wanted.match(line)), default=None)


def undecodable(error: SettingsError) -> str:
    """Return the sentence for invalid JSON; pydantic-settings names the field or its section in quotes."""
    named = re.search(r'field "([^"]+)"', str(error))
    return f"{named[1].upper() if named else 'a setting'}: is no valid JSON"

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
from specter_tui.config.sources import HERE, PREFIX, ChosenFile, unread_in
from specter_tui.errors import ErrorText

_OF_PYDANTIC = {
    "literal_error": ("setting_choice", "expected"),
    "int_parsing": ("setting_integer", ""),
    "int_parsing_size": ("setting_integer", ""),
    "float_parsing": ("setting_number", ""),
    "finite_number": ("setting_number", ""),
    "bool_parsing": ("setting_yes_no", ""),
    "date_from_datetime_parsing": ("setting_date", ""),
    "date_from_datetime_inexact": ("setting_date", ""),
    "too_short": ("setting_empty", ""),
    "string_too_long": ("setting_longest", "max_length"),
    "string_pattern_mismatch": ("setting_form", "pattern"),
    "dict_type": ("setting_braces", ""),
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
        bare = name.removeprefix(PREFIX)
        return [ErrorText("setting_none" if bare == name else "setting_prefixed", name=name, bare=bare)]
    return [ErrorText("about", what=name, why=_what_is_wrong(found))]


def _what_is_wrong(found: ErrorDetails) -> str:
    values = found.get("ctx", {})
    if isinstance(cause := values.get("error"), BadValue):
        return cause.message
    code, name = _OF_PYDANTIC.get(found["type"], ("", ""))
    if code:
        return ErrorText(code, **({name: values[name]} if name else {}))
    return found["msg"][:1].lower() + found["msg"][1:]


def placed(problems: Iterable[str], file: Path | None, given: Iterable[str]) -> Iterator[str]:
    """Yield the sentences with where the setting comes from, and last how to add a missing one.

    `given` are the names that the environment sets.
    """
    from_environment = frozenset(given)
    missing = False
    for problem in problems:
        name = problem.partition(":")[0]
        missing |= problem.endswith(": is missing")
        if name in from_environment:
            yield ErrorText("setting_in_environment", problem=problem, name=PREFIX + name)
        elif file is not None and (number := _line_of(file, name)) is not None:
            yield ErrorText("setting_at", problem=problem, file=file, line=number)
        else:
            yield problem
    if missing:
        yield ErrorText("setting_setup") if file is None else ErrorText("setting_add", file=file)


def origin_of(name: str, file: Path | None, given: Iterable[str]) -> tuple[str, str]:
    """Return environment, file or default, and the variable, or the file and line, of a setting that was read."""
    if name in given:
        return "environment", PREFIX + name
    if file is not None and (number := _line_of(file, name)) is not None:
        return "file", f"{file}, line {number}"
    return "default", ""


def notes_on_sources(environment: Mapping[str, str], chosen: ChosenFile) -> Iterator[str]:
    """Yield what a person should know of where the settings come from, and where they do not."""
    if unread := unread_in(environment):
        names, instead = ", ".join(unread), ", ".join(f"{PREFIX}{name.upper()}" for name in unread)
        yield ErrorText("settings_unread" if len(unread) > 1 else "setting_unread", name=names, instead=instead)
    if chosen.passed_over == HERE:
        code = "settings_elsewhere" if chosen.file else "settings_not_here"
        yield ErrorText(code, path=HERE.absolute(), file=chosen.file)
    elif chosen.passed_over is not None:
        yield ErrorText("settings_here", path=chosen.passed_over, file=HERE.absolute())


def _line_of(file: Path, name: str) -> int | None:
    """Return the last line of the file that sets this name, which is the one that counts."""
    wanted = re.compile(rf"\s*(?:export\s+)?{re.escape(name)}\s*=", re.IGNORECASE)
    lines = file.read_text(encoding="utf-8").splitlines()
    return max((number for number, line in enumerate(lines, start=1) if wanted.match(line)), default=None)


def undecodable(error: SettingsError) -> str:
    """Return the sentence for invalid JSON; pydantic-settings names the field or its section in quotes."""
    named = re.search(r'field "([^"]+)"', str(error))
    return ErrorText("setting_json", name=named[1].upper() if named else "a setting")

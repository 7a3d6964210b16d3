"""The user's own keys: a file that gives commands further keys. Those of the guide stay, since every text names them.

`keys.json` in the user's config folder maps a command, by its name or its short name in either language, to a key or
to several: `{"todo": "T", "report": ["f5", "ctrl+r"]}`.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from textual.keys import _character_to_key

from specter_tui.console.commands.command_spec import SHORT, CommandSpec
from specter_tui.i18n import t
from specter_tui.text.sanitize import clean_line

FILE = "keys.json"
_LONGEST = 65_536
_RESERVED = frozenset(
    {"escape", "enter", "tab", "shift+tab", "backspace", "up", "down", "left", "right", "pageup", "pagedown"}
    | {"home", "end", "space", "ctrl+c", "ctrl+q", "ctrl+z", "ctrl+m", "ctrl+i", "ctrl+j", "ctrl+h"}
)
"""Keys that move, confirm, cancel or leave, and those that terminals send in their place."""
Spec = TypeVar("Spec", bound=CommandSpec)  # type: ignore[type-arg]


@dataclass(frozen=True, slots=True)
class OwnKeys:
    """The keys of the file by command, as written, and why the file or a part of it is not used."""

    keys: Mapping[str, tuple[str, ...]]
    problem: str = ""


def read_keys(file: Path) -> OwnKeys:
    """Read the file; a missing one has no keys."""
    try:
        with file.open(encoding="utf-8") as opened:
            told = json.loads(opened.read(_LONGEST))
        return OwnKeys({str(name): _listed(keys) for name, keys in told.items()})
    except FileNotFoundError:
        return OwnKeys({})
    except (OSError, ValueError, TypeError, AttributeError, RecursionError) as error:
        return OwnKeys({}, f"{file}: {clean_line(str(error))}")


def _listed(keys: object) -> tuple[str, ...]:
    if isinstance(keys, str):
        return (keys,)
    if isinstance(keys, list) and all(isinstance(key, str) for key in keys):
        return tuple(keys)
    raise TypeError("a command has a key, or a list of keys")


def with_own_keys(commands: Sequence[Spec], own: OwnKeys) -> tuple[tuple[Spec, ...], tuple[str, ...]]:
    """Return the commands with the further keys, and why some of these are not used.

    A key that two commands would have is used by neither, unless one has it without the file.
    """
    problems = [t("Own keys are not used. {why}").format(why=own.problem)] if own.problem else []
    taken = {key: command.short for command in commands for key in command.keys}
    wanted: dict[str, list[str]] = {}
    known = dict(_names(commands))
    for name, keys in own.keys.items():
        command = known.get(name.casefold())
        if command is None:
            problems.append(t("Own keys: there is no command {name}.").format(name=clean_line(name)))
            continue
        for written in keys:
            if (key := key_named(written)) is None or key in _RESERVED:
                problems.append(t("Own keys: {key} cannot be given to a command.").format(key=clean_line(written)))
            elif key in taken:
                problems.append(
                    t("Own keys: {key} is the key of “{other}” already.").format(key=written, other=taken[key])
                )
            else:
                wanted.setdefault(key, []).append(command)
    clashes = {key for key, names in wanted.items() if len(set(names)) > 1}
    problems += [t("Own keys: {key} is given to several commands.").format(key=key) for key in sorted(clashes)]
    further: dict[str, list[str]] = {}
    for key, names in wanted.items():
        if key not in clashes:
            further.setdefault(names[0], []).append(key)
    changed = (
        replace(
            command,
            keys=(*command.keys, *further.get(command.name, ())),
            own=tuple(further.get(command.name, ())),
            shown=command.shown or (command.sign if command.keys else ""),
        )
        for command in commands
    )
    return tuple(changed), tuple(problems)


def key_named(written: str) -> str | None:
    """Return the terminal's name of a key as people write it; None for none."""
    if len(written) == 1:
        return _character_to_key(written) if written.isprintable() else None
    *before, last = written.casefold().split("+")
    is_key = last.isidentifier() or last.isdecimal() or (len(last) == 1 and last.isprintable())
    if not is_key or not set(before) <= {"ctrl", "alt", "shift"} or len(set(before)) < len(before):
        return None
    return "+".join([*before, _character_to_key(last) if len(last) == 1 else last])


def _names(commands: Sequence[Spec]) -> Iterator[tuple[str, str]]:
    """Yield each name by which the file may call a command, folded, with the command's name."""
    for texts in SHORT.in_every_language():
        yield from ((texts[command.name].casefold(), command.name) for command in commands)
    yield from ((command.name, command.name) for command in commands)

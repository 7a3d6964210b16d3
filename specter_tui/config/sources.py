"""The sources of settings: variables of the environment, and one file. Read before the first frame."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_config_path

from specter_tui.config.setting_names import NAMES

PREFIX = "SPECTER_TUI_"
"""Begins the name of a setting in the environment, so that no other program's variable is taken for one."""
HERE = Path("settings.env")
"""The settings file of the folder that the program starts in."""
Named = Sequence[Path]
"""The values of `--settings`: nothing, a file, several files, or folders."""
_NAMED = re.compile(
    rb"""^[ \t]*(?:export[ \t]+)?['"]?(?:SPECTER_TUI_)?(\w+)['"]?[ \t]*=""", re.MULTILINE | re.IGNORECASE
)


def config_folder() -> Path:
    """Return the user's folder for settings."""
    return user_config_path("specter-tui")


def are_several(named: Named) -> bool:
    """Return whether `--settings` may name more than one shop: several files, or a folder."""
    return len(named) > 1 or any(one.is_dir() for one in named)


def given_in(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the variables with our prefix and a `__`, by their names without the prefix; known or not."""
    found = {name.upper(): value for name, value in environment.items() if "__" in name}
    return {name.removeprefix(PREFIX): value for name, value in found.items() if name.startswith(PREFIX)}


def unread_in(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return the variables that have the name of a setting without the prefix. They set nothing."""
    return tuple(sorted(name for name in environment if name.upper() in NAMES))


@dataclass(frozen=True, slots=True)
class ChosenFile:
    """The settings file that is read where none is named."""

    file: Path | None = None
    """None where there is none: all settings are from the environment."""
    passed_over: Path | None = None
    """The other file that lies where one is looked for."""


def choose_file(config_folder: Path) -> ChosenFile:
    """Return ./settings.env if it names a setting of ours, else the one in the user's config folder."""
    own = config_folder / HERE
    files = [file for file in (HERE, own) if file.exists() or file.is_symlink()]
    if HERE in files and not _names_ours(HERE):
        return ChosenFile(own if own in files else None, HERE)
    return ChosenFile(*files)


def _names_ours(file: Path) -> bool:
    """Return whether a line sets one of our settings; also for what cannot be read, which is refused later."""
    if file.is_dir():
        return False
    if not file.is_file():
        return True
    try:
        found = _NAMED.findall(file.read_bytes())
    except OSError:
        return True
    return any(name.decode("ascii", "replace").upper() in NAMES for name in found)

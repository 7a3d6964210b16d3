"""The step of the build that makes the catalogues which gettext reads (`.mo`) from those which people write (`.po`)."""

from os import getpid
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface[Any]):
    """Hatchling's name for it."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Before anything is packed."""
        compile_catalogues(Path(self.root))


def compile_catalogues(root: Path) -> None:
    """Make each `.mo` that is missing or older than its `.po`."""
    for source in (root / "specter_tui" / "locale").glob("*/LC_MESSAGES/*.po"):
        made = source.with_suffix(".mo")
        if made.exists() and made.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parts[-3])
        whole = made.with_suffix(f".{getpid()}")
        with whole.open("wb") as file:
            write_mo(file, catalogue)
        whole.replace(made)

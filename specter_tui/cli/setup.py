"""The guided set-up: where its settings go, how connections are tried, and what follows."""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_state_path

from specter_tui.cli.first_language import first_language
from specter_tui.cli.first_start import own_file
from specter_tui.console import run_setup, words
from specter_tui.language import Language
from specter_tui.settings_file import settings_text, write_settings

if TYPE_CHECKING:
    from specter_tui.console.setup.ways import Side, Values
    from specter_tui.engine.trying import Tried


def set_up(named: Sequence[Path]) -> int:
    """Run the set-up, then what it led to: the console, or the demo. Its exit status."""
    language = first_language(named)
    ended, code = run_setup(UserSetup(named[0] if named else own_file()), language)
    if ended == "demo":
        from specter_tui.cli.demo import run_demo
        from specter_tui.cli.session import guarded

        return guarded(run_demo)
    if ended == "written":
        from specter_tui.cli.console import open_console

        return open_console(named)
    return code


@dataclass(frozen=True, slots=True)
class UserSetup:
    """What the set-up asks of this machine and of both other ends. `file`: where the settings go."""

    file: Path

    def fits(self, name: str, text: str) -> bool:
        """Whether a setting may have this value."""
        from specter_tui.settings import fits

        return fits(name, text)

    def attempt(self, side: "Side", values: "Values") -> "Tried":
        """Try a connection with what was typed."""
        from datetime import date

        from specter_tui.engine.trying import try_shop, try_specter
        from specter_tui.settings import AbicartSettings, SpecterSettings

        if side == "shop":
            return try_shop(AbicartSettings.model_validate(_section("ABICART__", values)))
        return try_specter(SpecterSettings.model_validate(_section("SPECTER__", values)), date.today())  # noqa: DTZ011

    def draft(self) -> dict[str, str]:
        """What was typed the last time, all but the secrets."""
        with suppress(OSError, ValueError):
            kept = json.loads(_draft_file().read_text(encoding="utf-8"))
            return {str(name): str(value) for name, value in kept.items()}
        return {}

    def keep_draft(self, values: "Values") -> None:
        """Keep what was typed; where that cannot be, it is typed once more."""
        with suppress(OSError):
            write_settings(_draft_file(), json.dumps(dict(values)), replace=True)

    def write(self, values: "Values", language: Language, *, replace: bool) -> None:
        """Write the settings, and drop what was kept of them. Raises FileExistsError, OSError."""
        words.speak(language)
        write_settings(self.file, settings_text(values, words.SETUP_HEADS), replace=replace)
        with suppress(OSError):
            _draft_file().unlink(missing_ok=True)


def _section(prefix: str, values: "Values") -> dict[str, str]:
    return {
        name.removeprefix(prefix).lower(): value for name, value in values.items() if name.startswith(prefix) and value
    }


def _draft_file() -> Path:
    return user_state_path("specter-tui") / "setup.json"

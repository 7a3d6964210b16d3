"""The guided set-up: write its settings, test its connections, and open what follows."""

import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_state_path

from specter_tui.config.first_language import first_language
from specter_tui.config.first_run import own_file
from specter_tui.config.settings_file import settings_text, write_private_file
from specter_tui.config.sources import given_in
from specter_tui.console import run_setup
from specter_tui.i18n import Language, Texts, set_locale

if TYPE_CHECKING:
    from specter_tui.console.setup.setup_app import Ended
    from specter_tui.console.setup.setup_ports import Side, Values
    from specter_tui.engine.checks.connection_test import ConnectionResult

SETUP_HEADS = Texts(
    {
        "ABICART": "The shop.",
        "SPECTER": "The Specter account.",
        "ORDER": "Orders from this day on; the service articles for delivery, fees and discounts.",
        "UI": "The screen.",
    }
)


_HTTP = ("HTTP__PROXY", "HTTP__CA_FILE")


def run_set_up(named: Sequence[Path]) -> "tuple[Ended, int]":
    """Run the set-up; return how it ended, and its exit status."""
    return run_setup(UserSetup(named[0] if named else own_file()), first_language(named))


@dataclass(frozen=True, slots=True)
class UserSetup:
    """Does the set-up's work on this machine and with both servers. `file` is where the settings are written."""

    file: Path

    def fits(self, name: str, text: str) -> bool:
        """Return whether a setting may have this value."""
        from specter_tui.config.settings import fits

        return fits(name, text)

    def attempt(self, side: "Side", values: "Values") -> "ConnectionResult":
        """Test a connection with the typed values."""
        from datetime import date

        from pydantic import ValidationError

        from specter_tui.config.setting_problems import in_words
        from specter_tui.config.settings import AbicartSettings, HttpSettings, Settings, SpecterSettings
        from specter_tui.engine.checks.connection_test import ConnectionResult, try_shop, try_specter

        try:
            http = HttpSettings.model_validate(_section("HTTP__", {**self._http(), **_http_of(given_in(os.environ))}))
        except ValidationError as error:
            found = error.errors()[0]
            (problem,) = in_words({**found, "loc": ("http", *found["loc"])}, Settings)
            return ConnectionResult("out_of_reach", problem)
        if side == "shop":
            return try_shop(AbicartSettings.model_validate(_section("ABICART__", values)), http)
        account = SpecterSettings.model_validate(_section("SPECTER__", values))
        return try_specter(account, date.today(), http)  # noqa: DTZ011

    def draft(self) -> dict[str, str]:
        """Return the values typed in an unfinished set-up, without secrets."""
        with suppress(OSError, ValueError):
            kept = json.loads(_draft_file().read_text(encoding="utf-8"))
            return {str(name): str(value) for name, value in kept.items()}
        return {}

    def keep_draft(self, values: "Values") -> None:
        """Keep the typed values; if that fails, they must be typed again."""
        with suppress(OSError):
            write_private_file(_draft_file(), json.dumps(dict(values)), replace=True)

    def write(self, values: "Values", language: Language, *, replace: bool) -> None:
        """Write the settings, and delete the draft. Raises OSError; FileExistsError unless `replace`."""
        set_locale(language)
        write_private_file(self.file, settings_text({**values, **self._http()}, SETUP_HEADS), replace=replace)
        with suppress(OSError):
            _draft_file().unlink(missing_ok=True)

    def _http(self) -> dict[str, str]:
        """Return the proxy and certificates of the settings file, for which the set-up has no question."""
        from dotenv import dotenv_values

        with suppress(OSError, ValueError):
            return _http_of({name: value or "" for name, value in dotenv_values(self.file, interpolate=False).items()})
        return {}


def _http_of(settings: Mapping[str, str]) -> dict[str, str]:
    """Return the proxy and certificates that are set."""
    found = {name.upper(): value for name, value in settings.items()}
    return {name: found[name] for name in _HTTP if found.get(name)}


def _section(prefix: str, values: "Values") -> dict[str, str]:
    return {
        name.removeprefix(prefix).lower(): value for name, value in values.items() if name.startswith(prefix) and value
    }


def _draft_file() -> Path:
    return user_state_path("specter-tui") / "setup.json"

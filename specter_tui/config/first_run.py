"""Decide before the first frame whether the console begins with setup."""

import os
from collections.abc import Sequence
from pathlib import Path

from platformdirs import user_config_path

_NEEDED = ("ABICART__WEBSHOP", "ABICART__AUTH", "SPECTER__SBM_ID")


def wants_setup(named: Sequence[Path]) -> bool:
    """Return whether there are no settings: no file, and none of the required names in the environment."""
    if len(named) > 1 or any(file.exists() for file in named or (Path("settings.env"),)):
        return False
    told = {name.upper() for name in os.environ}
    return told.isdisjoint(_NEEDED) and (bool(named) or not own_file().exists())


def own_file() -> Path:
    """Return the path of the settings file in the user's config folder."""
    return user_config_path("specter-tui") / "settings.env"

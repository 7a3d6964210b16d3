"""Decide before the first frame whether the console begins with setup."""

import os
from collections.abc import Sequence
from pathlib import Path

from specter_tui.config.sources import HERE, choose_file, config_folder, given_in

_NEEDED = ("ABICART__WEBSHOP", "ABICART__AUTH", "SPECTER__SBM_ID")


def wants_setup(named: Sequence[Path]) -> bool:
    """Return whether there are no settings: no file, and none of the required names in the environment."""
    if len(named) > 1 or any(file.exists() for file in named):
        return False
    if not given_in(os.environ).keys().isdisjoint(_NEEDED):
        return False
    return bool(named) or choose_file(config_folder()).file is None


def own_file() -> Path:
    """Return the path of the settings file in the user's config folder."""
    return config_folder() / HERE

"""Whether this is a first start, which is asked before the first frame of every start."""

import os
from collections.abc import Sequence
from pathlib import Path

_NEEDED = ("ABICART__WEBSHOP", "ABICART__AUTH", "SPECTER__SBM_ID")


def wants_setup(named: Sequence[Path]) -> bool:
    """Whether there are no settings at all: no file, and none of the first in the environment."""
    if len(named) > 1 or any(file.exists() for file in named or (Path("settings.env"),)):
        return False
    told = {name.upper() for name in os.environ}
    return told.isdisjoint(_NEEDED) and (bool(named) or not own_file().exists())


def own_file() -> Path:
    """The settings in the user's own folder."""
    from platformdirs import user_config_path  # noqa: PLC0415 - only where it is asked for

    return user_config_path("specter-tui") / "settings.env"

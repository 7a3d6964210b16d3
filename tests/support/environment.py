"""Settings as a program's environment has them."""

from collections.abc import Mapping

from specter_tui.config.settings import Settings
from specter_tui.config.sources import PREFIX

_SECTIONS = frozenset(name.upper() for name in Settings.model_fields)


def in_environment(variables: Mapping[str, str]) -> dict[str, str]:
    """Return the variables with our prefix before each name of one of our sections; others stay as they are."""
    return {
        PREFIX + name if "__" in name and name.split("__")[0] in _SECTIONS else name: value
        for name, value in variables.items()
    }

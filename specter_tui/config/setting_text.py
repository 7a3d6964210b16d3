"""The value of a setting as a line of the settings file has it."""

import json
from collections.abc import Mapping
from datetime import timedelta

from specter_tui.config.settings import Settings


def setting_text(settings: Settings, name: str) -> str:
    """Return the value of a setting such as `ORDER__COD_METHODS`; secrets are not for this."""
    section, _, field = name.lower().partition("__")
    value = getattr(getattr(settings, section), field)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return json.dumps(dict(value), ensure_ascii=False)
    if isinstance(value, tuple):
        return ",".join(map(str, value))
    if isinstance(value, timedelta):
        return f"{value.total_seconds():g} s"
    return "" if value is None else str(value)

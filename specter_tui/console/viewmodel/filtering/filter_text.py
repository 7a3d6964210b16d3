"""Turn typed text into a filter."""

from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import Any

from specter_tui.console.viewmodel.filtering.filter_parser import parse
from specter_tui.console.viewmodel.filtering.list_fields import Fields
from specter_tui.console.viewmodel.filtering.list_filter import Filter
from specter_tui.console.viewmodel.filtering.typed_values import FilterClock


def filter_of(text: str, fields: Fields, zone: tzinfo | None, search: Callable[[Any], str] | None = None) -> Filter:
    """Return the filter for the text, with days in `zone`; an empty text lets every row pass.

    `search` returns a row's searched text, folded, where the caller has it cached.
    """
    if not text:
        return Filter()
    return parse(text, fields, FilterClock(datetime.now().astimezone(), zone), search)

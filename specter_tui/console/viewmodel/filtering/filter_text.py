"""Turn typed text into a filter."""

from datetime import datetime, tzinfo

from specter_tui.console.viewmodel.filtering.filter_parser import Searched, parse
from specter_tui.console.viewmodel.filtering.list_fields import Fields
from specter_tui.console.viewmodel.filtering.list_filter import Filter
from specter_tui.console.viewmodel.filtering.typed_values import FilterClock


def filter_of(text: str, fields: Fields, zone: tzinfo | None, searched: Searched | None = None) -> Filter:
    """Return the filter for the text, with days in `zone`; an empty text lets every row pass."""
    if not text:
        return Filter()
    return parse(text, fields, FilterClock(datetime.now().astimezone(), zone), searched)

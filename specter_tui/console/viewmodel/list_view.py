"""The user's view of a list."""

from dataclasses import dataclass

from specter_tui.console.viewmodel.filtering.sorting import Sort


@dataclass(frozen=True, slots=True)
class ListView:
    """A list's filter as typed, its sort, and its hidden columns."""

    filter_text: str = ""
    sort: Sort | None = None
    """None: the list's own order."""
    hidden: tuple[str, ...] = ()

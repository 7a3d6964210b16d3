"""How a list is looked at."""

from dataclasses import dataclass

from specter_tui.console.viewmodel.filtering.sorting import Sort


@dataclass(frozen=True, slots=True)
class ListView:
    """Its filter as it was typed, how its rows are sorted, and which of its columns are not shown."""

    filter_text: str = ""
    sort: Sort | None = None
    """None: the list's own order."""
    hidden: tuple[str, ...] = ()

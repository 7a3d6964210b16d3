"""The whole export log for a file: read from the journal while the file is written."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from specter_tui.config.settings import Settings
from specter_tui.console.loaders.log_pages import MANY, pages
from specter_tui.console.viewmodel.filtering.list_fields import ListField
from specter_tui.console.viewmodel.filtering.list_filter import Filter
from specter_tui.console.viewmodel.filtering.sorting import Sort, in_order
from specter_tui.journal.models import Event


@dataclass(frozen=True, slots=True)
class LogFileSource:
    """The journal's events that pass a filter, newest first or sorted, read on demand."""

    settings: Settings
    wanted: Filter
    sorted_by: tuple[ListField, Sort] | None
    told: Callable[[int], None]
    """Called with the number of events examined so far."""

    def __iter__(self) -> Iterator[Event]:
        return self._passed() if self.sorted_by is None else iter(in_order(self._passed(), *self.sorted_by))

    def _passed(self) -> Iterator[Event]:
        looked_at = 0
        for events in pages(self.settings, None, MANY):
            yield from (event for event in events if self.wanted.passes(event))
            looked_at += len(events)
            self.told(looked_at)

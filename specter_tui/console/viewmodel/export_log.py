"""The export log on the screen: the journal's newest events, and older ones as far as someone has scrolled."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from specter_tui.console.viewmodel.filtering.list_filter import Filter
    from specter_tui.journal.models import Event

_ENDS = frozenset({"refused", "unknown", "exists", "retry_later"})
"""What ends a try that brought no number."""
_NEAR = 100
"""So many events are looked through for the beginning of a try; many orders are sent at once."""
PAGE = 200
MOST = 500
"""Events kept while nobody scrolls down; the others are in the journal."""


@dataclass(slots=True)
class ExportLog:
    """Events by id; `ids` has the newest first."""

    events: "dict[int, Event]" = field(default_factory=dict)
    ids: list[int] = field(default_factory=list)
    loading: bool = False
    whole: bool = False
    """Whether the oldest event of all is here."""
    found: "dict[int, Event]" = field(default_factory=dict)
    """Events older than those, which the filter that is on found in the journal, by id, newest first."""
    search: "Filter | None" = None
    """The filter that is being looked for in the journal."""
    reached: "Event | None" = None
    """The last event that a search has looked at."""
    searched: bool = False
    """Whether a search has come to the oldest event of all."""

    @property
    def oldest(self) -> int | None:
        """The id of the oldest event that is here."""
        return self.ids[-1] if self.ids else None

    def event(self, key: object) -> "Event | None":
        """The event of a row."""
        return self.events.get(key) or self.found.get(key)  # type: ignore[call-overload, no-any-return]  # ids are.

    def forget_found(self) -> None:
        """The filter is another one; a search by the one before stops."""
        self.found, self.search, self.reached, self.searched = {}, None, None, False

    def took(self, event: "Event") -> int | None:
        """How many milliseconds it took: as the journal says, for a try that failed since it began, if that is here."""
        if event.duration_ms is not None or event.verb not in _ENDS:
            return event.duration_ms
        place = bisect_left(self.ids, -event.id, key=lambda one: -one)
        for other in (self.events[one] for one in self.ids[place + 1 : place + _NEAR]):
            if other.uid == event.uid and other.verb in ("claimed", "reclaimed"):
                return round((event.at - other.at).total_seconds() * 1000)
        return None

    def add(self, events: "Iterable[Event]") -> None:
        """Take newer or older events; one that is here already is not doubled."""
        for event in events:
            self.events[event.id] = event
        self.ids = sorted(self.events, reverse=True)

    def trim(self) -> None:
        """Forget the oldest beyond what is kept; they can be read again."""
        for event_id in self.ids[MOST:]:
            del self.events[event_id]
            self.whole = False
            self.forget_found()  # what lies between is not here any more.
        del self.ids[MOST:]

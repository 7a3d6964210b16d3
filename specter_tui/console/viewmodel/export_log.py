"""The export log on the screen: the journal's newest events, and older ones as far as the user has scrolled."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from specter_tui.i18n import Texts

if TYPE_CHECKING:
    from specter_tui.console.viewmodel.filtering.list_filter import Filter
    from specter_tui.journal.models import Event

VERBS = Texts(
    {
        "claimed": "sending",
        "reclaimed": "sending again",
        "released": "not sent",
        "expired": "answer never came",
        "customer_known": "customer known",
        "exported": "exported",
        "retry_later": "not reached",
        "unknown": "outcome unknown",
        "refused": "refused",
        "exists": "exists in Specter",
        "late": "late answer",
        "number_entered": "number typed",
        "recovered": "number found",
        "imported": "imported",
        "closed": "closed",
        "reopened": "reopened",
        "write_back_done": "number in shop",
        "write_back_conflict": "another in shop",
        "drift_seen": "changed in shop",
        "drift_settled": "change settled",
        "cancel_seen": "cancelled in shop",
        "cancel_withdrawn": "not cancelled",
        "drift_changed": "changed again",
        "drift_ticked": "ticked off",
        "drift_unticked": "tick taken back",
        "number_corrected": "number corrected",
        "write_back_lost": "number gone in shop",
        "write_back_cleared": "cleared in shop",
        "delivered": "delivered",
        "cancelled_in_specter": "Specter cancelled",
        "delivery_marked": "marked sent",
        "delivery_refused": "not marked sent",
        "count_accepted": "count accepted",
        "sum_differs": "sum differs",
        "restored": "found in backup",
        "erased": "erased",
    }
)


_ENDS = frozenset({"refused", "unknown", "exists", "retry_later"})
"""The verbs that end an attempt without a number."""
_NEAR = 100
"""The most events searched for the start of an attempt; many orders are sent at once."""
PAGE = 200
MOST = 500
"""Events kept while the user does not scroll down; the others are in the journal."""


@dataclass(slots=True)
class ExportLog:
    """Events by id; `ids` has the newest first."""

    events: "dict[int, Event]" = field(default_factory=dict)
    ids: list[int] = field(default_factory=list)
    loading: bool = False
    whole: bool = False
    """True if the oldest event of all has been read."""
    found: "dict[int, Event]" = field(default_factory=dict)
    """Older events that the active filter found in the journal, by id, newest first."""
    search: "Filter | None" = None
    """The filter that is being searched for in the journal."""
    reached: "Event | None" = None
    """The last event that a search has examined."""
    searched: bool = False
    """True if a search has reached the oldest event of all."""

    @property
    def oldest(self) -> int | None:
        """The id of the oldest event that has been read."""
        return self.ids[-1] if self.ids else None

    def event(self, key: object) -> "Event | None":
        """Return the event of a row."""
        return self.events.get(key) or self.found.get(key)  # type: ignore[call-overload, no-any-return]  # ids are.

    def forget_found(self) -> None:
        """Clear the result of a search, because the filter has changed; a running search stops."""
        self.found, self.search, self.reached, self.searched = {}, None, None, False

    def took(self, event: "Event") -> int | None:
        """Return the duration in milliseconds: the journal's, or for a failed attempt the time since its claim."""
        if event.duration_ms is not None or event.verb not in _ENDS:
            return event.duration_ms
        place = bisect_left(self.ids, -event.id, key=lambda one: -one)
        for other in (self.events[one] for one in self.ids[place + 1 : place + _NEAR]):
            if other.uid == event.uid and other.verb in ("claimed", "reclaimed"):
                return round((event.at - other.at).total_seconds() * 1000)
        return None

    def add(self, events: "Iterable[Event]") -> None:
        """Add newer or older events; known ones are not added twice."""
        for event in events:
            self.events[event.id] = event
        self.ids = sorted(self.events, reverse=True)

    def trim(self) -> None:
        """Drop the oldest beyond the limit; they can be read again."""
        for event_id in self.ids[MOST:]:
            del self.events[event_id]
            self.whole = False
            self.forget_found()  # Events between them are missing now.
        del self.ids[MOST:]

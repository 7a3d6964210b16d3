"""The day's exports and failures by the hour, and a chart of them in characters. Without Textual."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from specter_tui.console.viewmodel.display_context import DisplayContext
    from specter_tui.engine.events import HourCount
    from specter_tui.journal.models import Event

_BLOCKS = "▂▃▄▅▆▇█"
_NONE = "▁"
_KEPT = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Hour:
    """One hour of the day."""

    hour: int
    exported: int
    failed: int


@dataclass(slots=True)
class ActivityChart:
    """Counts (exported, failed) by the start of the hour.

    Events that arrive before the day was read are kept for it.
    """

    hours: dict[datetime, tuple[int, int]] = field(default_factory=dict)
    last_id: int | None = None
    early: "list[Event]" = field(default_factory=list)

    def take_day(self, hours: "Iterable[HourCount]", last_id: int) -> None:
        """Set the day's counts as read from the journal, and add the events that arrived meanwhile."""
        self.hours = {one.begin: (one.exported, one.failed) for one in hours}
        self.last_id = last_id
        early, self.early = self.early, []
        self.take_events(early)

    def take_events(self, events: "Sequence[Event]") -> None:
        """Count new events; each counts once."""
        from specter_tui.engine.orders.hourly_activity import hours_of  # noqa: PLC0415 - comes after the first frame

        if self.last_id is None:
            self.early += events
            return
        fresh = [event for event in events if event.id > self.last_id]
        if not fresh:
            return
        self.last_id = max(event.id for event in fresh)
        for one in hours_of(fresh):
            exported, failed = self.hours.get(one.begin, (0, 0))
            self.hours[one.begin] = (exported + one.exported, failed + one.failed)
        newest = max(event.at for event in fresh)
        self.hours = {begin: counts for begin, counts in self.hours.items() if newest - begin < _KEPT}

    def today(self, frame: "DisplayContext") -> list[Hour]:
        """Return the hours of the local day, from the first with an event up to now."""
        now = frame.now.astimezone(frame.zone)
        counted: dict[int, Hour] = {}
        for begin, (exported, failed) in self.hours.items():
            at = begin.astimezone(frame.zone)
            if at.date() == now.date():
                before = counted.get(at.hour, Hour(at.hour, 0, 0))
                counted[at.hour] = Hour(at.hour, before.exported + exported, before.failed + failed)
        if not counted:
            return []
        return [counted.get(hour, Hour(hour, 0, 0)) for hour in range(min(counted), max(now.hour, *counted) + 1)]


def chart(counts: Sequence[int]) -> str:
    """Return one character for each number, its height relative to the largest; a number above 0 is never flat."""
    highest = max(counts, default=0)
    return "".join(_BLOCKS[-(-count * len(_BLOCKS) // highest) - 1] if count else _NONE for count in counts)


def bar(count: int, highest: int, width: int) -> str:
    """Return a bar whose length is relative to the largest number."""
    return "█" * max(1, count * width // highest) if count else ""

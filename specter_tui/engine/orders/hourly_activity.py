"""The day's activity: orders exported and attempts failed in each hour."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from specter_tui.engine.context import ShopContext
from specter_tui.engine.events import ActivityRead, HourCount
from specter_tui.journal.models import Event, Verb
from specter_tui.journal.repositories.events import Events

EXPORTED: frozenset[Verb] = frozenset({"exported", "number_entered", "recovered"})
FAILED: frozenset[Verb] = frozenset({"refused", "unknown", "exists", "retry_later", "expired"})
_PAGE = 500


async def activity_since(context: ShopContext, since: datetime) -> ActivityRead:
    """Count from the newest event, a page at a time, so that a long journal takes no longer; emit the counts."""
    last = await context.journal(Events.last_id)
    before, events = last + 1, list[Event]()
    while page := await context.journal(Events.page, None, 0, before, _PAGE, newest_first=True):
        events += [event for event in page if event.at >= since and event.verb in EXPORTED | FAILED]
        before = page[-1].id
        if page[-1].at < since:
            break
    message = ActivityRead(tuple(hours_of(events)), last)
    context.emit(message)
    return message


def hours_of(events: Iterable[Event]) -> list[HourCount]:
    """Sum events by hour, oldest first. Inhabited time zones in use differ by whole hours."""
    counts: dict[datetime, tuple[int, int]] = {}
    for event in events:
        begin = event.at - timedelta(
            minutes=event.at.minute, seconds=event.at.second, microseconds=event.at.microsecond
        )
        exported, failed = counts.get(begin, (0, 0))
        counts[begin] = (exported + (event.verb in EXPORTED), failed + (event.verb in FAILED))
    return [HourCount(begin, *counts[begin]) for begin in sorted(counts)]

"""Search the whole export log by a filter: the database narrows the events down, the filter decides."""

import re
from collections.abc import Iterator, Sequence

from specter_tui.config.settings import Settings
from specter_tui.console.loaders.log_pages import MANY, open_log, pages
from specter_tui.console.viewmodel.export_log import VERBS
from specter_tui.console.viewmodel.filtering.filter_parser import one_word
from specter_tui.console.viewmodel.filtering.list_filter import Filter
from specter_tui.console.viewmodel.state_styles import STATE_STYLES, state_spellings
from specter_tui.journal.models import Event, EventSearch
from specter_tui.text.folding import fold

_SPAN = 25 * MANY
"""Ids that the database searches at a time, so that the search can report its progress."""
_ANYWHERE = re.compile(r"[a-z0-9@._-]+")
"""A text that no shown text contains because of signs between its parts."""
_ACCENTED = re.compile("ae|oe|[aeou]")
"""Folded letters that Swedish writes with an accent, which no database folds; others are found as they are typed."""


def searched_pages(settings: Settings, before: int, wanted: Filter) -> Iterator[tuple[Sequence[Event], Event]]:
    """Yield events before this one that may pass the filter, newest first, each time with the oldest one examined."""
    search = search_for(wanted)
    if search is None:
        yield from ((events, events[-1]) for events in pages(settings, before, MANY))
        return
    with open_log(settings) as reader:
        while newest := reader.events.page(before_id=before, limit=1, newest_first=True):
            after = newest[0].id - _SPAN
            found = reader.events.search(search, after, before, MANY)
            (oldest,) = found[-1:] if len(found) == MANY else reader.events.page(after_id=after, limit=1)
            yield found, oldest
            before = oldest.id


def search_for(wanted: Filter) -> EventSearch | None:
    """Return the conditions of a filter that a database can check, None where there are none."""
    text = max((text for text in wanted.texts if _ANYWHERE.fullmatch(text)), key=_certain, default="")
    text = text if _certain(text) else ""
    states = [_states(begun) for field, begun in wanted.words if field == "state"]
    if not text and not states:
        return None
    verbs = frozenset(verb for verb, said in VERBS.items() if text in fold(said))
    like = _ACCENTED.sub(lambda found: "_" if len(found[0]) == 1 else "%", text)
    return EventSearch(like, verbs, frozenset.intersection(*states) if states else None)


def _certain(text: str) -> int:
    """Return how many signs of a folded text are written in one way only."""
    return len(_ACCENTED.sub("", text))


def _states(begun: str) -> frozenset[str]:
    """Return the states that a typed word may mean."""
    return frozenset(
        state for state in STATE_STYLES if any(one_word(said).startswith(begun) for said in state_spellings(state))
    )

"""The export log's events from the journal, a page at a time, newest first."""

from collections.abc import Iterator

from specter_tui.config.settings import Settings
from specter_tui.journal.journal_reader import JournalReader
from specter_tui.journal.location import journal_place
from specter_tui.journal.models import Event
from specter_tui.journal.opening import open_reader

MANY = 2000
"""Events read at a time when most are only examined."""


def open_log(settings: Settings) -> JournalReader:
    """Open the shop's journal to read its events. Raises JournalError."""
    shop = settings.abicart.webshop
    return open_reader(journal_place(settings.journal.address, shop, settings.journal.seen), shop)


def pages(settings: Settings, before: int | None, size: int) -> Iterator[list[Event]]:
    """Yield the events before this one, newest first, in lists of `size`. Raises JournalError."""
    with open_log(settings) as reader:
        while events := reader.events.page(before_id=before, limit=size, newest_first=True):
            yield events
            before = events[-1].id

"""Older pages of the export log, read from the journal beside the engine. Comes after the first frame."""

from specter_tui.console.log import PAGE
from specter_tui.journal.location import journal_path
from specter_tui.journal.reading import Reader
from specter_tui.journal.records import Event
from specter_tui.settings import Settings


def read_page(settings: Settings, before_id: int | None) -> list[Event]:
    """The events before an id, newest first. Raises JournalError. For a thread: it waits for the disk."""
    shop = settings.abicart.webshop
    with Reader.open_for_reading(journal_path(settings.journal.url, shop), shop) as reader:
        return reader.events(before_id=before_id, limit=PAGE, newest_first=True)

"""Older pages of the export log, read from the journal beside the engine, on a thread."""

import threading
from typing import TYPE_CHECKING

from specter_tui.console.desk import Desk
from specter_tui.console.log import PAGE
from specter_tui.console.notes import PageRead

if TYPE_CHECKING:
    from specter_tui.console.app import ConsoleApp
    from specter_tui.journal.records import Event
    from specter_tui.settings import Settings


class OlderEvents:
    """Reads a page at a time, when someone has come to the end of what is there."""

    def __init__(self, app: "ConsoleApp") -> None:
        self._app = app

    def read(self) -> None:
        """Read the page before the oldest event that is here; answered by PageRead."""
        desk = self._app.desk
        log, settings = desk.log, desk.settings
        if not (log.loading or log.whole or settings is None):
            log.loading = True
            threading.Thread(
                target=self._read, args=(desk, settings, log.oldest), name="reading-log", daemon=True
            ).start()

    def _read(self, desk: Desk, settings: "Settings", before: int | None) -> None:
        from specter_tui.journal.errors import JournalError  # noqa: PLC0415 - comes after the first frame

        try:
            self._app.post_message(PageRead(desk, _page(settings, before)))
        except JournalError as error:
            self._app.post_message(PageRead(desk, (), str(error)))

    def take(self, page: PageRead) -> None:
        """Put a page to the log."""
        log = page.desk.log
        log.loading, log.whole = False, not page.events
        if page.error:
            page.desk.tell(page.error, "warning")
        log.add(page.events)
        if page.desk is self._app.desk:
            self._app.main.panes["log"].rows.sync()


def _page(settings: "Settings", before: int | None) -> "list[Event]":
    from specter_tui.journal.location import journal_place  # noqa: PLC0415 - comes after the first frame
    from specter_tui.journal.opening import open_reader  # noqa: PLC0415 - comes after the first frame

    shop = settings.abicart.webshop
    with open_reader(journal_place(settings.journal.address, shop, settings.journal.seen), shop) as reader:
        return reader.events(before_id=before, limit=PAGE, newest_first=True)

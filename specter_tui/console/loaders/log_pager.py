"""Read older events of the export log from the journal, on a thread of their own."""

import threading
from collections.abc import Callable

from specter_tui.config.settings import Settings
from specter_tui.console.front_app import FrontApp
from specter_tui.console.loaders.log_pages import pages
from specter_tui.console.loaders.log_search import searched_pages
from specter_tui.console.messages import LogPageRead, LogSearched
from specter_tui.console.viewmodel.export_log import PAGE
from specter_tui.console.viewmodel.filtering.list_filter import Filter
from specter_tui.console.viewmodel.shop_view_model import ShopViewModel
from specter_tui.journal.errors import JournalError


class LogPager:
    """Reads a page when the user reaches the end of the log; with a filter, the events that pass it."""

    def __init__(self, app: FrontApp) -> None:
        self._app = app

    def read(self) -> None:
        """Read the events before the oldest one; posts LogPageRead, or with a filter LogSearched."""
        model, rows = self._app.model, self._app.main.log_rows
        log, settings = model.log, model.settings
        if settings is None or log.whole:
            return
        if rows.look.filter_text and log.ids:
            if log.search is None and not (log.searched or rows.filter.bad):
                log.search = rows.filter
                before = log.oldest if log.reached is None else log.reached.id
                self._begin(self._search, model, settings, rows.filter, before)
        elif not log.loading:
            log.loading = True
            self._begin(self._read, model, settings, log.oldest)

    def _begin(self, work: Callable[..., None], *given: object) -> None:
        threading.Thread(target=work, args=given, name="reading-log", daemon=True).start()

    def _read(self, model: ShopViewModel, settings: Settings, before: int | None) -> None:
        try:
            self._app.post_message(LogPageRead(model, next(pages(settings, before, PAGE), ())))
        except JournalError as error:
            self._app.post_message(LogPageRead(model, (), error.message))

    def _search(self, model: ShopViewModel, settings: Settings, wanted: Filter, before: int) -> None:
        """Search the journal until a page of events passed; each part is posted, and another filter ends the search."""
        count, reached = 0, None
        try:
            for events, reached in searched_pages(settings, before, wanted):
                if model.log.search is not wanted:
                    return
                passed = [event for event in events if wanted.passes(event)]
                count += len(passed)
                self._app.post_message(LogSearched(model, wanted, passed, reached, over=count >= PAGE))
                if count >= PAGE:
                    return
            self._app.post_message(LogSearched(model, wanted, (), reached, over=True, whole=True))
        except JournalError as error:
            self._app.post_message(LogSearched(model, wanted, (), reached, over=True, error=error.message))

    def take(self, page: LogPageRead) -> None:
        """Add a page to the log."""
        log = page.model.log
        log.loading, log.whole = False, not page.events
        if page.error:
            page.model.tell(page.error, "warning")
        log.add(page.events)
        self._sync(page.model)

    def take_found(self, part: LogSearched) -> None:
        """Add a search's events to the log, unless the filter has changed."""
        log = part.model.log
        if log.search is not part.wanted:
            return
        log.found |= {event.id: event for event in part.events}
        log.reached, log.searched = part.reached or log.reached, part.whole
        if part.over:
            log.search = None
        if part.error:
            part.model.tell(part.error, "warning")
        if part.events:
            self._sync(part.model)

    def _sync(self, model: ShopViewModel) -> None:
        if model is self._app.model:
            self._app.main.panes["log"].rows.sync()

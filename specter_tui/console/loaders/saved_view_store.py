"""The named views of lists: read once, and every change written, on a thread of its own."""

import threading
from collections.abc import Callable, Mapping
from pathlib import Path

from platformdirs import user_config_path

from specter_tui.console.front_app import FrontApp
from specter_tui.console.messages import CommandAnswered
from specter_tui.console.viewmodel.list_view import ListView
from specter_tui.console.viewmodel.saved_views import SavedViewsUnreadable, read_views, write_views
from specter_tui.i18n import t

Kept = dict[str, dict[str, ListView]]


class SavedViewStore:
    """Views by list, then by name. Views that another console saved meanwhile are kept."""

    def __init__(self, app: FrontApp, file: Path | None) -> None:
        self._app = app
        self._file = file
        self._views: Kept = {}

    def of(self, name: str) -> Mapping[str, ListView]:
        """Return the views of a list."""
        return self._views.get(name, {})

    def read(self) -> None:
        """Read the saved views; an unreadable file is reported, and never overwritten."""
        self._beside(lambda kept: kept, "")

    def keep(self, of: str, name: str, view: ListView) -> None:
        """Save a view of a list by name."""
        self._beside(
            lambda kept: {**kept, of: {**kept.get(of, {}), name: view}},
            t("The view {name} is saved.").format(name=name),
        )

    def forget(self, of: str, name: str) -> None:
        """Delete a view."""

        def without(kept: Kept) -> Kept:
            return {**kept, of: {other: view for other, view in kept.get(of, {}).items() if other != name}}

        self._beside(without, t("The view {name} is removed.").format(name=name))

    def _beside(self, change: Callable[[Kept], Kept], told: str) -> None:
        threading.Thread(target=self._work, args=(change, told), name="views", daemon=True).start()

    def _work(self, change: Callable[[Kept], Kept], told: str) -> None:
        file, model = self._path(), self._app.model
        try:
            before = read_views(file)
            views = change(before)
            if views != before:
                write_views(file, views)
        except (SavedViewsUnreadable, OSError) as error:
            text = t("The views cannot be used: {why}").format(why=error)
            self._app.post_message(CommandAnswered(lambda: model.tell(text, "warning"), model))
        else:
            self._app.post_message(CommandAnswered(lambda: self._take(views, told), model))

    def _take(self, views: Kept, told: str) -> None:
        self._views = views
        if told:
            self._app.model.tell(told)

    def _path(self) -> Path:
        return self._file or user_config_path("specter-tui") / "views.json"

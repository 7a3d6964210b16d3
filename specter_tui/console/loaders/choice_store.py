"""The operator's choices on the screen (theme, sort and columns of each list, enlarged pane), kept between starts.

A small file for each operator in the user's state folder, mode 0600. It has no data of the shop. A damaged one is
reported, and replaced with the next choice.
"""

import fcntl
import json
import os
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from queue import SimpleQueue
from urllib.parse import quote

from specter_tui.config.settings_file import write_private_file
from specter_tui.console.viewmodel.list_view import ListView
from specter_tui.console.viewmodel.saved_views import view_as_json, view_from_json
from specter_tui.console.widgets.columns import Column
from specter_tui.i18n import t
from specter_tui.journal.safety.operators import current_operator
from specter_tui.text.sanitize import clean_line

_LONGEST = 65_536
_WAIT_AT_END = 1.0
"""Seconds that the last choice may take to be written when the console ends."""


@dataclass(frozen=True, slots=True)
class Choices:
    """The choices of one operator."""

    theme: str = ""
    instead_of: str = ""
    """UI__THEME when the theme was chosen: a setting that was changed since then counts more."""
    enlarged: bool = False
    views: Mapping[str, ListView] = field(default_factory=dict)
    """Sort and columns by list; without filters."""

    def theme_over(self, setting: str | None) -> str:
        """Return the chosen theme, where it counts more than UI__THEME."""
        return self.theme if self.instead_of == (setting or "") else ""

    def view_of(self, name: str, home: ListView, columns: Sequence[Column]) -> ListView | None:
        """Return a list's view without columns that it does not have; None where none was chosen."""
        view = self.views.get(name)
        if view is None:
            return None
        known = {column.key for column in columns}
        sort = view.sort if view.sort is not None and view.sort.field in known else home.sort
        hidden = tuple(key for key in view.hidden if key in known)
        return ListView("", sort, hidden if len(hidden) < len(known) else home.hidden)


def choices_file(folder: Path) -> Path:
    """Return the file of this process's operator."""
    return folder / f"console-{quote(current_operator().login, safe='')}.json"


class ChoiceStore:
    """The choices of this console. Another console's choices, which were written meanwhile, are kept."""

    def __init__(self, file: Path, *, read_only: bool) -> None:
        """Read the file, and wait for the disk meanwhile."""
        self._file, self._read_only = file, read_only
        self.choices, self.problem = _read(file)
        self.report: Callable[[str], None] = lambda _: None
        """Called on another thread with the reason why choices cannot be kept, once."""
        self._changes: SimpleQueue[Callable[[Choices], Choices] | None] = SimpleQueue()
        self._thread: threading.Thread | None = None

    def keep_theme(self, theme: str, setting: str | None) -> None:
        """Keep a theme, chosen while UI__THEME was `setting`."""
        self._keep(lambda kept: replace(kept, theme=theme, instead_of=setting or ""))

    def keep_enlarged(self, enlarged: bool) -> None:
        """Keep whether the pane is enlarged."""
        self._keep(lambda kept: replace(kept, enlarged=enlarged))

    def keep_view(self, name: str, view: ListView) -> None:
        """Keep sort and columns of a list."""
        self._keep(lambda kept: replace(kept, views={**kept.views, name: replace(view, filter_text="")}))

    def close(self) -> None:
        """Wait for the last choice to be written, if the disk answers."""
        if self._thread is not None:
            self._changes.put(None)
            self._thread.join(_WAIT_AT_END)

    def _keep(self, change: Callable[[Choices], Choices]) -> None:
        self.choices = change(self.choices)
        if self._read_only:
            return
        self._changes.put(change)
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="choices", daemon=True)
            self._thread.start()

    def _work(self) -> None:
        reported = False
        while (change := self._changes.get()) is not None:
            try:
                self._write(change)
            except OSError as error:
                if not reported:
                    self.report(t("Theme, sort and columns cannot be kept: {why}").format(why=clean_line(str(error))))
                reported = True

    def _write(self, change: Callable[[Choices], Choices]) -> None:
        """Apply one change to the file as it is now; other consoles of the operator wait meanwhile."""
        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder = os.open(self._file.parent, os.O_RDONLY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            before, problem = _read(self._file)
            after = change(before)
            if problem or after != before:
                write_private_file(self._file, _text(after), replace=True)
        finally:
            os.close(folder)


def _read(file: Path) -> tuple[Choices, str]:
    """Return the choices of a file, and why they cannot be read."""
    try:
        if not file.is_file():
            return Choices(), ""
        with file.open(encoding="utf-8") as opened:
            told = json.loads(opened.read(_LONGEST))
        views = {str(name): view_from_json(view) for name, view in told["lists"].items()}
        return Choices(str(told["theme"]), str(told["instead_of"]), bool(told["enlarged"]), views), ""
    except (OSError, ValueError, TypeError, AttributeError, KeyError, RecursionError) as error:
        why = f"{file}: {type(error).__name__} {clean_line(str(error))}"
        return Choices(), t("Theme, sort and columns of the last time cannot be read. {why}").format(why=why)


def _text(choices: Choices) -> str:
    told = {
        "theme": choices.theme,
        "instead_of": choices.instead_of,
        "enlarged": choices.enlarged,
        "lists": {name: view_as_json(view) for name, view in choices.views.items()},
    }
    return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n"

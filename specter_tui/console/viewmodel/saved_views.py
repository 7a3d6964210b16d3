"""Named views (filter, sort and columns of one list) in the user's config folder, in a file of mode 0600.

They contain only what the user typed, and no data of the shop. An unreadable file is reported, never overwritten.
"""

import json
from collections.abc import Mapping
from pathlib import Path

from specter_tui.config.settings_file import write_private_file
from specter_tui.console.viewmodel.filtering.sorting import Sort
from specter_tui.console.viewmodel.list_view import ListView
from specter_tui.text.sanitize import clean_line

LONGEST_NAME = 40

Views = Mapping[str, Mapping[str, ListView]]
"""By list, then by name."""


class SavedViewsUnreadable(Exception):
    """The file of views is damaged; the text says where and why."""


def read_views(file: Path) -> dict[str, dict[str, ListView]]:
    """Read the saved views; none where there is no file. Raises SavedViewsUnreadable."""
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
        return {
            str(name): {str(called): view_from_json(told) for called, told in of.items()} for name, of in kept.items()
        }
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, AttributeError, KeyError) as error:
        raise SavedViewsUnreadable(f"{file}: {error}") from None


def write_views(file: Path, views: Views) -> None:
    """Write the views, as a whole or not at all. Raises OSError."""
    told = {name: {called: view_as_json(view) for called, view in of.items()} for name, of in views.items() if of}
    write_private_file(file, json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n", replace=True)


def clean_name(typed: str) -> str:
    """Return a view's name: one line of limited length."""
    return clean_line(typed)[:LONGEST_NAME].strip()


def view_as_json(view: ListView) -> dict[str, object]:
    """Return a view as a file has it."""
    sort = None if view.sort is None else {"field": view.sort.field, "descending": view.sort.descending}
    return {"filter": view.filter_text, "sort": sort, "hidden": list(view.hidden)}


def view_from_json(told: Mapping[str, object]) -> ListView:
    """Return a view of a file. Raises KeyError and TypeError."""
    filter_text, sort, hidden = told["filter"], told["sort"], told["hidden"]
    if not isinstance(filter_text, str) or not isinstance(hidden, list) or not isinstance(sort, dict | None):
        raise TypeError("is no view")
    by = None if sort is None else Sort(str(sort["field"]), bool(sort["descending"]))
    return ListView(clean_line(filter_text), by, tuple(str(key) for key in hidden))

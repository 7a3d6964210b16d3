"""Sort rows by any field, ascending or descending, rows without a value last; equal rows keep their order."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from specter_tui.console.viewmodel.filtering.list_fields import ListField, swedish


@dataclass(frozen=True, slots=True)
class Sort:
    """The field, and whether the largest value comes first."""

    field: str
    descending: bool = False

    @property
    def turned(self) -> "Sort":
        """Return the reverse sort."""
        return Sort(self.field, not self.descending)

    @property
    def arrow(self) -> str:
        """The sign in the column's heading."""
        return "▼" if self.descending else "▲"


def key_of(field: ListField, *, descending: bool) -> Callable[[Any], tuple[bool, Any]]:
    """Return the key function of rows; `descending` only serves to put rows without a value last."""
    get, rank = field.get, field.rank

    def key(row: Any) -> tuple[bool, Any]:
        value = get(row)
        if value in (None, "", ()):
            return not descending, 0
        if rank is not None:
            return descending, rank(row)
        if isinstance(value, tuple):
            value = value[0]
        return descending, swedish(value) if isinstance(value, str) else value

    return key


def in_order(rows: Iterable[Any], field: ListField, sort: Sort) -> list[Any]:
    """Return the rows sorted."""
    return sorted(rows, key=key_of(field, descending=sort.descending), reverse=sort.descending)

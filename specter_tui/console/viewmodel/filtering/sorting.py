"""In which order rows stand: by any field, up or down, rows without a value last; equal ones keep their order."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from specter_tui.console.viewmodel.filtering.list_fields import ListField, swedish


@dataclass(frozen=True, slots=True)
class Sort:
    """By which field, and whether the largest comes first."""

    field: str
    descending: bool = False

    @property
    def turned(self) -> "Sort":
        """The other way round."""
        return Sort(self.field, not self.descending)

    @property
    def arrow(self) -> str:
        """The sign in the column's head."""
        return "▼" if self.descending else "▲"


def key_of(field: ListField, *, descending: bool) -> Callable[[Any], tuple[bool, Any]]:
    """What rows are compared by; `descending` only so that rows without a value still come last."""
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
    """The rows sorted."""
    return sorted(rows, key=key_of(field, descending=sort.descending), reverse=sort.descending)

"""A list as someone looks at it: the base of what the panes and the full screens list."""

from abc import ABC, abstractmethod
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from datetime import tzinfo
from typing import Any, ClassVar

from specter_tui.console import words
from specter_tui.console.viewmodel.filtering.filter_text import filter_of
from specter_tui.console.viewmodel.filtering.list_fields import Fields, ListField
from specter_tui.console.viewmodel.filtering.list_filter import Filter
from specter_tui.console.viewmodel.filtering.sorting import Sort, in_order
from specter_tui.console.viewmodel.list_table import ListTable
from specter_tui.console.viewmodel.list_view import ListView


class ListModel(ABC):
    """Filters and sorts the rows that there are. Without a filter or a sort they stand as they are."""

    name: ClassVar[str]
    """In files: of the list's views, and of its CSV."""
    fields: ClassVar[Fields]
    home: ClassVar[ListView] = ListView()
    """How it is looked at unless the person says otherwise."""

    def __init__(self) -> None:
        self.look = self.home
        self.filter = Filter()
        self.zone: tzinfo | None = None
        self._every: Sequence[Hashable] = ()
        self._shown: Sequence[Hashable] = ()

    @property
    def keys(self) -> Sequence[Hashable]:
        """The rows that are shown, top to bottom."""
        self._every = every = self.every()
        self._shown = self._look_through(every)
        return self._shown

    @property
    def counts(self) -> tuple[int, int]:
        """How many rows are shown, and how many there are."""
        return len(self._shown), len(self._every)

    def apply_view(self, look: ListView) -> None:
        """Look at it in another way."""
        self.look = look
        self.filter = filter_of(look.filter_text, self.fields, self.zone)

    @property
    def sorted_by(self) -> tuple[ListField, Sort] | None:
        """The field by which the rows are sorted, and how; None where they stand in the list's own order."""
        sort = self.look.sort
        field = next((field for field in self.fields if sort is not None and field.key == sort.field), None)
        return None if sort is None or field is None else (field, sort)

    def table(self, titles: Mapping[str, str]) -> ListTable:
        """What is shown, for a file: the rows that pass, as they are sorted, and the columns that are not hidden."""
        fields = [field for field in self.fields if field.written and field.key not in self.look.hidden]
        return ListTable(self.name, fields, titles, [self.record(key) for key in self.keys])

    @property
    def empty(self) -> str:
        """Why there is nothing to see: nothing passes the filter, or there is nothing."""
        return words.NONE_MATCH if self.look.filter_text and self.counts[1] else self.nothing

    @property
    @abstractmethod
    def nothing(self) -> str:
        """Why there is no row at all."""

    @abstractmethod
    def every(self) -> Sequence[Hashable]:
        """All rows, in the list's own order."""

    def record(self, key: Hashable) -> Any:
        """What the fields are read from: the row's cells, unless the list has better."""
        return self.cells(key)

    @abstractmethod
    def cells(self, key: Hashable) -> Mapping[str, tuple[str, Any]]:
        """One row: column to text."""

    def _look_through(self, every: Sequence[Hashable]) -> Sequence[Hashable]:
        by = self.sorted_by
        if not self.look.filter_text and by is None:
            return every
        found = [(key, self.record(key)) for key in every]
        if self.look.filter_text:
            found = [pair for pair in found if self.filter.passes(pair[1])]
        if by is not None:
            field, sort = by
            of_record = replace(
                field,
                get=lambda pair: field.get(pair[1]),
                rank=None if field.rank is None else lambda pair: field.rank(pair[1]),  # type: ignore[misc]
            )
            found = in_order(found, of_record, sort)
        return tuple(key for key, _ in found)


def cell_field(key: str, *names: str) -> ListField:
    """A field that is the text of a cell."""
    return ListField(key, lambda cells: cells[key][0], names=names, searched=True)

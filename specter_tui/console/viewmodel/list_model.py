"""A list with the user's filter and sort: the base of the lists in panes and full screens."""

from abc import ABC, abstractmethod
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import tzinfo
from typing import Any, ClassVar

from specter_tui.console.viewmodel.filtering.filter_parser import Searched
from specter_tui.console.viewmodel.filtering.filter_text import filter_of
from specter_tui.console.viewmodel.filtering.list_fields import Fields, ListField
from specter_tui.console.viewmodel.filtering.list_filter import Filter
from specter_tui.console.viewmodel.filtering.sorting import Sort, in_order
from specter_tui.console.viewmodel.list_table import ListTable
from specter_tui.console.viewmodel.list_view import ListView
from specter_tui.i18n import t


class ListModel(ABC):
    """Filters and sorts rows. Without a filter or a sort they keep the list's own order."""

    name: ClassVar[str]
    """The name of the list in files: of its views, and of its CSV."""
    fields: ClassVar[Fields]
    home: ClassVar[ListView] = ListView()
    """The view that applies until the user changes it."""

    def __init__(self) -> None:
        self.look = self.home
        self.filter = Filter()
        self.zone: tzinfo | None = None
        self._every: Sequence[Hashable] = ()
        self._shown: Sequence[Hashable] = ()

    @property
    def keys(self) -> Sequence[Hashable]:
        """The shown rows, top to bottom."""
        self._every = every = self.every()
        self._shown = self._look_through(every)
        return self._shown

    @property
    def counts(self) -> tuple[int, int]:
        """The number of shown rows, and of all rows."""
        return len(self._shown), len(self._every)

    def apply_view(self, look: ListView) -> None:
        """Show the list with another view."""
        self.look = look
        rows = [self.record(key) for key in self.every()] if look.filter_text else ()
        self.filter = filter_of(look.filter_text, self.fields, self.zone, Searched(rows))

    def prepare_filter(self) -> Iterator[None]:
        """Prepare a long list for a filter, in parts between which keys are handled."""
        return iter(())

    @property
    def sorted_by(self) -> tuple[ListField, Sort] | None:
        """The field by which the rows are sorted, and how; None for the list's own order."""
        sort = self.look.sort
        field = next((field for field in self.fields if sort is not None and field.key == sort.field), None)
        return None if sort is None or field is None else (field, sort)

    def table(self, titles: Mapping[str, str]) -> ListTable:
        """Return the shown rows and columns as a table for a file."""
        hidden = self.look.hidden
        fields = [
            field
            for field in self.fields
            if field.written and (field.key not in hidden or (field.beside and field.beside not in hidden))
        ]
        return ListTable(self.name, fields, titles, [self.record(key) for key in self.keys])

    @property
    def empty(self) -> str:
        """The text of an empty list: the filter has an error, no row passes it, or there is none."""
        if self.filter.bad:
            return self.filter.bad[0].text
        return (
            t("Nothing matches the filter. Esc shows all.")
            if self.look.filter_text and self.counts[1]
            else self.nothing
        )

    @property
    @abstractmethod
    def nothing(self) -> str:
        """The text of a list without any row."""

    @abstractmethod
    def every(self) -> Sequence[Hashable]:
        """Return all rows, in the list's own order."""

    def record(self, key: Hashable) -> Any:
        """Return the object from which fields are read: the row's cells, unless the list has a better one."""
        return self.cells(key)

    @abstractmethod
    def cells(self, key: Hashable) -> Mapping[str, tuple[str, Any]]:
        """Return one row's text by column."""

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
    """Return a field that is the text of a cell."""
    return ListField(key, lambda cells: cells[key][0], names=names, searched=True)

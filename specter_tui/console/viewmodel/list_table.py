"""The shown rows of a list as a table for a file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from specter_tui.console.viewmodel.filtering.list_fields import ListField


@dataclass(frozen=True, slots=True)
class ListTable:
    """`name` becomes part of the file's name; `titles` are the headings of fields; fields are read from `rows`."""

    name: str
    fields: Sequence[ListField]
    titles: Mapping[str, str]
    rows: Sequence[Any]

    @property
    def heads(self) -> list[str]:
        """The headings of the columns."""
        return [self.titles.get(field.key, field.key) for field in self.fields]

"""What is written of what is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from specter_tui.console.viewmodel.filtering.list_fields import ListField


@dataclass(frozen=True, slots=True)
class ListTable:
    """`name` is for the file's name; `titles` stand above the fields; `rows` are what these are read from."""

    name: str
    fields: Sequence[ListField]
    titles: Mapping[str, str]
    rows: Sequence[Any]

    @property
    def heads(self) -> list[str]:
        """What stands above the columns."""
        return [self.titles.get(field.key, field.key) for field in self.fields]

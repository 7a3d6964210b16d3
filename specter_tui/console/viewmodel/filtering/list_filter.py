"""A filter as it is kept: the tests that a row has to pass. What is typed is compiled in `filters`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any, Literal

from specter_tui.console.viewmodel.filtering.list_fields import Fields

Test = Callable[[Any], bool]
Trouble = Literal["unknown", "amount", "moment", "age", "sign"]


@dataclass(frozen=True, slots=True)
class FilterError:
    """A word of a filter that asks for nothing that there is."""

    word: str
    trouble: Trouble


@dataclass(frozen=True, slots=True)
class Filter:
    """What was typed, as a test. With a bad word no row passes: a slip of the key must not show, and mark, them all."""

    tests: tuple[Test, ...] = ()
    bad: tuple[FilterError, ...] = ()

    def passes(self, row: Any) -> bool:
        """Whether one row passes."""
        return not self.bad and all(test(row) for test in self.tests)

    def select(self, rows: Iterable[Any]) -> list[Any]:
        """The rows that pass, in their order."""
        if self.bad:
            return []
        found = list(rows)
        for test in self.tests:
            found = [row for row in found if test(row)]
        return found


def filter_of(text: str, fields: Fields, zone: tzinfo | None, search: Callable[[Any], str] | None = None) -> Filter:
    """The filter that was typed, its days those of `zone`; what nothing was typed for lets every row pass.

    `search` gives a row's searched text, folded, where the caller has it at hand.
    """
    if not text:
        return Filter()
    from specter_tui.console.viewmodel.filtering.filter_parser import parse  # noqa: PLC0415 - there is no filter in the first frame
    from specter_tui.console.viewmodel.filtering.typed_values import FilterClock  # noqa: PLC0415 - as before

    return parse(text, fields, FilterClock(datetime.now().astimezone(), zone), search)

"""A compiled filter: the tests that a row must pass. `filter_parser` compiles typed text."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

Test = Callable[[Any], bool]
Trouble = Literal["unknown", "amount", "moment", "age", "sign"]


@dataclass(frozen=True, slots=True)
class FilterError:
    """An invalid word of a filter."""

    word: str
    trouble: Trouble


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter as tests.

    With an invalid word no row passes, so that a typing error never shows, and marks, all rows. `texts` and `words` are
    conditions that a database can search for: case-folded texts anywhere in the row's searched fields, and beginnings
    of words by field key.
    """

    tests: tuple[Test, ...] = ()
    bad: tuple[FilterError, ...] = ()
    texts: tuple[str, ...] = ()
    words: tuple[tuple[str, str], ...] = ()

    def passes(self, row: Any) -> bool:
        """Return whether one row passes."""
        return not self.bad and all(test(row) for test in self.tests)

    def select(self, rows: Iterable[Any]) -> list[Any]:
        """Return the rows that pass, in their order."""
        if self.bad:
            return []
        found = list(rows)
        for test in self.tests:
            found = [row for row in found if test(row)]
        return found

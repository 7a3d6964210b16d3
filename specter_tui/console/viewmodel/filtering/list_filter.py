"""A filter as it is kept: the tests that a row has to pass. `filter_parser` compiles what is typed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

Test = Callable[[Any], bool]
Trouble = Literal["unknown", "amount", "moment", "age", "sign"]


@dataclass(frozen=True, slots=True)
class FilterError:
    """A word of a filter that asks for nothing that there is."""

    word: str
    trouble: Trouble


@dataclass(frozen=True, slots=True)
class Filter:
    """What was typed, as a test. With a bad word no row passes: a slip of the key must not show, and mark, them all.

    `texts` and `words` say what a row that passes must have, for a search that can ask a database for it: texts,
    case-folded, somewhere in its searched fields, and the beginnings of words in fields by their key.
    """

    tests: tuple[Test, ...] = ()
    bad: tuple[FilterError, ...] = ()
    texts: tuple[str, ...] = ()
    words: tuple[tuple[str, str], ...] = ()

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

"""A compiled filter: the tests that a row must pass. `filter_parser` compiles typed text."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from specter_tui.i18n import Texts, t

Test = Callable[[Any], bool]
Trouble = Literal["unknown", "value", "amount", "moment", "age", "sign"]
BAD_WORDS = Texts(
    {
        "unknown": "{word}: no such word here",
        "value": "{word}: nothing is called that here",
        "amount": "{word} is no amount",
        "moment": "{word} is no day: 2026-11-26, today",
        "age": "{word} is no age: 2h, 3d",
        "sign": "that sign does not go with {word}",
    }
)


@dataclass(frozen=True, slots=True)
class FilterError:
    """An invalid word of a filter; `meant` is what should replace `typed`, where something similar is known."""

    word: str
    trouble: Trouble
    typed: str = ""
    meant: str = ""

    @property
    def text(self) -> str:
        """The error in a sentence, with a proposal."""
        said = BAD_WORDS[self.trouble].format(word=self.word)
        return f"{said}. {self.proposal}" if self.meant else said

    @property
    def proposal(self) -> str:
        """The question for what was meant."""
        return t("Did you mean {meant}?").format(meant=self.meant)


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
    similar: bool = False
    """True if a word was found in no row, and similar words are shown instead."""

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

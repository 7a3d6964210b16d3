"""Bad article numbers as rows."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from specter_tui.console import words
from specter_tui.console.columns import Column
from specter_tui.console.describe import Frame
from specter_tui.console.explain import text_and_cure
from specter_tui.console.ink import Line, Span, span

if TYPE_CHECKING:
    from specter_tui.export.article_numbers import BadNumber

COLUMNS = (
    Column("number", words.COLUMN_NUMBER, 12, flex=2),
    Column("suggestion", words.COLUMN_SUGGESTION, 12, flex=2, drop=2),
    Column("name", words.COLUMN_ARTICLE, 9, flex=3, drop=3),
    Column("problem", words.COLUMN_PROBLEM, 14, drop=1),
)


@dataclass(slots=True)
class Numbers:
    """The last check; `checked` None: none has come yet."""

    checked: int | None = None
    problems: "tuple[BadNumber, ...]" = ()


class NumberRows:
    """What the list shows of it."""

    def __init__(self, model: Numbers) -> None:
        self._model = model
        self.frame = Frame()
        self._by_key: dict[Hashable, BadNumber] = {}

    @property
    def keys(self) -> Sequence[Hashable]:
        """Article and variant of each bad number."""
        self._by_key = {(bad.article_uid, bad.variant_uid): bad for bad in self._model.problems}
        return tuple(self._by_key)

    @property
    def marks(self) -> Collection[Hashable]:
        """Nothing can be marked here."""
        return ()

    @property
    def empty(self) -> str:
        """Why there is nothing to see."""
        if self._model.checked is None:
            return words.NUMBERS_NOT_YET
        return words.NUMBERS_NONE.format(checked=self._model.checked)

    def bad(self, key: Hashable) -> "BadNumber | None":
        """The bad number of a row."""
        return self._by_key.get(key)

    def explain(self, key: Hashable) -> Line:
        """One bad number in full: what is wrong, and what to do about it."""
        bad = self._by_key.get(key)
        if bad is None:
            return ()
        text, cure = text_and_cure(bad.problem, self.frame.language)
        return span(f"▲ {bad.name}: ", "warn"), span(text), span(f" {cure}", "muted")

    def cells(self, key: Hashable) -> Mapping[str, Span]:
        """One bad number."""
        bad = self._by_key[key]
        return {
            "number": span(f"▲ {bad.number or words.NO_NUMBER}", "warn"),
            "suggestion": span(f"→ {bad.suggestion}" if bad.suggestion else "", "ready"),
            "name": span(bad.name),
            "problem": span(words.NUMBER_PROBLEMS.get(bad.problem.code, bad.problem.code), "muted"),
        }

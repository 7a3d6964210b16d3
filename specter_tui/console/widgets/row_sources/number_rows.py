"""Bad article numbers as rows."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from specter_tui.console.viewmodel.detail.finding_texts import text_and_cure, translated_error
from specter_tui.console.viewmodel.display_context import DisplayContext
from specter_tui.console.viewmodel.filtering.list_fields import Fields, ListField
from specter_tui.console.viewmodel.list_model import ListModel
from specter_tui.console.viewmodel.marks import Marks
from specter_tui.console.viewmodel.styled_text import Line, Span, span
from specter_tui.console.widgets.columns import Column
from specter_tui.i18n import Texts, ngettext, t

if TYPE_CHECKING:
    from specter_tui.engine.events import ListedNumber, NumbersChecked, NumbersFixed
    from specter_tui.engine.work_queue.todo import TodoItem
    from specter_tui.planning.article_numbers import BadNumber

NUMBER_PROBLEMS = Texts(
    {
        "empty": "missing",
        "spaces": "has spaces",
        "characters": "bad characters",
        "duplicate": "not unique",
        "too_long": "too long",
    }
)


def columns() -> tuple[Column, ...]:
    """Return the columns."""
    return (
        Column("number", t("Number"), 12, flex=2),
        Column("suggestion", t("Suggestion"), 12, flex=2, drop=2),
        Column("name", t("Article"), 9, flex=3, drop=3),
        Column("problem", t("What is wrong"), 14, drop=1),
    )


NumberKey = tuple[int, int | None]
"""Uid of an article, and of its variant."""


@dataclass(slots=True)
class NumberList:
    """The last check; `checked` is None before the first one. Marks and errors are by article and variant."""

    checked: int | None = None
    problems: "tuple[BadNumber, ...]" = ()
    packages: "tuple[ListedNumber, ...]" = ()
    unmanaged: "tuple[ListedNumber, ...]" = ()
    without_stock: "tuple[ListedNumber, ...]" = ()
    marks: Marks[Hashable] = field(default_factory=Marks)
    errors: dict[NumberKey, str] = field(default_factory=dict)
    """Why an accepted suggestion was not written."""
    cursor: Hashable = None
    shown: Collection[Hashable] = ()
    """The rows that pass the filter: no action applies to a number that the user cannot see."""

    @property
    def targets(self) -> "tuple[BadNumber, ...]":
        """The numbers for a key: the marked ones, else the one under the cursor."""
        wanted: set[Hashable] = set(self.marks) or {self.cursor}
        return tuple(bad for bad in self.listed if place_of(bad) in wanted)

    @property
    def listed(self) -> "tuple[BadNumber, ...]":
        """Every shown number with a suggestion."""
        shown = set(self.shown)
        return tuple(bad for bad in self.problems if bad.suggestion and place_of(bad) in shown)

    def queued(self, item: "TodoItem | None") -> "BadNumber | None":
        """Return the number with a suggestion that an item of the work queue is about."""
        if item is None or item.kind != "number":
            return None
        return next((bad for bad in self.problems if bad.suggestion and place_of(bad) == item.place), None)

    def take(self, told: "NumbersChecked") -> None:
        """Record a check of the whole catalogue; corrected numbers lose their marks."""
        self.checked, self.problems = told.checked, told.problems
        self.packages, self.unmanaged, self.without_stock = told.packages, told.unmanaged, told.without_stock
        left = {place_of(bad) for bad in told.problems}
        for place in self.marks.keys() - left:
            del self.marks[place]
        self.errors = {place: error for place, error in self.errors.items() if place in left}

    def take_fixed(self, told: "NumbersFixed") -> None:
        """Record the outcome of accepted suggestions; an unwritten one keeps its mark and shows why."""
        for fix in told.fixes:
            place = (fix.article_uid, fix.variant_uid)
            self.errors.pop(place, None)
            if fix.error:
                self.errors[place] = fix.error
            else:
                self.marks.pop(place, None)

    def toggle_mark(self) -> None:
        """Mark or unmark the number under the cursor."""
        for bad in self.problems:
            if (place := place_of(bad)) == self.cursor:
                self.marks.invert((place,))

    def mark_all(self) -> None:
        """Mark all shown numbers; if all are marked, unmark them."""
        if set(self.shown) <= self.marks.keys():
            self.marks.clear()
        else:
            self.marks.add(self.shown)


def place_of(bad: "BadNumber") -> NumberKey:
    """Return the article and variant of the number."""
    return bad.article_uid, bad.variant_uid


def _problem(bad: "BadNumber") -> str:
    return NUMBER_PROBLEMS.get(bad.problem.code, bad.problem.code)


FIELDS: Fields = (
    ListField("number", lambda bad: bad.number, names=("number", "nummer", "sku", "artikelnummer"), searched=True),
    ListField("suggestion", lambda bad: bad.suggestion, names=("suggestion", "förslag"), searched=True),
    ListField("name", lambda bad: bad.name, names=("name", "namn", "article", "artikel"), searched=True),
    ListField("problem", _problem, names=("problem", "fel"), searched=True),
)


class NumberRows(ListModel):
    """The rows of bad numbers."""

    name = "numbers"
    fields = FIELDS

    def __init__(self, model: NumberList) -> None:
        super().__init__()
        self._model = model
        self.frame = DisplayContext()
        self._by_key: dict[Hashable, BadNumber] = {}

    def every(self) -> Sequence[Hashable]:
        """Return article and variant of each bad number."""
        self._by_key = {place_of(bad): bad for bad in self._model.problems}
        return tuple(self._by_key)

    @property
    def marks(self) -> Collection[Hashable]:
        """The marked rows."""
        return self._model.marks.keys()

    @property
    def nothing(self) -> str:
        """The text of a list without any row."""
        if self._model.checked is None:
            return t("The article numbers are being read …")
        return t("All {checked} article numbers are good.").format(checked=self._model.checked)

    @property
    def keys(self) -> Sequence[Hashable]:
        """The shown rows."""
        self._model.shown = keys = super().keys
        return keys

    def record(self, key: Hashable) -> "BadNumber":
        """Return the bad number of a present row."""
        return self._by_key[key]

    def bad(self, key: Hashable) -> "BadNumber | None":
        """Return the bad number of a row, or None."""
        return self._by_key.get(key)

    def explain(self, key: Hashable) -> Line:
        """Return one bad number in full: the problem, and what to do about it."""
        bad = self._by_key.get(key)
        if bad is None:
            return ()
        if error := self._model.errors.get(place_of(bad)):
            return span(f"✗ {bad.name}: ", "bad"), span(
                t("{new} was not written: {why}").format(new=bad.suggestion, why=translated_error(error))
            )
        text, cure = text_and_cure(bad.problem, self.frame.language)
        return span(f"▲ {bad.name}: ", "warn"), span(text), span(f" {cure}", "muted")

    def cells(self, key: Hashable) -> Mapping[str, Span]:
        """Return the cells of one bad number."""
        bad = self._by_key[key]
        failed = place_of(bad) in self._model.errors
        return {
            "number": span(f"{'✗' if failed else '▲'} {bad.number or t('(none)')}", "bad" if failed else "warn"),
            "suggestion": span(f"→ {bad.suggestion}" if bad.suggestion else "", "ready"),
            "name": span(bad.name),
            "problem": span(t("not written"), "bad") if failed else span(_problem(bad), "muted"),
        }


def title(model: NumberList) -> tuple[str, str]:
    """Return the title with the counts of bad and marked numbers, and a subtitle with the counts of other lists."""
    parts = [f"3 {t('Article numbers')}"]
    if model.problems:
        parts.append(ngettext("{count} bad", "{count} bad", len(model.problems)).format(count=len(model.problems)))
    if model.marks:
        parts.append(ngettext("{count} marked", "{count} marked", len(model.marks)).format(count=len(model.marks)))
    if model.marks.ranging:
        parts.append(t("range"))
    listed = [
        text.format(count=len(found))
        for text, found in (
            (t("▲ without stock in Specter: {count}"), model.without_stock),
            (t("packages: {count}"), model.packages),
            (t("no stock: {count}"), model.unmanaged),
        )
        if found
    ]
    return " · ".join(parts), " · ".join([*listed, t("enter lists")] if listed else [])

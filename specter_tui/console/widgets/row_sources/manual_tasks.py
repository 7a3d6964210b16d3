"""Common parts of lists of manual tasks, which a person does one at a time and ticks."""

from abc import abstractmethod
from collections.abc import Callable, Collection, Hashable
from datetime import datetime
from typing import Any

from specter_tui.console.viewmodel.filtering.list_fields import Fields, ListField
from specter_tui.console.viewmodel.list_model import ListModel
from specter_tui.console.viewmodel.shop_view_model import ShopViewModel
from specter_tui.console.viewmodel.styled_text import Span, span
from specter_tui.console.viewmodel.sync_state import ManualTasks
from specter_tui.console.widgets.columns import Column
from specter_tui.i18n import in_every_language, t
from specter_tui.text.folding import fold

TICKED = ("ticked", "kvitterad", "avbockad", "done", "gjort")
"""Filter words for ticked lines; a filter with one of them also shows lines ticked earlier."""


def task_columns(*own: Column) -> tuple[Column, ...]:
    """Return the list's own columns, between the state and the times of seeing and ticking."""
    return (
        Column("state", t("State"), 10),
        *own,
        Column("seen", t("Seen"), 12, drop=3),
        Column("ticked", t("Ticked by"), 9, flex=2, drop=1, least=9),
    )


def task_fields(done_at: Callable[[Any], datetime | None], done_by: Callable[[Any], str], *own: ListField) -> Fields:
    """Return the list's own fields, between those that every such list has."""
    return (
        ListField(
            "state",
            lambda line: t("done") if done_at(line) else t("to do"),
            "word",
            ("state", "status", "läge"),
            spellings=lambda line: TICKED if done_at(line) else ("todo", *in_every_language("to do")),
            values=lambda: (t("to do"), t("done")),
            words=lambda: (*TICKED, "todo", *in_every_language("to do")),
            searched=True,
        ),
        *own,
        ListField("seen", lambda line: line.seen_at, "moment", ("seen", "sedd")),
        ListField("ticked", done_by, names=("ticked", "avbockad"), searched=True),
        ListField("age", lambda line: line.seen_at, "age", ("age", "ålder"), written=False),
    )


class ManualTaskRows(ListModel):
    """The rows. None moves while the list is open; new ones are added at the end.

    A ticked line stays until the list is left; later a filter by `ticked` shows it.
    """

    sign: str
    """The sign before open tasks."""

    def __init__(self, model: ShopViewModel, tasks: ManualTasks[Any, Any]) -> None:
        super().__init__()
        self._model = model
        self._tasks = tasks

    @property
    @abstractmethod
    def heading(self) -> str:
        """The name of the list."""

    @property
    def title(self) -> str:
        """The name with the number of open tasks."""
        return f"{self.heading} · {t('{count} to do').format(count=len(self._tasks.open))}"

    @property
    def marks(self) -> Collection[Hashable]:
        """No rows can be marked here: each task is done by hand, one at a time."""
        return ()

    def record(self, key: Hashable) -> Any:
        """Return the line of a present row."""
        return self._tasks.lines[key]

    @property
    def with_ticked(self) -> bool:
        """True if the filter asks for lines ticked before the list was opened."""
        asked = fold(self.look.filter_text)
        return any(word in asked for word in TICKED)

    def state(self, *, done: bool) -> Span:
        """Return the cell with the state of a line."""
        return span(f"✓ {t('done')}", "good") if done else span(f"{self.sign} {t('to do')}", "warn")

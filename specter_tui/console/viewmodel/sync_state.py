"""What is known of drift, deliveries, articles, stock and methods: what their screens show. No Textual in it."""

from abc import ABC, abstractmethod
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from datetime import date, datetime

    from specter_tui.engine.events import ArticlesExported, MethodsRead, ServiceArticles, StockApplied
    from specter_tui.journal.goods_models import DeliveryRecord, DriftLine, RowForPerson
    from specter_tui.planning.day_report import Report

MOST_DELIVERIES = 1000
"""Deliveries that are read when the console begins, and as many more that want a person."""
DriftKey = tuple[int, str, str]
"""Order, article, and when it was seen for a line that was ticked off; the open one has none."""
RowKey = tuple[str, int]
"""Number of the batch, and the row's place in it."""
Key = TypeVar("Key", bound=Hashable)
Task = TypeVar("Task")


class ManualTasks(ABC, Generic[Key, Task]):
    """What is to be done by hand. Lines that are ticked off stay, so that it can be taken back."""

    def __init__(self) -> None:
        self.lines: dict[Key, Task] = {}
        self.cursor: Hashable = None

    @staticmethod
    @abstractmethod
    def key(line: Task) -> Key:
        """Return what tells one line from the others."""

    @staticmethod
    @abstractmethod
    def done_at(line: Task) -> "datetime | None":
        """Return when a line was ticked off."""

    def take(self, told: Iterable[Task]) -> None:
        """All lines that are open, and maybe ticked ones; a ticked line that is not told of again stays."""
        fresh = {self.key(line): line for line in told}
        kept = {key: line for key, line in self.lines.items() if self.done_at(line) is not None or key in fresh}
        self.lines = kept | fresh

    @property
    def open(self) -> tuple[Task, ...]:
        """What is still to be done."""
        return tuple(line for line in self.lines.values() if self.done_at(line) is None)

    @property
    def current(self) -> Task | None:
        """The line under the cursor."""
        return next((line for key, line in self.lines.items() if key == self.cursor), None)


class DriftList(ManualTasks[DriftKey, "DriftLine"]):
    """What is to be changed in Specter by hand."""

    @staticmethod
    def key(line: "DriftLine") -> DriftKey:
        """Order, item, and when it was ticked off."""
        ticked = "" if line.ticked_at is None else line.ticked_at.isoformat()
        # No article number has a space, so no article is taken for a kind.
        item = line.article_number if line.kind == "article" else f" {line.kind}"
        return line.uid, item, ticked

    @staticmethod
    def done_at(line: "DriftLine") -> "datetime | None":
        """When it was changed in Specter."""
        return line.ticked_at

    def forget_ticked(self, line: "DriftLine") -> None:
        """A tick is taken back: what the journal says then takes its place."""
        self.lines.pop(self.key(line), None)

    def of(self, uid: int) -> "tuple[DriftLine, ...]":
        """The lines of one order."""
        return tuple(line for line in self.lines.values() if line.uid == uid)


class OpenStockRows(ManualTasks[RowKey, "RowForPerson"]):
    """Rows of Specter's stock that only a person can settle."""

    @staticmethod
    def key(line: "RowForPerson") -> RowKey:
        """Batch and place."""
        return line.batch_no, line.position

    @staticmethod
    def done_at(line: "RowForPerson") -> "datetime | None":
        """When a person had seen to it."""
        return line.done_at

    def take_settled(self, told: "Iterable[RowForPerson]") -> None:
        """Rows of which some are settled; those are added."""
        self.lines |= {self.key(row): row for row in told if row.done_at is not None}


@dataclass(slots=True)
class SyncState:
    """All that is not an order or a number; None: not told yet."""

    drift: DriftList = field(default_factory=DriftList)
    stock_rows: OpenStockRows = field(default_factory=OpenStockRows)
    deliveries: "dict[int, DeliveryRecord]" = field(default_factory=dict)
    articles: "ArticlesExported | None" = None
    stock: "StockApplied | None" = None
    """The last run that brought something; one that brought nothing does not take its place."""
    stock_since: bool = False
    """Whether a later run brought nothing."""
    services: "ServiceArticles | None" = None
    methods: "MethodsRead | None" = None
    report: "Report | None" = None
    report_day: "date | None" = None
    """The day whose report is wanted."""

    def take_stock(self, told: "StockApplied") -> None:
        """A run ended; runs that bring nothing come after every look."""
        self.stock_rows.take(told.for_person)
        self.stock_since = self.stock is not None and not (told.rows or told.written or not told.complete)
        if self.stock is None or not self.stock_since:
            self.stock = told
        else:
            self.stock = replace(self.stock, unknown=told.unknown)


@dataclass(frozen=True, slots=True)
class PostExportInfo:
    """What came after the export of one order."""

    drift: "tuple[DriftLine, ...]" = ()
    delivery: "DeliveryRecord | None" = None

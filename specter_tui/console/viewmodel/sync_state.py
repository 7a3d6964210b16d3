"""The data of the screens for drift, deliveries, articles, stock and methods. Without Textual."""

from abc import ABC, abstractmethod
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from datetime import datetime

    from specter_tui.engine.events import ArticlesExported, MethodsRead, ServiceArticles, StockApplied
    from specter_tui.journal.goods_models import DeliveryRecord, DriftLine, RowForPerson
    from specter_tui.planning.day_report import Report
    from specter_tui.planning.report_period import ReportPeriod

MOST_DELIVERIES = 1000
"""Deliveries that are read at the start, and the most additional ones that need a person."""
DriftKey = tuple[int, str, str]
"""Order, article, and the time of the tick for a ticked line; the open one has none."""
RowKey = tuple[str, int]
"""Number of the batch, and the row's position in it."""
Key = TypeVar("Key", bound=Hashable)
Task = TypeVar("Task")


class ManualTasks(ABC, Generic[Key, Task]):
    """Tasks to be done by hand. Ticked lines stay, so that a tick can be undone."""

    def __init__(self) -> None:
        self.lines: dict[Key, Task] = {}
        self.cursor: Hashable = None

    @staticmethod
    @abstractmethod
    def key(line: Task) -> Key:
        """Return a line's unique key."""

    @staticmethod
    @abstractmethod
    def done_at(line: Task) -> "datetime | None":
        """Return when a line was ticked."""

    def take(self, told: Iterable[Task]) -> None:
        """Replace the open lines, and maybe ticked ones; ticked lines that are not repeated stay."""
        fresh = {self.key(line): line for line in told}
        kept = {key: line for key, line in self.lines.items() if self.done_at(line) is not None or key in fresh}
        self.lines = kept | fresh

    @property
    def open(self) -> tuple[Task, ...]:
        """The open lines."""
        return tuple(line for line in self.lines.values() if self.done_at(line) is None)

    @property
    def current(self) -> Task | None:
        """The line under the cursor."""
        return next((line for key, line in self.lines.items() if key == self.cursor), None)


class DriftList(ManualTasks[DriftKey, "DriftLine"]):
    """Changes to be made by hand in Specter."""

    @staticmethod
    def key(line: "DriftLine") -> DriftKey:
        """Return order, item, and the time of the tick."""
        ticked = "" if line.ticked_at is None else line.ticked_at.isoformat()
        # Article numbers have no space, so none equals a kind.
        item = line.article_number if line.kind == "article" else f" {line.kind}"
        return line.uid, item, ticked

    @staticmethod
    def done_at(line: "DriftLine") -> "datetime | None":
        """Return when it was changed in Specter."""
        return line.ticked_at

    def key_of_open(self, place: Sequence[object]) -> DriftKey | None:
        """Return the key of the open line of an order and item."""
        return next((self.key(line) for line in self.open if (line.uid, line.item) == tuple(place)), None)

    def forget_ticked(self, line: "DriftLine") -> None:
        """Remove a ticked line whose tick was undone; the journal's data then replaces it."""
        self.lines.pop(self.key(line), None)

    def of(self, uid: int) -> "tuple[DriftLine, ...]":
        """Return the lines of one order."""
        return tuple(line for line in self.lines.values() if line.uid == uid)


class OpenStockRows(ManualTasks[RowKey, "RowForPerson"]):
    """Rows of Specter's stock that a person must decide about."""

    @staticmethod
    def key(line: "RowForPerson") -> RowKey:
        """Return batch and position."""
        return line.batch_no, line.position

    @staticmethod
    def done_at(line: "RowForPerson") -> "datetime | None":
        """Return when a person had handled it."""
        return line.done_at

    def take_settled(self, told: "Iterable[RowForPerson]") -> None:
        """Add the settled rows among these."""
        self.lines |= {self.key(row): row for row in told if row.done_at is not None}


@dataclass(slots=True)
class SyncState:
    """All data that is not an order or a number; None: not received yet."""

    drift: DriftList = field(default_factory=DriftList)
    stock_rows: OpenStockRows = field(default_factory=OpenStockRows)
    deliveries: "dict[int, DeliveryRecord]" = field(default_factory=dict)
    articles: "ArticlesExported | None" = None
    stock: "StockApplied | None" = None
    """The last run with changes; one without changes does not replace it."""
    stock_since: bool = False
    """True if a later run had no changes."""
    services: "ServiceArticles | None" = None
    methods: "MethodsRead | None" = None
    report: "Report | None" = None
    report_period: "ReportPeriod | None" = None
    """The days whose report is wanted."""

    def take_stock(self, told: "StockApplied") -> None:
        """Record a run; runs without changes follow every poll."""
        self.stock_rows.take(told.for_person)
        self.stock_since = self.stock is not None and not (told.rows or told.written or not told.complete)
        if self.stock is None or not self.stock_since:
            self.stock = told
        else:
            self.stock = replace(self.stock, unknown=told.unknown)


@dataclass(frozen=True, slots=True)
class PostExportInfo:
    """The data after the export of one order."""

    drift: "tuple[DriftLine, ...]" = ()
    delivery: "DeliveryRecord | None" = None

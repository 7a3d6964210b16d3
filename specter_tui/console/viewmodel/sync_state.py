"""What is known of drift, deliveries, articles, stock and methods: what their screens show. No Textual in it."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from specter_tui.engine.events import ArticlesExported, MethodsRead, ServiceArticles, StockApplied
    from specter_tui.journal.goods_models import DeliveryRecord, DriftLine, RowForPerson
    from specter_tui.planning.day_report import Report

DriftKey = tuple[int, str, str]
"""Order, article, and when it was seen for a line that was ticked off; the open one has none."""


@dataclass(slots=True)
class DriftList:
    """What is to be changed in Specter by hand. Lines keep their places while the list is open."""

    lines: "dict[DriftKey, DriftLine]" = field(default_factory=dict)
    cursor: Hashable = None

    def take(self, told: "Iterable[DriftLine]") -> None:
        """All lines that are open, and maybe ticked ones; a ticked line that is not told of again stays."""
        fresh = {drift_key(line): line for line in told}
        self.lines = {key: line for key, line in self.lines.items() if line.ticked_at is not None or key in fresh}
        self.lines.update(fresh)

    def forget_ticked(self, line: "DriftLine") -> None:
        """A tick is taken back: what the journal says then takes its place."""
        self.lines.pop(drift_key(line), None)

    @property
    def open(self) -> "tuple[DriftLine, ...]":
        """What is still to be done."""
        return tuple(line for line in self.lines.values() if line.ticked_at is None)

    @property
    def current(self) -> "DriftLine | None":
        """The line under the cursor."""
        return next((line for key, line in self.lines.items() if key == self.cursor), None)

    def of(self, uid: int) -> "tuple[DriftLine, ...]":
        """The lines of one order."""
        return tuple(line for line in self.lines.values() if line.uid == uid)


def drift_key(line: "DriftLine") -> DriftKey:
    """What tells one line from the others."""
    ticked = "" if line.ticked_at is None else line.ticked_at.isoformat()
    # No article number has a space, so no article is taken for a kind.
    item = line.article_number if line.kind == "article" else f" {line.kind}"
    return line.uid, item, ticked


RowKey = tuple[str, int]
"""Number of the batch, and the row's place in it."""


@dataclass(slots=True)
class OpenStockRows:
    """Rows of Specter's stock that only a person can settle. Settled ones stay, so that it can be taken back."""

    rows: "dict[RowKey, RowForPerson]" = field(default_factory=dict)
    cursor: Hashable = None

    def take(self, told: "Iterable[RowForPerson]") -> None:
        """All rows that wait, of every batch."""
        fresh = {row_key(row): row for row in told}
        self.rows = {key: row for key, row in self.rows.items() if row.done_at is not None or key in fresh} | fresh

    def take_settled(self, told: "Iterable[RowForPerson]") -> None:
        """Rows of which some are settled; those are added."""
        self.rows |= {row_key(row): row for row in told if row.done_at is not None}

    @property
    def open(self) -> "tuple[RowForPerson, ...]":
        """What is still to be seen to."""
        return tuple(row for row in self.rows.values() if row.done_at is None)

    @property
    def current(self) -> "RowForPerson | None":
        """The row under the cursor."""
        return next((row for key, row in self.rows.items() if key == self.cursor), None)


def row_key(row: "RowForPerson") -> RowKey:
    """What tells one row from the others."""
    return row.batch_no, row.position


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

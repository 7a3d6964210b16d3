"""Batches of changes: their numbers are stored before they are fetched, their rows before they are used.

Specter discards the rows of a batch once it is acknowledged, so they are on the disk before that; after a kill at any
point the journal shows how far the batch had come.
"""

from collections.abc import Iterable
from typing import Literal, overload

from specter_tui.journal.codecs import moment
from specter_tui.journal.goods_models import BatchKind, StatusLine, StockLine, StoredBatch, UnreadLine
from specter_tui.journal.repositories.goods.deliveries import Deliveries
from specter_tui.journal.repositories.goods.stock import StockLevels
from specter_tui.journal.repositories.goods.stock_rows import StockRows
from specter_tui.journal.repositories.repository import Repository
from specter_tui.journal.shop_database import WritableDatabase

_BEGIN = """
    INSERT INTO batches (shop, kind, batch_no, begun_at, after_event)
    VALUES (?, ?, ?, ?, (SELECT COALESCE(MAX(id), 0) FROM events WHERE shop = ?))
    ON CONFLICT (shop, kind, batch_no) DO NOTHING
"""
_BEGUN = "SELECT after_event FROM batches WHERE shop = ? AND kind = ? AND batch_no = ?"
_STORED = """
    INSERT INTO batches (shop, kind, batch_no, begun_at, after_event, stored_at, rows)
    VALUES (:shop, :kind, :batch_no, :now, :after_event, :now, :rows)
    ON CONFLICT (shop, kind, batch_no) DO UPDATE SET stored_at = excluded.stored_at, rows = excluded.rows
"""
_OPEN = """
    SELECT batch_no, begun_at, stored_at, rows FROM batches
    WHERE shop = ? AND kind = ? ORDER BY stored_at IS NULL, begun_at
"""
_CLOSED = "DELETE FROM batches WHERE shop = ? AND kind = ? AND (batch_no = ? OR stored_at IS NULL)"


class Batches(Repository):
    """The operations on batches, from the choice of a number to the acknowledgement."""

    def __init__(self, db: WritableDatabase, stock: StockLevels, stock_rows: StockRows, deliveries: Deliveries) -> None:
        self._db = db
        self._stock = stock
        self._stock_rows = stock_rows
        self._deliveries = deliveries

    def begin(self, kind: BatchKind, batch_no: str) -> None:
        """Store the number of a new batch before its first fetch.

        Not for a number that Specter quotes: a batch that was not begun here is assumed to be as old as possible.
        """
        with self._db.change:
            self._db.execute(_BEGIN, (self._db.shop, kind, batch_no, self._db.now(), self._db.shop))

    @overload
    def keep(
        self,
        kind: Literal["stock"],
        batch_no: str,
        rows: Iterable[StockLine],
        unread: Iterable[UnreadLine] = (),
        *,
        is_ours: bool = True,
    ) -> None: ...
    @overload
    def keep(
        self,
        kind: Literal["orders"],
        batch_no: str,
        rows: Iterable[StatusLine],
        unread: Iterable[UnreadLine] = (),
        *,
        is_ours: bool = True,
    ) -> None: ...
    def keep(
        self,
        kind: BatchKind,
        batch_no: str,
        rows: Iterable[StockLine] | Iterable[StatusLine],
        unread: Iterable[UnreadLine] = (),
        *,
        is_ours: bool = True,
    ) -> None:
        """Store everything in a batch, in one commit; the same batch may come again.

        Of stock: each article's quantity at each site, to be written to the shop. Of orders: the status of each.
        `unread` are rows that only a person can handle. A batch without rows is not stored as open, since there is
        nothing to acknowledge; of stock it shows that Specter's queue is empty, and thus that all stored quantities are
        current. `is_ours` False: another shop that shares the queue has fetched it and acknowledges it, so that it is
        not open here.
        """
        listed, left = list(rows), list(unread)
        with self._db.change:
            begun = self._db.execute(_BEGUN, (self._db.shop, kind, batch_no)).fetchone()
            after_event = begun[0] if begun else self._stock.drained()
            is_empty = not listed and not left
            if is_empty or not is_ours:
                self._db.execute(_CLOSED, (self._db.shop, kind, batch_no))
            else:
                batch = {"shop": self._db.shop, "kind": kind, "batch_no": batch_no, "after_event": after_event}
                self._db.execute(_STORED, {**batch, "now": self._db.now(), "rows": len(listed) + len(left)})
                self._stock_rows.keep(batch_no, left)
            if is_empty and kind == "stock":
                self._stock.all_current(after_event)
            elif kind == "stock":
                self._stock.keep(listed, batch_no, after_event)  # type: ignore[arg-type]  # as the overloads say.
            else:
                for row in listed:
                    self._deliveries.keep(row)  # type: ignore[arg-type]

    def open(self, kind: BatchKind) -> list[StoredBatch]:
        """Return the batches not known to be acknowledged, stored ones first; the others are fetched again."""
        return [
            StoredBatch(
                batch_no,
                moment(begun_at),
                None if stored_at is None else moment(stored_at),
                rows,
                self._stock.left(batch_no) if kind == "stock" and stored_at is not None else 0,
            )
            for batch_no, begun_at, stored_at, rows in self._db.rows(_OPEN, (self._db.shop, kind))
        ]

    def forget(self, kind: BatchKind, batch_no: str) -> None:
        """Close a batch that another shop with the same queue acknowledged; its stock is still to be written."""
        with self._db.change:
            self._db.execute(_CLOSED, (self._db.shop, kind, batch_no))

    def acknowledged(self, kind: BatchKind, batch_no: str) -> bool:
        """Close an acknowledged batch, and others of its kind that were only begun.

        Returns False, without a change, while some of its stock is still to be written: check StoredBatch.left before.
        """
        with self._db.change:
            if kind == "stock" and self._stock.left(batch_no):
                return False
            self._db.execute(_CLOSED, (self._db.shop, kind, batch_no))
        return True

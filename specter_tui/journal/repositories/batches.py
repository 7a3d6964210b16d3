"""Batches of changes: their numbers kept before they are fetched, their rows before anything is done with them.

Specter forgets the rows of a batch that is acknowledged. So what a batch brings is here, on the disk, before that; and
a process that dies at any point finds here how far it had come.
"""

from collections.abc import Iterable
from typing import Literal, overload

from specter_tui.journal.codecs import Row, moment
from specter_tui.journal.goods_models import BatchKind, RowForPerson, StatusLine, StockLine, StoredBatch, UnreadLine
from specter_tui.journal.repositories.base_writer import JournalWriter
from specter_tui.journal.repositories.deliveries import DeliveryOperations
from specter_tui.journal.repositories.stock import StockOperations

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
_KEEP_ROWS = """
    INSERT INTO stock_rows (shop, batch_no, position, article_number, site, quantity, reason, seen_at) VALUES ?*
    ON CONFLICT (shop, batch_no, position) DO NOTHING
"""
_OPEN_ROWS = """
    SELECT batch_no, position, article_number, site, quantity, reason, seen_at, done_at, done_by, done_reason
    FROM stock_rows WHERE shop = ? AND done_at IS NULL ORDER BY seen_at, batch_no, position LIMIT ?
"""
_ALL_ROWS = """
    SELECT batch_no, position, article_number, site, quantity, reason, seen_at, done_at, done_by, done_reason
    FROM stock_rows WHERE shop = ? ORDER BY seen_at, batch_no, position LIMIT ?
"""
_NAMED_ROWS = """
    SELECT batch_no, position, article_number, site, quantity, reason, seen_at, done_at, done_by, done_reason
    FROM stock_rows WHERE shop = ? AND position = ? AND SUBSTR(batch_no, 1, ?) = ? ORDER BY batch_no LIMIT 2
"""
_ROW_DONE = """
    UPDATE stock_rows SET done_at = ?, done_by = ?, done_reason = ?
    WHERE shop = ? AND batch_no = ? AND position = ? AND done_at IS NULL
"""
_ROW_UNDONE = """
    UPDATE stock_rows SET done_at = NULL, done_by = NULL, done_reason = NULL
    WHERE shop = ? AND batch_no = ? AND position = ? AND done_at IS NOT NULL
"""


class StockRowOperations(JournalWriter):
    """The verbs on rows for a person; they are no orders and have no events: each keeps who settled it, and why."""

    def stock_rows(self, *, open_only: bool = True, limit: int = 1000) -> list[RowForPerson]:
        """Return the rows that a person is to settle, the oldest first, or with them those that were settled."""
        return [_row(row) for row in self._rows(_OPEN_ROWS if open_only else _ALL_ROWS, (self.shop, limit))]

    def stock_rows_named(self, batch_no: str, position: int) -> list[RowForPerson]:
        """Return the row at this position of a batch; two where the beginning of its number fits several batches."""
        return [_row(row) for row in self._rows(_NAMED_ROWS, (self.shop, position, len(batch_no), batch_no))]

    def settle_stock_row(self, batch_no: str, position: int, reason: str) -> bool:
        """The operator has seen to this row; False when it is not waiting for anyone."""
        with self._change:
            values = (self._now(), str(self.operator), reason, self.shop, batch_no, position)
            return self._execute(_ROW_DONE, values).rowcount == 1

    def reopen_stock_row(self, batch_no: str, position: int) -> bool:
        """The row is to be settled after all; False when it was not settled."""
        with self._change:
            return self._execute(_ROW_UNDONE, (self.shop, batch_no, position)).rowcount == 1

    def _keep_for_person(self, batch_no: str, rows: Iterable[UnreadLine]) -> None:
        now = self._now()
        self._execute_many(
            _KEEP_ROWS,
            (
                (self.shop, batch_no, row.position, row.article_number, row.site, row.quantity, row.reason, now)
                for row in rows
            ),
        )


class BatchOperations(StockOperations, StockRowOperations, DeliveryOperations):
    """The verbs by which a batch comes, and goes when Specter has been told that it came."""

    def begin_batch(self, kind: BatchKind, batch_no: str) -> None:
        """Keep a number that was chosen for a new batch, before its first fetch.

        Not for a number that Specter quotes: a batch that was begun without this is taken to be as old as it can be.
        """
        with self._change:
            self._execute(_BEGIN, (self.shop, kind, batch_no, self._now(), self.shop))

    @overload
    def keep_batch(
        self,
        kind: Literal["stock"],
        batch_no: str,
        rows: Iterable[StockLine],
        unread: Iterable[UnreadLine] = (),
        *,
        is_ours: bool = True,
    ) -> None: ...
    @overload
    def keep_batch(
        self,
        kind: Literal["orders"],
        batch_no: str,
        rows: Iterable[StatusLine],
        unread: Iterable[UnreadLine] = (),
        *,
        is_ours: bool = True,
    ) -> None: ...
    def keep_batch(
        self,
        kind: BatchKind,
        batch_no: str,
        rows: Iterable[StockLine] | Iterable[StatusLine],
        unread: Iterable[UnreadLine] = (),
        *,
        is_ours: bool = True,
    ) -> None:
        """Keep all that a batch brought, in one commit; the same batch may come again.

        Of stock: each article's quantity at each site, and that it is to be written to the shop. Of orders: what became
        of each. `unread` is what only a person can settle. A batch without rows is not kept as open, for there is
        nothing to acknowledge; of stock it tells that Specter's queue is empty, and so all quantities that were kept
        are those of now. `is_ours` False: another shop that shares the queue has fetched it and acknowledges it, so
        that nothing of it is open here.
        """
        listed, left = list(rows), list(unread)
        with self._change:
            begun = self._execute(_BEGUN, (self.shop, kind, batch_no)).fetchone()
            after_event = begun[0] if begun else self._drained()
            is_empty = not listed and not left
            if is_empty or not is_ours:
                self._execute(_CLOSED, (self.shop, kind, batch_no))
            else:
                batch = {"shop": self.shop, "kind": kind, "batch_no": batch_no, "after_event": after_event}
                self._execute(_STORED, {**batch, "now": self._now(), "rows": len(listed) + len(left)})
                self._keep_for_person(batch_no, left)
            if is_empty and kind == "stock":
                self._all_current(after_event)
            elif kind == "stock":
                self._keep_stock(listed, batch_no, after_event)  # type: ignore[arg-type]  # as the overloads say.
            else:
                for row in listed:
                    self._keep_delivery(row)  # type: ignore[arg-type]

    def open_batches(self, kind: BatchKind) -> list[StoredBatch]:
        """Return the batches that are not known to be acknowledged, stored ones first; an open one is fetched again."""
        return [
            StoredBatch(
                batch_no,
                moment(begun_at),
                None if stored_at is None else moment(stored_at),
                rows,
                self._left(batch_no) if kind == "stock" and stored_at is not None else 0,
            )
            for batch_no, begun_at, stored_at, rows in self._rows(_OPEN, (self.shop, kind))
        ]

    def forget_batch(self, kind: BatchKind, batch_no: str) -> None:
        """Another shop that shares the queue has told Specter that the batch came; what is to be written stays so."""
        with self._change:
            self._execute(_CLOSED, (self.shop, kind, batch_no))

    def acknowledged(self, kind: BatchKind, batch_no: str) -> bool:
        """Specter has been told that the batch came: forget it, and others of its kind that were only begun.

        False, and nothing changes, while some of its stock is still to be written: look at Batch.left before telling.
        """
        with self._change:
            if kind == "stock" and self._left(batch_no):
                return False
            self._execute(_CLOSED, (self.shop, kind, batch_no))
        return True


def _row(row: Row) -> RowForPerson:
    batch_no, position, number, site, quantity, reason, seen_at, done_at, done_by, done_reason = row
    done = None if done_at is None else moment(done_at)
    seen = moment(seen_at)
    return RowForPerson(
        batch_no, position, number, site, quantity, reason, seen, done, done_by or "", done_reason or ""
    )

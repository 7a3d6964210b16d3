"""Rows of a batch that only a person can handle."""

from collections.abc import Iterable

from specter_tui.journal.codecs import Row, moment
from specter_tui.journal.goods_models import RowForPerson, UnreadLine
from specter_tui.journal.repositories.repository import Repository
from specter_tui.journal.shop_database import WritableDatabase

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


class StockRows(Repository):
    """The operations on rows for a person, which are not orders and have no events.

    Each row records who settled it, and why.
    """

    def __init__(self, db: WritableDatabase) -> None:
        self._db = db

    def listed(self, *, open_only: bool = True, limit: int = 1000) -> list[RowForPerson]:
        """Return the rows that a person must handle, oldest first, or also the settled ones."""
        return [_row(row) for row in self._db.rows(_OPEN_ROWS if open_only else _ALL_ROWS, (self._db.shop, limit))]

    def named(self, batch_no: str, position: int) -> list[RowForPerson]:
        """Return the row at a position of a batch; two if the given start of the batch number fits several."""
        return [_row(row) for row in self._db.rows(_NAMED_ROWS, (self._db.shop, position, len(batch_no), batch_no))]

    def settle(self, batch_no: str, position: int, reason: str) -> bool:
        """Record that the operator handled this row; False if it is not open."""
        with self._db.change:
            values = (self._db.now(), str(self._db.operator), reason, self._db.shop, batch_no, position)
            return self._db.execute(_ROW_DONE, values).rowcount == 1

    def reopen(self, batch_no: str, position: int) -> bool:
        """Reopen a settled row; False if it was not settled."""
        with self._db.change:
            return self._db.execute(_ROW_UNDONE, (self._db.shop, batch_no, position)).rowcount == 1

    def keep(self, batch_no: str, rows: Iterable[UnreadLine]) -> None:
        """Store rows of a batch for a person; inside a change."""
        now = self._db.now()
        self._db.execute_many(
            _KEEP_ROWS,
            (
                (self._db.shop, batch_no, row.position, row.article_number, row.site, row.quantity, row.reason, now)
                for row in rows
            ),
        )


def _row(row: Row) -> RowForPerson:
    batch_no, position, number, site, quantity, reason, seen_at, done_at, done_by, done_reason = row
    done = None if done_at is None else moment(done_at)
    seen = moment(seen_at)
    return RowForPerson(
        batch_no, position, number, site, quantity, reason, seen, done, done_by or "", done_reason or ""
    )

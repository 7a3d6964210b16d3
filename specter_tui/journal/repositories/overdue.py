"""Work after an export that is due but not done: how much, and since when."""

import json

from specter_tui.journal.codecs import moment, stored_text, text_of
from specter_tui.journal.models import Overdue, OverdueKind
from specter_tui.journal.repositories.cursors import Cursors
from specter_tui.journal.repositories.repository import Repository
from specter_tui.journal.shop_database import WritableDatabase

# An order whose number was taken back, or that an older version exported, has no time of export.
_WRITE_BACKS = """
    SELECT COUNT(*), MIN(COALESCE(exported_at, changed_at)) FROM orders /*+ orders_to_write_back */
    WHERE shop = ? AND write_back = 'due'
"""
_CONFLICTS = """
    SELECT COUNT(*), MIN(changed_at) FROM orders /*+ orders_in_conflict */ WHERE shop = ? AND write_back = 'conflict'
"""
_STOCK = "SELECT COUNT(*), MIN(since) FROM stock_to_write WHERE shop = ?"
_DELIVERIES = """
    SELECT COUNT(*), MIN(seen_at) FROM deliveries /*+ deliveries_to_mark */
    WHERE shop = ? AND delivered = 1 AND cancelled = 0 AND marked_at IS NULL AND problem = ''
"""
_FAILING = "SELECT name, value FROM cursors WHERE shop = ? AND name IN (?*) AND value <> ''"
_PULLS: dict[str, OverdueKind] = {"failing:stock": "stock_pull", "failing:deliveries": "deliveries_pull"}


class OverdueWork(Repository):
    """The operations on work that is due. Each count reads an index that has only work that is due."""

    def __init__(self, db: WritableDatabase, cursors: Cursors) -> None:
        self._db = db
        self._cursors = cursors

    def found(self) -> list[Overdue]:
        """Return the work that is due, by kind; an attempt may be in progress."""
        queries: tuple[tuple[OverdueKind, str], ...] = (
            ("write_back", _WRITE_BACKS),
            ("conflict", _CONFLICTS),
            ("stock", _STOCK),
            ("deliveries", _DELIVERIES),
        )
        found = []
        for kind, sql in queries:
            ((count, since),) = self._db.rows(sql, (self._db.shop,))
            if count:
                found.append(Overdue(kind, moment(since), count))
        for name, value in self._db.rows_of(_FAILING, _PULLS):
            since, why = json.loads(value)
            found.append(Overdue(_PULLS[name], moment(since), 1, text_of(why)))
        return found

    def note_failing(self, work: str, why: str) -> None:
        """Store since when a piece of work fails, and the last reason; an empty `why` ends it."""
        name = f"failing:{work}"
        before = self._cursors.get(name)
        if not why:
            if before:
                self._cursors.set(name, "")
            return
        since, told = json.loads(before) if before else (self._db.now(), "")
        if told != stored_text(why):
            self._cursors.set(name, json.dumps([since, stored_text(why)]))

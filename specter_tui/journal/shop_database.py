"""One shop's part of a database, used by all repositories, and the change that they run in."""

from collections.abc import Callable, Iterable
from typing import Any

from specter_tui.journal.codecs import Row
from specter_tui.journal.database import Store, chunked, expand_placeholders
from specter_tui.journal.group_commit import GroupableTransaction, RefusedTransaction
from specter_tui.journal.safety.operators import Operator


class ShopDatabase:
    """A store for reading one shop; every statement raises JournalError if it fails."""

    def __init__(self, store: Store, shop: int) -> None:
        self.store = store
        self.shop = shop
        self.path = store.place
        self.rows = store.rows

    def rows_of(self, sql: str, values: Iterable[Any]) -> list[Row]:
        """Return the rows that a statement `... WHERE shop = ? AND ... IN (?*)` finds for many values."""
        return [
            row
            for some in chunked(values)
            for row in self.rows(expand_placeholders(sql, len(some)), (self.shop, *some))
        ]


class WritableDatabase(ShopDatabase):
    """The same for writing, in the name of one operator and with one clock of leases.

    Everything executed inside `change` is committed together or not at all.
    """

    def __init__(self, store: Store, shop: int, operator: Operator, *, read_only: bool = False) -> None:
        """Make it; `read_only`: every change is refused, whatever the database would allow."""
        super().__init__(store, shop)
        self.operator = operator
        self.holder = str(operator)
        self.clock = store.clock
        self.now = store.now
        self.execute = store.execute
        self.execute_required = store.execute_required
        self.deferred_row = store.deferred_row
        self.when_ended: Callable[[bool], None] = lambda _: None
        """Called at the end of each change, with whether it was committed."""
        self.change = GroupableTransaction(RefusedTransaction() if read_only else store.change(self._ended))

    def _ended(self, committed: bool) -> None:
        self.when_ended(committed)

    def execute_many(self, sql: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Execute a statement `... VALUES ?* ...` with many rows; no two of them may have the same key."""
        for some in chunked(rows):
            self.execute(expand_placeholders(sql, len(some), len(some[0])), [value for row in some for value in row])

    def execute_of(self, sql: str, values: Iterable[Any]) -> int:
        """Execute a statement `... WHERE shop = ? AND ...

        IN (?*)` for many values; return the number of rows written.
        """
        return sum(
            self.execute(expand_placeholders(sql, len(some)), (self.shop, *some)).rowcount for some in chunked(values)
        )

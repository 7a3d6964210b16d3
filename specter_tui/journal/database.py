"""The seam below the rules: what a database must do to hold a journal. `sqlite.py` and `postgres/` do it.

The rules are written once, in SQL that both take, and know no more of a database than this. Marks in their SQL:
`?` and `:name` stand for a value; `?*` for a list, one mark or one row of marks each, put in by `marked`;
`/*+ index */` names the index that SQLite, which keeps no statistics here, would not choose by itself, and
`/*+ in order */` before a join says that the tables are read in the order given; a server reads past both.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import timedelta
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, Protocol, TypeVar

from specter_tui.journal.codecs import Row
from specter_tui.journal.schema_version import Upgraded
from specter_tui.journal.transactions import Transaction

T = TypeVar("T")

AT_ONCE = 500
"""Values of a list that go into one statement."""


class QueryResult(Protocol):
    """What a statement answered."""

    @property
    def rowcount(self) -> int:
        """How many rows it wrote."""

    def fetchone(self) -> Any:
        """The next row, None after the last."""

    def fetchall(self) -> list[Any]:
        """All rows that are left."""


class Clock(Protocol):
    """The clock of leases, in milliseconds: the machine's boot clock for a file, the server's for a server."""

    @property
    def me(self) -> str:
        """The process that asks, so named that no other has the same name."""

    def end(self, lease: timedelta) -> int:
        """When a lease that begins now is over."""

    def over(self, holder: str, until: int) -> bool:
        """Whether a lease has ended: its time, or its process is known to be gone."""


class Store(Protocol):
    """A database that holds a shop's journal. Every method raises JournalError when it cannot do what is asked."""

    @property
    def place(self) -> Path:
        """The journal's file; for a server a name on this host, beside which its side file and reserve lie."""

    @property
    def upgraded(self) -> Upgraded | None:
        """The upgrade that opening it made, if it made one."""

    @property
    def clock(self) -> Clock:
        """The clock of leases."""

    def now(self) -> int:
        """The time of day in microseconds since 1970, by the clock that all who share the journal go by."""

    def refuse_other_version(self) -> None:
        """Raise JournalOtherVersion where another program has upgraded it; inside a change at a server Missed."""

    def execute(self, sql: str, values: Any = (), /) -> QueryResult:
        """Execute inside a change; what the driver raises is translated when the change ends.

        What a statement refuses may be raised by a later one, or by the end of the change.
        """

    def execute_required(self, sql: str, values: Any = (), /) -> None:
        """Execute inside a change what has to write a row, and do not wait to see it.

        Where it writes none Missed is raised, at once or by the end of the change, and nothing of the change is kept.
        """

    def deferred_row(self, sql: str, values: Any = (), /) -> Callable[[], Row]:
        """Execute inside a change what answers with one row, and return what gives it: also after the change's end.

        For a row that is not needed before: who asks for it later does not wait for it.
        """

    def rows(self, sql: str, values: Any = (), /) -> list[Row]:
        """Read, inside a change or by itself."""

    def change(self, ended: Callable[[bool], None]) -> Transaction:
        """Return a block that may be entered again and again: all that is executed inside is kept, or nothing.

        Changes of one shop come one after another, so that what is read inside one still holds when it writes.
        `ended` is told whether it was kept, and may not fail.
        """

    def load(self, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """Inside a change: write many whole rows into a table, as fast as the database can."""

    def events_open(self) -> AbstractContextManager[None]:
        """Inside a change: a block in which events may be altered, for erasing alone."""

    def copies(self) -> list[str]:
        """Copies of the journal that lie in the database itself."""

    def clean(self) -> None:
        """Let go of what was erased, so that its old bytes do not stay where others could read them."""

    def listen(self, moved: Callable[[], None]) -> bool:
        """Have `moved` called, in another thread or on the loop, whenever anyone changed this shop's journal.

        False where that cannot be told, as of a file: there whoever wants to know looks.
        """

    def run_blocking(self, work: Callable[[], T]) -> T:
        """Do what waits for this machine's disk, and return what it returns: a loop goes on meanwhile."""

    def close(self) -> None:
        """Close it; what was kept stays."""


@lru_cache(maxsize=512)
def expand_placeholders(sql: str, count: int, width: int = 0) -> str:
    """Return the statement with `?*` spelled out: `count` marks, or `count` rows of `width` marks each."""
    one = f"({', '.join('?' * width)})" if width else "?"
    return sql.replace("?*", ", ".join([one] * count))


def chunked(values: Iterable[T]) -> Iterator[Sequence[T]]:
    """Give values in lists short enough for one statement each."""
    left = iter(values)
    while portion := list(islice(left, AT_ONCE)):
        yield portion

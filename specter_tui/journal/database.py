"""The protocol of a database that can hold a journal; `sqlite.py` and `postgres/` implement it.

The repositories are written once, in SQL that both accept, and use nothing but this protocol. In their SQL `?` and
`:name` are a value; `?*` is a list, one value or one row of values each, expanded by `expand_placeholders`. The comment
`/*+ index */` names the index that SQLite, without statistics, would not choose; `/*+ in order */` before a join makes
SQLite read the tables in the given order. PostgreSQL ignores both comments.
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
"""The number of values of a list in one statement."""


class QueryResult(Protocol):
    """The result of a statement."""

    @property
    def rowcount(self) -> int:
        """The number of rows written."""

    def fetchone(self) -> Any:
        """Return the next row, None after the last."""

    def fetchall(self) -> list[Any]:
        """Return all remaining rows."""


class Clock(Protocol):
    """The clock of leases, in milliseconds.

    The boot clock of the machine for a file, the server's clock for a server.
    """

    @property
    def me(self) -> str:
        """A unique name of the calling process."""

    def end(self, lease: timedelta) -> int:
        """Return the time at which a lease that begins now ends."""

    def over(self, holder: str, until: int) -> bool:
        """Return whether a lease has ended: its time is over, or its process is known to be gone."""


class Store(Protocol):
    """A database that holds a shop's journal. Every method raises JournalError if it fails."""

    @property
    def place(self) -> Path:
        """The journal's file; for a server a path on this host, beside which the result spool and the reserve are."""

    @property
    def upgraded(self) -> Upgraded | None:
        """The upgrade made by opening the journal, if any."""

    @property
    def clock(self) -> Clock:
        """The clock of leases."""

    def now(self) -> int:
        """Return the current time in microseconds since 1970 UTC, by the clock shared by all users of the journal."""

    def refuse_other_version(self) -> None:
        """Raise JournalOtherVersion if another program has upgraded the journal.

        Inside a change on a server NoRowMatched.
        """

    def execute(self, sql: str, values: Any = (), /) -> QueryResult:
        """Execute a statement inside a change; driver errors are translated when the change ends.

        An error of a statement may be raised by a later one, or by the end of the change.
        """

    def execute_required(self, sql: str, values: Any = (), /) -> None:
        """Execute a statement inside a change that must write a row, without waiting for the result.

        If it writes none, NoRowMatched is raised, at once or by the end of the change, and the change is undone.
        """

    def deferred_row(self, sql: str, values: Any = (), /) -> Callable[[], Row]:
        """Execute a statement inside a change that returns one row.

        Return a function that gives the row, also after the change. The caller does not wait for a row that it needs
        later.
        """

    def rows(self, sql: str, values: Any = (), /) -> list[Row]:
        """Read rows, inside a change or outside."""

    def change(self, ended: Callable[[bool], None]) -> Transaction:
        """Return a reusable context manager: everything executed inside is committed together, or nothing is.

        Changes of one shop are serialised, so that values read inside one are still valid when it writes. `ended` is
        called with whether the change was committed, and must not fail.
        """

    def load(self, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """Write many whole rows into a table inside a change, as fast as the database can."""

    def events_open(self) -> AbstractContextManager[None]:
        """Return a context manager inside a change in which events may be altered; only erasure uses it."""

    def copies(self) -> list[str]:
        """Return the copies of the journal inside the database itself."""

    def clean(self) -> None:
        """Overwrite or remove the old bytes of erased rows, so that nobody can read them."""

    def listen(self, moved: Callable[[], None]) -> bool:
        """Call `moved`, on another thread or the loop, whenever anyone changes this shop's journal.

        Returns False if the database cannot notify, as with a file; the caller must then poll.
        """

    def run_blocking(self, work: Callable[[], T]) -> T:
        """Run work that waits for this machine's disk, and return its result; a loop continues meanwhile."""

    def close(self) -> None:
        """Close the database; committed changes stay."""


@lru_cache(maxsize=512)
def expand_placeholders(sql: str, count: int, width: int = 0) -> str:
    """Return the statement with `?*` expanded: `count` placeholders, or `count` rows of `width` placeholders each."""
    one = f"({', '.join('?' * width)})" if width else "?"
    return sql.replace("?*", ", ".join([one] * count))


def chunked(values: Iterable[T]) -> Iterator[Sequence[T]]:
    """Yield the values in lists short enough for one statement each."""
    left = iter(values)
    while portion := list(islice(left, AT_ONCE)):
        yield portion

"""A journal in an SQLite file, with the clocks of the machine."""

import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from specter_tui.errors import ErrorText
from specter_tui.journal.codecs import Row
from specter_tui.journal.database import Clock
from specter_tui.journal.errors import (
    JournalBusy,
    JournalGone,
    JournalOtherVersion,
    JournalReadOnly,
    NoRowMatched,
    translate,
)
from specter_tui.journal.safety.lease_clock import LeaseClock, wall_us
from specter_tui.journal.safety.sign_in import SignIn
from specter_tui.journal.schema import VERSION
from specter_tui.journal.schema_version import Upgraded, check
from specter_tui.journal.sqlite_connection import connect
from specter_tui.journal.transactions import Transaction

T = TypeVar("T")

_GUARD = "SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND name = 'events_stay'"
_HINT = re.compile(r"/\*\+ (in order|\w+) \*/")


class SqliteStore:
    """One connection to a journal's file, for use on the thread that opened it."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        place: Path,
        clock: Clock | None = None,
        sign_in: SignIn | None = None,
        upgraded: Upgraded | None = None,
    ) -> None:
        self.connection = connection
        self.place = place
        self.upgraded = upgraded
        self._sign_in = sign_in
        self.clock: Clock = clock or LeaseClock()
        self._execute = connection.execute
        self._file = file_at(place)

    def now(self) -> int:
        """Return the current time by the machine's clock."""
        return wall_us()

    def execute(self, sql: str, values: Any = (), /) -> sqlite3.Cursor:
        """Execute, with the hints in SQLite's own spelling."""
        return self._execute(render_sql(sql), values)

    def execute_required(self, sql: str, values: Any = (), /) -> None:
        """Execute, and check the result at once. Raises NoRowMatched."""
        if not self.execute(sql, values).rowcount:
            raise NoRowMatched

    def deferred_row(self, sql: str, values: Any = (), /) -> Callable[[], Row]:
        """Execute; the row is available at once."""
        row: Row = self.execute(sql, values).fetchone()
        return lambda: row

    def rows(self, sql: str, values: Any = (), /) -> list[Row]:
        """Read all rows."""
        try:
            return self._execute(render_sql(sql), values).fetchall()
        except sqlite3.Error as error:
            raise translate(error) from error

    def change(self, ended: Callable[[bool], None]) -> Transaction:
        """Return a transaction that begins IMMEDIATE and is synced when it ends."""
        return Transaction(self, ended)

    def begin(self) -> None:
        """Begin a change; other writers wait. Raises sqlite3.Error, JournalGone."""
        # SQLite would continue to write to a file that was deleted or replaced.
        if self._file is None or file_at(self.place) != self._file:
            raise JournalGone(self.place)
        self._execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """Commit. Raises sqlite3.Error."""
        self._execute("COMMIT")

    def rollback(self) -> None:
        """Undo the change, unless SQLite has already done so."""
        if self.connection.in_transaction:
            with suppress(sqlite3.Error):
                self._execute("ROLLBACK")

    def translated(self, error: BaseException) -> BaseException:
        """Return the JournalError for an error of SQLite; return any other error unchanged."""
        return translate(error) if isinstance(error, sqlite3.Error) else error

    def listen(self, moved: Callable[[], None]) -> bool:
        """Return False: a file cannot notify, so callers poll."""
        return False

    def load(self, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """Write many whole rows."""
        marks = ", ".join("?" * len(columns))
        words = ["INSERT INTO", table, "(", ", ".join(columns), ") VALUES (", marks, ")"]
        self.connection.executemany(" ".join(words), rows)

    @contextmanager
    def events_open(self) -> Iterator[None]:
        """Drop the trigger that protects events, and restore it within the same change."""
        ((guard,),) = self._execute(_GUARD).fetchall()
        self._execute("DROP TRIGGER events_stay")
        yield
        self._execute(guard)

    def copies(self) -> list[str]:
        """Return nothing: copies of a file are other files."""
        return []

    def clean(self) -> None:
        """Empty the log into the file, overwriting old bytes.

        Raises JournalBusy while another process reads the log.
        """
        try:
            busy, *_ = self._execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.Error as error:
            raise translate(error) from error
        if busy:
            raise JournalBusy(ErrorText("journal_log"))

    def run_blocking(self, work: Callable[[], T]) -> T:
        """Run it on the calling thread: operations on a file have a thread of their own."""
        return work()

    def refuse_other_version(self) -> None:
        """Raise JournalOtherVersion if the file no longer has this program's version."""
        ((found,),) = self._execute("PRAGMA user_version").fetchall()
        if found != VERSION:
            raise JournalOtherVersion(found, VERSION)

    def close(self) -> None:
        """Close the connection, and sign out."""
        self.connection.close()
        if self._sign_in is not None:
            self._sign_in.close()


def file_at(place: Path) -> tuple[int, int] | None:
    """Return the identity of the file at a path; None if there is none, or an empty one."""
    try:
        file = place.stat()
    except OSError:
        return None
    return (file.st_dev, file.st_ino) if file.st_size else None


def file_to_read(path: Path, shop: int) -> SqliteStore:
    """Open a shop's existing file read-only. Raises JournalError."""
    with ExitStack() as opened:
        connection = connect(path, read_only=True)
        opened.callback(connection.close)
        sign_in = _sign_in_to_read(path)
        if sign_in is not None:
            opened.callback(sign_in.close)
        check(connection, path, shop)
        opened.pop_all()
    return SqliteStore(connection, path, sign_in=sign_in)


def _sign_in_to_read(path: Path) -> SignIn | None:
    """Sign in; return None if this user may not write beside the journal, which such a user can only read."""
    try:
        return SignIn(path)
    except JournalReadOnly:
        return None


@lru_cache(maxsize=512)
def render_sql(sql: str) -> str:
    """Return a statement with its hints as SQLite's syntax."""
    return _HINT.sub(lambda hint: "CROSS" if hint[1] == "in order" else f"INDEXED BY {hint[1]}", sql)

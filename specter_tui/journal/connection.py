"""A connection to the journal's file, and a change on it: all of it on disk, or none."""

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from urllib.parse import quote

from specter_tui.journal.errors import translate

BUSY = timedelta(seconds=5)
"""How long a verb waits for another process's change before it raises JournalBusy."""


def connect(path: Path, *, read_only: bool = False, busy: timedelta = BUSY) -> sqlite3.Connection:
    """Open a file that exists, for use on this thread only; raises JournalError."""
    mode = "ro" if read_only else "rw"
    try:
        # isolation_level None: the driver begins nothing on its own, a change says itself when it begins and ends.
        connection = sqlite3.connect(
            f"file:{quote(str(path))}?mode={mode}", uri=True, isolation_level=None, timeout=busy.total_seconds()
        )
    except sqlite3.Error as error:
        raise translate(error) from error
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA fullfsync = ON")  # macOS: plain fsync there leaves data in the disk's cache.
    except sqlite3.Error as error:
        connection.close()
        raise translate(error) from error
    return connection


class Change:
    """One change: `with` it, and what is executed inside is committed whole and synced, or not at all.

    It begins IMMEDIATE, so that what is read inside still holds when it is written. Raises JournalError, from begin to
    commit; after that nothing was written. `ended` is told whether it was committed, and may not fail.
    """

    __slots__ = ("_connection", "_ended", "_execute")

    def __init__(self, connection: sqlite3.Connection, ended: Callable[[bool], None] = lambda _: None) -> None:
        self._connection = connection
        self._execute = connection.execute
        self._ended = ended

    def __enter__(self) -> None:
        try:
            self._execute("BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            raise translate(error) from error

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            try:
                self._execute("COMMIT")
            except sqlite3.Error as refused:
                error = refused
            else:
                self._ended(True)
                return
        if self._connection.in_transaction:
            with suppress(sqlite3.Error):
                self._execute("ROLLBACK")
        self._ended(False)
        if isinstance(error, sqlite3.Error):
            raise translate(error) from error

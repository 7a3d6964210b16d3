"""A connection to the journal's file."""

import sqlite3
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

from specter_tui.journal.errors import translate

BUSY = timedelta(seconds=5)
"""The time for which an operation waits for another process's change before it raises JournalBusy."""


def connect(path: Path, *, read_only: bool = False, busy: timedelta = BUSY) -> sqlite3.Connection:
    """Open an existing file, for use on this thread only. Raises JournalError."""
    mode = "ro" if read_only else "rw"
    try:
        # isolation_level None: the driver begins no transaction by itself.
        connection = sqlite3.connect(
            f"file:{quote(str(path))}?mode={mode}", uri=True, isolation_level=None, timeout=busy.total_seconds()
        )
    except sqlite3.Error as error:
        raise translate(error) from error
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA fullfsync = ON")  # macOS: a plain fsync leaves data in the disk's cache.
    except sqlite3.Error as error:
        connection.close()
        raise translate(error) from error
    return connection

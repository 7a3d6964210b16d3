"""Which version a journal's file has, told without reading more than its first page."""

import sqlite3

from specter_tui.journal.errors import JournalCorrupt, JournalNewer, translate

VERSION = 3
"""The number of the last migration; each one writes its number into the file as SQLite's user_version."""

APPLICATION = 1399878771
"""SQLite's mark of whose file it is (the letters Spts), so that no other program's file is taken for a journal."""


def version(connection: sqlite3.Connection) -> int:
    """Return the file's version, 0 for one that is still empty.

    Raises JournalNewer for a file of a newer specter-tui, JournalCorrupt for one that is no journal.
    """
    try:
        (found,) = connection.execute("PRAGMA user_version").fetchone()
        (mark,) = connection.execute("PRAGMA application_id").fetchone()
        (things,) = connection.execute("SELECT COUNT(*) FROM sqlite_schema").fetchone()
    except sqlite3.Error as error:
        raise translate(error) from error
    if mark != APPLICATION and things:
        raise JournalCorrupt("the file is another program's database, not a journal; look at JOURNAL__URL")
    if found > VERSION:
        raise JournalNewer(f"the journal is of version {found}, this program knows {VERSION}; install a newer one")
    return int(found)

"""The version of a journal's file, read from its first page only."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from specter_tui.errors import ErrorText
from specter_tui.journal.errors import (
    JournalCorrupt,
    JournalError,
    JournalNewer,
    JournalOlder,
    JournalTooOld,
    translate,
)
from specter_tui.journal.schema import OLDEST, VERSION

APPLICATION = 1399878771
"""SQLite's application id (the letters Spts), so that no other program's file is taken for a journal."""


@dataclass(frozen=True, slots=True)
class Upgraded:
    """The upgrade made by opening a journal: its former version, and the location of the copy made before."""

    from_version: int
    copy: str


def version(connection: sqlite3.Connection) -> int:
    """Return the file's version, 0 for an empty file.

    Raises JournalNewer for a file of a newer specter-tui, JournalCorrupt for a file that is not a journal.
    """
    found = recognised_version(connection)
    if found > VERSION:
        raise JournalNewer(ErrorText("journal_newer", found=found, version=VERSION))
    return found


def recognised_version(connection: sqlite3.Connection) -> int:
    """Return the version of any journal, also of a newer specter-tui. Raises JournalCorrupt for another file."""
    try:
        (found,) = connection.execute("PRAGMA user_version").fetchone()
        (mark,) = connection.execute("PRAGMA application_id").fetchone()
        (things,) = connection.execute("SELECT COUNT(*) FROM sqlite_schema").fetchone()
    except sqlite3.Error as error:
        raise translate(error) from error
    if mark != APPLICATION and things:
        raise JournalCorrupt(ErrorText("journal_other"))
    return int(found)


def refuse_too_old(found: int) -> None:
    """Raise JournalTooOld for a version that is too old to be upgraded."""
    if 0 < found < OLDEST:
        raise JournalTooOld(found)


def check(connection: sqlite3.Connection, path: Path, shop: int) -> None:
    """Raise JournalError if the file has another shop's journal, or is not up to date."""
    if (found_version := version(connection)) != VERSION:
        refuse_too_old(found_version)
        raise JournalOlder(ErrorText("journal_older", path=path))
    try:
        found = connection.execute("SELECT shop FROM journal").fetchall()
    except sqlite3.Error as error:
        raise translate(error) from error
    if found and found[0][0] != shop:
        raise JournalError(ErrorText("journal_other_shop", path=path, found=found[0][0], shop=shop))

"""Opens a journal's file for writing: creates its tables, or upgrades those of an older version."""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import timedelta
from pathlib import Path

from sqlite_utils.db import Database

from specter_tui.journal.database import Clock
from specter_tui.journal.errors import JournalError, translate
from specter_tui.journal.files import close_to_others, prepare
from specter_tui.journal.safety.sign_in import SignIn
from specter_tui.journal.schema import TABLES, VERSION
from specter_tui.journal.schema_sql import upgrade_tables
from specter_tui.journal.schema_version import APPLICATION, Upgraded, check, refuse_too_old, version
from specter_tui.journal.sqlite import SqliteStore
from specter_tui.journal.sqlite_connection import BUSY, connect
from specter_tui.journal.transfer.backup import back_up, free_name, note_copy, remove_torn


def open_file(path: Path, shop: int, *, clock: Clock | None = None, busy: timedelta = BUSY) -> SqliteStore:
    """Open a shop's file for writing; create or upgrade it if needed. Raises JournalError."""
    prepare(path)
    with ExitStack() as opened:
        connection = connect(path, busy=busy)
        opened.callback(connection.close)
        # Before anything is written beside it: the file may be another program's, or of a version that is only read.
        refuse_too_old(version(connection))
        close_to_others(path)
        sign_in = SignIn(path)
        opened.callback(sign_in.close)
        remove_torn(path)
        upgraded = upgrade(path, connection, sign_in)
        check(connection, path, shop)
        opened.pop_all()
    return SqliteStore(connection, path, clock, sign_in, upgraded)


def upgrade(path: Path, connection: sqlite3.Connection, sign_in: SignIn) -> Upgraded | None:
    """Upgrade a file to VERSION, completely or not at all, by one process at a time. Raises JournalError.

    A file that is not empty is upgraded while no other program has it open, after a copy was made beside it.
    """
    if (found := version(connection)) == VERSION:
        return None
    if not found:
        _apply(path, connection)
        return None
    with sign_in.alone():
        if (found := version(connection)) == VERSION:
            return None
        copy = free_name(path.with_name(f"{path.name}.v{found}"))
        back_up(path, copy)
        note_copy(path, copy)
        try:
            _apply(path, connection)
        except JournalError:
            # A service that restarts again and again must not fill the disk with copies of an unchanged journal.
            if version(connection) == found:
                copy.unlink(missing_ok=True)
            raise
        return Upgraded(found, str(copy))


def upgrade_copy(path: Path) -> None:
    """Upgrade a private copy to VERSION, whatever its version. Raises JournalError."""
    with closing(connect(path)) as connection:
        if version(connection) != VERSION:
            _apply(path, connection)


def _apply(path: Path, connection: sqlite3.Connection) -> None:
    # SQLite does not wait for another process while a file changes to WAL, so the folder is locked meanwhile.
    with _alone(path.parent), _translated():
        connection.execute("PRAGMA journal_mode = WAL")
        with SqliteStore(connection, path).change(lambda _: None):
            if version(connection) == VERSION:
                return
            found = {
                table.name: {column.name: column.type for column in table.columns}
                for table in Database(connection, execute_plugins=False).tables
            }
            for statement in upgrade_tables(TABLES, "sqlite", found):
                connection.execute(statement)
            # Versions before 6 had a table of migration steps.
            connection.execute("DROP TABLE IF EXISTS _sqlite_migrations")
            connection.execute(" ".join(["PRAGMA application_id =", str(APPLICATION)]))
            connection.execute(" ".join(["PRAGMA user_version =", str(VERSION)]))


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise translate(error) from error

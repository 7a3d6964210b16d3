"""Opening a journal's file for writing: its tables are made, or those of an older version brought up to date."""

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
    """Open a shop's file for writing, made or brought up to date where needed. Raises JournalError."""
    prepare(path)
    with ExitStack() as opened:
        connection = connect(path, busy=busy)
        opened.callback(connection.close)
        # Before anything is written beside it: the file may be another program's, or one that is only read.
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
    """Bring a file up to VERSION: all of it or nothing, and one process at a time. Raises JournalError.

    One that holds anything is upgraded while no other program has it open, and after a copy of it was made beside it.
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
            # A service that is started again and again must not fill the disk with copies of a journal as it still is.
            if version(connection) == found:
                copy.unlink(missing_ok=True)
            raise
        return Upgraded(found, str(copy))


def upgrade_copy(path: Path) -> None:
    """Bring a copy that nobody else knows of up to VERSION, whatever its version. Raises JournalError."""
    with closing(connect(path)) as connection:
        if version(connection) != VERSION:
            _apply(path, connection)


def _apply(path: Path, connection: sqlite3.Connection) -> None:
    # SQLite does not wait for another process while a file turns to WAL, so the folder is locked for that long.
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
            # Versions before the sixth kept a list of their steps in the file.
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

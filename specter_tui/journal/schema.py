"""The journal's tables, and the numbered steps by which an older file becomes a present one."""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import timedelta
from pathlib import Path

from sqlite_utils.db import Database
from sqlite_utils.migrations import Migrations

from specter_tui.journal.database import Clock
from specter_tui.journal.errors import translate
from specter_tui.journal.files import close_to_others, prepare
from specter_tui.journal.safety.sign_in import SignIn
from specter_tui.journal.schema_goods import GOODS_TABLES
from specter_tui.journal.schema_shop_first import SHOP_FIRST
from specter_tui.journal.schema_version import VERSION, Upgraded, check, version
from specter_tui.journal.schema_version_5 import FOR_A_FILE
from specter_tui.journal.sqlite import SqliteStore
from specter_tui.journal.sqlite_connection import BUSY, connect
from specter_tui.journal.transfer.backup import back_up, free_name, note_copy, remove_torn

migrations = Migrations("journal")


@migrations(name="0001_orders_and_events")
def _orders_and_events(db: Database) -> None:
    # Plain SQL, since checks, partial indexes and tables without rowid are what holds the rules. Every table has the
    # shop in its key, so that journals can be moved into one server together.
    db.executescript(
        """
        CREATE TABLE journal (id TEXT NOT NULL, shop INTEGER NOT NULL PRIMARY KEY, made_at INTEGER NOT NULL) STRICT;

        CREATE TABLE orders (
          shop INTEGER NOT NULL,
          uid INTEGER NOT NULL,
          order_number TEXT NOT NULL,
          external_no TEXT,
          state TEXT NOT NULL CHECK (
            state IN ('sending', 'retry_later', 'unknown', 'refused', 'exists', 'exported', 'closed')),
          step TEXT CHECK (step IN ('customer', 'order')),
          customer_number TEXT,
          specter_number TEXT CHECK (specter_number <> ''),
          seen_number TEXT,
          form_hash TEXT,
          total TEXT,
          currency TEXT,
          ordered INTEGER,
          attempts INTEGER NOT NULL DEFAULT 0,
          refusals INTEGER NOT NULL DEFAULT 0,
          repeats INTEGER NOT NULL DEFAULT 0,
          retry_at INTEGER,
          write_back TEXT NOT NULL DEFAULT 'none' CHECK (write_back IN ('none', 'due', 'done', 'conflict')),
          drift INTEGER NOT NULL DEFAULT 0,
          cancelled_in_shop INTEGER NOT NULL DEFAULT 0,
          reason TEXT NOT NULL DEFAULT '',
          message TEXT NOT NULL DEFAULT '',
          holder TEXT NOT NULL DEFAULT '',
          claimed_at INTEGER,
          changed_at INTEGER NOT NULL,
          exported_at INTEGER,
          rates TEXT,
          token TEXT,
          lease_process TEXT,
          lease_until INTEGER,
          before TEXT,
          PRIMARY KEY (shop, uid),
          CHECK ((state = 'sending') = (token IS NOT NULL)),
          CHECK ((state = 'exported') = (specter_number IS NOT NULL))
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX orders_by_state ON orders (shop, state);
        CREATE INDEX orders_by_number ON orders (shop, order_number);
        CREATE INDEX orders_to_write_back ON orders (shop, exported_at) WHERE write_back = 'due';
        CREATE UNIQUE INDEX orders_by_specter_number ON orders (shop, specter_number) WHERE state = 'exported';

        CREATE TABLE sent_rows (
          shop INTEGER NOT NULL,
          uid INTEGER NOT NULL,
          position INTEGER NOT NULL,
          article_number TEXT NOT NULL,
          quantity TEXT NOT NULL,
          unit_price TEXT NOT NULL,
          vat_percent INTEGER NOT NULL,
          PRIMARY KEY (shop, uid, position),
          FOREIGN KEY (shop, uid) REFERENCES orders (shop, uid) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX sent_rows_by_article ON sent_rows (shop, article_number);

        CREATE TABLE events (
          id INTEGER PRIMARY KEY,
          shop INTEGER NOT NULL,
          uid INTEGER NOT NULL,
          order_number TEXT NOT NULL,
          at INTEGER NOT NULL,
          operator TEXT NOT NULL,
          host TEXT NOT NULL,
          verb TEXT NOT NULL,
          from_state TEXT,
          to_state TEXT,
          step TEXT,
          reason TEXT NOT NULL,
          message TEXT NOT NULL,
          specter_number TEXT,
          duration_ms INTEGER
        ) STRICT;
        CREATE INDEX events_by_order ON events (shop, uid);
        CREATE TRIGGER events_keep BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are never removed'); END;
        CREATE TRIGGER events_stay BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are never altered'); END;

        CREATE TABLE leases (
          shop INTEGER NOT NULL,
          name TEXT NOT NULL,
          process TEXT NOT NULL,
          until INTEGER NOT NULL,
          holder TEXT NOT NULL,
          PRIMARY KEY (shop, name)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE cursors (
          shop INTEGER NOT NULL,
          name TEXT NOT NULL,
          value TEXT NOT NULL,
          PRIMARY KEY (shop, name)
        ) STRICT, WITHOUT ROWID;

        PRAGMA application_id = 1399878771;
        PRAGMA user_version = 1;
        """
    )


@migrations(name="0002_goods")
def _goods(db: Database) -> None:
    db.executescript(GOODS_TABLES)


@migrations(name="0003_calls")
def _calls(db: Database) -> None:
    db.executescript(
        """
        CREATE TABLE calls (
          id INTEGER PRIMARY KEY,
          shop INTEGER NOT NULL,
          uid INTEGER NOT NULL,
          at INTEGER NOT NULL,
          action TEXT NOT NULL,
          endpoint TEXT NOT NULL,
          sent TEXT NOT NULL,
          status INTEGER,
          answer TEXT NOT NULL,
          duration_ms INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX calls_by_order ON calls (shop, uid);

        PRAGMA user_version = 3;
        """
    )


@migrations(name="0004_shop_first")
def _shop_first(db: Database) -> None:
    """Number events, calls and drift lines within their shop, so that journals can lie in one server together."""
    db.executescript(SHOP_FIRST)


@migrations(name="0005_no_promise_broken")
def _no_promise_broken(db: Database) -> None:
    db.executescript(FOR_A_FILE)


def open_file(path: Path, shop: int, *, clock: Clock | None = None, busy: timedelta = BUSY) -> SqliteStore:
    """Open a shop's file for writing, made or brought up to date where needed. Raises JournalError."""
    prepare(path)
    with ExitStack() as opened:
        connection = connect(path, busy=busy)
        opened.callback(connection.close)
        version(connection)  # Before anything is written beside it: the file may be another program's.
        close_to_others(path)
        sign_in = SignIn(path)
        opened.callback(sign_in.close)
        remove_torn(path)
        upgraded = upgrade(path, connection, sign_in)
        check(connection, path, shop)
        opened.pop_all()
    return SqliteStore(connection, path, clock, sign_in, upgraded)


def upgrade(path: Path, connection: sqlite3.Connection, sign_in: SignIn) -> Upgraded | None:
    """Bring a file up to VERSION: all steps or none, and one process at a time. Raises JournalError.

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
        _apply(path, connection)
        return Upgraded(found, str(copy))


def upgrade_copy(path: Path) -> None:
    """Bring a copy that nobody else knows of up to VERSION. Raises JournalError."""
    with closing(connect(path)) as connection:
        if version(connection) != VERSION:
            _apply(path, connection)


def _apply(path: Path, connection: sqlite3.Connection) -> None:
    db = Database(connection, execute_plugins=False)
    # SQLite does not wait for another process while a file turns to WAL, so the folder is locked for that long.
    with _alone(path.parent), _translated():
        db.enable_wal()
        with SqliteStore(connection, path).change(lambda _: None):
            migrations.apply(db)


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

"""Bringing the tables of a server up to date: all steps or none, one process at a time."""

import psycopg

from specter_tui.journal.errors import JournalError, JournalNewer, JournalReadOnly, NotInJournal
from specter_tui.journal.postgres.errors import NO_RIGHTS, READ_ONLY, translate
from specter_tui.journal.postgres.tables import STEPS
from specter_tui.journal.version import APPLICATION, VERSION

SCHEMA = "specter_tui"
_ALONE = "SELECT pg_advisory_xact_lock(%s)"
_VERSION = "SELECT COALESCE(MAX(number), 0) FROM migrations"
_MAY_WRITE = """
    SELECT current_setting('transaction_read_only') = 'on',
      COALESCE(has_table_privilege(to_regclass('orders'), 'INSERT')
        AND has_table_privilege(to_regclass('orders'), 'UPDATE')
        AND has_table_privilege(to_regclass('events'), 'INSERT'), true)
"""
_TABLE = """
    CREATE TABLE IF NOT EXISTS migrations (number BIGINT PRIMARY KEY, made_at TIMESTAMPTZ NOT NULL DEFAULT now())
"""


def version(connection: psycopg.Connection) -> int:
    """Return the version of the tables, 0 where there are none. Raises JournalNewer for those of a newer program."""
    try:
        there = connection.execute("SELECT to_regclass('migrations') IS NOT NULL").fetchone()
        found = connection.execute(_VERSION).fetchone() if there and there[0] else None
    except psycopg.Error as error:
        raise translate(error) from error
    number = int(found[0]) if found else 0
    if number > VERSION:
        raise JournalNewer(
            f"the journal's tables are of version {number}, this program knows {VERSION}; install a newer one"
        )
    return number


def upgrade(connection: psycopg.Connection) -> None:
    """Bring the tables up to VERSION. Raises JournalError."""
    check_rights(connection)
    if version(connection) == VERSION:
        return
    if connection.info.parameter_status("server_encoding") != "UTF8":
        raise JournalError("the journal's database must be made with ENCODING 'UTF8'; make another one")
    try:
        with connection.transaction():
            connection.execute(_ALONE, (APPLICATION,))
            # Asked first: to make a schema that is there needs a right over the database that the role may not have.
            if connection.execute("SELECT to_regnamespace(%s)", (SCHEMA,)).fetchone() == (None,):
                connection.execute("CREATE SCHEMA specter_tui")
            connection.execute(_TABLE)
            done = version(connection)
            for number, step in STEPS:
                if number > done:
                    connection.execute(step)
                    connection.execute("INSERT INTO migrations (number) VALUES (%s)", (number,))
    except psycopg.Error as error:
        raise translate(error) from error


def check_rights(connection: psycopg.Connection) -> None:
    """Raise JournalReadOnly where nothing can be written: at a replica, or by a role without the rights."""
    try:
        asked = connection.execute(_MAY_WRITE).fetchone()
    except psycopg.Error as error:
        raise translate(error) from error
    read_only, may_write = asked or (False, True)
    if read_only:
        raise JournalReadOnly(READ_ONLY)
    if not may_write:
        raise JournalReadOnly(NO_RIGHTS)


def check(connection: psycopg.Connection) -> None:
    """Raise JournalError where the tables are not up to date."""
    found = version(connection)
    if not found:
        raise NotInJournal("there is no journal at the server yet; open it for writing first")
    if found != VERSION:
        raise JournalError("the journal's tables are not up to date; open it for writing first")

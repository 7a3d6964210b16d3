"""Bringing the tables of a server up to date: all steps or none, one process at a time."""

import psycopg

from specter_tui.journal.errors import JournalError, JournalNewer, JournalReadOnly, NotInJournal
from specter_tui.journal.postgres.errors import NO_RIGHTS, READ_ONLY, translate
from specter_tui.journal.postgres.tables import STEPS
from specter_tui.journal.stored import Row
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


async def version(connection: psycopg.AsyncConnection) -> int:
    """Return the version of the tables, 0 where there are none. Raises JournalNewer for those of a newer program."""
    try:
        there = await _row(connection, "SELECT to_regclass('migrations') IS NOT NULL")
        found = await _row(connection, _VERSION) if there and there[0] else None
    except psycopg.Error as error:
        raise translate(error) from error
    number = int(found[0]) if found else 0
    if number > VERSION:
        raise JournalNewer(
            f"the journal's tables are of version {number}, this program knows {VERSION}; install a newer one"
        )
    return number


async def upgrade(connection: psycopg.AsyncConnection) -> None:
    """Bring the tables up to VERSION. Raises JournalError."""
    await check_rights(connection)
    if await version(connection) == VERSION:
        return
    if connection.info.parameter_status("server_encoding") != "UTF8":
        raise JournalError("the journal's database must be made with ENCODING 'UTF8'; make another one")
    try:
        async with connection.transaction():
            await connection.execute(_ALONE, (APPLICATION,))
            # Asked first: to make a schema that is there needs a right over the database that the role may not have.
            if await _row(connection, "SELECT to_regnamespace(%s)", SCHEMA) == (None,):
                await connection.execute("CREATE SCHEMA specter_tui")
            await connection.execute(_TABLE)
            done = await version(connection)
            for number, step in STEPS:
                if number > done:
                    await connection.execute(step)
                    await connection.execute("INSERT INTO migrations (number) VALUES (%s)", (number,))
    except psycopg.Error as error:
        raise translate(error) from error


async def check_rights(connection: psycopg.AsyncConnection) -> None:
    """Raise JournalReadOnly where nothing can be written: at a replica, or by a role without the rights."""
    try:
        asked = await _row(connection, _MAY_WRITE)
    except psycopg.Error as error:
        raise translate(error) from error
    read_only, may_write = asked or (False, True)
    if read_only:
        raise JournalReadOnly(READ_ONLY)
    if not may_write:
        raise JournalReadOnly(NO_RIGHTS)


async def check(connection: psycopg.AsyncConnection) -> None:
    """Raise JournalError where the tables are not up to date."""
    found = await version(connection)
    if not found:
        raise NotInJournal("there is no journal at the server yet; open it for writing first")
    if found != VERSION:
        raise JournalError("the journal's tables are not up to date; open it for writing first")


async def _row(connection: psycopg.AsyncConnection, sql: str, *values: object) -> Row | None:
    return await (await connection.execute(sql, values)).fetchone()

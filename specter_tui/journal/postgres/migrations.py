"""Upgrades the tables of a server: all steps or none, by one process at a time."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import chain, count

import psycopg

from specter_tui.errors import ErrorText
from specter_tui.journal.codecs import Row
from specter_tui.journal.errors import (
    JournalError,
    JournalInUse,
    JournalNewer,
    JournalOlder,
    JournalReadOnly,
    NotInJournal,
)
from specter_tui.journal.postgres.error_mapping import NO_RIGHTS, READ_ONLY, translate
from specter_tui.journal.schema import TABLES, VERSION
from specter_tui.journal.schema_sql import upgrade_tables
from specter_tui.journal.schema_version import APPLICATION, Upgraded, refuse_too_old

SCHEMA = "specter_tui"
SIGN_IN = (APPLICATION, 1)
"""The advisory lock that every connected program shares, so that a migration can be alone."""
_PAUSE = 0.05
_PATIENCE = 2.0
"""Seconds for which a migration waits for programs that are ending."""
_SIGNED_IN = """
    SELECT format('%%s at %%s (server process %%s)', usename, COALESCE(host(client_addr), 'this host'), locks.pid)
    FROM pg_locks AS locks JOIN pg_stat_activity AS activity ON activity.pid = locks.pid
    WHERE locktype = 'advisory' AND granted AND locks.pid <> pg_backend_pid()
      AND locks.database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND classid::bigint = %s AND objid::bigint = %s AND objsubid = 2
"""
_ALONE = "SELECT pg_advisory_xact_lock(%s)"
_VERSION = "SELECT COALESCE(MAX(number), 0) FROM migrations"
_MAY_WRITE = """
    SELECT current_setting('transaction_read_only') = 'on',
      COALESCE(has_table_privilege(to_regclass('orders'), 'INSERT')
        AND has_table_privilege(to_regclass('orders'), 'UPDATE')
        AND has_table_privilege(to_regclass('events'), 'INSERT'), true)
"""
_COLUMNS = "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = %s"
_TABLE = """
    CREATE TABLE IF NOT EXISTS migrations (number BIGINT PRIMARY KEY, made_at TIMESTAMPTZ NOT NULL DEFAULT now())
"""


async def version(connection: psycopg.AsyncConnection) -> int:
    """Return the version of the tables, 0 if there are none. Raises JournalNewer for those of a newer program."""
    try:
        there = await _row(connection, "SELECT to_regclass('migrations') IS NOT NULL")
        found = await _row(connection, _VERSION) if there and there[0] else None
    except psycopg.Error as error:
        raise translate(error) from error
    number = int(found[0]) if found else 0
    if number > VERSION:
        raise JournalNewer(ErrorText("journal_tables_newer", found=number, version=VERSION))
    return number


async def upgrade(connection: psycopg.AsyncConnection) -> Upgraded | None:
    """Upgrade the tables to VERSION. Raises JournalError.

    Tables with rows are upgraded while no other program is signed in, after a copy was made in a separate schema.
    """
    await check_rights(connection)
    if (found := await version(connection)) == VERSION:
        return None
    refuse_too_old(found)
    if connection.info.parameter_status("server_encoding") != "UTF8":
        raise JournalError(ErrorText("journal_server_encoding"))
    try:
        if not found:
            await _apply(connection)
            return None
        async with _alone(connection):
            return await _apply(connection) if await version(connection) != VERSION else None
    except psycopg.Error as error:
        raise translate(error) from error


async def _apply(connection: psycopg.AsyncConnection) -> Upgraded | None:
    async with connection.transaction():
        # The time limit of an operation is too short for a statement that writes every row.
        await connection.execute("SET LOCAL statement_timeout TO 0")
        await connection.execute(_ALONE, (APPLICATION,))
        # Checked first: creating an existing schema needs a right on the database that the role may not have.
        if await _row(connection, "SELECT to_regnamespace(%s)", SCHEMA) == (None,):
            await connection.execute("CREATE SCHEMA specter_tui")
        await connection.execute(_TABLE)
        done = await version(connection)
        if done == VERSION:
            return None
        try:
            copy = await _copy(connection, done) if done else ""
        except psycopg.errors.InsufficientPrivilege as error:
            raise JournalReadOnly(ErrorText("journal_no_copy")) from error
        found: dict[str, dict[str, str]] = {}
        for table, column, kind in await (await connection.execute(_COLUMNS, (SCHEMA,))).fetchall():
            found.setdefault(table, {})[column] = kind
        for statement in upgrade_tables(TABLES, "postgres", found):
            await connection.execute(statement.encode())
        await connection.execute("INSERT INTO migrations (number) VALUES (%s)", (VERSION,))
        return Upgraded(done, copy) if done else None


async def _copy(connection: psycopg.AsyncConnection, found: int) -> str:
    """Copy every table as it is into a new schema; return its name."""
    names = chain([f"v{found}_copy"], (f"v{found}_copy_{number}" for number in count(2)))
    for name in names:
        if await _row(connection, "SELECT to_regnamespace(%s)", name) == (None,):
            break
    made = ["CREATE SCHEMA", name]
    await connection.execute(" ".join(made).encode())
    tables = await connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", (SCHEMA,))
    for (table,) in await tables.fetchall():
        words = ["CREATE TABLE", f"{name}.{table}", "AS TABLE", f"{SCHEMA}.{table}"]
        await connection.execute(" ".join(words).encode())
    return name


@asynccontextmanager
async def _alone(connection: psycopg.AsyncConnection) -> AsyncIterator[None]:
    """Hold the journal alone; the sign-in is shared again afterwards. Raises JournalInUse with the other programs."""
    await connection.execute("SELECT pg_advisory_unlock_shared(%s, %s)", SIGN_IN)
    try:
        end = time.monotonic() + _PATIENCE
        while await _row(connection, "SELECT pg_try_advisory_lock(%s, %s)", *SIGN_IN) != (True,):
            if time.monotonic() > end:
                others = await (await connection.execute(_SIGNED_IN, SIGN_IN)).fetchall()
                raise JournalInUse(", ".join(sorted({line for (line,) in others})) or "another program")
            await asyncio.sleep(_PAUSE)
        try:
            yield
        finally:
            await connection.execute("SELECT pg_advisory_unlock(%s, %s)", SIGN_IN)
    finally:
        await connection.execute("SELECT pg_advisory_lock_shared(%s, %s)", SIGN_IN)


async def check_rights(connection: psycopg.AsyncConnection) -> None:
    """Raise JournalReadOnly if nothing can be written: on a replica, or by a role without the rights."""
    try:
        asked = await _row(connection, _MAY_WRITE)
    except psycopg.Error as error:
        raise translate(error) from error
    read_only, may_write = asked or (False, True)
    if read_only:
        raise JournalReadOnly(ErrorText(READ_ONLY, more=""))
    if not may_write:
        raise JournalReadOnly(ErrorText(NO_RIGHTS, more=""))


async def check(connection: psycopg.AsyncConnection) -> None:
    """Raise JournalError if the tables are not up to date."""
    found = await version(connection)
    if not found:
        raise NotInJournal(ErrorText("journal_server_empty"))
    if found != VERSION:
        refuse_too_old(found)
        raise JournalOlder(ErrorText("journal_tables_older"))


async def _row(connection: psycopg.AsyncConnection, sql: str, *values: object) -> Row | None:
    return await (await connection.execute(sql, values)).fetchone()

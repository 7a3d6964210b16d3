"""The errors of PostgreSQL and psycopg as JournalErrors, never with the password."""

import re

import psycopg
from psycopg import errors as pg

from specter_tui.errors import ErrorText
from specter_tui.journal.errors import (
    JournalAway,
    JournalBusy,
    JournalCorrupt,
    JournalError,
    JournalFull,
    JournalReadOnly,
    JournalRefusesUs,
    NoRowMatched,
    NumberTaken,
)

READ_ONLY, NO_RIGHTS = "journal_server_replica", "journal_server_rights"

_KINDS: tuple[tuple[tuple[type[psycopg.Error], ...], type[JournalError], str], ...] = (
    (
        (pg.LockNotAvailable, pg.DeadlockDetected, pg.SerializationFailure, pg.QueryCanceled),
        JournalBusy,
        "journal_busy",
    ),
    ((pg.DiskFull, pg.OutOfMemory), JournalFull, "journal_server_full"),
    ((pg.ReadOnlySqlTransaction,), JournalReadOnly, READ_ONLY),
    ((pg.InsufficientPrivilege,), JournalReadOnly, NO_RIGHTS),
    ((pg.DataCorrupted, pg.IndexCorrupted), JournalCorrupt, "journal_server_damaged"),
    ((pg.UndefinedTable, pg.UndefinedColumn, pg.InvalidSchemaName), JournalError, "journal_server_tables"),
    ((pg.TooManyConnections,), JournalBusy, "journal_server_connections"),
    (
        (pg.AdminShutdown, pg.CrashShutdown, pg.CannotConnectNow, psycopg.OperationalError, psycopg.InterfaceError),
        JournalAway,
        "journal_server_waits",
    ),
)
_OTHER: tuple[type[JournalError], str] = (JournalError, "journal_refused")
_SAID = re.compile(r"(?:FATAL|[A-ZÅÄÖÉÜ]{4,10}):\s+(.+)")


def translate(error: psycopg.Error) -> JournalError:
    """Return the JournalError for an error of psycopg, to be raised from it."""
    if isinstance(error, pg.UniqueViolation) and error.diag.constraint_name == "orders_by_specter_number":
        return NumberTaken(ErrorText("journal_taken"))
    if isinstance(error, pg.DivisionByZero):
        return NoRowMatched()
    kind, text = next(((kind, text) for kinds, kind, text in _KINDS if isinstance(error, kinds)), _OTHER)
    return kind(ErrorText(text, more=f" ({_line(error)})"))


def not_connected(error: psycopg.Error) -> JournalError:
    """Return the JournalError of a failed connection: the server refused it, or cannot be reached.

    libpq tells these apart only in its text: a server's refusal begins with its word for FATAL.
    """
    text = str(error)
    said = _SAID.findall(text)
    if said and not isinstance(error, psycopg.errors.ConnectionTimeout):
        return JournalRefusesUs(ErrorText("journal_server_refuses", why=said[-1].strip()))
    return JournalAway(ErrorText("journal_server_away", why=_line(error)))


def _line(error: psycopg.Error) -> str:
    """Return the error's first line; libpq never puts a password in it."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return (error.diag.message_primary or lines[0]).strip()

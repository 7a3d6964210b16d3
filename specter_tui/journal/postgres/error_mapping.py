"""What PostgreSQL and psycopg raise, as the journal's own errors; never with the password in it."""

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
    """Return the journal's own error for one of psycopg's, to be raised from it."""
    if isinstance(error, pg.UniqueViolation) and error.diag.constraint_name == "orders_by_specter_number":
        return NumberTaken(ErrorText("journal_taken"))
    if isinstance(error, pg.DivisionByZero):
        return NoRowMatched()
    kind, text = next(((kind, text) for kinds, kind, text in _KINDS if isinstance(error, kinds)), _OTHER)
    return kind(ErrorText(text, more=f" ({_line(error)})"))


def not_connected(error: psycopg.Error) -> JournalError:
    """Return what to say of a connection that did not come about: the server refused us, or it is not there.

    libpq tells which only by its text: what a server says begins with its word for FATAL.
    """
    text = str(error)
    said = _SAID.findall(text)
    if said and not isinstance(error, psycopg.errors.ConnectionTimeout):
        return JournalRefusesUs(ErrorText("journal_server_refuses", why=said[-1].strip()))
    return JournalAway(ErrorText("journal_server_away", why=_line(error)))


def _line(error: psycopg.Error) -> str:
    """The error's first line; libpq never puts a password in it."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return (error.diag.message_primary or lines[0]).strip()

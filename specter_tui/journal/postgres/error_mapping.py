"""What PostgreSQL and psycopg raise, as the journal's own errors; never with the password in it."""

import re

import psycopg
from psycopg import errors as pg

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

READ_ONLY = "the journal's server takes no changes, as a replica does; point JOURNAL__URL to the one that does"
NO_RIGHTS = "the role in JOURNAL__URL may not do this in the journal; give it the rights that README names"

_KINDS: tuple[tuple[tuple[type[psycopg.Error], ...], type[JournalError], str], ...] = (
    (
        (pg.LockNotAvailable, pg.DeadlockDetected, pg.SerializationFailure, pg.QueryCanceled),
        JournalBusy,
        "the journal is locked by another process; try again in a moment",
    ),
    (
        (pg.DiskFull, pg.OutOfMemory),
        JournalFull,
        "the journal's server has no room left, so nothing is sent; free some space there",
    ),
    (
        (pg.ReadOnlySqlTransaction,),
        JournalReadOnly,
        READ_ONLY,
    ),
    (
        (pg.InsufficientPrivilege,),
        JournalReadOnly,
        NO_RIGHTS,
    ),
    (
        (pg.DataCorrupted, pg.IndexCorrupted),
        JournalCorrupt,
        "the journal's database is damaged; restore it from a backup",
    ),
    (
        (pg.UndefinedTable, pg.UndefinedColumn, pg.InvalidSchemaName),
        JournalError,
        "the journal's tables are not there as they should be; start specter-tui again, or restore them from a backup",
    ),
    (
        (pg.TooManyConnections,),
        JournalBusy,
        "the journal's server has no connection left; raise its max_connections or try again",
    ),
    (
        (pg.AdminShutdown, pg.CrashShutdown, pg.CannotConnectNow, psycopg.OperationalError, psycopg.InterfaceError),
        JournalAway,
        "the journal's server cannot be reached; nothing is sent until it answers",
    ),
)
_SAID = re.compile(r"(?:FATAL|[A-ZÅÄÖÉÜ]{4,10}):\s+(.+)")


def translate(error: psycopg.Error) -> JournalError:
    """Return the journal's own error for one of psycopg's, to be raised from it."""
    if isinstance(error, pg.UniqueViolation) and error.diag.constraint_name == "orders_by_specter_number":
        return NumberTaken("another exported order already has this Specter number; look at both in Specter")
    if isinstance(error, pg.DivisionByZero):
        return NoRowMatched("nothing was there to be changed")
    for kinds, kind, text in _KINDS:
        if isinstance(error, kinds):
            return kind(f"{text} ({_line(error)})")
    return JournalError(f"the journal refused the change ({_line(error)})")


def not_connected(error: psycopg.Error) -> JournalError:
    """Return what to say of a connection that did not come about: the server refused us, or it is not there.

    libpq tells which only by its text: what a server says begins with its word for FATAL.
    """
    text = str(error)
    said = _SAID.findall(text)
    if said and not isinstance(error, psycopg.errors.ConnectionTimeout):
        return JournalRefusesUs(f"the journal's server refuses us: {said[-1].strip()}; look at JOURNAL__URL")
    return JournalAway(f"the journal's server cannot be reached: {_line(error)}")


def _line(error: psycopg.Error) -> str:
    """The error's first line; libpq never puts a password in it."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return (error.diag.message_primary or lines[0]).strip()

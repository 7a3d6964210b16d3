"""All errors that the journal raises, and the translation of SQLite's errors."""

import sqlite3
from pathlib import Path

from specter_tui.errors import CodedError, ErrorText
from specter_tui.journal.models import Stop


class JournalError(CodedError):
    """The journal could not do what was asked; the message says in plain words what to do."""


class JournalBusy(JournalError):
    """Another process locked the journal for longer than the busy time; the operation may be tried again."""


class JournalFull(JournalError):
    """The disk is full: nothing was written, so nothing may be sent."""


class JournalNewer(JournalError):
    """The file was written by a newer specter-tui."""


class JournalOlder(JournalError):
    """The journal has an older version; only a program that may write upgrades it."""


class JournalTooOld(JournalOlder):
    """The journal's version is too old to be upgraded; nothing was changed."""

    def __init__(self, found: int) -> None:
        super().__init__(ErrorText("journal_too_old", found=found))


class JournalOtherVersion(JournalError):
    """Another version of the program upgraded the journal while it was open here: nothing may be sent."""

    def __init__(self, found: int, version: int) -> None:
        super().__init__(ErrorText("journal_other_version", found=found, version=version))


class JournalInUse(JournalError):
    """A migration needs the journal alone, but the named programs have it open; nothing was changed."""

    def __init__(self, programs: str) -> None:
        super().__init__(ErrorText("journal_in_use", programs=programs))


class OtherAccount(JournalError):
    """The journal belongs to another Specter account than that of the settings."""

    def __init__(self, kept: str, named: str) -> None:
        super().__init__(ErrorText("journal_other_account", kept=kept, named=named))


class QueueShared(JournalError):
    """Another program empties the queues of the same Specter API user, for this shop or another one.

    `with_us`: for this shop as well.
    """

    def __init__(self, shop: int, *, with_us: bool = False) -> None:
        self.with_us = with_us
        super().__init__(ErrorText("queue_shared", shop=shop))


class QueueWaits(JournalError):
    """A shop with the same Specter API user cannot store the queues' contents, so nothing is fetched."""

    def __init__(self, shop: int, why: str) -> None:
        super().__init__(ErrorText("queue_waits", shop=shop, why=why))


class JournalCorrupt(JournalError):
    """The file is damaged, or is not a journal."""


class JournalReadOnly(JournalError):
    """The file, or its disk, is read-only for the current user."""


class JournalAway(JournalError):
    """The journal's server cannot be reached: the result of the operation is unknown, and nothing may be sent."""


class JournalGone(JournalError):
    """The opened file is no longer in its place: anything written to it would be lost."""

    def __init__(self, path: Path) -> None:
        super().__init__(ErrorText("journal_gone", path=path))


class JournalRefusesUs(JournalError):
    """The journal's server refuses the connection: wrong password, unknown database, or an invalid address."""


class NumberTaken(JournalError):
    """Another exported order already has this Specter number; nothing was changed."""


class SendingStopped(JournalError):
    """A person stopped all sending on this journal; nothing was claimed, and nothing may be written."""

    def __init__(self, stop: Stop) -> None:
        super().__init__(ErrorText("journal_stopped", operator=stop.operator, host=stop.host, reason=stop.reason))
        self.stop = stop


class OrderUnderWay(JournalError):
    """An order is being sent, so that what needs a journal at rest cannot begin."""

    def __init__(self, order_number: str) -> None:
        super().__init__(ErrorText("journal_sending", number=order_number))


class NoRowMatched(JournalError):
    """A statement that must write a row matched none, so that its change was undone.

    The caller decides what that means.
    """

    def __init__(self) -> None:
        super().__init__(ErrorText("journal_no_row"))


class ReasonMissing(CodedError, ValueError):
    """A decision that needs a reason has none."""


class NotInJournal(JournalError):
    """The journal has no entry of the order that the operation needs, or the shop has no journal yet."""


_PRIMARY = 0xFF  # An extended result code has its family in the lowest byte.
_SHM_FULL = sqlite3.SQLITE_IOERR_SHMSIZE  # A full disk, noticed while the file beside the journal grows.

_KINDS: dict[int, tuple[type[JournalError], str]] = {
    sqlite3.SQLITE_BUSY: (JournalBusy, "journal_busy"),
    sqlite3.SQLITE_LOCKED: (JournalBusy, "journal_busy"),
    sqlite3.SQLITE_FULL: (JournalFull, "journal_full"),
    sqlite3.SQLITE_CORRUPT: (JournalCorrupt, "journal_damaged"),
    sqlite3.SQLITE_NOTADB: (JournalCorrupt, "journal_no_journal"),
    sqlite3.SQLITE_READONLY: (JournalReadOnly, "journal_read_only"),
    sqlite3.SQLITE_PERM: (JournalReadOnly, "journal_closed"),
    sqlite3.SQLITE_CANTOPEN: (JournalError, "journal_not_opened"),
    sqlite3.SQLITE_IOERR: (JournalError, "journal_disk"),
}


def translate(error: sqlite3.Error) -> JournalError:
    """Return the JournalError for an error of SQLite, to be raised from it."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return JournalError(ErrorText("journal_misused", why=error))
    if code == _SHM_FULL:
        code = sqlite3.SQLITE_FULL
    if code == sqlite3.SQLITE_CONSTRAINT_UNIQUE and "orders.specter_number" in str(error):
        return NumberTaken(ErrorText("journal_taken"))
    kind, text = _KINDS.get(code & _PRIMARY, (JournalError, "journal_refused"))
    return kind(ErrorText(text, more=f" ({error})"))

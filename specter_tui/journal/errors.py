"""Everything that the journal raises, and the one place where SQLite's errors become ours."""

import sqlite3
from pathlib import Path

from specter_tui.errors import CodedError, ErrorText
from specter_tui.journal.models import Stop


class JournalError(CodedError):
    """The journal could not do what was asked; its text says in plain words what to do."""


class JournalBusy(JournalError):
    """Another process held the journal for longer than the busy time; the same verb may be tried again."""


class JournalFull(JournalError):
    """The disk is full: nothing was written, so nothing may be sent."""


class JournalNewer(JournalError):
    """The file was written by a newer specter-tui."""


class JournalOlder(JournalError):
    """The journal is of an older version, which only a program that may write brings up to date."""


class JournalTooOld(JournalOlder):
    """The journal is of a version from before those that are upgraded; nothing was changed."""

    def __init__(self, found: int) -> None:
        super().__init__(ErrorText("journal_too_old", found=found))


class JournalOtherVersion(JournalError):
    """Another version of the program has upgraded the journal while it was open here: nothing may be sent."""

    def __init__(self, found: int, version: int) -> None:
        super().__init__(ErrorText("journal_other_version", found=found, version=version))


class JournalInUse(JournalError):
    """A migration must be alone, and these programs have the journal open; nothing was changed."""

    def __init__(self, programs: str) -> None:
        super().__init__(ErrorText("journal_in_use", programs=programs))


class OtherAccount(JournalError):
    """The journal belongs to another Specter account than the settings name."""

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
    """A shop with the same Specter API user cannot keep what the queues hold, so nothing is fetched."""

    def __init__(self, shop: int, why: str) -> None:
        super().__init__(ErrorText("queue_waits", shop=shop, why=why))


class JournalCorrupt(JournalError):
    """The file is damaged, or is no journal."""


class JournalReadOnly(JournalError):
    """The file, or the disk that it lies on, may not be written by this user."""


class JournalAway(JournalError):
    """The journal's server cannot be reached: nothing is known of what was asked, and nothing may be sent."""


class JournalGone(JournalError):
    """The file that was opened does not lie at its place any more: what is written to it would be lost."""

    def __init__(self, path: Path) -> None:
        super().__init__(ErrorText("journal_gone", path=path))


class JournalRefusesUs(JournalError):
    """The journal's server will have nothing of us: wrong password, no such database, or an address that is none."""


class NumberTaken(JournalError):
    """Another exported order already has this Specter number; nothing was changed."""


class SendingStopped(JournalError):
    """Someone stopped all sending on this journal; nothing was claimed, and nothing may be written."""

    def __init__(self, stop: Stop) -> None:
        super().__init__(ErrorText("journal_stopped", operator=stop.operator, host=stop.host, reason=stop.reason))
        self.stop = stop


class NoRowMatched(JournalError):
    """What had to write a row found none, so that its change was undone: who changes it says what that means."""

    def __init__(self) -> None:
        super().__init__(ErrorText("journal_no_row"))


class ReasonMissing(CodedError, ValueError):
    """A decision that is kept with its reason came without one."""


class NotInJournal(JournalError):
    """The journal has never seen the order that the verb needs, or there is none of the shop yet."""


_PRIMARY = 0xFF  # an extended result code keeps its family in the lowest byte.
_SHM_FULL = sqlite3.SQLITE_IOERR_SHMSIZE  # a full disk, met while the file beside the journal grows.

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
    """Return the journal's own error for one of SQLite's, to be raised from it."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return JournalError(ErrorText("journal_misused", why=error))
    if code == _SHM_FULL:
        code = sqlite3.SQLITE_FULL
    if code == sqlite3.SQLITE_CONSTRAINT_UNIQUE and "orders.specter_number" in str(error):
        return NumberTaken(ErrorText("journal_taken"))
    kind, text = _KINDS.get(code & _PRIMARY, (JournalError, "journal_refused"))
    return kind(ErrorText(text, more=f" ({error})"))

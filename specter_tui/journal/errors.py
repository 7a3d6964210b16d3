"""Everything that the journal raises, and the one place where SQLite's errors become ours."""

import sqlite3
from pathlib import Path

from specter_tui.journal.models import Stop


class JournalError(Exception):
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
        super().__init__(
            f"the journal is of version {found}, which can only be read: specter-tui journal show, csv or backup"
        )


class JournalOtherVersion(JournalError):
    """Another version of the program has upgraded the journal while it was open here: nothing may be sent."""

    def __init__(self, found: int, version: int) -> None:
        super().__init__(
            f"another version of specter-tui has upgraded the journal to version {found}, and this one knows "
            f"{version}: nothing more is sent; start specter-tui again with the new version"
        )


class JournalInUse(JournalError):
    """A migration must be alone, and these programs have the journal open; nothing was changed."""

    def __init__(self, programs: str) -> None:
        super().__init__(f"the journal must be upgraded, and is open in {programs}; end that first, then start again")


class OtherAccount(JournalError):
    """The journal belongs to another Specter account than the settings name."""

    def __init__(self, kept: str, named: str) -> None:
        super().__init__(
            f"the journal belongs to the Specter account {kept}, and the settings name "
            f"{named}: nothing was sent or changed; set SPECTER__URL and SPECTER__SBM_ID back, or name another "
            "journal in JOURNAL__URL"
        )


class QueueShared(JournalError):
    """Another program empties the queues of the same Specter API user, for this shop or another one.

    `with_us`: for this shop as well.
    """

    def __init__(self, shop: int, *, with_us: bool = False) -> None:
        self.with_us = with_us
        super().__init__(
            f"another program fetches stock or deliveries for shop {shop} "
            "by the same Specter API user (SPECTER__SBM_ID and SPECTER__API_USER_ID): each would take the other's "
            "changes; serve all shops of one API user by one program, a folder of settings, or let Specter make an API "
            "user for each shop"
        )


class QueueWaits(JournalError):
    """A shop with the same Specter API user cannot keep what the queues hold, so nothing is fetched."""

    def __init__(self, shop: int, why: str) -> None:
        super().__init__(
            f"shop {shop} has the same Specter API user and cannot keep what is its own ({why}): stock and deliveries "
            "are not fetched until it can"
        )


class JournalCorrupt(JournalError):
    """The file is damaged, or is no journal."""


class JournalReadOnly(JournalError):
    """The file, or the disk that it lies on, may not be written by this user."""


class JournalAway(JournalError):
    """The journal's server cannot be reached: nothing is known of what was asked, and nothing may be sent."""


class JournalGone(JournalError):
    """The file that was opened does not lie at its place any more: what is written to it would be lost."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} is gone, or is another file than the journal that was opened: nothing is sent; "
            "put the journal back, and it goes on by itself"
        )


class JournalRefusesUs(JournalError):
    """The journal's server will have nothing of us: wrong password, no such database, or an address that is none."""


class NumberTaken(JournalError):
    """Another exported order already has this Specter number; nothing was changed."""


class SendingStopped(JournalError):
    """Someone stopped all sending on this journal; nothing was claimed, and nothing may be written."""

    def __init__(self, stop: Stop) -> None:
        super().__init__(f"all sending was stopped by {stop.operator} on {stop.host}: {stop.reason}")
        self.stop = stop


class NoRowMatched(JournalError):
    """What had to write a row found none, so that its change was undone: who changes it says what that means."""


class NotInJournal(JournalError):
    """The journal has never seen the order that the verb needs, or there is none of the shop yet."""


_PRIMARY = 0xFF  # an extended result code keeps its family in the lowest byte.
_SHM_FULL = sqlite3.SQLITE_IOERR_SHMSIZE  # a full disk, met while the file beside the journal grows.

_KINDS: dict[int, tuple[type[JournalError], str]] = {
    sqlite3.SQLITE_BUSY: (JournalBusy, "the journal is locked by another process; try again in a moment"),
    sqlite3.SQLITE_LOCKED: (JournalBusy, "the journal is locked by another process; try again in a moment"),
    sqlite3.SQLITE_FULL: (JournalFull, "the disk is full and the journal cannot be written; free some space"),
    sqlite3.SQLITE_CORRUPT: (JournalCorrupt, "the journal is damaged; restore it from a backup"),
    sqlite3.SQLITE_NOTADB: (JournalCorrupt, "the file is not a journal; look at JOURNAL__URL"),
    sqlite3.SQLITE_READONLY: (
        JournalReadOnly,
        "the journal may only be read; look at the owner and modes of its folder",
    ),
    sqlite3.SQLITE_PERM: (JournalReadOnly, "the journal may not be opened; look at the owner and modes of its folder"),
    sqlite3.SQLITE_CANTOPEN: (JournalError, "the journal cannot be opened; look at its path, owner and modes"),
    sqlite3.SQLITE_IOERR: (JournalError, "the disk could not read or write the journal; look at the disk"),
}


def translate(error: sqlite3.Error) -> JournalError:
    """Return the journal's own error for one of SQLite's, to be raised from it."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return JournalError(f"the journal was used wrongly: {error}")
    if code == _SHM_FULL:
        code = sqlite3.SQLITE_FULL
    if code == sqlite3.SQLITE_CONSTRAINT_UNIQUE and "orders.specter_number" in str(error):
        return NumberTaken("another exported order already has this Specter number; look at both in Specter")
    kind, text = _KINDS.get(code & _PRIMARY, (JournalError, "the journal refused the change"))
    return kind(f"{text} ({error})")

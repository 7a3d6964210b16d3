"""Safe copies of the journal, made while others write to it, and the list of those copies, for erasure."""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from itertools import chain, count
from pathlib import Path

from specter_tui.errors import ErrorText
from specter_tui.journal.errors import JournalError, JournalReadOnly, translate
from specter_tui.journal.files import private_file, sync
from specter_tui.journal.schema_version import recognised_version
from specter_tui.journal.sqlite_connection import connect

_PARTIAL = ".partial"


def back_up(journal: Path, target: Path) -> None:
    """Copy the journal, as it is at one moment, into a new file (0600).

    It is copied in one read, which delays no writer, and checked before it gets its name. Until then it is listed
    beside the journal, so that a copy left by a killed program can be removed. Raises JournalError, also if the target
    exists.
    """
    if target.exists():
        raise JournalError(ErrorText("journal_exists", path=target))
    if not target.parent.is_dir():
        raise JournalError(ErrorText("journal_no_folder", folder=target.parent))
    if not os.access(target.parent, os.W_OK | os.X_OK):
        raise JournalReadOnly(ErrorText("journal_no_files", path=target, folder=target.parent))
    partial = target.with_name(f".{target.name}.{os.getpid()}{_PARTIAL}")
    try:
        note_copy(journal, partial)
        private_file(partial)
        try:
            with _held(partial):
                copy_whole(journal, partial)
                # A link, not a rename, which would overwrite a file created meanwhile.
                os.link(partial, target)
                sync(target.parent)
        finally:
            _remove(partial)
    except FileExistsError:
        raise JournalError(ErrorText("journal_exists", path=target)) from None
    except OSError as error:
        raise JournalError(ErrorText("journal_not_written", path=target, why=error.strerror)) from error


def free_name(wanted: Path) -> Path:
    """Return the name, or the first of name.2, name.3 ... that does not exist."""
    names = chain([wanted], (wanted.with_name(f"{wanted.name}.{number}") for number in count(2)))
    return next(name for name in names if not name.exists())


def note_copy(journal: Path, target: Path) -> None:
    """Add a copy to the list beside the journal, if that can be written."""
    with suppress(OSError):
        path = _copies_path(journal)
        private_file(path)
        with path.open("a", encoding="utf-8") as file:
            file.write(f"{target}\n")


def known_copies(journal: Path) -> list[Path]:
    """Return the listed copies that still exist, including incomplete ones of killed programs."""
    try:
        lines = _copies_path(journal).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    return [Path(line) for line in dict.fromkeys(lines) if Path(line).exists()]


def remove_torn(journal: Path) -> None:
    """Remove incomplete copies of killed programs, as far as possible."""
    for copy in known_copies(journal):
        if copy.name.endswith(_PARTIAL):
            with suppress(OSError), _held(copy):
                _remove(copy)


@contextmanager
def _held(partial: Path) -> Iterator[None]:
    """Hold the lock that marks a copy in progress. Raises BlockingIOError, OSError."""
    file = os.open(partial, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(file)


def _remove(partial: Path) -> None:
    for name in ("", "-wal", "-shm", "-journal"):
        Path(f"{partial}{name}").unlink(missing_ok=True)


def _copies_path(journal: Path) -> Path:
    return journal.with_name(f"{journal.name}.copies")


def copy_whole(journal: Path, target: Path) -> None:
    """Copy the journal into an existing empty file, in one read, and check it. Raises JournalError."""
    try:
        with closing(connect(journal, read_only=True)) as source, closing(connect(target)) as copy:
            recognised_version(source)
            source.backup(copy, pages=-1)
            (verdict,) = copy.execute("PRAGMA quick_check").fetchone()
    except sqlite3.Error as error:
        raise translate(error) from error
    if verdict != "ok":
        raise JournalError(ErrorText("journal_not_copied", why=verdict))
    sync(target)

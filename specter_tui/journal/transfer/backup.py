"""A safe copy of the journal, made while others write to it; and which copies were made, for those who must erase."""

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
    """Copy the journal, as it is at one moment, into a new file (0600) that holds all of it.

    It is copied in one read, which no writer waits for, and checked before it takes its name. Until then it is noted
    beside the journal, so that one that is torn by a kill is found again. Raises JournalError, also where the target
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
                # A link, not a rename, which would write over a file that came to be meanwhile.
                os.link(partial, target)
                sync(target.parent)
        finally:
            _remove(partial)
    except FileExistsError:
        raise JournalError(ErrorText("journal_exists", path=target)) from None
    except OSError as error:
        raise JournalError(ErrorText("journal_not_written", path=target, why=error.strerror)) from error


def free_name(wanted: Path) -> Path:
    """Return the name, or the first of name.2, name.3 ... that no file has yet."""
    names = chain([wanted], (wanted.with_name(f"{wanted.name}.{number}") for number in count(2)))
    return next(name for name in names if not name.exists())


def note_copy(journal: Path, target: Path) -> None:
    """Remember that a copy was made, beside the journal; where that cannot be written it is left."""
    with suppress(OSError):
        path = _copies_path(journal)
        private_file(path)
        with path.open("a", encoding="utf-8") as file:
            file.write(f"{target}\n")


def known_copies(journal: Path) -> list[Path]:
    """Return the copies that were made and are still there, those that were torn by a kill too."""
    try:
        lines = _copies_path(journal).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    return [Path(line) for line in dict.fromkeys(lines) if Path(line).exists()]


def remove_torn(journal: Path) -> None:
    """Remove copies of the journal that were begun by programs that were killed; one that cannot be is left."""
    for copy in known_copies(journal):
        if copy.name.endswith(_PARTIAL):
            with suppress(OSError), _held(copy):
                _remove(copy)


@contextmanager
def _held(partial: Path) -> Iterator[None]:
    """Hold the lock that tells a copy in the making from one that was torn. Raises BlockingIOError, OSError."""
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
    """Copy the journal into a file that exists and is empty, in one read, and check it. Raises JournalError."""
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

"""A safe copy of the journal, made while others write to it; and which copies were made, for those who must erase."""

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from specter_tui.journal.connection import connect
from specter_tui.journal.errors import JournalError, translate
from specter_tui.journal.files import private_file, sync


def back_up(journal: Path, target: Path) -> None:
    """Copy the journal, as it is at one moment, into a new file (0600) that holds all of it.

    It is copied in one read, which no writer waits for, and checked before it takes its name. Raises JournalError, also
    where the target exists.
    """
    if target.exists():
        raise JournalError(f"{target} exists, and is not written over; name a new file")
    partial = target.with_name(f".{target.name}.{os.getpid()}.partial")
    try:
        private_file(partial)
        try:
            _copy(journal, partial)
            # A link, not a rename, which would write over a file that came to be meanwhile.
            os.link(partial, target)
            sync(target.parent)
        finally:
            for name in ("", "-wal", "-shm", "-journal"):
                Path(f"{partial}{name}").unlink(missing_ok=True)
    except FileExistsError:
        raise JournalError(f"{target} exists, and is not written over; name a new file") from None
    except OSError as error:
        raise JournalError(f"{target} cannot be written: {error.strerror}") from error


def note_copy(journal: Path, target: Path) -> None:
    """Remember that a copy was made, beside the journal; where that cannot be written it is left."""
    with suppress(OSError):
        path = _copies_path(journal)
        private_file(path)
        with path.open("a", encoding="utf-8") as file:
            file.write(f"{target}\n")


def known_copies(journal: Path) -> list[Path]:
    """Return the copies that were made and are still there."""
    try:
        lines = _copies_path(journal).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    return [Path(line) for line in dict.fromkeys(lines) if Path(line).exists()]


def _copies_path(journal: Path) -> Path:
    return journal.with_name(f"{journal.name}.copies")


def _copy(journal: Path, target: Path) -> None:
    try:
        with closing(connect(journal, read_only=True)) as source, closing(connect(target)) as copy:
            source.backup(copy, pages=-1)
            (verdict,) = copy.execute("PRAGMA quick_check").fetchone()
    except sqlite3.Error as error:
        raise translate(error) from error
    if verdict != "ok":
        raise JournalError(f"the journal is damaged ({verdict}), and was not copied; restore it from a backup")
    sync(target)

"""A shared lock that every program holds while it has a journal's file open, so that a migration can be alone.

The lock is on `<journal>.open` beside the journal. The system releases it when the process ends, however it ends.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from specter_tui.errors import ErrorText
from specter_tui.journal.errors import JournalInUse, JournalReadOnly

_PROC = Path("/proc")
_PAUSE = 0.05
_PATIENCE = 2.0
"""Seconds for which a migration waits for programs that are ending."""


class SignIn:
    """The sign-in of a program at one journal."""

    def __init__(self, journal: Path) -> None:
        self._path = path = sign_in_path(journal)
        try:
            self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise JournalReadOnly(ErrorText("journal_cannot_make", path=path, why=error.strerror)) from error
        fcntl.flock(self._file, fcntl.LOCK_SH)

    def close(self) -> None:
        """Sign out; calling it again has no effect."""
        file, self._file = self._file, -1
        if file >= 0:
            os.close(file)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the journal alone; the sign-in is shared again afterwards. Raises JournalInUse with the other programs.

        The shared lock is released first, so that programs that wait here do not wait for each other.
        """
        fcntl.flock(self._file, fcntl.LOCK_UN)
        try:
            self._take()
            yield
        finally:
            fcntl.flock(self._file, fcntl.LOCK_SH)

    def _take(self) -> None:
        end = time.monotonic() + _PATIENCE
        while True:
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > end:
                    raise JournalInUse(", ".join(signed_in(self._path)) or "another program") from None
                time.sleep(_PAUSE)
            else:
                return


def sign_in_path(journal: Path) -> Path:
    """Return the file that carries the lock."""
    return journal.with_name(f"{journal.name}.open")


def signed_in(path: Path) -> list[str]:
    """Return the other programs that are signed in by this file, as far as the system tells (Linux)."""
    try:
        lines = (_PROC / "locks").read_text(encoding="ascii").splitlines()
        inode = str(path.stat().st_ino)
    except OSError:
        return []
    own = ("0", str(os.getpid()))
    found = []
    for line in lines:
        words = line.split()
        if "FLOCK" in words and words[-3].rpartition(":")[2] == inode and words[-4] not in own:
            found.append(_program(words[-4]))
    return sorted(set(found))


def _program(pid: str) -> str:
    """Return a process as a person knows it. Arguments contain no secrets, which the command line refuses."""
    try:
        words = (_PROC / pid / "cmdline").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return f"process {pid}"
    called = next((place for place, word in enumerate(words) if "specter" in Path(word).name), 0)
    told = " ".join(word for word in ["specter-tui", *words[called + 1 :]] if word) if called or words else ""
    return f"{told[:80] or 'a program'} (process {pid})"

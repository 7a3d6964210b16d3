"""Which shop empties the queues of a Specter API user, so that no two shops take each other's changes.

Specter's queues belong to who empties them. Journals at one server tell of each other; those in files leave a note for
each shop in the user's state folder. A note counts while its program runs, and for a day after.
"""

import fcntl
import hashlib
import time
from contextlib import ExitStack
from pathlib import Path

from specter_tui.journal.errors import QueueShared
from specter_tui.journal.files import private_file, private_folder
from specter_tui.journal.repositories.base_writer import JournalWriter

_OTHERS = "SELECT shop FROM cursors WHERE name = ? AND value = ? AND shop <> ? ORDER BY shop LIMIT 1"
_SET = """
    INSERT INTO cursors (shop, name, value) VALUES (?, ?, ?)
    ON CONFLICT (shop, name) DO UPDATE SET value = excluded.value
"""
_NAME = "empties_queues_of"
_COUNTS_SECONDS = 24 * 3600.0


class QueueOwners(JournalWriter):
    """The verb that says whose queues this shop empties."""

    def empty_queues_of(self, user: str) -> None:
        """Keep that this shop empties the queues of this API user, none where it is empty.

        Raises QueueShared where another shop of this database does.
        """
        with self._change:
            if user:
                for (shop,) in self._execute(_OTHERS, (_NAME, user, self.shop)).fetchall():
                    raise QueueShared(shop)
            self._execute(_SET, (self.shop, _NAME, user))


class Note:
    """A shop's note in a folder of this machine, held until it is closed."""

    def __init__(self, folder: Path, shop: int, user: str) -> None:
        """Write the note. Raises QueueShared where another shop's says the same; OSError or JournalError."""
        said = hashlib.sha256(user.encode()).hexdigest() if user else ""
        private_folder(folder)
        own = folder / str(shop)
        for file in (folder / ".lock", own):
            private_file(file)
        self._held = ExitStack()
        with (folder / ".lock").open("r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if user:
                for other in sorted(folder.glob("[0-9]*")):
                    if other.name != str(shop) and _counts(other) and other.read_text("ascii") == said:
                        raise QueueShared(int(other.name))
            note = self._held.enter_context(own.open("a+", encoding="ascii"))
            fcntl.flock(note, fcntl.LOCK_SH)
            note.truncate(0)
            note.write(said)
            note.flush()

    def close(self) -> None:
        """Let go of the note; it stays for a day."""
        self._held.close()


def _counts(note: Path) -> bool:
    """Whether the program that wrote a note runs, or ran within the last day."""
    if time.time() - note.stat().st_mtime < _COUNTS_SECONDS:
        return True
    with note.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
    return False

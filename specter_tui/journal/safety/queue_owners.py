"""The owners of the queues of Specter API users, so that no two programs take each other's changes.

Specter's queues deliver each change once. Shops that one program serves empty them together; a shop of another program
is refused. Journals on one server see each other; those in files leave a note for each shop in the user's state folder.
A note counts while its program runs, and for a day after.
"""

import fcntl
import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from specter_tui.journal.errors import QueueShared
from specter_tui.journal.files import private_file, private_folder
from specter_tui.journal.goods_models import QueueUse
from specter_tui.journal.repositories.cursors import Cursors
from specter_tui.journal.repositories.repository import Repository
from specter_tui.journal.shop_database import WritableDatabase

_OTHERS = """
    SELECT shop, (SELECT value FROM cursors AS beside WHERE beside.shop = cursors.shop AND beside.name = ?)
    FROM cursors WHERE name = ? AND value = ? AND shop <> ? ORDER BY shop
"""
_LEASES = "SELECT process, until FROM leases WHERE shop = ?"
_SET = """
    INSERT INTO cursors (shop, name, value) VALUES (?, ?, ?)
    ON CONFLICT (shop, name) DO UPDATE SET value = excluded.value
"""
_NAME, _WITH = "empties_queues_of", "empties_queues_with"
_COUNTS_SECONDS = 24 * 3600.0


class QueueOwners(Repository):
    """The operations on the API user whose queues this shop empties, and on the shops that share them."""

    def __init__(self, db: WritableDatabase, cursors: Cursors) -> None:
        self._db = db
        self._cursors = cursors

    def sharers(self, use: QueueUse) -> frozenset[int]:
        """Return the shops of this database that emptied the queues with this one, but that no program serves now.

        Raises QueueShared if a shop outside `use` empties them.
        """
        idle = set()
        for shop, listed in self._db.rows(_OTHERS, (_WITH, _NAME, use.user, self._db.shop)) if use.user else ():
            if shop in use.shops:
                continue
            with_us = self._db.shop in _shops(listed)
            if not with_us or self._is_served(shop):
                raise QueueShared(shop, with_us=with_us)
            idle.add(int(shop))
        return frozenset(idle)

    def empty_queues_of(self, use: QueueUse) -> None:
        """Store that this shop empties the queues of this API user, with these shops. Raises QueueShared."""
        with self._db.change:
            self.sharers(use)
            self._db.execute(_SET, (self._db.shop, _NAME, use.user))
            self._db.execute(_SET, (self._db.shop, _WITH, use.listed))

    def refuse_other_use(self, use: QueueUse) -> None:
        """Raise QueueShared if another program has begun to empty the queues for other shops than those of `use`."""
        listed = self._cursors.get(_WITH)
        if use.user and listed is not None and listed != use.listed and self._cursors.get(_NAME) == use.user:
            raise QueueShared(min(_shops(listed) - use.shops, default=self._db.shop))

    def _is_served(self, shop: int) -> bool:
        """Return whether a program holds a lease of the shop, as every program in auto mode does."""
        return any(not self._db.clock.over(process, until) for process, until in self._db.rows(_LEASES, (shop,)))


class Note:
    """A shop's note in a folder of this machine, held until it is closed."""

    def __init__(self, folder: Path, shop: int, use: QueueUse) -> None:
        """Write the note. Raises QueueShared if another program's note has the same user; OSError, JournalError."""
        private_folder(folder)
        own = folder / str(shop)
        for file in (folder / ".lock", own):
            private_file(file)
        self._held = ExitStack()
        with _alone_in(folder):
            _sharers(folder, shop, use)
            self._note = self._held.enter_context(own.open("a+", encoding="ascii"))
            fcntl.flock(self._note, fcntl.LOCK_SH)
            self._note.truncate(0)
            self._note.write(f"{_digest(use.user)} {use.listed}" if use.user else "")
            self._note.flush()

    def renew(self) -> None:
        """Restart the day for which the note counts if the program is killed."""
        with suppress(OSError):
            os.utime(self._note.fileno())

    def close(self) -> None:
        """Release the note; it still counts for a day."""
        self.renew()
        self._held.close()


def noted_sharers(folder: Path, shop: int, use: QueueUse) -> frozenset[int]:
    """Return the shops that emptied the queues with this one within the last day, but that no program serves now.

    Raises QueueShared if a running program empties them for other shops than those of `use`, or if a shop outside it
    did so within the last day; OSError.
    """
    if not (folder / ".lock").exists():
        return frozenset()
    with _alone_in(folder):
        return _sharers(folder, shop, use)


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Lock the notes: testing whether one is held takes its lock for a moment."""
    with (folder / ".lock").open("r+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _sharers(folder: Path, shop: int, use: QueueUse) -> frozenset[int]:
    idle = set()
    for other, together, runs, recent in _notes(folder, use.user):
        if together == use.shops:
            continue
        if runs:
            raise QueueShared(other, with_us=shop in together)
        if not recent or other in use.shops or other == shop:
            continue
        if shop not in together:
            raise QueueShared(other)
        idle.add(other)
    return frozenset(idle)


def _notes(folder: Path, user: str) -> Iterator[tuple[int, frozenset[int], bool, bool]]:
    """Yield an API user's notes: shop, the shops it is served with, whether its program runs, and ran within a day."""
    for note in sorted(one for one in folder.iterdir() if one.name.isdecimal()) if user else ():
        digest, _, listed = note.read_text("ascii", "replace").partition(" ")
        if digest == _digest(user):
            recent = time.time() - note.stat().st_mtime < _COUNTS_SECONDS
            yield int(note.name), _shops(listed) or frozenset({int(note.name)}), _is_held(note), recent


def _is_held(note: Path) -> bool:
    with note.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
    return False


def _shops(listed: str | None) -> frozenset[int]:
    return frozenset(int(shop) for shop in (listed or "").split() if shop.isdecimal())


def _digest(user: str) -> str:
    return hashlib.sha256(user.encode()).hexdigest()

"""Named leases, by which processes on a journal agree on which of them does a kind of work."""

from datetime import timedelta

from specter_tui.journal.models import LeaseHolder, LeaseTaken
from specter_tui.journal.repositories.repository import Repository
from specter_tui.journal.shop_database import WritableDatabase

_HELD = "SELECT process, until, holder FROM leases WHERE shop = ? AND name = ?"
_TAKE = """
    INSERT INTO leases (shop, name, process, until, holder) VALUES (:shop, :name, :me, :until, :holder)
    ON CONFLICT (shop, name) DO UPDATE SET process = :me, until = :until, holder = :holder
"""
_RENEW = "UPDATE leases SET until = ? WHERE shop = ? AND name = ? AND process = ?"
_DROP = "DELETE FROM leases WHERE shop = ? AND name = ? AND process = ?"
_ALL = "SELECT name, process, until FROM leases WHERE shop = ?"


class Leases(Repository):
    """The operations on named leases (watch, stock, articles, deliveries)."""

    def __init__(self, db: WritableDatabase) -> None:
        self._db = db

    def take(self, name: str, lease: timedelta, kind: str = "") -> LeaseTaken | LeaseHolder:
        """Take a named lease for this process, of that `kind`; return the holder if another process has it.

        A lease that is over, or whose process is gone, is free; one that this process holds is renewed.
        """
        with self._db.change:
            for process, until, holder in self._db.execute(_HELD, (self._db.shop, name)).fetchall():
                if process != self._db.clock.me and not self._db.clock.over(process, until):
                    return _holder_of(holder)
            values = {
                "shop": self._db.shop,
                "name": name,
                "me": self._db.clock.me,
                "holder": f"{kind}:{self._db.holder}" if kind else self._db.holder,
            }
            self._db.execute(_TAKE, {**values, "until": self._db.clock.end(lease)})
        return LeaseTaken()

    def renew(self, name: str, lease: timedelta) -> bool:
        """Renew a lease that this process holds; False if another has taken it."""
        with self._db.change:
            until = self._db.clock.end(lease)
            return self._db.execute(_RENEW, (until, self._db.shop, name, self._db.clock.me)).rowcount == 1

    def drop(self, name: str) -> None:
        """Release a lease, if this process holds it."""
        with self._db.change:
            self._db.execute(_DROP, (self._db.shop, name, self._db.clock.me))

    def holder(self, name: str) -> LeaseHolder | None:
        """Return the current holder of a named lease, which may be this process; None if it is free."""
        for process, until, holder in self._db.rows(_HELD, (self._db.shop, name)):
            if not self._db.clock.over(process, until):
                return _holder_of(holder)
        return None

    def sign_in(self, kind: str, lease: timedelta) -> int:
        """Register this process as one of a kind for a time.

        Return the number of such processes, including this one.
        """
        self.take(f"{kind} {self._db.clock.me}", lease)
        with self._db.change:
            here = 0
            for name, process, until in self._db.execute(_ALL, (self._db.shop,)).fetchall():
                if not name.startswith(f"{kind} "):
                    continue
                if self._db.clock.over(process, until):
                    self._db.execute(_DROP, (self._db.shop, name, process))
                else:
                    here += 1
        return here

    def sign_out(self, kind: str) -> None:
        """Undo `sign_in`."""
        self.drop(f"{kind} {self._db.clock.me}")


def _holder_of(stored: str) -> LeaseHolder:
    kind, _, operator = stored.rpartition(":")
    return LeaseHolder(operator, kind)

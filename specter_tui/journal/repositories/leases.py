"""What processes that share a journal agree upon: which of them does a kind of work, and how far it has come."""

from datetime import timedelta

from specter_tui.journal.models import NO_ORDER, Verb
from specter_tui.journal.repositories.base_writer import JournalWriter

COUNT_ACCEPTED: Verb = "count_accepted"
"""Name of the event, and of the cursor that has what was accepted last."""

_HELD = "SELECT process, until, holder FROM leases WHERE shop = ? AND name = ?"
_TAKE = """
    INSERT INTO leases (shop, name, process, until, holder) VALUES (:shop, :name, :me, :until, :holder)
    ON CONFLICT (shop, name) DO UPDATE SET process = :me, until = :until, holder = :holder
"""
_RENEW = "UPDATE leases SET until = ? WHERE shop = ? AND name = ? AND process = ?"
_DROP = "DELETE FROM leases WHERE shop = ? AND name = ? AND process = ?"
_ALL = "SELECT name, process, until FROM leases WHERE shop = ?"


class LeaseOperations(JournalWriter):
    """Named leases (watch, stock, articles, deliveries) and cursors."""

    def take_lease(self, name: str, lease: timedelta, kind: str = "") -> str | None:
        """Take a named lease for this process: None when it is ours now, else its holder, as operator@host.

        A holder that says its `kind` is given as kind:operator@host.
        A lease that is over, or whose process is gone, is free; one that this process holds is renewed.
        """
        with self._change:
            for process, until, holder in self._execute(_HELD, (self.shop, name)).fetchall():
                if process != self.clock.me and not self.clock.over(process, until):
                    return str(holder)
            values = {
                "shop": self.shop,
                "name": name,
                "me": self.clock.me,
                "holder": f"{kind}:{self._holder}" if kind else self._holder,
            }
            self._execute(_TAKE, {**values, "until": self.clock.end(lease)})
        return None

    def renew_lease(self, name: str, lease: timedelta) -> bool:
        """Let a lease that this process holds begin anew; False when another has taken it."""
        with self._change:
            until = self.clock.end(lease)
            return self._execute(_RENEW, (until, self.shop, name, self.clock.me)).rowcount == 1

    def drop_lease(self, name: str) -> None:
        """Give a lease up, where this process holds it."""
        with self._change:
            self._execute(_DROP, (self.shop, name, self.clock.me))

    def lease_holder(self, name: str) -> str | None:
        """Who holds a named lease now, as `take_lease` gives it; None when it is free."""
        held = self._rows(_HELD, (self.shop, name))
        return next((str(holder) for process, until, holder in held if not self.clock.over(process, until)), None)

    def sign_in(self, kind: str, lease: timedelta) -> int:
        """Say that this process is here as one of a kind, for so long; how many of them are here, this one too."""
        self.take_lease(f"{kind} {self.clock.me}", lease)
        with self._change:
            here = 0
            for name, process, until in self._execute(_ALL, (self.shop,)).fetchall():
                if not name.startswith(f"{kind} "):
                    continue
                if self.clock.over(process, until):
                    self._execute(_DROP, (self.shop, name, process))
                else:
                    here += 1
        return here

    def sign_out(self, kind: str) -> None:
        """Take back what `sign_in` said."""
        self.drop_lease(f"{kind} {self.clock.me}")

    def set_cursor(self, name: str, value: str) -> None:
        """Keep how far a reader of the shop has come, for `cursor`."""
        with self._change:
            self._keep_cursor(name, value)

    def accept_count(self, accepted: str, reason: str, message: str) -> None:
        """A person accepts that the shop counts other orders than are found: kept as the cursor COUNT_ACCEPTED.

        The event is one of the shop, of no order; `message` tells the difference.
        """
        with self._change:
            self._keep_cursor(COUNT_ACCEPTED, accepted)
            self._record(NO_ORDER, "", self._now(), COUNT_ACCEPTED, None, None, None, reason, message)

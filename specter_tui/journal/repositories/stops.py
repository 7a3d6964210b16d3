"""The emergency stop: one row that every program on this journal reads before it claims an order or writes anything."""

from specter_tui.journal.codecs import moment
from specter_tui.journal.errors import SendingStopped
from specter_tui.journal.models import Stop
from specter_tui.journal.repositories.base_writer import JournalWriter

_IN_FORCE = "SELECT reason, operator, host, begun_at FROM stops WHERE shop = ? AND ended_at IS NULL"
_BEGIN = """
    INSERT INTO stops (shop, id, reason, operator, host, begun_at)
    VALUES (?, (SELECT COALESCE(MAX(id), 0) + 1 FROM stops WHERE shop = ?), ?, ?, ?, ?)
"""
_END = "UPDATE stops SET ended_at = ?, ended_by = ?, ended_reason = ? WHERE shop = ? AND ended_at IS NULL"


class StopOperations(JournalWriter):
    """The verbs of the stop. An order that was claimed before it goes to its end."""

    def stop_in_force(self) -> Stop | None:
        """Return the stop that holds now, None when sending is free."""
        found = self._rows(_IN_FORCE, (self.shop,))
        return next((Stop(reason, login, host, moment(at)) for reason, login, host, at in found), None)

    def begin_stop(self, reason: str) -> bool:
        """Stop all sending on this journal; False when it is stopped already. Raises ValueError without a reason."""
        if not reason.strip():
            raise ValueError("a stop needs a reason")
        with self._change:
            if self.stop_in_force() is not None:
                return False
            who = self.operator
            self._execute(_BEGIN, (self.shop, self.shop, reason.strip(), who.login, who.place, self._now()))
        return True

    def end_stop(self, reason: str) -> bool:
        """Let sending go on; False when it was not stopped. Raises ValueError without a reason."""
        if not reason.strip():
            raise ValueError("to end a stop needs a reason")
        with self._change:
            ended = self._execute(_END, (self._now(), self._holder, reason.strip(), self.shop))
            return ended.rowcount > 0

    def refuse_if_stopped(self) -> None:
        """Raise SendingStopped while a stop holds, or JournalOtherVersion: asked before each write without a claim."""
        self._store.refuse_other_version()
        stop = self.stop_in_force()
        if stop is not None:
            raise SendingStopped(stop)

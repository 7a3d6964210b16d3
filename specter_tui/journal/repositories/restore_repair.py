"""Enters records that the journal lacks from files outside it.

Numbers that could not be written when Specter gave them are in the result spool. Records lost with an older copy of the
journal, or with a new one in its place, are in the high-water log of this machine.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from specter_tui.errors import ErrorText
from specter_tui.journal.errors import JournalError, NumberTaken
from specter_tui.journal.models import Entry, ShopOrder
from specter_tui.journal.repositories.event_recorder import EventRecorder
from specter_tui.journal.repositories.order_endings import OrderEndings
from specter_tui.journal.repositories.order_states import OrderStates
from specter_tui.journal.repositories.orders import Orders
from specter_tui.journal.repositories.repository import Repository
from specter_tui.journal.safety import result_spool
from specter_tui.journal.safety.high_water_log import HighWaterLog, LogRecord, LostRecords, log_path
from specter_tui.journal.safety.result_spool import SpooledResult
from specter_tui.journal.shop_database import WritableDatabase

RESTORED = "restored"
"""The reason of an order that is unknown because the journal lost its result."""

_DOUBTFUL = """
    INSERT INTO orders (shop, uid, order_number, external_no, state, step, reason, changed_at)
    VALUES (:shop, :uid, :order_number, :external_no, 'unknown', 'order', 'restored', :now)
    ON CONFLICT (shop, uid) DO UPDATE SET
      state = 'unknown', step = 'order', reason = 'restored', message = '', retry_at = NULL, token = NULL,
      lease_process = NULL, lease_until = NULL, before = NULL, external_no = COALESCE(orders.external_no, :external_no),
      changed_at = :now
"""
_HELD = "SELECT id, uid FROM events WHERE shop = ? AND id IN (?*)"
_HAS_NUMBER = "SELECT uid FROM orders WHERE shop = ? AND specter_number = ? AND state = 'exported'"


@dataclass(frozen=True, slots=True)
class Restored:
    """The result of a repair: the number of Specter numbers and closings entered, and of orders set to unknown."""

    numbers: int
    closed: int
    unknown: int


def is_lost(entry: Entry) -> bool:
    """Return whether the journal has lost the result of an order."""
    return entry.state == "unknown" and entry.reason == RESTORED


class RestoreRepair(Repository):
    """The operations after every opening, before leases are expired: `watch_over` first."""

    def __init__(
        self, db: WritableDatabase, orders: Orders, recorder: EventRecorder, states: OrderStates, endings: OrderEndings
    ) -> None:
        self._db = db
        self._orders = orders
        self._recorder = recorder
        self._states = states
        self._endings = endings

    def enter_unrecorded(self) -> list[int]:
        """Enter the numbers of the result spools and clear those; return the uids that became exported.

        Specter gave these numbers, so these orders may not be sent again, whatever their state. An order that is
        closed, or exported with another number, keeps its state, and the number as evidence. A second call has no
        effect.
        """
        log = self._recorder.high_water_log
        beside = [self._db.path] if log is None else [self._db.path, log.path]
        return [uid for path in beside for uid in self._enter_those_beside(path)]

    def _enter_those_beside(self, path: Path) -> list[int]:
        try:
            with result_spool.take_results(path, self._db.shop) as numbers:
                return [number.uid for number in numbers if self._enter(number)]
        except OSError as error:
            raise JournalError(
                ErrorText("journal_cannot_clear", path=result_spool.spool_path(path), why=error.strerror)
            ) from error

    def _enter(self, number: SpooledResult) -> bool:
        order = ShopOrder(number.uid, number.order_number)
        entry = self._orders.entry(number.uid)
        if entry is not None and entry.state == "exported" and entry.specter_number == number.specter_number:
            return False
        if entry is None or entry.state not in ("exported", "closed"):
            try:
                with self._db.change:
                    self._endings.export(order, number.specter_number, "recovered", "due", "answer")
            except NumberTaken:
                pass  # Stored as evidence below: a person must look at both orders.
            else:
                return True
        with self._db.change:
            self._states.keep_late(number.uid, number.order_number, "recovered", "", number.specter_number)
        return False

    def watch_over(self, folder: Path) -> Restored | None:
        """Do the same as `restore_seen` with this journal's file in a folder. Raises JournalError."""
        path = log_path(folder, self._db.path, self._db.shop)
        try:
            return self.restore_seen(HighWaterLog(path))
        except OSError as error:
            raise JournalError(ErrorText("journal_cannot_make", path=path, why=error.strerror)) from error

    def restore_seen(self, seen: HighWaterLog) -> Restored | None:
        """Compare the journal with the high-water log, and log all changes from now on.

        None if nothing is missing. Missing records are entered in one commit: a number as exported, a closing as
        closed; an order that was being sent, or in doubt, as unknown, never as ready.
        """
        self._recorder.high_water_log = seen
        try:
            last = seen.last()
            if last is None:
                return None
            self._recorder.event_floor = last.event
            # By the event's order, not by its id alone: if several hosts share a journal, another may have used the id.
            missing = None if self._held([last.event]).get(last.event) == last.uid else seen.missing(self._held)
        except OSError as error:
            raise JournalError(ErrorText("journal_cannot_read", path=seen.path, why=error.strerror)) from error
        restored = self._restore(missing) if missing else None
        return restored if restored != Restored(0, 0, 0) else None

    def _held(self, events: Iterable[int]) -> dict[int, int]:
        return dict(self._db.rows_of(_HELD, events))

    def _restore(self, missing: LostRecords) -> Restored:
        with self._db.change:
            numbers = sum(self._restore_number(sight) for sight in missing.numbers)
            closed = sum(self._restore_closing(sight) for sight in missing.closed)
            unknown = sum(self._restore_doubt(sight) for sight in missing.doubtful)
        return Restored(numbers, closed, unknown)

    def _restore_number(self, sight: LogRecord) -> bool:
        number = sight.specter_number or ""
        if self._db.execute(_HAS_NUMBER, (self._db.shop, number)).fetchall():
            return False
        entry = self._orders.entry(sight.uid)
        if entry is not None and entry.state == "exported" and entry.specter_number not in (None, number):
            self._endings.correct(
                ShopOrder(sight.uid, sight.order_number), number, entry.specter_number or "", RESTORED
            )
            return True
        if entry is not None and entry.state in ("exported", "closed"):
            self._states.keep_late(sight.uid, sight.order_number, "restored", "", number)
            return False
        self._endings.export(ShopOrder(sight.uid, sight.order_number), number, "recovered", "due", "answer")
        return True

    def _restore_closing(self, sight: LogRecord) -> bool:
        state, step = self._states.state_of(sight.uid)
        if state in ("exported", "closed"):
            return False
        self._endings.close(ShopOrder(sight.uid, sight.order_number), state, step, RESTORED, self._db.now())
        return True

    def _restore_doubt(self, sight: LogRecord) -> bool:
        state, _ = self._states.state_of(sight.uid)
        if state in ("exported", "closed", "unknown", "exists"):
            return False
        order = {"uid": sight.uid, "order_number": sight.order_number, "external_no": sight.external_no}
        now = self._db.now()
        self._db.execute(_DOUBTFUL, {"shop": self._db.shop, **order, "now": now})
        self._recorder.record(sight.uid, sight.order_number, now, "restored", state, "unknown", "order", RESTORED)
        return True

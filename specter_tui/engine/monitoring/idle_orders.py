"""Keep the orders that are idle and need a person, updated by what changes."""

import heapq
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from specter_tui.engine.events import OrderState, OrderView
from specter_tui.journal.models import Entry, State

NEEDS_A_PERSON: tuple[State, ...] = ("unknown", "refused", "exists")


@dataclass(frozen=True, slots=True)
class IdleOrder:
    """An order in a state that it does not leave by itself, since when."""

    uid: int
    state: OrderState
    number: str
    since: datetime

    @property
    def key(self) -> str:
        """Return the name of the condition, the same for as long as it lasts."""
        return f"{self.state}:{self.uid}"


class IdleOrders:
    """The idle orders of a shop, and those that have been so for `after`. Pure.

    `exporting`: the settings let orders be sent; else nothing is wrong with one that could go.
    """

    def __init__(self, after: timedelta, *, exporting: bool) -> None:
        self._after = after
        self._exporting = exporting
        self._idle: dict[int, IdleOrder] = {}
        self._young: list[tuple[datetime, int]] = []
        """Since when each may be idle that is not due yet, the oldest first."""
        self._aged_at = datetime.min.replace(tzinfo=UTC)
        self.due: dict[str, IdleOrder] = {}
        """Those that have been idle for so long, by key."""

    def update(self, uid: int, entry: Entry | None, view: OrderView | None) -> None:
        """Take in what an order is now: by the journal, and among the open ones."""
        old, new = self._idle.get(uid), self._idle_order(uid, entry, view)
        if new == old:
            return
        if old is not None:
            del self._idle[uid]
            self.due.pop(old.key, None)
        if new is not None:
            self._idle[uid] = new
            heapq.heappush(self._young, (new.since, uid))

    def grow_older(self, now: datetime) -> None:
        """Bring `due` up to this time; a clock that was set back makes none of them due too early."""
        if now < self._aged_at:
            self.due.clear()
            self._young = [(one.since, uid) for uid, one in self._idle.items()]
            heapq.heapify(self._young)
        self._aged_at = now
        while self._young and now - self._young[0][0] >= self._after:
            since, uid = heapq.heappop(self._young)
            one = self._idle.get(uid)
            if one is not None and one.since == since:
                self.due[one.key] = one

    def _idle_order(self, uid: int, entry: Entry | None, view: OrderView | None) -> IdleOrder | None:
        if entry is not None and entry.state in NEEDS_A_PERSON:
            return IdleOrder(uid, entry.state, entry.order_number, entry.changed_at)
        if not self._exporting or view is None or view.ordered is None or not _could_go(view):
            return None
        return IdleOrder(uid, view.state, view.number, max(view.ordered, view.changed or view.ordered))


def _could_go(view: OrderView) -> bool:
    """Whether it could go, or is paid and cannot: its buyer has heard nothing."""
    return view.state in ("ready", "retry_later") or (view.state == "blocked" and view.payment_status == "paid")

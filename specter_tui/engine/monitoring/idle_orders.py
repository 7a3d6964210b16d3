"""Track orders that are idle and need a person, updated with each change."""

import heapq
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from specter_tui.engine.events import OrderView
from specter_tui.engine.order_states import OrderState
from specter_tui.journal.models import Entry, State

NEEDS_A_PERSON: tuple[State, ...] = ("unknown", "refused", "exists")


@dataclass(frozen=True, slots=True)
class IdleOrder:
    """An order in a state that it does not leave automatically, and the time since when."""

    uid: int
    state: OrderState
    number: str
    since: datetime

    @property
    def key(self) -> str:
        """The key of the condition, the same while it lasts."""
        return f"{self.state}:{self.uid}"


class IdleOrders:
    """The idle orders of a shop, and those idle for at least `after`. Pure.

    `exporting`: the settings allow orders to be sent; otherwise an unsent order is not idle.
    """

    def __init__(self, after: timedelta, *, exporting: bool) -> None:
        self._after = after
        self._exporting = exporting
        self._idle: dict[int, IdleOrder] = {}
        self._young: list[tuple[datetime, int]] = []
        """Start times and uids of orders that are not due yet, the oldest first."""
        self._aged_at = datetime.min.replace(tzinfo=UTC)
        self.due: dict[str, IdleOrder] = {}
        """The orders idle for at least `after`, by key."""

    def update(self, uid: int, entry: Entry | None, view: OrderView | None) -> None:
        """Update an order with its journal entry, and its view if it is open."""
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
        """Update `due` for this time.

        If the clock was set back, it is built again, so that no order is due too early.
        """
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
    """Return whether it could be sent, or is paid but blocked, so that its buyer has heard nothing."""
    return view.state in ("ready", "retry_later") or (view.state == "blocked" and view.payment_status == "paid")

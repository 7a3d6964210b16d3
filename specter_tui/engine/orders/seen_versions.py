"""Remembers which versions of orders were read, so that overlapping polls do not read them again."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from specter_tui.abicart.models import Order, OrderHead, UnreadableOrder

_SETTLED = timedelta(seconds=30)
"""Times of change have whole seconds, and clocks differ: a later change may have the same time as the version read."""


class SeenVersions:
    """The time of change of each order when it was read."""

    def __init__(self) -> None:
        self._changed: dict[int, datetime] = {}

    def __bool__(self) -> bool:
        return bool(self._changed)

    def note(self, orders: Iterable[Order | UnreadableOrder], now: datetime) -> None:
        """Record orders that were read `now`, by the shop's clock."""
        for order in orders:
            if order.changed is not None and now - order.changed > _SETTLED:
                self._changed[order.uid] = order.changed
            else:
                self._changed.pop(order.uid, None)

    def has(self, head: OrderHead) -> bool:
        """Return whether the order is unchanged since it was read."""
        return head.changed is not None and self._changed.get(head.uid) == head.changed

    def forget(self, before: datetime) -> None:
        """Drop orders last changed before a time, which no later poll's window contains."""
        self._changed = {uid: changed for uid, changed in self._changed.items() if changed >= before}

"""What was read before, so that a look which is shown it again, as looks overlap, does not read it again."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from specter_tui.abicart.models import Order, OrderHead, UnreadableOrder

_SETTLED = timedelta(seconds=30)
"""Times of changes have whole seconds, and clocks differ: what changed just before it was read may change unseen."""


class SeenVersions:
    """When each order that was read had been changed last."""

    def __init__(self) -> None:
        self._changed: dict[int, datetime] = {}

    def __bool__(self) -> bool:
        return bool(self._changed)

    def note(self, orders: Iterable[Order | UnreadableOrder], now: datetime) -> None:
        """These were read just `now`, by the shop's clock."""
        for order in orders:
            if order.changed is not None and now - order.changed > _SETTLED:
                self._changed[order.uid] = order.changed
            else:
                self._changed.pop(order.uid, None)

    def has(self, head: OrderHead) -> bool:
        """Whether the order is now as it was read."""
        return head.changed is not None and self._changed.get(head.uid) == head.changed

    def forget(self, before: datetime) -> None:
        """What was changed last before then is in no window of a look any more."""
        self._changed = {uid: changed for uid, changed in self._changed.items() if changed >= before}

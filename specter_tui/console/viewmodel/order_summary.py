"""A summary of the orders: counts by state, a comparison with the shop's count, and the oldest open order."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from specter_tui.engine.events import OrderView, ShopCount
    from specter_tui.engine.order_states import OrderState

WAITS: "frozenset[OrderState]" = frozenset(
    {"ready", "blocked", "sending", "retry_later", "unknown", "refused", "exists"}
)
"""States of orders that should be in Specter and are not; an order that waits for its payment is not among them."""


@dataclass(frozen=True, slots=True)
class OrderSummary:
    """`known` counts the known orders in the window in which the shop counted; None where it did not count."""

    counts: "Counter[OrderState]" = field(default_factory=Counter)
    oldest: "OrderView | None" = None
    known: int | None = None
    in_shop: int | None = None

    @property
    def total(self) -> int:
        """The number of orders in scope."""
        return sum(self.counts.values())

    def among(self, states: "Collection[OrderState]") -> int:
        """Return the number of orders in these states."""
        return sum(self.counts[state] for state in states)

    @property
    def adds_up(self) -> bool | None:
        """True if the known orders are as many as the shop's; None where the shop did not count."""
        return None if self.known is None else self.known == self.in_shop

    def waits(self, now: datetime) -> timedelta | None:
        """Return the age of the oldest open order; None where there is none."""
        return None if self.oldest is None or self.oldest.ordered is None else now - self.oldest.ordered


def summarize_orders(views: "Iterable[OrderView]", count: "ShopCount | None") -> OrderSummary:
    """Summarise these orders."""
    counts: Counter[OrderState] = Counter()
    oldest: OrderView | None = None
    found = 0
    for view in views:
        counts[view.state] += 1
        ordered = view.ordered
        if ordered is None:
            continue
        if view.state in WAITS and (oldest is None or oldest.ordered is None or ordered < oldest.ordered):
            oldest = view
        if count is not None and count.since <= ordered <= count.until:
            found += 1
    if count is None:
        return OrderSummary(counts, oldest)
    return OrderSummary(counts, oldest, found + count.outside, count.in_shop)

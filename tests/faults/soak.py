"""Kill exporters at random, and count: `make soak`, or python -m tests.faults.soak --kills 50.

Several programs work at once on one journal, in auto mode or exporting, while orders are placed and answers are lost;
one after the other is killed at a random moment, mostly during a call. From time to time an operator settles orders in
doubt by checking Specter. Each round has its own shop, Specter and journal; in every other one Specter accepts copies.
At the end of a round every order must be in Specter once, in the journal as exported with that number, and in the shop
with it.
"""

import argparse
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import stamina

from specter_tui.config.settings import load_settings
from specter_tui.config.sources import given_in
from specter_tui.engine.decisions import InvalidDecision
from specter_tui.engine.service import ShopService
from specter_tui.journal.models import Entry
from tests.faults.programs import Program, ready
from tests.faults.proxy import Proxy
from tests.faults.terminal import Terminal
from tests.faults.world import CUSTOMER, ORDER, Machine, World, sandbox
from tests.support import postgres_server
from tests.support.driven_engine import Driven
from tests.support.environment import in_environment

KILLS_A_ROUND = 50
KILLS_A_SETTLEMENT = 17
AT_FIRST = 3
"""Orders that are ready when each round begins."""
AT_REST = timedelta(seconds=2)
"""An operator decides about an order that has not changed for this long: then none of its calls is in flight."""


_BUSY = {"ORDER__EXPORT": "registered", "WATCH__INTERVAL": "0.05"}


@dataclass(slots=True)
class Count:
    """The counts of a run."""

    kills: Counter[str] = field(default_factory=Counter)
    orders: int = 0
    faults: int = 0
    in_doubt: int = 0
    """The number of an operator's decisions."""
    copies: int = 0
    losses: int = 0
    states: Counter[str] = field(default_factory=Counter)
    trouble: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        return not (self.copies or self.losses or self.trouble) and self.states == {"exported": self.orders}

    def __str__(self) -> str:
        kills = sum(self.kills.values())
        ways = ", ".join(f"{number} {name}" for name, number in sorted(self.kills.items()))
        states = ", ".join(f"{number} {state}" for state, number in sorted(self.states.items()))
        return "\n".join(
            [
                f"orders   {self.orders}",
                f"kills    {kills} ({ways})",
                f"faults   {self.faults}",
                f"in doubt {self.in_doubt} times, settled by the operator",
                f"states   {states}",
                f"copies   {self.copies}",
                f"losses   {self.losses}",
                *self.trouble,
            ]
        )


class Round:
    """One shop, one Specter, one journal, and programs that are started and killed."""

    def __init__(self, world: World, here: Machine, chance: random.Random, count: Count) -> None:
        self._world = world
        self._here = here
        self._chance = chance
        self._count = count
        self._placed: list[int] = []
        self._programs: list[Program] = []

    def run(self, kills: int, exporters: int, *, console: bool) -> None:
        self._place(AT_FIRST)
        # A person lets the first ones go: however many are ready when a program is there again, none of them waits.
        self._here.run("watch", "--once", "--yes", str(AT_FIRST), **_BUSY)
        self._programs = [self._start() for _ in range(exporters)]
        with self._here.console(**_BUSY) if console else nullcontext() as screen:
            self._kill_so_many(kills, exporters, screen)
            if screen is not None:
                screen.type("q")
                if screen.end() != 0 or "Traceback" in screen.text:
                    self._count.trouble.append(screen.text[-2000:])
        for program in self._programs:
            if program.running:
                program.signal(signal.SIGTERM)
            program.end()
            program.close()
        self._world.heal()
        self._come_to_rest()
        self._add_up()

    def _kill_so_many(self, kills: int, exporters: int, screen: Terminal | None) -> None:
        done = settled = 0
        while done < kills:
            while screen is not None and screen.read(0.001):
                pass
            self._place(self._chance.randint(1, 2))
            if self._chance.random() < 0.15:
                self._spoil()
            done += self._kill(self._chance.randrange(exporters))
            if done - settled >= KILLS_A_SETTLEMENT:
                self._settle()
                settled = done

    def _place(self, number: int) -> None:
        self._placed += self._world.place(number)

    def _start(self) -> Program:
        kinds = (["watch"], ["watch"], ["export", "--all"], ["export", *(f"uid:{uid}" for uid in self._placed[-3:])])
        return self._here.start(*self._chance.choice(kinds), **_BUSY)

    def _spoil(self) -> None:
        kind = self._chance.choice(["lost", "error", "truncated", "html", "delay"])
        call = self._chance.choice([CUSTOMER, ORDER])
        self._world.spoil(kind, call, after=self._chance.random() < 0.5, seconds=0.2 if kind == "delay" else 0)
        self._count.faults += 1

    def _kill(self, which: int) -> bool:
        """Kill one of them at a random moment: during a call, if one begins soon, else at any time.

        Return False if it had ended by itself.
        """
        program = self._programs[which]
        deadline = time.monotonic() + self._chance.uniform(0, 1.5)
        if self._chance.random() < 0.7:
            calls = self._calls()
            while time.monotonic() < deadline and program.running and self._calls() == calls:
                time.sleep(0.002)
            time.sleep(self._chance.uniform(0, 0.04))
        else:
            time.sleep(self._chance.uniform(0, 0.6))
        number = self._chance.choices([signal.SIGKILL, signal.SIGTERM, signal.SIGHUP], [8, 1, 1])[0]
        in_time = program.running
        if in_time:
            program.signal(number)
            self._count.kills[number.name] += 1
        program.end()
        if "Traceback" in program.err:
            self._count.trouble.append(program.err)
        program.close()
        self._programs[which] = self._start()
        return in_time

    def _calls(self) -> int:
        counted = self._world.get("/calls").get("specter", {})
        return counted.get(CUSTOMER, 0) + counted.get(ORDER, 0)

    def _settle(self) -> None:
        """Decide as the operator, while the programs run."""
        quiet_since = datetime.now(UTC) - AT_REST
        with (
            stamina.set_testing(True, attempts=3, cap=True),
            Driven(load_settings(None, given_in(in_environment(self._here.settings)))) as service,
        ):
            service.look()
            for entry in self._here.entries().values():
                if entry.state in ("unknown", "exists", "refused") and entry.changed_at < quiet_since:
                    self._decide(service, entry)

    def _decide(self, service: Driven, entry: Entry) -> None:
        self._count.in_doubt += 1
        found = self._world.at_specter(entry.external_no or "")
        if found:
            work = service.engine.submit(ShopService.enter_number, entry.uid, str(found[0]["number"]))
        elif entry.state != "exists":
            work = service.engine.submit(ShopService.repeat, [entry.uid], "not in Specter, I looked")
        else:
            return
        error = work.exception(30)
        # A program may have repeated the order itself meanwhile; then it is sent, or exported, and nothing to decide.
        if error is not None and not isinstance(error, InvalidDecision):
            self._count.trouble.append(f"{entry.order_number}: {error!r}")

    def _come_to_rest(self) -> None:
        """Export and settle until nothing changes."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            self._here.run("export", "--all")
            entries = self._here.entries()
            home = [entry for entry in entries.values() if entry.write_back == "done"]
            if len(home) == len(self._placed):
                return
            time.sleep(AT_REST.total_seconds())
            self._settle()

    def _add_up(self) -> None:
        count, entries = self._count, self._here.entries()
        count.orders += len(self._placed)
        count.trouble += self._world.complaints
        made: dict[str, list[str]] = {}
        for order in self._world.get("/specter/orders"):
            made.setdefault(order["external"], []).append(str(order["number"]))
        count.copies += sum(len(numbers) - 1 for numbers in made.values())
        documents = self._world.documents()
        for uid in self._placed:
            entry, shown = entries.get(uid), documents[uid]
            numbers = made.get(str(shown["orderNumber"]), [])
            count.states[entry.state if entry else "nowhere"] += 1
            known = entry.specter_number if entry else None
            if not numbers or known not in numbers or shown.get("externalOrderNumber") != known:
                count.losses += 1
                count.trouble.append(f"lost: {shown['orderNumber']}: Specter {numbers}, journal {entry}")


def soak(kills: int, exporters: int, seed: int, folder: Path, *, server: str = "", talk: bool = False) -> Count:
    """Kill that many, and count.

    `server` is an address at which each round makes a database for its journal; a console then runs beside the programs
    that are killed.
    """
    chance, count = random.Random(seed), Count()
    ready()
    number = 0
    while (left := kills - sum(count.kills.values())) > 0:
        number += 1
        with (
            sandbox("--orders", "0", "--delay", "0.01", f"--{'no-' * (number % 2)}refuses-duplicates") as world,
            Proxy(world.settings["SPECTER__URL"]) as proxy,
        ):
            own = {"JOURNAL__URL": postgres_server.database(server, f"soak_{number}")} if server else {}
            here = Machine(world, proxy, folder / f"round-{number}", LIMITS__TIMEOUT="10", **own)
            try:
                Round(world, here, chance, count).run(min(left, KILLS_A_ROUND), exporters, console=bool(server))
            finally:
                here.close()
        if talk:
            done = sum(count.kills.values())
            sys.stderr.write(
                f"{done}/{kills} kills, {count.orders} orders, {count.copies} copies, {count.losses} losses\n"
            )
        if not count.good:
            break
    return count


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults.soak", description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--kills", type=int, default=1000, help="default: %(default)s")
    parser.add_argument("--exporters", type=int, default=3, help="at once on one journal; default: %(default)s")
    parser.add_argument("--journal", choices=["file", "postgres"], default="file", help="where; default: %(default)s")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6), help="default: a new one")
    given = parser.parse_args(words)
    begun = time.monotonic()
    with TemporaryDirectory(prefix="specter-tui-soak-") as folder:
        server = postgres_server.server(Path(folder), os.getpid()) if given.journal == "postgres" else ""
        count = soak(given.kills, given.exporters, given.seed, Path(folder), server=server, talk=True)
    sys.stdout.write(f"{count}\nseed     {given.seed}\ntime     {time.monotonic() - begun:.0f} s\n")
    return 0 if count.good else 1


if __name__ == "__main__":
    sys.exit(main())

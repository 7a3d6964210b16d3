"""Measures the promised speeds; prints a table and writes benchmarks/results.json."""

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.articles import articles_beside_bare_loop, numbers_checked
from benchmarks.export import export_beside_bare_loops, export_over_slow_wire, export_with_a_server
from benchmarks.filter import filter_of_many_orders
from benchmarks.first_frame import first_frames
from benchmarks.journal import journal_beside_sqlite
from benchmarks.output import bytes_of_a_step
from benchmarks.plans import plans_of_many_orders
from benchmarks.size import console_of_many_orders
from benchmarks.table import Line, table

RESULTS = Path(__file__).parent / "results.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """The amount of work. Runs alternate with those of their yardstick, since the machine is never idle."""

    orders: int
    rounds: int
    slow_orders: int
    articles: int
    article_rounds: int
    journal_orders: int
    journal_rounds: int
    frames: int
    rows: int
    waiting: int


FULL = Effort(
    orders=500,
    rounds=7,
    slow_orders=100,
    articles=10_000,
    article_rounds=3,
    journal_orders=40,
    journal_rounds=40,
    frames=11,
    rows=1_000_000,
    waiting=10_000,
)
QUICK = Effort(
    orders=300,
    rounds=3,
    slow_orders=40,
    articles=2_000,
    article_rounds=3,
    journal_orders=25,
    journal_rounds=15,
    frames=3,
    rows=100_000,
    waiting=2_000,
)

PLANNINGS = 3
STEPS = 9

BENCHMARKS: dict[str, Callable[[Effort], list[Line]]] = {
    "export": lambda effort: export_beside_bare_loops(effort.orders, effort.rounds),
    "server": lambda effort: export_with_a_server(effort.orders, effort.rounds),
    "slow": lambda effort: [export_over_slow_wire(effort.slow_orders, 1)],
    "journal": lambda effort: journal_beside_sqlite(effort.journal_orders, effort.journal_rounds),
    "plans": lambda effort: [plans_of_many_orders(PLANNINGS)],
    "filter": lambda effort: [filter_of_many_orders(PLANNINGS)],
    "numbers": lambda effort: [numbers_checked(10_000, PLANNINGS)],
    "articles": lambda effort: articles_beside_bare_loop(effort.articles, effort.article_rounds),
    "size": lambda effort: console_of_many_orders(effort.waiting, effort.rows, 100),
    "output": lambda _: bytes_of_a_step(60, STEPS),
    "frame": lambda effort: first_frames(effort.frames, effort.rows),
}


def main(words: Sequence[str] | None = None) -> int:
    """Measure; the exit status is 1 if a demanded ratio is missed."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description=__doc__, epilog="Exit status: 0 all met, 1 a ratio was missed."
    )
    parser.add_argument("--quick", action="store_true", help="fewer orders and rounds: under a minute, and rougher")
    parser.add_argument(
        "--only", nargs="+", choices=BENCHMARKS, metavar="NAME", help=f"only these: {', '.join(BENCHMARKS)}"
    )
    asked = parser.parse_args(words)
    effort = QUICK if asked.quick else FULL
    lines = []
    for name in asked.only or BENCHMARKS:
        started = time.perf_counter()
        print(f"{name} ...", end=" ", file=sys.stderr, flush=True)
        lines += BENCHMARKS[name](effort)
        print(f"{time.perf_counter() - started:.0f} s", file=sys.stderr)
    print(table(lines))
    RESULTS.write_text(json.dumps([line.as_json() for line in lines], indent=2) + "\n", encoding="utf-8")
    return 0 if all(line.met for line in lines) else 1


if __name__ == "__main__":
    sys.exit(main())

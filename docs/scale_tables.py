"""Write the measured parts of docs/scale.md: `python -m docs.scale_tables`, after `make load` or `make costs`."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.load.measured import COSTS, LOAD, read

PAGE = Path(__file__).parent / "scale.md"
_KINDS = {"sqlite": "files", "postgres": "PostgreSQL"}
_DAY, _INTERVAL = 86_400, 30
"""Seconds of a day, and between two looks unless a setting says otherwise."""
SHOPS, ORDERS = 300, 200
"""The example: shops, and orders of a day in each."""


def load(measured: dict[str, Any]) -> str:
    """Return the table of the runs, those with most shops first."""
    runs = {name: run for name, run in measured.items() if isinstance(run, dict)}
    columns = [
        (f"{_KINDS[kind]}", lines)
        for name in sorted(runs, key=_shops, reverse=True)
        for kind, lines in runs[name].items()
    ]
    names = list(dict.fromkeys(line for _, lines in columns for line in lines))
    rows = [[name, *(lines.get(name, "") for _, lines in columns)] for name in names]
    head = [f"| | {' | '.join(title for title, _ in columns)} |", f"|{' --- |' * (len(columns) + 1)}"]
    return "\n".join([_when(measured), "", *head, *(f"| {' | '.join(row)} |" for row in rows)])


def _shops(name: str) -> int:
    return int(name.partition(" ")[0])


def _when(measured: dict[str, Any]) -> str:
    return f"Measured on {measured['day']}, on {measured['processors']} processors with other work on them."


def costs(measured: dict[str, Any]) -> str:
    """Return the table of costs."""
    return f"""{_when(measured)}

| | of one processor | memory |
| --- | --- | --- |
| a look at a shop that finds nothing new | {measured["look_ms"]:g} ms | |
| an order, from the shop to Specter and back | {measured["order_ms"]:g} ms | |
| a worker | | {measured["worker_mib"]} MiB |
| a shop in it, with a file | | {measured["shop_mib_file"]:g} MiB |
| a shop in it, at a server | | {measured["shop_mib_server"]:g} MiB |
| an order that is open | | {measured["open_order_kib"]:g} KiB |"""


def example(measured: dict[str, Any]) -> str:
    """Return what the costs come to in a day of many shops, and in ten times that."""
    looks, orders = _load_of(measured, SHOPS)
    more_looks, more_orders = _load_of(measured, 10 * SHOPS)
    return (
        f"So {SHOPS} shops with {ORDERS} orders each take {looks:.0%} of a processor for looks every {_INTERVAL} s, "
        f"and {orders * _DAY / 60:.0f} minutes of it for a day's orders. Ten times that, {10 * SHOPS:,} shops with "
        f"{10 * SHOPS * ORDERS:,} orders a day, take {more_looks + more_orders:.1f} processors on average, and more in "
        "the hours when people buy."
    )


def _load_of(measured: dict[str, Any], shops: int) -> tuple[float, float]:
    """Return the parts of a processor that looks and orders take."""
    return shops / _INTERVAL * measured["look_ms"] / 1000, shops * ORDERS / _DAY * measured["order_ms"] / 1000


PARTS: dict[str, Callable[[], str]] = {
    "load": lambda: load(read(LOAD)),
    "costs": lambda: costs(read(COSTS)),
    "example": lambda: example(read(COSTS)),
}


def filled(text: str) -> str:
    """Return the page with its measured parts written again."""
    for name, part in PARTS.items():
        pattern = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        made = part()
        text = pattern.sub(lambda found, made=made: f"{found[1]}\n{made}\n\n{found[2]}", text)  # type: ignore[misc]
    return text


def main() -> None:
    """Update the page."""
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()

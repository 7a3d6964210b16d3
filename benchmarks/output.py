"""The bytes that the console sends to the terminal for one step of the cursor, and while nothing happens."""

import tempfile
from pathlib import Path
from statistics import median

from benchmarks.first_frame import settings_file
from benchmarks.sandboxes import sandbox
from benchmarks.size import DOWN, SIZE, console
from benchmarks.table import Line

LIMITS = {"off": 4000, "on": 1000}
"""The most bytes of a step, by UI__LEAN."""
_ANSWERED, _IDLE = 1.0, 3.0


def bytes_of_a_step(orders: int, steps: int) -> list[Line]:
    """Measure the median step, in full colours and in lean output, and the bytes of an idle screen."""
    return [line for lean in LIMITS for line in _measured(orders, steps, lean)]


def _measured(orders: int, steps: int, lean: str) -> list[Line]:
    with sandbox(orders) as pointers, tempfile.TemporaryDirectory(prefix="bench-") as folder:
        screen = {"UI__LEAN": lean, "WATCH__INTERVAL": "60", "UI__LANGUAGE": "en"}
        with console(settings_file(Path(folder), {**pointers, **screen})) as running:
            running.wait_for(rb"1 of [0-9]")
            running.rest(_IDLE)
            costs = []
            for _ in range(steps):
                before = running.sent
                running.type(DOWN, _ANSWERED)
                costs.append(running.sent - before)
            before = running.sent
            running.rest(_IDLE)
            idle = running.sent - before
    name = f"output, {SIZE}, UI__LEAN={lean}"
    return [
        Line.of(f"{name}: step", "B", [median(costs)], [LIMITS[lean]], beside="limit", demanded=1.0, at_most=True),
        Line.of(f"{name}: idle for {_IDLE:.0f} s", "B", [idle], [1.0], beside="limit", demanded=1.0, at_most=True),
    ]

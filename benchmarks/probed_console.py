"""The console with a probe on its screen's loop: `python -m benchmarks.probed_console NOTES ARGUMENTS`.

Each time the loop is late by 20 ms or more, a line in NOTES says when, and by how many seconds.
"""

import asyncio
import sys
import time
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from specter_tui import __main__

_STEP = 0.005
_LATE = 0.02


async def watch(notes: Path) -> None:
    """Record late turns of the loop, forever."""
    with notes.open("a", buffering=1, encoding="ascii") as file:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(_STEP)
            late = time.perf_counter() - before - _STEP
            if late >= _LATE:
                file.write(f"{before} {late}\n")


def main() -> None:
    """Run the console; the probe begins with the screen's loop."""
    notes = Path(sys.argv.pop(1))
    run = asyncio.Runner.run
    begun: list[asyncio.Task[None]] = []

    def probed(runner: asyncio.Runner, work: Coroutine[Any, Any, Any], **options: Any) -> Any:
        async def both() -> Any:
            begun.append(asyncio.create_task(watch(notes)))
            return await work

        return run(runner, both() if not begun else work, **options)

    asyncio.Runner.run = probed  # type: ignore[method-assign]
    __main__.main()


if __name__ == "__main__":
    main()

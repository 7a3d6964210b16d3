"""The console as ever, with a probe on the loop of its screen: `python -m benchmarks.probed_console NOTES ARGUMENTS`.

Each time that the loop came late by 20 ms or more is a line in NOTES: when, and by how many seconds.
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
    """For ever."""
    with notes.open("a", buffering=1, encoding="ascii") as file:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(_STEP)
            late = time.perf_counter() - before - _STEP
            if late >= _LATE:
                file.write(f"{before} {late}\n")


def main() -> None:
    """Run it; the probe begins with the screen's loop."""
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

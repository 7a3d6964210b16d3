"""Calls coroutines of psycopg from plain functions without blocking the loop.

The repositories are plain functions, written once for files and servers. `run` runs such a function on the loop in a
greenlet: where it calls `wait`, the loop continues with other work until the server has answered. Outside `run`, as in
a command, `wait` blocks its own thread, while one background loop for the whole process does the work.
"""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from functools import cache
from typing import Any, TypeVar

from greenlet import getcurrent, greenlet

T = TypeVar("T")


class _Run(greenlet):
    """A plain function running on a loop.

    The coroutines that it waits for are passed to its parent, which awaits them.
    """


async def run(work: Callable[[], T]) -> T:
    """Run a plain function on this loop, and return its result; raises what it raises.

    If the task is cancelled, the awaited coroutine is cancelled; the function may still wait while it handles that.
    """
    running = _Run(work)
    running.gr_context = getcurrent().gr_context
    asked: Any = running.switch()
    while not running.dead:
        try:
            answer = await asked
        except BaseException as error:  # noqa: BLE001  # It belongs where the function waits.
            asked = running.throw(error)
        else:
            asked = running.switch(answer)
    result: T = asked
    return result


def loop_here() -> asyncio.AbstractEventLoop:
    """Return the loop for a new connection: the loop of `run`, or else the background loop of the process."""
    return asyncio.get_running_loop() if isinstance(getcurrent(), _Run) else _beside()


def wait(coroutine: Coroutine[Any, Any, T], loop: asyncio.AbstractEventLoop) -> T:
    """Return the result of a coroutine on `loop`; raises what it raises."""
    here = getcurrent()
    if isinstance(here, _Run) and here.parent is not None:
        answer: T = here.parent.switch(coroutine)
        return answer
    waiting = asyncio.run_coroutine_threadsafe(coroutine, loop)
    try:
        return waiting.result()
    except BaseException:
        waiting.cancel()  # Needed if ctrl+c ended the wait; otherwise it is over already.
        raise


def run_blocking(work: Callable[[], T]) -> T:
    """Run work that waits for this machine's disk without blocking a loop; return its result."""
    if isinstance(getcurrent(), _Run):
        return wait(asyncio.to_thread(work), asyncio.get_running_loop())
    return work()


@cache
def _beside() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="journal-server", daemon=True).start()
    return loop

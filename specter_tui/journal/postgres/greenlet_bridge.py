"""Waiting for the server in the midst of plain functions.

psycopg's calls are coroutines, and the rules are plain functions, written once for a file and a server. `run` does such
a function on the loop, in a greenlet: where it comes to `wait`, the loop goes on with its other work until the server
has answered. What is not done by `run`, as in a command, waits in its own thread, while a loop in a thread beside it,
one for the whole process, does the work.
"""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from functools import cache
from typing import Any, TypeVar

from greenlet import getcurrent, greenlet

T = TypeVar("T")


class _Run(greenlet):
    """A plain function on its way on a loop; what it waits for is handed to its parent, which awaits it."""


async def run(work: Callable[[], T]) -> T:
    """Do a plain function on this loop, and return what it returns; raises what it raises.

    When the task is cancelled, what the function waits for is; it may still wait for what it does about that.
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
    """Return the loop to which a connection belongs that is made now: that of `run`, or else the process's own."""
    return asyncio.get_running_loop() if isinstance(getcurrent(), _Run) else _beside()


def wait(coroutine: Coroutine[Any, Any, T], loop: asyncio.AbstractEventLoop) -> T:
    """Return what a coroutine on `loop` returns; raises what it raises."""
    here = getcurrent()
    if isinstance(here, _Run) and here.parent is not None:
        answer: T = here.parent.switch(coroutine)
        return answer
    waiting = asyncio.run_coroutine_threadsafe(coroutine, loop)
    try:
        return waiting.result()
    except BaseException:
        waiting.cancel()  # Where ctrl+c ended the wait; all else is over by itself.
        raise


def run_blocking(work: Callable[[], T]) -> T:
    """Do what waits for this machine's disk where it keeps no loop from its work; return what it returns."""
    if isinstance(getcurrent(), _Run):
        return wait(asyncio.to_thread(work), asyncio.get_running_loop())
    return work()


@cache
def _beside() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="journal-server", daemon=True).start()
    return loop

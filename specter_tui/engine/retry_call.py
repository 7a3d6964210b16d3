"""Calls to Specter that may be repeated: tried again with longer pauses, as long as someone waits for them."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from specter_tui.engine.specter_circuit import SpecterCircuit, back_off
from specter_tui.specter.errors import AccountHalted, NotSent, Unanswered

T = TypeVar("T")
_TRIES = 4
_LONGEST_PAUSE = 20.0
"""Whoever waits longer comes back after the next look."""
_GLANCE = 0.2


async def retry_call(account: SpecterCircuit, call: Callable[[], Awaitable[T]], closing: Callable[[], bool]) -> T:
    """The answer, from the first try that gives one. The call must do no harm when it is carried out twice.

    Raises what the last try raised, or the first that no other try will change; a process that leaves tries no more.
    """
    for tried in range(_TRIES):
        try:
            answer = await call()
        except AccountHalted as failure:
            account.halt(failure)
            raise
        except (NotSent, Unanswered) as failure:
            pause = account.not_reached(failure) if isinstance(failure, NotSent) else back_off(tried)
            if tried == _TRIES - 1 or pause > _LONGEST_PAUSE or not await slept(pause, closing):
                raise
        else:
            account.answered()
            return answer
    raise AssertionError("the last try gives an answer or raises")


async def slept(seconds: float, closing: Callable[[], bool]) -> bool:
    """Wait, but no longer than the process does; False when it leaves."""
    while seconds > 0 and not closing():
        await asyncio.sleep(min(seconds, _GLANCE))
        seconds -= _GLANCE
    return not closing()

"""Repeat calls to Specter that may be repeated, with growing pauses."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from specter_tui.engine.specter_circuit import SpecterCircuit, back_off
from specter_tui.specter.errors import AccountHalted, NotSent, Unanswered, UnexpectedStatus

T = TypeVar("T")
_TRIES = 4
_LONGEST_PAUSE = 20.0
"""After a longer pause, the caller tries again at the next poll."""
_GLANCE = 0.2


async def retry_call(account: SpecterCircuit, call: Callable[[], Awaitable[T]], closing: Callable[[], bool]) -> T:
    """Return the answer of the first successful attempt. The call must be safe to carry out twice.

    Raises the error of the last attempt, or one that no repeat will change; at shutdown it is not repeated. An HTTP
    status that proves nothing halts every program on the journal, as at an order.
    """
    for tried in range(_TRIES):
        try:
            answer = await call()
        except AccountHalted:
            # A page that alone answers so holds up no orders: the test of the account tells.
            await account.check()
            raise
        except UnexpectedStatus as failure:
            await account.halt_journal(failure)
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
    """Wait, but not beyond shutdown; return False at shutdown."""
    while seconds > 0 and not closing():
        await asyncio.sleep(min(seconds, _GLANCE))
        seconds -= _GLANCE
    return not closing()

"""Ends a program, as the power would, at a point that cannot be seen from outside."""

import inspect
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any

from specter_tui.engine.orders import first_scan
from specter_tui.journal.journal import Journal
from specter_tui.specter.client import SpecterClient


@dataclass(frozen=True, slots=True)
class Die:
    """SIGKILL before or after the nth call of a verb of the journal or, with a leading `specter.`, a call to Specter.

    After a verb of the journal means after its commit, before anyone knows of it. To be called in the program's own
    process, before it begins.
    """

    when: str
    verb: str
    nth: int = 1
    number: signal.Signals = signal.SIGKILL
    """Another signal than SIGKILL it may survive."""

    def __call__(self) -> None:
        owner: type = SpecterClient if self.verb.startswith("specter.") else Journal
        name = self.verb.removeprefix("specter.")
        setattr(owner, name, self._mortal(getattr(owner, name)))

    def _mortal(self, true: Callable[..., Any]) -> Callable[..., Any]:
        calls = count(1)

        def called(*args: Any, **kwargs: Any) -> Any:
            last = next(calls) == self.nth
            self._die(last, "before")
            answer = true(*args, **kwargs)
            self._die(last, "after")
            return answer

        async def awaited(*args: Any, **kwargs: Any) -> Any:
            last = next(calls) == self.nth
            self._die(last, "before")
            answer = await true(*args, **kwargs)
            self._die(last, "after")
            return answer

        return awaited if inspect.iscoroutinefunction(true) else called

    def _die(self, last: bool, when: str) -> None:
        if last and when == self.when:
            os.kill(os.getpid(), self.number)


@dataclass(frozen=True, slots=True)
class DieSoon(Die):
    """The same where the shop has no orders: it is looked at again at once."""

    def __call__(self) -> None:
        first_scan.SECOND_LOOK_AFTER = timedelta(milliseconds=50)
        super(DieSoon, self).__call__()

"""End a program as a power cut would, at a point that is not visible from outside."""

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
    """SIGKILL before or after the nth call of an operation of the journal.

    With a leading `specter.` it is a call to Specter. After an operation of the journal means after its commit, before
    its answer. Call it in the program's own process, before it begins.
    """

    when: str
    verb: str
    nth: int = 1
    number: signal.Signals = signal.SIGKILL
    """A signal other than SIGKILL, which it may survive."""

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
    """The same for a shop without orders, which is polled again at once."""

    def __call__(self) -> None:
        first_scan.SECOND_LOOK_AFTER = timedelta(milliseconds=50)
        super(DieSoon, self).__call__()

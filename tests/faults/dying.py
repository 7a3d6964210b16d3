"""End a program as a power cut would, at a point that is not visible from outside."""

import inspect
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any

from specter_tui.abicart.catalog import CatalogClient
from specter_tui.abicart.jsonrpc import JsonRpcClient
from specter_tui.engine.orders import first_scan
from specter_tui.journal.repositories.claim_results import ClaimResults
from specter_tui.journal.repositories.claims import Claims
from specter_tui.journal.repositories.goods.batches import Batches
from specter_tui.journal.repositories.goods.stock import StockLevels
from specter_tui.journal.repositories.halts import Stops
from specter_tui.journal.repositories.operator_decisions import OperatorDecisions
from specter_tui.journal.repositories.probe_facts import ProbeSteps
from specter_tui.journal.repositories.restore_repair import RestoreRepair
from specter_tui.journal.repositories.write_backs import WriteBacks
from specter_tui.specter.client import SpecterClient

_OWNERS: dict[str, type] = {
    "specter": SpecterClient,
    "rpc": JsonRpcClient,
    "catalogue": CatalogClient,
    "batches": Batches,
    "steps": ProbeSteps,
    "claims": Claims,
    "decisions": OperatorDecisions,
    "repair": RestoreRepair,
    "results": ClaimResults,
    "stock": StockLevels,
    "stops": Stops,
    "write_backs": WriteBacks,
}


@dataclass(frozen=True, slots=True)
class Die:
    """SIGKILL before or after the nth call of an operation of the journal, such as `claims.claim`.

    With a leading `specter.` it is a call to Specter, with `rpc.` or `catalogue.` one to the shop. After an operation
    of the journal means after its commit, before its answer. Call it in the program's own process, before it begins.
    """

    when: str
    verb: str
    nth: int = 1
    number: signal.Signals = signal.SIGKILL
    """A signal other than SIGKILL, which it may survive."""

    def __call__(self) -> None:
        place, name = self.verb.split(".")
        owner = _OWNERS[place]
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

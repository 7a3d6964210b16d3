"""A wrong wall clock that jumps: for one program, in its own process. No other clock is changed."""

import functools
import importlib
import pkgutil
import sys
import time
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Any, Literal, Self

import specter_tui
from specter_tui.journal.repositories.claims import Claims
from specter_tui.journal.repositories.cursors import Cursors


@dataclass(frozen=True, slots=True)
class Skew:
    """Hours by which it is ahead (behind, below 0) of the true time.

    Another number from an operation of the journal on.
    """

    hours: float
    jumps_to: float | None = None
    after: Literal["claim", "set"] = "claim"

    def __call__(self) -> None:
        for found in pkgutil.walk_packages(specter_tui.__path__, "specter_tui."):
            if ".sandbox" not in found.name and not found.name.endswith("__main__"):
                importlib.import_module(found.name)
        place = {"claim": Claims, "set": Cursors}[self.after]
        ahead = [timedelta(hours=self.hours)]
        true_time, true_time_ns, true_verb = time.time, time.time_ns, getattr(place, self.after)

        class Skewed(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> Self:
                return super().now(tz) + ahead[0]

        def verb(*args: Any, **kwargs: Any) -> Any:
            if self.jumps_to is not None:
                ahead[0] = timedelta(hours=self.jumps_to)
            return true_verb(*args, **kwargs)

        time.time = lambda: true_time() + ahead[0].total_seconds()
        time.time_ns = lambda: true_time_ns() + ahead[0] // timedelta(microseconds=1) * 1000
        setattr(place, self.after, functools.wraps(true_verb)(verb))
        for name, module in list(sys.modules.items()):
            if name.startswith("specter_tui.") and getattr(module, "datetime", None) is datetime:
                module.datetime = Skewed  # type: ignore[attr-defined]

"""A wall clock that is wrong, and jumps: for one program, in its own process. No other clock is touched."""

import importlib
import pkgutil
import sys
import time
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Any, Self

import specter_tui
from specter_tui.journal.journal import Journal


@dataclass(frozen=True, slots=True)
class Skew:
    """So many hours ahead (behind, below 0) of the true time; and of these many from the first claim on."""

    hours: float
    after_claim: float | None = None

    def __call__(self) -> None:
        for found in pkgutil.walk_packages(specter_tui.__path__, "specter_tui."):
            if ".sandbox" not in found.name and not found.name.endswith("__main__"):
                importlib.import_module(found.name)
        ahead = [timedelta(hours=self.hours)]
        true_time, true_time_ns, true_claim = time.time, time.time_ns, Journal.claim

        class Skewed(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> Self:
                return super().now(tz) + ahead[0]

        def claim(*args: Any, **kwargs: Any) -> Any:
            if self.after_claim is not None:
                ahead[0] = timedelta(hours=self.after_claim)
            return true_claim(*args, **kwargs)

        time.time = lambda: true_time() + ahead[0].total_seconds()
        time.time_ns = lambda: true_time_ns() + ahead[0] // timedelta(microseconds=1) * 1000
        Journal.claim = claim  # type: ignore[method-assign]
        for name, module in list(sys.modules.items()):
            if name.startswith("specter_tui.") and getattr(module, "datetime", None) is datetime:
                module.datetime = Skewed  # type: ignore[attr-defined]

"""A program that waits less, or for ever where a test needs it waiting: for one program, in its own process."""

import sqlite3
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from specter_tui.engine.monitoring import monitoring_job
from specter_tui.engine.orders import submission
from specter_tui.journal.errors import JournalBusy
from specter_tui.journal.journal import Journal
from specter_tui.journal.repositories.claim_results import ClaimResults
from specter_tui.journal.repositories.claims import Claims


@dataclass(frozen=True, slots=True)
class Hurried:
    """Sets the seconds to wait for another's lock, and the pauses between attempts to store an answer."""

    busy: float
    pauses: tuple[float, ...] = ()

    def __call__(self) -> None:
        true_open = Journal.open

        def hurried_open(*args: Any, **kwargs: Any) -> Journal:
            return true_open(*args, **{**kwargs, "busy": timedelta(seconds=self.busy)})

        Journal.open = hurried_open  # type: ignore[assignment]
        submission._PAUSES_BETWEEN_TRIES = self.pauses  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Locked:
    """Locks the journal just before a claim, which then waits for ever, and makes a file when it does."""

    waits: Path

    def __call__(self) -> None:
        Hurried(0.05)()
        true_verb = Claims.claim

        def locked(claims: Claims, *args: Any, **kwargs: Any) -> Any:
            other = sqlite3.connect(claims._db.path, isolation_level=None)
            other.execute("BEGIN IMMEDIATE")
            while True:
                try:
                    return true_verb(claims, *args, **kwargs)
                except JournalBusy:
                    self.waits.touch()

        Claims.claim = locked  # type: ignore[method-assign]


@dataclass(frozen=True, slots=True)
class Tells:
    """Makes a file once a Specter number is about to be kept."""

    begun: Path

    def __call__(self) -> None:
        true_verb = ClaimResults.exported

        def telling(*args: Any, **kwargs: Any) -> Any:
            self.begun.touch()
            return true_verb(*args, **kwargs)

        ClaimResults.exported = telling  # type: ignore[method-assign]


@dataclass(frozen=True, slots=True)
class Beating:
    """Sets how often metrics are written and alerts are checked."""

    seconds: float

    def __call__(self) -> None:
        monitoring_job._BEAT = timedelta(seconds=self.seconds)

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
    """Locks the journal just before an operation, which then waits for ever, and makes a file when it does."""

    verb: str
    waits: Path

    def __call__(self) -> None:
        Hurried(0.05)()
        true_verb = getattr(Journal, self.verb)

        def locked(journal: Journal, *args: Any, **kwargs: Any) -> Any:
            other = sqlite3.connect(journal.path, isolation_level=None)
            other.execute("BEGIN IMMEDIATE")
            while True:
                try:
                    return true_verb(journal, *args, **kwargs)
                except JournalBusy:
                    self.waits.touch()

        setattr(Journal, self.verb, locked)


@dataclass(frozen=True, slots=True)
class Tells:
    """Makes a file once an operation has begun."""

    verb: str
    begun: Path

    def __call__(self) -> None:
        true_verb = getattr(Journal, self.verb)

        def telling(*args: Any, **kwargs: Any) -> Any:
            self.begun.touch()
            return true_verb(*args, **kwargs)

        setattr(Journal, self.verb, telling)


@dataclass(frozen=True, slots=True)
class Beating:
    """Sets how often metrics are written and alerts are checked."""

    seconds: float

    def __call__(self) -> None:
        monitoring_job._BEAT = timedelta(seconds=self.seconds)

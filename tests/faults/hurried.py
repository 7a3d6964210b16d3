"""A program that waits less for a journal that cannot be written: for one program, in its own process."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from specter_tui.engine import journey
from specter_tui.journal.journal import Journal


@dataclass(frozen=True, slots=True)
class Hurried:
    """Waits so many seconds for another's lock, and so long between its tries to write an answer down."""

    busy: float
    pauses: tuple[float, ...] = ()

    def __call__(self) -> None:
        true_open = Journal.open

        def hurried_open(*args: Any, **kwargs: Any) -> Journal:
            return true_open(*args, **{**kwargs, "busy": timedelta(seconds=self.busy)})

        Journal.open = hurried_open  # type: ignore[assignment]
        journey._PAUSES_BETWEEN_TRIES = self.pauses  # type: ignore[assignment]

"""The speed and remaining time of long work, for progress bars."""

import time
from collections.abc import Callable
from typing import Literal

from specter_tui.engine.events import Message, Progress

_TOO_SOON_SECONDS = 0.5


class ProgressReporter:
    """Counts, and reports after each step."""

    def __init__(
        self, tell: Callable[[Message], None], task: Literal["export", "article_export", "numbers", "stock"], total: int
    ) -> None:
        self._tell = tell
        self._task = task
        self._total = total
        self._began = time.monotonic()
        self.done = 0
        self.failed = 0

    def step(self, done: int = 0, failed: int = 0) -> None:
        """Add to the counts of done and failed items."""
        self.done += done
        self.failed += failed
        self._say(finished=False)

    def finish(self) -> None:
        """Report the end of the work, complete or not."""
        self._say(finished=True)

    def _say(self, *, finished: bool) -> None:
        spent = time.monotonic() - self._began
        rate = self.done / spent if spent > _TOO_SOON_SECONDS and self.done else None
        left = (self._total - self.done) / rate if rate else None
        self._tell(Progress(self._task, self.done, self._total, self.failed, finished, rate, left))

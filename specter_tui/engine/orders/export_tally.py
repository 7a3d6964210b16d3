"""The outcomes of one run of exports."""

from specter_tui.engine.context import ShopContext
from specter_tui.engine.events import ExportEnded
from specter_tui.engine.progress import ProgressReporter


class ExportTally:
    """The outcomes of one run, reported as they come."""

    def __init__(self, context: ShopContext, total: int) -> None:
        self._context = context
        self._total = total
        self._progress = ProgressReporter(context.emit, "export", total)
        self.ended: list[ExportEnded] = []
        self.broken = False

    @property
    def left(self) -> int:
        """The number of orders that were not tried and are still to be sent."""
        return self._total - sum(one.sent or one.view.state not in ("ready", "retry_later") for one in self.ended)

    def add(self, outcome: ExportEnded) -> None:
        """Report the outcome of one order."""
        self.ended.append(outcome)
        self._context.emit(outcome)
        self._progress.step(1, outcome.view.state != "exported")

    def finish(self) -> None:
        """Report the end of the run."""
        self._progress.finish()

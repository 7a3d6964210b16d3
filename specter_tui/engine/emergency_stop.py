"""The emergency stop as one process knows it: read before each of its writes, and with other journal events."""

from collections.abc import Callable, Sequence
from zoneinfo import ZoneInfo

from specter_tui.config.settings import UiSettings
from specter_tui.engine.context import ShopContext
from specter_tui.engine.events import StopChanged
from specter_tui.engine.outcome_texts import outcome_text
from specter_tui.errors import translate_error
from specter_tui.journal.errors import SendingStopped
from specter_tui.journal.models import Stop
from specter_tui.journal.repositories.halts import Stops


def stop_in_words(stop: Stop, ui: UiSettings) -> str:
    """Return who stopped all sending, when and why."""
    since = f"{stop.begun_at.astimezone(ZoneInfo(ui.time_zone)):%Y-%m-%d %H:%M}"
    reason = translate_error(stop.reason, ui.language)
    return outcome_text("stopped", ui.language, operator=stop.operator, host=stop.host, since=since, reason=reason)


class EmergencyStop:
    """The known state of the stop, which is none for the program that it exempts.

    `on_stop` is called when a person's stop begins, in any program. `under_way` returns the orders that this process
    has claimed and still finishes.
    """

    def __init__(
        self, context: ShopContext, under_way: Callable[[], Sequence[str]], on_stop: Callable[[], None]
    ) -> None:
        self._context = context
        self._under_way = under_way
        self._on_stop = on_stop
        self.stop: Stop | None = None

    async def look(self) -> None:
        """Read the present stop, and report a change. Raises JournalError."""
        self._take(await self._context.journal(Stops.current))

    async def refuse_if_stopped(self) -> None:
        """Check before a write that needs no claim. Raises SendingStopped, JournalError."""
        await self.look()
        if self.stop is not None:
            raise SendingStopped(self.stop)

    def heard(self, stopped: SendingStopped) -> None:
        """Record the stop that refused a claim."""
        self._take(stopped.stop)

    @property
    def why(self) -> str:
        """The text about the stop, with operator, time and reason; empty if there is none."""
        return stop_in_words(self.stop, self._context.settings.ui) if self.stop else ""

    def _take(self, stop: Stop | None) -> None:
        if stop is not None and stop.is_exempt:
            stop = None
        if stop == self.stop:
            return
        # A program's own stop ends by itself, and what it held goes on then.
        begins = stop is not None and self.stop is None and not stop.by_program
        self.stop = stop
        if begins:
            self._on_stop()
        self._context.emit(StopChanged(stop, tuple(self._under_way())))

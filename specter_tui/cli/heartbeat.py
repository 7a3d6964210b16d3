"""Signs of life for systemd's watchdog: only while the engine's loop answers and its turns go on."""

import threading
import time
from concurrent.futures import CancelledError

from specter_tui.cli.systemd import notify, watchdog_seconds
from specter_tui.engine.desk import Desk
from specter_tui.engine.engine import Engine
from specter_tui.engine.messages import ExportEnded, Looked, Message, Progress

LONGEST_PAUSE = 600.0
"""Seconds without a turn, a page or an outcome after which the watch is taken for dead: more than its longest pause."""
INTERVALS = 3
"""The same in intervals, where WATCH__INTERVAL is longer than that."""


class Heartbeat:
    """A thread that asks the engine how it is. A look that failed and is tried again is life, too."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._ended = threading.Event()
        self._stirred = time.monotonic()
        self._patience = max(LONGEST_PAUSE, INTERVALS * engine.settings.watch.interval.total_seconds())

    def start(self) -> None:
        """Say that the service is ready, and go on saying that it lives where that is asked for."""
        notify("READY=1")
        every = watchdog_seconds()
        if every is not None:
            threading.Thread(target=self._beat, args=(every / 3,), name="heartbeat", daemon=True).start()

    def hear(self, message: Message) -> None:
        """Take a message as a sign that work goes on."""
        if isinstance(message, Looked | Progress | ExportEnded):
            self._stirred = time.monotonic()

    def stop(self) -> None:
        """Say that the service is leaving; there is no more beat."""
        self._ended.set()
        notify("STOPPING=1")

    def _beat(self, every: float) -> None:
        while not self._ended.wait(every):
            if self.alive(every):
                notify("WATCHDOG=1")

    def alive(self, within: float) -> bool:
        """Whether the engine's loop answers in time, and its work stirs."""
        try:
            turned = self._engine.ask(_last_turn).result(within)
        except (TimeoutError, CancelledError):
            return False
        return time.monotonic() - max(turned, self._stirred) < self._patience


async def _last_turn(desk: Desk) -> float:
    return desk.watch.turned_at

"""Signs of life for systemd's watchdog: only while the engine's loop answers and its turns go on."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import wait

from specter_tui.cli.systemd import notify, watchdog_seconds
from specter_tui.engine.events import ExportEnded, Message, PollFinished, Progress
from specter_tui.engine.runtime.engine_thread import Engine
from specter_tui.engine.service import ShopService

LONGEST_PAUSE = 600.0
"""Seconds without a turn, a page or an outcome after which the watch is taken for dead: more than its longest pause."""
INTERVALS = 3
"""The same in intervals, where WATCH__INTERVAL is longer than that."""


class Heartbeat:
    """A thread that asks the engines how they are. A look that failed and is tried again is life, too.

    Of several shops one that stands still is told by `late`, once; only when all of them do is the process dead.
    """

    def __init__(self, *engines: Engine, late: Callable[[int], None] = lambda _: None) -> None:
        self._engines = {engine.settings.abicart.webshop: engine for engine in engines}
        self._ended = threading.Event()
        self._stirred = dict.fromkeys(self._engines, time.monotonic())
        self._told: set[int] = set()
        self._late = late

    def start(self) -> None:
        """Say that the service is ready, and go on saying that it lives where that is asked for."""
        notify("READY=1")
        every = watchdog_seconds()
        if every is not None:
            threading.Thread(target=self._beat, args=(every / 3,), name="heartbeat", daemon=True).start()

    def hear(self, message: Message, shop: int | None = None) -> None:
        """Take a message as a sign that work goes on. `shop`: whose, where there are several."""
        if isinstance(message, PollFinished | Progress | ExportEnded):
            self._stirred[next(iter(self._engines)) if shop is None else shop] = time.monotonic()

    def stop(self) -> None:
        """Say that the service is leaving; there is no more beat."""
        self._ended.set()
        notify("STOPPING=1")

    def _beat(self, every: float) -> None:
        while not self._ended.wait(every):
            if self.alive(every):
                notify("WATCHDOG=1")

    def alive(self, within: float) -> bool:
        """Whether the loop answers in time, and the work of at least one shop stirs, if one is open."""
        asked = {shop: engine.ask(_last_turn) for shop, engine in self._engines.items()}
        wait(asked.values(), within)
        told = [shop for shop, answer in asked.items() if answer.done() and not answer.cancelled()]
        open_shops = {shop: asked[shop].result() for shop in told if asked[shop].exception() is None}
        still = {shop for shop, turned in open_shops.items() if not self._stirs(shop, turned)}
        for shop in still - self._told:
            self._late(shop)
        self._told = still
        return len(still) < len(open_shops) if open_shops else bool(told)

    def _stirs(self, shop: int, turned: float) -> bool:
        interval = self._engines[shop].settings.watch.interval.total_seconds()
        return time.monotonic() - max(turned, self._stirred[shop]) < max(LONGEST_PAUSE, INTERVALS * interval)


async def _last_turn(service: ShopService) -> float:
    return service.watch.turned_at

"""Signs of life for systemd's watchdog: only while the engine's event loop answers and its work goes on."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import wait

from specter_tui.cli.systemd import notify, watchdog_seconds
from specter_tui.engine.events import ExportEnded, Message, PollFinished, Progress
from specter_tui.engine.runtime.engine_thread import Engine
from specter_tui.engine.service import ShopService

LONGEST_PAUSE = 600.0
"""Seconds without a poll, a page or an outcome before auto mode counts as dead: more than its longest pause."""
INTERVALS = 3
"""The same limit in intervals, where WATCH__INTERVAL is long."""


class Heartbeat:
    """A thread that checks the engines. A failed poll that is repeated counts as life.

    With several shops, a stalled one is reported once by `late`. The process counts as dead only when all are stalled.
    """

    def __init__(self, *engines: Engine, late: Callable[[int], None] = lambda _: None) -> None:
        self._engines = {engine.settings.abicart.webshop: engine for engine in engines}
        self._ended = threading.Event()
        self._stirred = dict.fromkeys(self._engines, time.monotonic())
        self._told: set[int] = set()
        self._late = late

    def start(self) -> None:
        """Tell systemd that the service is ready, and start the watchdog's signals if systemd asks for them."""
        notify("READY=1")
        every = watchdog_seconds()
        if every is not None:
            threading.Thread(target=self._beat, args=(every / 3,), name="heartbeat", daemon=True).start()

    def hear(self, message: Message, shop: int | None = None) -> None:
        """Count a message as a sign of work; `shop` is its shop, where there are several."""
        if isinstance(message, PollFinished | Progress | ExportEnded):
            self._stirred[next(iter(self._engines)) if shop is None else shop] = time.monotonic()

    def stop(self) -> None:
        """Tell systemd that the service is stopping, and end the signals."""
        self._ended.set()
        notify("STOPPING=1")

    def _beat(self, every: float) -> None:
        while not self._ended.wait(every):
            if self.alive(every):
                notify("WATCHDOG=1")

    def alive(self, within: float) -> bool:
        """Return whether an event loop answers in time, and the work of at least one open shop goes on."""
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
    return service.auto_export.turned_at

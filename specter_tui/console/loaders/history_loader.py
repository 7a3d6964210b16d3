"""Read numbers, drift and deliveries of earlier runs, once, when a shop first comes to the front."""

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import Any

from specter_tui.console.front_app import FrontApp
from specter_tui.console.messages import EngineMessage
from specter_tui.console.screens.shop_switcher import ShopTab
from specter_tui.console.viewmodel.sync_state import MOST_DELIVERIES
from specter_tui.engine.events import DeliveriesChanged, DriftChanged, Message
from specter_tui.engine.service import ShopService
from specter_tui.engine.work_queue.todo_reader import read_conflicts, read_sums


class HistoryLoader:
    """Requests the data, and posts it as messages."""

    def __init__(self, app: FrontApp) -> None:
        self._app = app

    def read(self) -> None:
        """Request bad article numbers, all drift, Specter's order statuses, and the day's activity so far."""
        engine = self._app.engine
        assert engine is not None  # noqa: S101 - it was opened
        engine.submit(ShopService.check_numbers)
        self._tell(engine.submit(ShopService.delivery_records, MOST_DELIVERIES), DeliveriesChanged)
        now = self._app.model.frame.now.astimezone(self._app.model.frame.zone)
        engine.submit(ShopService.activity, now.replace(hour=0, minute=0, second=0, microsecond=0))
        engine.submit(ShopService.stock_rows)
        engine.submit(read_conflicts)
        if not self._app.model.read_only:
            engine.submit(ShopService.begin_visit)
        self.read_drift()

    def read_todo(self, tab: ShopTab) -> None:
        """Request what waits for a person in a shop that was not in front yet, besides its orders."""
        if tab.engine is not None:
            for command in (ShopService.check_numbers, ShopService.stock_rows, ShopService.read_drift):
                tab.engine.submit(command)
            tab.engine.submit(read_conflicts)
            tab.engine.submit(read_sums)

    def read_drift(self) -> None:
        """Request all drift, with ticked lines, their operators and times."""
        engine = self._app.engine
        assert engine is not None  # noqa: S101 - it was opened
        self._tell(engine.submit(ShopService.drift_history), DriftChanged)

    def _tell(self, answer: "Future[list[Any]]", message: Callable[[tuple[Any, ...]], Message]) -> None:
        answer.add_done_callback(partial(self._answered, self._app.shops.current.number, message))

    def _answered(self, shop: int, message: Callable[[tuple[Any, ...]], Message], answer: "Future[list[Any]]") -> None:
        """Post the answer, on the engine's thread, which has reported any failure."""
        if not answer.cancelled() and answer.exception() is None:
            self._app.post_message(EngineMessage(message(tuple(answer.result())), shop))

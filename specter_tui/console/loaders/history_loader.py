"""Read drift and deliveries of earlier runs, once, when the engine has started."""

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import Any

from specter_tui.console.front_app import FrontApp
from specter_tui.console.messages import EngineMessage
from specter_tui.console.viewmodel.sync_state import MOST_DELIVERIES


class HistoryLoader:
    """Requests the data, and posts it as messages."""

    def __init__(self, app: FrontApp) -> None:
        self._app = app

    def read(self) -> None:
        """Request all drift, Specter's order statuses, and the day's activity so far."""
        engine = self._app.engine
        assert engine is not None  # noqa: S101 - it was opened
        engine.deliveries(MOST_DELIVERIES).add_done_callback(partial(self._deliveries, self._app.shops.current.number))
        now = self._app.model.frame.now.astimezone(self._app.model.frame.zone)
        engine.activity(now.replace(hour=0, minute=0, second=0, microsecond=0))
        engine.stock_rows()
        self.read_drift()

    def read_drift(self) -> None:
        """Request all drift, with ticked lines, their operators and times."""
        engine = self._app.engine
        assert engine is not None  # noqa: S101 - it was opened
        engine.drift_history().add_done_callback(partial(self._drift, self._app.shops.current.number))

    # These methods run on the engine's thread, which has reported any failure.

    def _deliveries(self, shop: int, answer: "Future[Any]") -> None:
        from specter_tui.engine.events import DeliveriesChanged  # noqa: PLC0415 - comes after the first frame

        self._tell(shop, answer, DeliveriesChanged)

    def _drift(self, shop: int, answer: "Future[Any]") -> None:
        from specter_tui.engine.events import DriftChanged  # noqa: PLC0415 - comes after the first frame

        self._tell(shop, answer, DriftChanged)

    def _tell(self, shop: int, answer: "Future[Any]", message: Callable[[tuple[Any, ...]], Any]) -> None:
        if not answer.cancelled() and answer.exception() is None:
            self._app.post_message(EngineMessage(message(tuple(answer.result())), shop))

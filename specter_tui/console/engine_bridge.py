"""The bridge from the engine's thread to the screen: messages are collected, and applied together."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from textual.timer import Timer

from specter_tui.console.engine_ports import OpenEngine
from specter_tui.console.front_app import FrontApp
from specter_tui.console.messages import CommandsLoaded, EngineMessage, EngineNotOpened, EngineOpened
from specter_tui.console.screens.shop_switcher import ACTIVE_SHOP
from specter_tui.console.shutdown import GracefulShutdown
from specter_tui.console.terminal import gc_tuning

if TYPE_CHECKING:
    from specter_tui.console.reducer import Changes

PAINT_EVERY = 1.0
"""Seconds between two redraws for engine messages, unless a key was pressed."""
_QUICK = 0.1
_FEW = 3
"""While keys are pressed, redraws for messages are this many times the shortest interval apart: a burst needs few."""


class EngineBridge:
    """Opens the engine, receives its messages, and decides when they are shown."""

    def __init__(self, app: FrontApp, leaving: GracefulShutdown, show: "Callable[[Changes], None]") -> None:
        self._app = app
        self._leaving = leaving
        self._show = show
        self._inbox: dict[int, list[Any]] = {}
        """Messages that are not shown yet, by shop."""
        self._timer: Timer | None = None
        self._due = 0.0
        self._shown_at = 0.0
        self._key_at = 0.0

    def open(self, open_engine: OpenEngine, folder: Path | None) -> None:
        """Import the modules that the first frame did not need, and open the engine, on a thread.

        `folder` has the user's own keys and choices; None: their config and state folders. Posts CommandsLoaded, then
        EngineOpened or EngineNotOpened.
        """
        threading.Thread(target=self._open, args=(open_engine, folder), name="opening", daemon=True).start()

    def _open(self, open_engine: OpenEngine, folder: Path | None) -> None:
        try:
            from specter_tui.console import after_first_frame  # noqa: PLC0415 - the one place for what comes later

            self._feed = after_first_frame.reducer
            file = (folder or after_first_frame.user_config_path("specter-tui")) / after_first_frame.FILE
            kept = after_first_frame.choices_file(folder or after_first_frame.user_state_path("specter-tui"))
            choices = after_first_frame.ChoiceStore(kept, read_only=self._app.model.read_only)
            self._app.post_message(CommandsLoaded(after_first_frame.read_keys(file), choices))
            engine = open_engine(self._hear)
        except Exception as error:  # noqa: BLE001 - the app says what it was
            self._leaving.no_engine()
            self._app.post_message(EngineNotOpened(error))
        else:
            self._leaving.engine_is(engine)
            self._app.post_message(EngineOpened(engine))

    def _hear(self, message: Any, shop: int = ACTIVE_SHOP) -> None:
        """Receive a message on the engine's thread, without waiting."""
        self._leaving.hear(message)
        self._app.post_message(EngineMessage(message, shop))

    @property
    def caught_up(self) -> bool:
        """True if all messages received so far are shown."""
        return not self._inbox and self._timer is None

    def key_pressed(self) -> None:
        """Show the next messages soon, since they may answer a key."""
        self._key_at = monotonic()
        # Never later than before.
        if self._timer is not None and (wait := self._until_due()) < self._due - self._key_at:
            self._wait(wait)

    def receive(self, message: Any, shop: int = ACTIVE_SHOP) -> None:
        """Collect a message, and show all now or when it is time."""
        self._inbox.setdefault(shop, []).append(message)
        in_front = shop in (ACTIVE_SHOP, self._app.shops.current.number)
        if in_front and isinstance(message, self._feed.URGENT):
            self.catch_up()
        elif self._timer is None:
            self._wait(self._until_due())

    def _until_due(self) -> float:
        """Return the seconds until messages are shown."""
        now = monotonic()
        every = _FEW * _QUICK if now - self._key_at < PAINT_EVERY else PAINT_EVERY
        return max(_QUICK, every - (now - self._shown_at))

    def _wait(self, seconds: float) -> None:
        self._due = monotonic() + seconds
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._app.set_timer(seconds, self.catch_up)

    def catch_up(self) -> None:
        """Apply the collected messages to the view model, and show the changes."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        model = self._app.model
        if not model.started:
            return
        inbox, self._inbox = self._inbox, {}
        self._shown_at = monotonic()
        shops, shown = self._app.shops, tuple(inbox)
        told = [*inbox.pop(ACTIVE_SHOP, ()), *inbox.pop(shops.current.number, ())]
        for shop, messages in inbox.items():
            shops.take(shop, messages, self._feed)
        if model.leaving:
            model.in_flight = tuple(dict.fromkeys(shops.in_flight()))
        if not (model.lean and all(map(self._feed.is_routine, told))):  # The ages on the screen may wait for news.
            self._app.set_display(replace(model.frame, now=datetime.now().astimezone()))
        if told:
            self._show(self._feed.take(model, told))
            if model.looked_at is not None:
                gc_tuning.freeze_heap()
        self._app.redraw_shops(shown)

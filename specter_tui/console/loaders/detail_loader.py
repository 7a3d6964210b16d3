"""Request the form and history of the order under the cursor, once the cursor rests."""

from textual.timer import Timer

from specter_tui.console.front_app import FrontApp
from specter_tui.engine.events import OrderView
from specter_tui.engine.service import ShopService

_UNTRIED = frozenset({"ready", "waiting", "blocked", "out_of_scope"})
"""States of orders that the journal does not have."""
_REST = 0.12
"""Seconds without a cursor movement before a form is worth building."""


class DetailLoader:
    """Remembers the form and state of each request, so that none is repeated."""

    def __init__(self, app: FrontApp) -> None:
        self._app = app
        self._timer: Timer | None = None
        self._asked: dict[int, tuple[str | None, str]] = {}
        self._read: dict[int, OrderView] = {}

    def want(self) -> None:
        """Request the details soon: the cursor moved, the order changed, or the detail became visible."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._app.set_timer(_REST, self._ask)

    def _ask(self) -> None:
        self._timer = None
        app, view = self._app, self._app.model.orders.current
        out_of_sight = app.main.one_pane and app.detail is None
        if view is None or app.engine is None or app.model.leaving or out_of_sight:
            return
        if view.state not in _UNTRIED and (self._read.get(view.uid) != view or view.uid not in app.model.histories):
            self._read[view.uid] = view
            app.engine.submit(ShopService.history, view.uid)
        stamp = (view.seen_hash, view.state)
        if self._asked.get(view.uid) != stamp or view.uid not in app.model.previews:
            self._asked[view.uid] = stamp
            app.engine.submit(ShopService.preview, view.uid)

"""The countdown before many orders are sent. Nothing is claimed before its end, and one key cancels it.

Nothing can be taken back from Specter, so this is the last moment at which a slip of the hand costs nothing.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.timer import Timer

from specter_tui.console.front_app import FrontApp
from specter_tui.i18n import ngettext

if TYPE_CHECKING:
    from specter_tui.engine.events import OrderView

SECONDS = 4
"""Long enough to read a line and press a key."""
_TICK = 1.0


class Hold:
    """Counts down on the view model of the front shop, once a second, and then acts."""

    def __init__(self, app: FrontApp) -> None:
        self._app = app
        self._model = app.model
        self._timer: Timer | None = None
        self._act: Callable[[], None] = lambda: None
        self._views: tuple[OrderView, ...] = ()

    def begin(self, views: "tuple[OrderView, ...]", act: Callable[[], None]) -> None:
        """Begin the countdown, then act; a single order is sent at once."""
        if len(views) == 1:
            act()
            return
        self._act, self._views, self._model = act, views, self._app.model
        self._model.held, self._model.held_seconds = len(views), SECONDS
        self._timer = self._app.set_interval(_TICK, self._tick)

    def cancel(self) -> int:
        """Cancel the countdown with a message; return the number of its orders."""
        if self._timer is None:
            return 0
        count = self._model.held
        self._end()
        self._model.tell(
            ngettext(
                "Export cancelled: the order was not sent.",
                "Export cancelled: none of the {count} orders was sent.",
                count,
            ).format(count=count),
            "warning",
        )
        return count

    def put_off(self) -> "tuple[OrderView, ...]":
        """Cancel the countdown without a message; return its orders."""
        views = self._views
        self._end()
        return views

    def _tick(self) -> None:
        model = self._model
        model.held_seconds -= 1
        if model.held_seconds > 0:
            self._app.draw()
            return
        act = self._act
        self._end()
        act()
        self._app.draw()

    def _end(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer, self._act, self._views = None, lambda: None, ()
        self._model.held = self._model.held_seconds = 0

"""Show news in the status line once the answer to a key has been shown long enough."""

from textual.timer import Timer

from specter_tui.console.front_app import FrontApp


class StatusNews:
    """Shows the front shop's news."""

    def __init__(self, app: FrontApp) -> None:
        self._app = app
        self._timer: Timer | None = None

    def bring(self) -> None:
        """Show news if it may be shown, and set a timer for the rest."""
        if self._timer is not None:
            self._timer.stop()
        wait = self._app.model.bring_news()
        self._timer = self._app.set_timer(wait, self.draw) if wait else None

    def draw(self) -> None:
        """Show news, and draw."""
        self.bring()
        self._app.draw()

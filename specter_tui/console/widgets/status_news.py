"""What happened beside the person's work comes into the status line when the answer to a key has stood for its time."""

from textual.timer import Timer

from specter_tui.console.front_app import FrontApp


class StatusNews:
    """Brings news to the view model in front."""

    def __init__(self, app: FrontApp) -> None:
        self._app = app
        self._timer: Timer | None = None

    def bring(self) -> None:
        """Bring what has its turn, and come again for the rest."""
        if self._timer is not None:
            self._timer.stop()
        wait = self._app.model.bring_news()
        self._timer = self._app.set_timer(wait, self.draw) if wait else None

    def draw(self) -> None:
        """Bring it, and draw."""
        self.bring()
        self._app.draw()

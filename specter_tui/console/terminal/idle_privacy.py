"""Personal data goes from a screen that nobody sits at, and comes back with a key, which does nothing else."""

from dataclasses import replace
from time import monotonic

from specter_tui.console.front_app import FrontApp

_CHECK_EVERY = 5.0


class IdlePrivacy:
    """Knows when a key was pressed last; UI__HIDE_AFTER says how long after that names are hidden."""

    def __init__(self, app: FrontApp) -> None:
        self._app = app
        self._key_at = monotonic()

    def begin(self) -> None:
        """Look from now on whether anyone is there."""
        self._app.set_interval(_CHECK_EVERY, self.check)

    def key_pressed(self) -> bool:
        """Somebody is there; whether the key only brings the names back."""
        self._key_at = monotonic()
        hidden = self._app.model.frame.hide_names
        if hidden:
            self.hide(False)
        return hidden

    def check(self) -> None:
        """Hide the names if nobody has been there for long enough."""
        settings = self._app.model.settings
        if settings is None or self._app.model.frame.hide_names:
            return
        if monotonic() - self._key_at > settings.ui.hide_after.total_seconds():
            self.hide(True)

    def hide(self, hide: bool) -> None:
        """Hide the names, or show them again."""
        app = self._app
        app.set_display(replace(app.model.frame, hide_names=hide))
        app.main.panes["orders"].rows.refresh()
        app.draw()

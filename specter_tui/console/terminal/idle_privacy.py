"""Hide personal data on an unattended screen, and show it again at a key, which does nothing else."""

from dataclasses import replace
from time import monotonic

from specter_tui.console.front_app import FrontApp

_CHECK_EVERY = 5.0


class IdlePrivacy:
    """Remembers the last key; names are hidden UI__HIDE_AFTER later."""

    def __init__(self, app: FrontApp) -> None:
        self._app = app
        self._key_at = monotonic()

    def begin(self) -> None:
        """Begin to check for inactivity."""
        self._app.set_interval(_CHECK_EVERY, self.check)

    def key_pressed(self) -> bool:
        """Record a key; return whether it only shows the names again."""
        self._key_at = monotonic()
        hidden = self._app.model.frame.hide_names
        if hidden:
            self.hide(False)
        return hidden

    def check(self) -> None:
        """Hide the names after long enough inactivity."""
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

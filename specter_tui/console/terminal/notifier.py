"""Notify an absent user with a bell and a word in the window's title, without personal data.

Terminals that report focus are believed; with others the user counts as absent after a while without a key.
"""

from time import monotonic

from specter_tui.console.front_app import FrontApp
from specter_tui.i18n import ngettext, t

_AWAY_AFTER = 60.0
"""Seconds without a key after which the user counts as absent."""
_SAVE_TITLE, _RESTORE_TITLE = "\x1b[22;2t", "\x1b[23;2t"


class Notifier:
    """Notifies once, until the user is present again."""

    def __init__(self, app: FrontApp) -> None:
        self._app = app
        self._key_at = monotonic()
        self._blurred = False
        self._calling = False

    @property
    def away(self) -> bool:
        """True if the user is absent."""
        return self._blurred or monotonic() - self._key_at > _AWAY_AFTER

    def seen(self) -> None:
        """Record a key or the window's focus."""
        self._key_at = monotonic()
        self._blurred = False
        if self._calling:
            self._calling = False
            self._send(_RESTORE_TITLE)

    def left(self) -> None:
        """Record that the window lost its focus."""
        self._blurred = True

    def call(self, *, failed: int = 0) -> None:
        """Notify an absent user that something ended or failed."""
        settings = self._app.model.settings
        if settings is None or not settings.ui.bell or not self.away:
            return
        title = (
            ngettext("▲ {count} not done", "▲ {count} not done", failed).format(count=failed) if failed else t("✓ done")
        )
        save = "" if self._calling else _SAVE_TITLE
        self._calling = True
        self._send(f"{save}\x1b]2;{t('specter-tui')}: {title}\a\a")

    def _send(self, sequence: str) -> None:
        driver = self._app._driver  # Textual has no method for this.
        if driver is not None:
            driver.write(sequence)
            driver.flush()

"""The screen of a window that is too small to work in: it shows the size, and no key acts on hidden rows."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widgets import Static

from specter_tui.i18n import t

LEAST_SIZE = Size(80, 24)
"""The size for which every screen is made."""
_LEAST_OF_ALL = Size(60, 16)
"""Below this size orders cannot be told apart; between the two something is cut off, and a message says so."""


class TooSmallScreen(ModalScreen[None]):
    """Covers everything; only the key to quit works."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("q", "app.leave", show=False)]

    @staticmethod
    def fits(size: Size) -> bool:
        """Return whether a window is large enough to work in."""
        return size.width >= _LEAST_OF_ALL.width and size.height >= _LEAST_OF_ALL.height

    def compose(self) -> ComposeResult:
        """Compose the message."""
        yield Static(id="too-small", markup=False)

    def on_mount(self) -> None:
        """Show the message."""
        self._say(self.app.size)

    def on_resize(self) -> None:
        """Show the present size."""
        self._say(self.app.size)

    def _say(self, size: Size) -> None:
        text = t(
            "This window is {width}x{height}. specter-tui needs {least}: make it larger. Work in flight goes on; "
            "q leaves."
        ).format(width=size.width, height=size.height, least=f"{LEAST_SIZE.width}x{LEAST_SIZE.height}")
        self.query_one(Static).update(Content(text))


def cut_off(size: Size) -> str:
    """Return the message for a window in which something is cut off; empty for one large enough."""
    if size.width >= LEAST_SIZE.width and size.height >= LEAST_SIZE.height:
        return ""
    return t("The window is {width}x{height}; below {least} something is cut off.").format(
        width=size.width, height=size.height, least=f"{LEAST_SIZE.width}x{LEAST_SIZE.height}"
    )

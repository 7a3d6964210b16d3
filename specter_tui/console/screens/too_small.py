"""What is seen in a window that is too small to work in: that it is, and nothing that a key could act on unseen."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widgets import Static

from specter_tui.console import words

LEAST_SIZE = Size(80, 24)
"""What every screen is made for."""
_LEAST_OF_ALL = Size(60, 16)
"""Below this an order cannot be told from another; between the two something is cut off, which is said."""


class TooSmallScreen(ModalScreen[None]):
    """Covers all; only leaving works."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("q", "app.leave", show=False)]

    @staticmethod
    def fits(size: Size) -> bool:
        """Whether a window can be worked in."""
        return size.width >= _LEAST_OF_ALL.width and size.height >= _LEAST_OF_ALL.height

    def compose(self) -> ComposeResult:
        """The one thing to say."""
        yield Static(id="too-small", markup=False)

    def on_mount(self) -> None:
        """Say it."""
        self._say(self.app.size)

    def on_resize(self) -> None:
        """Say how small it is now."""
        self._say(self.app.size)

    def _say(self, size: Size) -> None:
        text = words.TOO_SMALL.format(
            width=size.width, height=size.height, least=f"{LEAST_SIZE.width}x{LEAST_SIZE.height}"
        )
        self.query_one(Static).update(Content(text))


def cut_off(size: Size) -> str:
    """What to say in a window in which something is cut off; empty where there is room for all."""
    if size.width >= LEAST_SIZE.width and size.height >= LEAST_SIZE.height:
        return ""
    return words.CUT_OFF.format(width=size.width, height=size.height, least=f"{LEAST_SIZE.width}x{LEAST_SIZE.height}")

"""Messages inside the console, from its threads to the app."""

from collections.abc import Callable
from typing import Any

from textual.message import Message

from specter_tui.console.ports import EngineLike


class Told(Message):
    """The engine told something."""

    def __init__(self, message: Any) -> None:
        super().__init__()
        self.message = message


class Opened(Message):
    """The engine is there."""

    def __init__(self, engine: EngineLike) -> None:
        super().__init__()
        self.engine = engine


class NotOpened(Message):
    """The engine could not be opened."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error


class PageRead(Message):
    """Older events were read, or could not be."""

    def __init__(self, events: Any, error: str = "") -> None:
        super().__init__()
        self.events = events
        self.error = error


class Answered(Message):
    """Something that was waited for came; what is to be done with it, on the screen's loop."""

    def __init__(self, act: Callable[[], None]) -> None:
        super().__init__()
        self.act = act


class FilterTyped(Message):
    """The filter was changed by a key."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class FilterKept(Message):
    """The filter is to stay as it is."""

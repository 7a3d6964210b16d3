"""Messages inside the console, from its threads to the app."""

from collections.abc import Callable
from typing import Any

from textual.message import Message

from specter_tui.console.engine_ports import EngineLike, SupervisorLike
from specter_tui.console.viewmodel.shop_view_model import ShopViewModel


class EngineMessage(Message):
    """A message of the engine, or of one of several shops."""

    def __init__(self, message: Any, shop: int = 0) -> None:
        super().__init__()
        self.message = message
        self.shop = shop


class CommandsLoaded(Message):
    """The commands have been imported, and the user's own keys and the choices of the last time were read."""

    def __init__(self, own_keys: Any, choices: Any) -> None:
        super().__init__()
        self.own_keys = own_keys
        self.choices = choices


class EngineOpened(Message):
    """The engine, or a supervisor of several, was opened."""

    def __init__(self, engine: EngineLike | SupervisorLike) -> None:
        super().__init__()
        self.engine = engine


class EngineNotOpened(Message):
    """The engine could not be opened."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error


class LogPageRead(Message):
    """Older events were read, or an error occurred."""

    def __init__(self, model: ShopViewModel, events: Any, error: str = "") -> None:
        super().__init__()
        self.model = model
        self.events = events
        self.error = error


class LogSearched(Message):
    """A search of the journal by a filter found these events, down to the event `reached`.

    `over`: it stops for now; `whole`: it has reached the oldest event.
    """

    def __init__(
        self,
        model: ShopViewModel,
        wanted: Any,
        events: Any,
        reached: Any,
        *,
        over: bool,
        whole: bool = False,
        error: str = "",
    ) -> None:
        super().__init__()
        self.model = model
        self.wanted = wanted
        self.events = events
        self.reached = reached
        self.over = over
        self.whole = whole
        self.error = error


class CommandAnswered(Message):
    """An awaited answer arrived: `act` handles it on the screen's loop, for the view model that asked."""

    def __init__(self, act: Callable[[], None], model: ShopViewModel) -> None:
        super().__init__()
        self.act = act
        self.model = model


class FilterTyped(Message):
    """A key changed the filter's text."""

"""The engine as the console sees it, so that tests can replace it."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, ParamSpec, Protocol, TypeVar, runtime_checkable

if TYPE_CHECKING:  # The engine's modules import pydantic and the HTTP client, which are loaded after the first frame.
    from concurrent.futures import Future

    from specter_tui.config.settings import Settings
    from specter_tui.engine.events import Message
    from specter_tui.engine.service import Command

P = ParamSpec("P")
T = TypeVar("T")


class EngineLike(Protocol):
    """Accepts commands, which are methods of ShopService, without waiting; results arrive as messages."""

    @property
    def settings(self) -> "Settings":
        """The settings of the shop."""

    def submit(self, command: "Command[P, T]", *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        """Run a command; a failure is also sent as a message."""

    def ask(self, command: "Command[P, T]", *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        """Run a command; only the future has its result or its failure."""

    def shut_down(self, *, hung_up: bool = False) -> object:
        """Take no new work, finish the calls in flight, then stop; sends Draining and Stopped.

        `hung_up`: the terminal is gone.
        """


@runtime_checkable
class SupervisorLike(Protocol):
    """Several shops: their engines (None for one that cannot be opened), names, and refused files."""

    @property
    def engines(self) -> "Mapping[int, EngineLike | None]":
        """By shop number, in their order; the first is not None."""

    @property
    def names(self) -> Mapping[int, str]:
        """By shop number."""

    @property
    def refused(self) -> Mapping[str, Sequence[str]]:
        """The names of settings files that cannot be used, and why."""

    def shut_down(self, *, hung_up: bool = False) -> object:
        """Do the same for all shops; one Stopped follows at the end."""


class Hear(Protocol):
    """Receives the messages of an engine; those of one of several engines with the shop's number."""

    def __call__(self, message: "Message", shop: int = 0) -> None:
        """Receive a message; never waits."""


OpenEngine = Callable[[Hear], EngineLike | SupervisorLike]
"""Opens the engine, or a supervisor of several, with the listener for its messages."""

"""What the console asks of the engine, so that a test can script one."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, ParamSpec, Protocol, TypeVar, runtime_checkable

if TYPE_CHECKING:  # the engine's modules bring pydantic and the HTTP client, which come after the first frame.
    from concurrent.futures import Future

    from specter_tui.config.settings import Settings
    from specter_tui.engine.events import Message
    from specter_tui.engine.service import Command

P = ParamSpec("P")
T = TypeVar("T")


class EngineLike(Protocol):
    """Takes commands, which are methods of ShopService, and returns at once; what comes of them is told by messages."""

    @property
    def settings(self) -> "Settings":
        """The settings it runs on."""

    def submit(self, command: "Command[P, T]", *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        """Have a command done; a failure is told, too."""

    def ask(self, command: "Command[P, T]", *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        """Have a command done; only the future has its result or its failure."""

    def shut_down(self) -> object:
        """Take no new work, finish the calls in flight, then stop; answered by Draining and Stopped."""


@runtime_checkable
class SupervisorLike(Protocol):
    """Several shops: an engine for each (None: it cannot be), what people call them, and files that were refused."""

    @property
    def engines(self) -> "Mapping[int, EngineLike | None]":
        """By shop number, in their order; the first has one."""

    @property
    def names(self) -> Mapping[int, str]:
        """By shop number."""

    @property
    def refused(self) -> Mapping[str, Sequence[str]]:
        """Names of settings files that cannot be used, and why."""

    def shut_down(self) -> object:
        """As an engine's: the end of all of them is told by one Stopped."""


class Hear(Protocol):
    """What an engine tells everything to; one of several with the shop's number."""

    def __call__(self, message: "Message", shop: int = 0) -> None:
        """Hear a message; never waits."""


OpenEngine = Callable[[Hear], EngineLike | SupervisorLike]
"""Opens the engine, or a supervisor of several, with the listener it tells everything to."""

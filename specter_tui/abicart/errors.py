"""Failures of calls to the shop, by what can be done about them."""

from dataclasses import dataclass

from specter_tui.errors import CodedError, ErrorText
from specter_tui.http.cancellable_reads import ReadCancelled

NOT_FOUND = 9003
INVALID_PARAMS = -32602
"""The code of a call with parameters that the shop does not accept, such as an unknown filter."""


class ShopError(CodedError):
    """Any failure of a call to the shop; the message is one plain sentence without secrets."""


class ShopOutOfReach(ShopError):
    """No usable answer: network, time limit or HTTP error. Reading calls were already repeated.

    `retry_after` is the pause in seconds that the shop asked for, if any.
    """

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class AnswerTooLarge(ShopOutOfReach):
    """The answer exceeds a limit; the caller may ask for a smaller part."""

    def __init__(self) -> None:
        super().__init__(ErrorText("shop_too_large"))


class NotKept(ShopOutOfReach):
    """The shop answered a write, but does not show the written value."""


class ShopReadCancelled(ShopOutOfReach, ReadCancelled):
    """The program shuts down and cancels reading calls."""

    def __init__(self) -> None:
        super().__init__(ErrorText("shop_left"))


class ShopRefusesUs(ShopError):
    """The key, the shop number, the certificate or the address is wrong; every call fails until that is corrected."""


@dataclass(frozen=True, slots=True)
class Pointed:
    """One problem in the parameters, with the pointer to it from the shop's answer."""

    pointer: str
    message: str


class RpcError(ShopError):
    """The shop understood the call and refused it (wires: A-errors)."""

    def __init__(self, code: int, message: str, problems: tuple[Pointed, ...] = ()) -> None:
        places = "; ".join(f"{problem.pointer}: {problem.message}" for problem in problems)
        super().__init__(ErrorText("shop_answers", why=f"{code} {message}" + (f" ({places})" if places else "")))
        self.code = code
        self.problems = problems

    def is_about(self, word: str) -> bool:
        """Return whether the shop's answer names this word, such as `limit`."""
        return any(word in problem.pointer or word in problem.message for problem in self.problems)

    @property
    def pointer(self) -> str:
        """The first pointer, or an empty text."""
        return self.problems[0].pointer if self.problems else ""

"""What can go wrong between us and the shop, told apart by what helps."""

from dataclasses import dataclass

from specter_tui.errors import CodedError, ErrorText
from specter_tui.http.cancellable_reads import ReadCancelled

INVALID_PARAMS = -32602
"""The code of a call whose parameters the shop cannot use: a filter that it does not know, for one."""


class ShopError(CodedError):
    """Any failure on the shop's side of the wire; the text is one plain sentence without secrets."""


class ShopOutOfReach(ShopError):
    """No usable answer: network, time limit, HTTP error. Reading calls were already repeated.

    `retry_after` is the pause in seconds that the shop asked for, if it did.
    """

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class AnswerTooLarge(ShopOutOfReach):
    """More came than is read of one answer: a smaller part may be asked for."""

    def __init__(self) -> None:
        super().__init__(ErrorText("shop_too_large"))


class NotKept(ShopOutOfReach):
    """The shop answered a write, and does not show what was written."""


class ShopReadCancelled(ShopOutOfReach, ReadCancelled):
    """The program leaves, and waits for no answer that it can do without."""

    def __init__(self) -> None:
        super().__init__(ErrorText("shop_left"))


class ShopRefusesUs(ShopError):
    """The key, the shop number, the certificate or the address is wrong: no call will do until someone acts."""


@dataclass(frozen=True, slots=True)
class Pointed:
    """One problem that the shop points at inside what was sent."""

    pointer: str
    message: str


class RpcError(ShopError):
    """The shop understood the call and says no (wires: A-errors)."""

    def __init__(self, code: int, message: str, problems: tuple[Pointed, ...] = ()) -> None:
        places = "; ".join(f"{problem.pointer}: {problem.message}" for problem in problems)
        super().__init__(ErrorText("shop_answers", why=f"{code} {message}" + (f" ({places})" if places else "")))
        self.code = code
        self.problems = problems

    @property
    def pointer(self) -> str:
        """The first place that the shop points at, or an empty text."""
        return self.problems[0].pointer if self.problems else ""

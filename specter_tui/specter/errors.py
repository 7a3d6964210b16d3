"""Failures of calls to Specter, by what they prove. A failure that proves nothing is `Unanswered`."""

import re

from specter_tui.errors import CodedError, ErrorText, change_quoted
from specter_tui.http.cancellable_reads import ReadCancelled

_KEY = re.compile(
    r"(?<![0-9a-f])(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![0-9a-f])", re.IGNORECASE
)


def without_keys(text: str) -> str:
    """Return the text with everything that looks like a signature or a key replaced (wires: S-key)."""
    return _KEY.sub("***", text)


class SpecterFailure(CodedError):
    """Any failure of a call to Specter; the message is one plain sentence without secrets."""

    def __init__(self, message: str) -> None:
        super().__init__(change_quoted(message, without_keys))


class NotSent(SpecterFailure):
    """The call did not arrive: no DNS name, no connection, or HTTP status 429. It may be sent again later.

    `retry_after` is the pause in seconds that Specter asked for, if any.
    """

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Unanswered(SpecterFailure):
    """The call may have arrived and been carried out; the answer does not tell."""


class ServerFailed(Unanswered):
    """HTTP status 408 or 5xx: the call may have been carried out before the page failed."""

    def __init__(self, status: int) -> None:
        super().__init__(ErrorText("specter_http", status=status))
        self.status = status


class UnexpectedStatus(Unanswered):
    """An HTTP status that Specter never uses, after a writing call.

    The call may have been carried out before the page failed.
    """

    def __init__(self, status: int) -> None:
        super().__init__(ErrorText("specter_unexpected", status=status))
        self.status = status


class SpecterReadCancelled(Unanswered, ReadCancelled):
    """The program shuts down and cancels reading calls."""

    def __init__(self) -> None:
        super().__init__(ErrorText("specter_left"))


class Refused(SpecterFailure):
    """Specter refused the call and created nothing. `raw` is its text as received, cleaned; `text` has keys removed."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(ErrorText("specter_refuses", why=f"{text} (code {code})"))
        self.code = code
        self.raw = text
        self.text = without_keys(text)

    @property
    def answer(self) -> str:
        """Code and text as received, for SPECTER__DUPLICATE_ANSWER."""
        return f"{self.code};{self.text}"


class AccountHalted(SpecterFailure):
    """The key, certificate or address is wrong: every call fails until a person corrects it.

    This call created nothing.
    """

"""How a call to Specter can fail, told apart by what it proves. Whatever proves nothing is `Unanswered`."""

import re

from specter_tui.errors import CodedError, ErrorText, change_quoted
from specter_tui.http.cancellable_reads import ReadCancelled

_KEY = re.compile(
    r"(?<![0-9a-f])(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![0-9a-f])", re.IGNORECASE
)


def without_keys(text: str) -> str:
    """Return the text without what has the form of a signature or a key (wires: S-key)."""
    return _KEY.sub("***", text)


class SpecterFailure(CodedError):
    """Any failure on Specter's side of the wire; the text is one plain sentence without secrets."""

    def __init__(self, message: str) -> None:
        super().__init__(change_quoted(message, without_keys))


class NotSent(SpecterFailure):
    """Proven not to have arrived: no name, no connection, or told to wait. It may be sent again later.

    `retry_after` is the pause in seconds that Specter asked for, if it did.
    """

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Unanswered(SpecterFailure):
    """The call may have arrived and been carried out; what came back does not tell."""


class ServerFailed(Unanswered):
    """HTTP status 408 or 5xx: the call may have been carried out before the page failed."""

    def __init__(self, status: int) -> None:
        super().__init__(ErrorText("specter_http", status=status))
        self.status = status


class UnexpectedStatus(Unanswered):
    """A status that no answer of Specter's has, after a writing call: a page that fails after its work answers so."""

    def __init__(self, status: int) -> None:
        super().__init__(ErrorText("specter_unexpected", status=status))
        self.status = status


class SpecterReadCancelled(Unanswered, ReadCancelled):
    """The program leaves, and waits for no answer to a reading call."""

    def __init__(self) -> None:
        super().__init__(ErrorText("specter_left"))


class Refused(SpecterFailure):
    """Specter said no, and made nothing. `raw` is its text as it came, cleaned; `text` has no key in it."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(ErrorText("specter_refuses", why=f"{text} (code {code})"))
        self.code = code
        self.raw = text
        self.text = without_keys(text)

    @property
    def answer(self) -> str:
        """Code and text as they came, for SPECTER__DUPLICATE_ANSWER."""
        return f"{self.code};{self.text}"


class AccountHalted(SpecterFailure):
    """Key, certificate or address is wrong: no call will do until someone acts. This one made nothing."""

"""Faults on request: their kind, the call that they affect, and how often."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field, replace
from threading import Lock
from typing import Literal, get_args

from specter_tui.sandbox.server.echoes import ENCODINGS

FaultKind = Literal[
    "lost",
    "delay",
    "error",
    "busy",
    "limited",
    "html",
    "garbage",
    "empty",
    "truncated",
    "sliced",
    "refusal",
    "redirect",
    "answer",
    "echo",
    "previous",
    "twice",
    "id",
    "result",
    "unstored",
    "altered",
    "left_out",
    "doubled",
]
"""The answer to the client, by kind.

lost: the connection closes without an answer.
delay: the true answer, after `seconds`.
error: HTTP 500.
busy: HTTP 503 with Retry-After.
limited: HTTP 429 with Retry-After.
html: a page with status 200.
garbage: bytes that are not text.
empty: status 200 without a body.
truncated: half of the true answer, then the connection closes.
sliced: the true answer, byte by byte.
refusal: `code` and `text` in the server's own form, with `status`.
redirect: HTTP 302.
answer: `text`, or a page, with `status`.
previous: the answer to the request before.
echo: `text`, where `{echo}` is replaced by what was sent, in `encoding`; after the work also by the true answer.
twice: the true answer, and again `seconds` later.

For the shop only, in JSON-RPC:
id: the true answer with another id, by `text`: other, missing, null, or double (both).
result: `text`, which is JSON, instead of the true result.
unstored: a write that stores nothing; the answer is a success, or by `text` old (the unchanged document) or any JSON.
altered: a write that stores `text`, which is JSON, in place of each value, and answers so.
left_out, doubled: a list without its first entry, or with that entry twice.
"""

ALWAYS_WORKED = ("delay", "truncated", "sliced", "previous", "twice", "id")
IN_ITS_FORM = ("refusal", "result", "unstored", "altered", "left_out", "doubled")
"""Answers that the server makes in its own form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One requested fault."""

    kind: FaultKind
    call: str = "*"
    """Method or action (`Order.set`, `newOrderSubmit`); `*` is any."""
    after: bool = False
    """True: the work is done before the fault. It is always done where any form of the true answer is given."""
    times: int | None = 1
    """The number of times; None means always."""
    skip: int = 0
    """The number of matching calls that pass first."""
    seconds: float = 0.0
    """Pause before the work (after it, if `after`); sliced: between bytes; busy, limited: also Retry-After."""
    code: str = "0"
    """Code of a refusal."""
    text: str = ""
    """Text of a refusal; for other kinds as described there."""
    status: int = 200
    """HTTP status of a refusal or an answer."""
    encoding: str = "latin-1"
    """The encoding of an echo: one of `echoes.ENCODINGS`."""
    holding: str = ""
    """Only requests that contain this text, before percent-encoding."""

    def __post_init__(self) -> None:
        if self.kind not in get_args(FaultKind):
            raise ValueError(f"unknown kind of fault: {self.kind!r}")
        if self.encoding not in ENCODINGS:
            raise ValueError(f"unknown encoding: {self.encoding!r}")

    @property
    def reason(self) -> str:
        """The text of a refusal."""
        return self.text or "refused on request"

    @property
    def works(self) -> bool:
        """True if the server does the requested work."""
        return self.after or self.kind in ALWAYS_WORKED

    def hits(self, name: str) -> bool:
        """Return whether the fault affects calls of `name` (compared without case)."""
        return self.call == "*" or self.call.casefold() == name.casefold()


@dataclass(slots=True)
class FaultBook:
    """The faults that one server still has to make."""

    _waiting: list[Fault] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def add(self, fault: Fault) -> None:
        """Add a fault."""
        with self._lock:
            self._waiting.append(fault)

    def clear(self) -> None:
        """Drop all faults."""
        with self._lock:
            self._waiting.clear()

    def waiting(self) -> list[dict[str, object]]:
        """Return the remaining faults."""
        with self._lock:
            return [asdict(fault) for fault in self._waiting]

    def take(self, names: Iterable[str], sent: Callable[[], str] = str) -> Fault | None:
        """Return the fault for a request of `names` (one, or a batch), and count it down.

        `sent` returns the request's text, for faults that need a text in it.
        """
        asked = list(names)
        with self._lock:
            for n, fault in enumerate(self._waiting):
                if not any(fault.hits(name) for name in asked) or (fault.holding and fault.holding not in sent()):
                    continue
                if fault.skip:
                    self._waiting[n] = replace(fault, skip=fault.skip - 1)
                    continue
                if fault.times is not None:
                    self._waiting[n : n + 1] = [replace(fault, times=fault.times - 1)] if fault.times > 1 else []
                return fault
        return None

"""Faults on request: what shall go wrong, at which call, how often."""

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
"""What the caller sees.

lost: the connection closes without an answer. delay: only `seconds`. error: HTTP 500. busy: 503 with Retry-After.
limited: 429 with Retry-After. html: a page with 200. garbage: bytes that are no text. empty: 200 without a body.
truncated: the true answer, cut in half, then closed. sliced: the true answer, byte by byte. refusal: `code` and `text`
in the server's own form, with `status`. redirect: 302. answer: `text`, or a page, with `status`. previous: the answer
to the request before. echo: `text` with `{echo}` in it, and what was sent in its place, in `encoding`; after the work,
what the true answer holds as well. twice: the true answer, and once more right behind it, `seconds` later.

Of the shop alone, in JSON-RPC. id: the true answer with another id, by `text`: other, missing, null, or double (both).
result: `text`, as JSON, in place of the true result. unstored: a write is answered and nothing is stored; the answer is
that of a success, or by `text` old (the document as it is) or any JSON. altered: each value that is written is stored
as `text`, which is JSON, and answered so. left_out, doubled: a list without its first entry, or with that one twice.
"""

ALWAYS_WORKED = ("delay", "truncated", "sliced", "previous", "twice", "id")
IN_ITS_FORM = ("refusal", "result", "unstored", "altered", "left_out", "doubled")
"""What the server itself answers, in its own form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that shall go wrong."""

    kind: FaultKind
    call: str = "*"
    """Method or action (`Order.set`, `newOrderSubmit`); `*` is any."""
    after: bool = False
    """True: the work is done before it goes wrong. Where the true answer is given in any shape, it always is."""
    times: int | None = 1
    """How often; None is for ever."""
    skip: int = 0
    """Let so many matching calls pass first."""
    seconds: float = 0.0
    """Wait so long before the work (after it, if `after`); sliced: between bytes; busy, limited: also Retry-After."""
    code: str = "0"
    """Code of a refusal."""
    text: str = ""
    """Text of a refusal; of other kinds as they say."""
    status: int = 200
    """HTTP status of a refusal or an answer."""
    encoding: str = "latin-1"
    """How an echo is written: one of `echoes.ENCODINGS`."""
    holding: str = ""
    """Only requests with this text in them, as it is before its percent-encoding."""

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
        """Whether the server does the work that was asked for."""
        return self.after or self.kind in ALWAYS_WORKED

    def hits(self, name: str) -> bool:
        """Whether a call of `name` is meant (names are compared without case)."""
        return self.call == "*" or self.call.casefold() == name.casefold()


@dataclass(slots=True)
class FaultBook:
    """The faults that one server still has to commit."""

    _waiting: list[Fault] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def add(self, fault: Fault) -> None:
        """Ask for `fault`."""
        with self._lock:
            self._waiting.append(fault)

    def clear(self) -> None:
        """Drop all faults."""
        with self._lock:
            self._waiting.clear()

    def waiting(self) -> list[dict[str, object]]:
        """Return what is still to go wrong."""
        with self._lock:
            return [asdict(fault) for fault in self._waiting]

    def take(self, names: Iterable[str], sent: Callable[[], str] = str) -> Fault | None:
        """Return the fault that a request for `names` (one, or a batch) meets now, and count it down.

        `sent` tells what was sent, for faults that ask for a text in it.
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

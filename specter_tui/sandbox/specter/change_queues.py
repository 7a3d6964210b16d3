"""The queues of changes that a client fetches in batches and acknowledges (docs/wires.md, batches).

A queue is idle, or it has one open batch: the rows that were fetched and not yet acknowledged.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Generic, TypeVar

from specter_tui.sandbox.specter.refusals import OPEN_BATCH, Refusal

R = TypeVar("R")
"""A row: an answer's data of one article or order."""

Changes = Mapping[str, set[str]]
"""The changed articles or orders, each with its changed parts."""


@dataclass(slots=True)
class OpenBatch(Generic[R]):
    """The rows that were fetched with a number of the client's choice; fetched again they are the same."""

    number: str
    rows: list[R]
    read: bool = False
    """True if an answer with the rows has been sent whole."""


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A batch that a client has acknowledged."""

    kind: str
    number: str
    rows: int
    read: bool
    """True if its rows had been sent before; if not, they are lost."""


@dataclass(slots=True)
class ChangeQueue(Generic[R]):
    """The queued changes of one API user, and the open batch."""

    kind: str
    """stock, articles or orders."""
    waiting: dict[str, set[str]] = field(default_factory=dict)
    also: list[R] = field(default_factory=list)
    """Further rows of the next batch, added as they are."""
    open: OpenBatch[R] | None = None
    acknowledged: list[Acknowledged] = field(default_factory=list)

    def note(self, key: str, part: str = "") -> None:
        """Queue a change for the next batch; a repeated change is queued once."""
        self.waiting.setdefault(key, set()).add(part)

    def fetch(self, number: str, limit: int, rows_of: Callable[[Changes], list[R]]) -> OpenBatch[R] | None:
        """Return the open batch, or open one with at most `limit` changes; None where nothing is queued.

        `rows_of` makes the present rows of changes. Another number than the open batch's is refused.
        """
        if self.open is None:
            if not self.waiting and not self.also:
                return None
            taken = {key: self.waiting[key] for key in islice(self.waiting, limit)}
            for key in taken:
                del self.waiting[key]
            self.open = OpenBatch(number, rows_of(taken) + self.also)
            self.also = []
        elif self.open.number != number:
            raise Refusal(OPEN_BATCH, f"Batch '{self.open.number}' är öppen och måste kvitteras först")
        return self.open

    def acknowledge(self, number: str) -> Acknowledged | None:
        """Close the open batch and return its record; None where none is open. Another number is refused."""
        if self.open is None:
            return None
        if self.open.number != number:
            raise Refusal(OPEN_BATCH, self._other(number, self.open.number))
        closed = Acknowledged(self.kind, number, len(self.open.rows), self.open.read)
        self.acknowledged.append(closed)
        self.open = None
        return closed

    def drop(self) -> None:
        """Close the open batch without counting its rows as delivered."""
        self.open = None

    def used(self, number: str) -> bool:
        """Return whether a batch with this number has been acknowledged."""
        return any(one.number == number for one in self.acknowledged)

    def state(self) -> dict[str, object]:
        """Return the queue as JSON: the open batch, if any, and the number of queued changes."""
        batch = self.open and {"number": self.open.number, "rows": len(self.open.rows), "read": self.open.read}
        return {"open": batch, "waiting": len(self.waiting)}

    def _other(self, sent: str, opened: str) -> str:
        """Return the text of a refused acknowledgement; for stock it quotes the open batch, else first the sent one."""
        if self.kind == "stock":
            return f"Batch '{opened}' är öppen, en annan kan inte kvitteras"
        return f"Batch '{sent}' kan inte kvitteras, batch '{opened}' är öppen"

"""The queues of changes that a client fetches in batches and acknowledges (docs/wires.md, batches).

A queue is idle, or it has one open batch: the rows that were fetched and not yet acknowledged.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Generic, TypeVar

from specter_tui.sandbox.server.switches import Switches
from specter_tui.sandbox.specter.refusals import Refusal

R = TypeVar("R")
NO_BATCH = 8
"""A row: an answer's data of one article or order."""

Changes = Mapping[str, set[str]]
"""The changed articles or orders, each with its changed parts."""


@dataclass(slots=True)
class OpenBatch(Generic[R]):
    """The rows that were fetched with a number of the client's choice; fetched again they are the same."""

    number: str
    rows: list[R]
    changes: dict[str, set[str]] = field(default_factory=dict)
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

    def fetch(self, number: str, switches: Switches, rows_of: Callable[[Changes], list[R]]) -> OpenBatch[R] | None:
        """Return the open batch, or open one; None where nothing is queued.

        `rows_of` makes the present rows of changes. Another number than the open batch's is refused.
        """
        if self.open is None:
            if not self.waiting and not self.also and not switches.empty_opens:
                return None
            taken = self._taken(switches.batch_limit)
            self.open = OpenBatch(number, rows_of(taken) + self.also, taken)
            self.also = []
        elif self.open.number != number:
            raise another_open(switches, number, self.open.number, "Batch '{open}' är öppen och måste kvitteras först")
        elif self.open.read:
            return self._again(self.open, switches, rows_of)
        return self.open

    def _taken(self, most: int) -> dict[str, set[str]]:
        """Take the oldest queued changes out of the queue."""
        taken = {key: self.waiting[key] for key in islice(self.waiting, most)}
        for key in taken:
            del self.waiting[key]
        return taken

    def _again(self, batch: OpenBatch[R], switches: Switches, rows_of: Callable[[Changes], list[R]]) -> OpenBatch[R]:
        """Return the open batch when it is asked for again."""
        if switches.batch_again == "refused":
            raise another_open(switches, batch.number, batch.number, "Batch '{open}' är redan hämtad")
        if switches.batch_again == "empty":
            return OpenBatch(batch.number, [], read=True)
        if switches.batch_again == "differs":
            batch.changes |= self._taken(switches.batch_limit)
            batch.rows = rows_of(batch.changes)
        return batch

    def acknowledge(self, number: str, switches: Switches) -> Acknowledged | None:
        """Close the open batch and return its record; None where none is open. Another number is refused."""
        if self.open is None:
            if switches.acknowledged_again == "refused":
                raise Refusal(NO_BATCH, f"Batch '{number}' finns inte")
            return None
        if self.open.number != number:
            raise another_open(switches, number, self.open.number, self._other())
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

    def _other(self) -> str:
        """Return the text of a refused acknowledgement; for stock it quotes the open batch, else first the sent one."""
        if self.kind == "stock":
            return "Batch '{open}' är öppen, en annan kan inte kvitteras"
        return "Batch '{sent}' kan inte kvitteras, batch '{open}' är öppen"


def another_open(switches: Switches, sent: str, opened: str, text: str) -> Refusal:
    """Return the refusal of a call about another batch than the open one."""
    words = {"open": opened, "sent": sent}
    return Refusal(switches.open_batch_code, (switches.open_batch_text or text).format_map(words), breach=False)

"""What an action answers with when it has done its work."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reply:
    """An id and a text, or a body of its own: the rows of a batch."""

    number: int = 0
    text: str = ""
    body: str | None = None
    """In place of id and text: the lines of a text answer, or what the root of an XML answer holds."""
    delivered: Callable[[], None] | None = None
    """Called when the whole answer goes out."""
    complaint: str = ""
    """A breach of the protocol that was served nevertheless."""

"""The reply of an action."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reply:
    """An id and a text, or a body such as the rows of a batch."""

    number: int = 0
    text: str = ""
    body: str | None = None
    """Instead of id and text: the lines of a text answer, or the contents of an XML answer's root."""
    delivered: Callable[[], None] | None = None
    """Called when the whole answer has been sent."""
    complaint: str = ""
    """A breach of the protocol that was served in spite of it."""

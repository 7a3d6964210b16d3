"""What the rows of a list have. One table of fields for each list makes its filter words, its sorting and its CSV."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

Value = str | int | Decimal | datetime | tuple[str, ...] | None
Kind = Literal["text", "number", "moment", "age", "word"]
"""How a filter asks for it: text contains; numbers and moments compare; an age is a moment asked for by how long ago it
was; a word is one of a few, asked for by its beginning."""

# Swedish has å, ä and ö after z, in this order; their code points have not.
_SWEDISH = str.maketrans({"å": "{", "ä": "|", "ö": "}"})


@dataclass(frozen=True, slots=True)
class ListField:
    """`names` are its filter words, English first, then Swedish, then others that people try."""

    key: str
    get: Callable[[Any], Value]
    kind: Kind = "text"
    names: tuple[str, ...] = ()
    rank: Callable[[Any], Any] | None = None
    """What rows are sorted by, where that is not the value itself."""
    spellings: Callable[[Any], Sequence[str]] | None = None
    """All ways to say a word, in every language."""
    values: Callable[[], Sequence[str]] | None = None
    """The few values that there are, to be offered."""
    searched: bool = False
    """Whether plain text in a filter looks here."""
    written: bool = True
    """Whether it is a column of the CSV, and rows can be sorted by it."""


Fields = Sequence[ListField]


def swedish(text: str) -> str:
    """What texts are sorted by: case does not matter, and å, ä, ö come last."""
    return text.casefold().translate(_SWEDISH)


def natural(number: str) -> tuple[int, int, str]:
    """What order numbers are sorted by: as numbers where they are, else as text after them."""
    return (0, int(number), "") if number.isascii() and number.isdecimal() else (1, 0, number.casefold())


def search_text(fields: Fields) -> Callable[[Any], str]:
    """All that plain text in a filter looks at, of one row."""
    getters = [field.spellings or field.get for field in fields if field.searched]

    def text(row: Any) -> str:
        parts: list[str] = []
        for get in getters:
            value = get(row)
            if isinstance(value, str):
                parts.append(value)
            elif isinstance(value, tuple | list):
                parts += value
            elif value is not None:
                parts.append(str(value))
        return "\n".join(parts).casefold()

    return text

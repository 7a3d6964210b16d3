"""The fields of lists. One table of fields for each list gives its filter words, its sorting and its CSV."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

Value = str | int | Decimal | datetime | tuple[str, ...] | None
Kind = Literal["text", "number", "moment", "age", "word"]
"""The comparison by a filter: a text contains the value; numbers and moments compare; an age is a moment compared by
the time since; a word is one of a few, matched by its beginning."""

# In Swedish å, ä and ö follow z in this order; their code points do not.
_SWEDISH = str.maketrans({"å": "{", "ä": "|", "ö": "}"})


@dataclass(frozen=True, slots=True)
class ListField:
    """One field. `names` are its filter words: English first, then Swedish, then others that people try."""

    key: str
    get: Callable[[Any], Value]
    kind: Kind = "text"
    names: tuple[str, ...] = ()
    rank: Callable[[Any], Any] | None = None
    """The sort key, where that is not the value itself."""
    spellings: Callable[[Any], Sequence[str]] | None = None
    """All forms of a word, in every language."""
    values: Callable[[], Sequence[str]] | None = None
    """The possible values, for completion."""
    searched: bool = False
    """True if plain text in a filter matches this field."""
    written: bool = True
    """True if it is a column of the CSV, and rows can be sorted by it."""


Fields = Sequence[ListField]


def swedish(text: str) -> str:
    """Return a text's sort key: without case, and with å, ä, ö last."""
    return text.casefold().translate(_SWEDISH)


def natural(number: str) -> tuple[int, int, str]:
    """Return an order number's sort key: as a number where it is one, else as text after the numbers."""
    return (0, int(number), "") if number.isascii() and number.isdecimal() else (1, 0, number.casefold())


def search_text(fields: Fields) -> Callable[[Any], str]:
    """Return a function for a row's text that plain text in a filter matches."""
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

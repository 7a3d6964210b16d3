"""The fields of lists. One table of fields for each list gives its filter words, its sorting and its CSV."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

from specter_tui.text.folding import fold

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
    """All forms of a row's word, in every language."""
    values: Callable[[], Sequence[str]] | None = None
    """The possible values, for completion."""
    words: Callable[[], Sequence[str]] | None = None
    """Every known word of a field of words, in every language; another one is a typing error."""
    searched: bool = False
    """True if plain text in a filter matches this field; a number is matched by an amount alone."""
    beside: str = ""
    """The key of a field with which this one is written even while it is hidden: no amount without its currency."""
    written: bool = True
    """True if it is a column of the CSV, and rows can be sorted by it."""


Fields = Sequence[ListField]
LETTERS = re.compile(r"[^\W\d_]+")
"""The words of a folded text, to which typed ones may be similar."""


def swedish(text: str) -> str:
    """Return a text's sort key: without case, and with å, ä, ö last."""
    return text.casefold().translate(_SWEDISH)


def natural(number: str) -> tuple[int, int, str]:
    """Return an order number's sort key: as a number where it is one, else as text after the numbers."""
    return (0, int(number), "") if number.isascii() and number.isdecimal() else (1, 0, number.casefold())


def search_text(fields: Fields) -> Callable[[Any], str]:
    """Return a function for a row's text that plain text in a filter matches, folded."""
    getters = [field.spellings or field.get for field in fields if field.searched and field.kind != "number"]

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
        return fold("\n".join(parts))

    return text

"""Fold letters, so that people find a name however they spell it: without case and accents."""

import unicodedata
from functools import lru_cache

_WHOLE = {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ı": "i", "ŧ": "t"}
"""Letters that Unicode does not decompose."""


@lru_cache(maxsize=4096)
def _plain(letter: str) -> str:
    apart = unicodedata.normalize("NFKD", letter)
    return "".join(_WHOLE.get(one, one) for one in apart if not unicodedata.combining(one))


_LETTERS = str.maketrans({chr(code): _plain(chr(code)) for code in range(0xA0, 0x250)})


def fold(text: str) -> str:
    """Return the text without case and accents: `Öberg`, `ÖBERG` and `oberg` are the same."""
    if text.isascii():
        return text.lower()
    folded = text.casefold().translate(_LETTERS)
    return folded if folded.isascii() else "".join(map(_plain, folded))

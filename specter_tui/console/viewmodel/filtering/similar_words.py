"""Words that are spelled almost like a typed one, for words that no row has and for those a field does not know."""

from collections.abc import Collection, Iterable
from difflib import SequenceMatcher, get_close_matches
from functools import lru_cache

from specter_tui.text.folding import fold

_SIMILAR = 0.74
"""One wrong letter of four, two of eight."""
_SHORTEST = 4
_MOST = 20


def similar_words(typed: str, words: Iterable[str]) -> tuple[str, ...]:
    """Return the folded words that are, or begin, almost like the typed one, the most similar first.

    A number is similar to no other: an order number with one other digit is another order.
    """
    wanted = fold(typed)
    if len(wanted) < _SHORTEST or not wanted.isalpha():
        return ()
    letters, length, other = _letters(wanted), len(wanted), max(1, len(wanted) // _SHORTEST)
    compared = SequenceMatcher(b=wanted, autojunk=False)
    found: list[tuple[float, str]] = []
    for word in words:
        if (letters & ~_letters(word)).bit_count() > other:  # It costs little, and most words lack too many letters.
            continue
        begin = word[:length]
        if (_letters(begin) & ~letters).bit_count() <= other:
            likeness = max(_likeness(compared, begin), _likeness(compared, word) if word != begin else 0.0)
            if likeness >= _SIMILAR:
                found.append((likeness, word))
    return tuple(word for _, word in sorted(found, key=lambda one: (-one[0], one[1]))[:_MOST])


def meant_word(typed: str, known: Collection[str]) -> str:
    """Return the known word that the typed one most probably means, empty where none is similar."""
    by_folded = {fold(word): word for word in reversed(tuple(known))}
    found = get_close_matches(fold(typed), list(by_folded), n=1)
    return by_folded[found[0]] if found else ""


def _likeness(compared: "SequenceMatcher[str]", word: str) -> float:
    compared.set_seq1(word)
    return compared.ratio() if compared.real_quick_ratio() >= _SIMILAR else 0.0


@lru_cache(maxsize=100_000)
def _letters(word: str) -> int:
    """Return the letters of a folded word as bits."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits

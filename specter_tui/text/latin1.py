"""Text in the characters of Specter's forms, which are those of ISO-8859-1 (wires: S-encoding)."""

import re
import unicodedata

from anyascii import anyascii

# What UTF-8 looks like when it is read as ISO-8859-1: an accented capital A before a sign of the upper half.
_LOOKS_LIKE_UTF8 = re.compile("[\xc2\xc3](?=[\x80-\xbf])")


def to_latin1(text: str) -> str:
    """The same text in characters of ISO-8859-1.

    Other characters are written in Latin letters (Ł as L, 李 as Li); emoji and other symbols are left
    out. A pair that would read as UTF-8 loses its accent.
    """
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        text = "".join(c if c <= "\xff" else _latin(c) for c in text)
    return _LOOKS_LIKE_UTF8.sub(lambda match: anyascii(match.group()), text)


def _latin(sign: str) -> str:
    """A sign outside ISO-8859-1 in Latin letters. A symbol that no letters and no arithmetic stand for is left out."""
    latin = anyascii(sign)
    kind = unicodedata.category(sign)
    if latin.startswith(":") and len(latin) > 1:
        return ""
    if kind not in ("So", "Sk", "Sm", "Co", "Cn"):
        return latin
    plain = unicodedata.normalize("NFKC", sign)
    if kind == "So" and plain != sign and any(letter.isalpha() for letter in plain):
        return latin  # A sign that is made of letters, as ™ and № are.
    return latin if "\u2200" <= sign <= "\u22ff" else ""

"""Text in the characters of Specter's forms, which are those of ISO-8859-1 (wires: S-encoding)."""

import re

from anyascii import anyascii

# What UTF-8 looks like when it is read as ISO-8859-1: an accented capital A before a sign of the upper half.
_LOOKS_LIKE_UTF8 = re.compile("[\xc2\xc3](?=[\x80-\xbf])")


def to_latin1(text: str) -> str:
    """The same text in characters of ISO-8859-1.

    Other characters are written in Latin letters (Ł as L, 李 as Li). A pair that would read as UTF-8 loses its accent.
    """
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        text = "".join(c if c <= "\xff" else anyascii(c) for c in text)
    return _LOOKS_LIKE_UTF8.sub(lambda match: anyascii(match.group()), text)

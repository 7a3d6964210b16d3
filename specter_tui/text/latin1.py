"""Convert text to ISO-8859-1, the characters of Specter's forms (wires: S-encoding)."""

import re
import unicodedata

from anyascii import anyascii

# UTF-8 that was read as ISO-8859-1: an accented capital A before a character of the upper half.
_LOOKS_LIKE_UTF8 = re.compile("[\xc2\xc3](?=[\x80-\xbf])")


def to_latin1(text: str) -> str:
    """Return the text in ISO-8859-1 characters.

    Other characters are transliterated (Ł to L, 李 to Li); emoji and other symbols are left out. Two characters that
    together look like UTF-8 lose their accents.
    """
    if text.isascii():
        return text
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        text = "".join(c if c <= "\xff" else _latin(c) for c in text)
    return _LOOKS_LIKE_UTF8.sub(lambda match: anyascii(match.group()), text)


def _latin(sign: str) -> str:
    """Transliterate a character outside ISO-8859-1.

    Symbols are left out, unless they are made of letters or arithmetic.
    """
    latin = anyascii(sign)
    kind = unicodedata.category(sign)
    if latin.startswith(":") and len(latin) > 1:
        return ""
    if kind not in ("So", "Sk", "Sm", "Co", "Cn"):
        return latin
    plain = unicodedata.normalize("NFKC", sign)
    if kind == "So" and plain != sign and any(letter.isalpha() for letter in plain):
        return latin  # A symbol made of letters, such as ™ and №.
    return latin if "\u2200" <= sign <= "\u22ff" else ""

"""Remote text made harmless: cleaned once where it enters, so that screens, logs, files and Specter see the same."""

import re
import unicodedata

LONGEST = 4000
"""Characters kept of one remote text. What is sent is refused above 255, so nothing is cut and then sent."""

_LONGEST_RAW = 2 * LONGEST
"""Characters that are normalised at all: combining marks in a row cost the square of their number."""

# Control characters and escapes, soft hyphen, zero width, direction marks and overrides, lone surrogates.
_HARMFUL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\uffff"
    "\ud800-\udfff\U000e0000-\U000e0fff]"
)
_LINE_BREAK = re.compile("\r\n?|[\u2028\u2029\x85]")
_UTF8_AS_LATIN1 = re.compile("[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_UID = re.compile(r"[0-9]{1,18}")
_BLANKS = re.compile(r"\s+")


def clean_text(text: str) -> str:
    """Text of several lines: no control characters, escapes or direction overrides; NFC; line breaks and tabs stay."""
    if longer := len(text) > _LONGEST_RAW:
        text = text[:_LONGEST_RAW]
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    text = _HARMFUL.sub("", _LINE_BREAK.sub("\n", text)).strip()
    return text if len(text) <= LONGEST and not longer else text[: LONGEST - 1] + "…"


def clean_line(text: str) -> str:
    """One line: as `clean_text`, with every run of blanks (line breaks and hard spaces too) made one space."""
    if len(text) <= LONGEST and text.isascii() and text.isprintable():  # Nearly every text is; nothing else is harmful.
        return " ".join(text.split())
    return _BLANKS.sub(" ", clean_text(text))


def uid_in(word: str) -> int | None:
    """The uid that a person wrote, None where it is none: digits, and no more than any uid has."""
    return int(word) if _UID.fullmatch(word) else None


def utf8_repaired(text: str) -> str:
    """Return a text that was read as ISO-8859-1 with those parts of it that are UTF-8 read as such."""
    return _UTF8_AS_LATIN1.sub(_as_utf8, text)


def _as_utf8(found: re.Match[str]) -> str:
    try:
        letter = found[0].encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return found[0]
    return letter if letter.isprintable() else found[0]

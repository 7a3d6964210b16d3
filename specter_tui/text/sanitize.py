"""Remote text is cleaned once, where it is read, so that screens, logs, files and Specter have the same text."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Self

LONGEST = 4000
"""Characters kept of one remote text: more than any field of Specter takes."""

_LONGEST_RAW = 2 * LONGEST
"""Characters that are normalised at all: a run of combining marks takes time with the square of its length."""

# Control characters and escapes, soft hyphen, zero width, direction marks and overrides, lone surrogates.
_HARMFUL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\uffff"
    "\ud800-\udfff\U000e0000-\U000e0fff]"
)
_LINE_BREAK = re.compile("\r\n?|[\u2028\u2029\x85]")
_UTF8_AS_LATIN1 = re.compile("[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_UID = re.compile(r"[0-9]{1,18}")
_BLANKS = re.compile(r"\s+")


class Shortened(str):
    """A text whose end was removed because of its length; `whole` is its original length."""

    __slots__ = ("whole",)
    whole: int

    def __new__(cls, text: str, whole: int = 0) -> Self:
        """Make one from the part that is kept."""
        made = super().__new__(cls, text)
        made.whole = whole
        return made


def whole_length(text: str) -> int:
    """Return the length of a text before it was shortened."""
    return text.whole if isinstance(text, Shortened) else len(text)


def shortened_as(made_of: str, text: str) -> str:
    """Return the text, as Shortened where the text it was made of is."""
    return Shortened(text, made_of.whole) if isinstance(made_of, Shortened) else text


def joined(between: str, texts: Iterable[str]) -> str:
    """Join the non-empty texts; the result is Shortened where one of them is."""
    parts = tuple(texts)
    text = between.join(filter(None, parts))
    if Shortened not in map(type, parts):
        return text
    return Shortened(text, sum(map(whole_length, parts)))


def up_to_word(text: str, room: int) -> str:
    """Return at most `room` characters, cut after a word; a single longer word is cut inside."""
    if len(text) <= room:
        return text
    head = text[: room + 1]  # One more, since a space there ends a whole word.
    blank = max(head.rfind(" "), head.rfind("\n"))
    return (head[:blank] if blank > room // 2 else head[:-1]).rstrip()


def clean_text(text: str, mark: str = "…") -> str:
    """Clean a text of several lines: no control characters, escapes or direction overrides; NFC.

    Line breaks and tabs stay. A text that is too long becomes Shortened, with the mark at its end.
    """
    return _clean(text, mark, None)


def clean_line(text: str, mark: str = "…") -> str:
    """Clean as `clean_text` and make one line: every run of whitespace becomes one space."""
    # Nearly every text is like this, and has nothing harmful; ISO-8859-1 is in NFC.
    if len(text) <= LONGEST and text.isprintable() and (text.isascii() or max(text) <= "\xff"):
        return shortened_as(text, " ".join(text.split()))
    return _clean(text, mark, _BLANKS)


def _clean(text: str, mark: str, to_space: re.Pattern[str] | None) -> str:
    whole = whole_length(text)
    longer = whole > _LONGEST_RAW or isinstance(text, Shortened)
    text = up_to_word(text, _LONGEST_RAW)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    text = _HARMFUL.sub("", _LINE_BREAK.sub("\n", text)).strip()
    if to_space is not None:
        text = to_space.sub(" ", text)
    if len(text) <= LONGEST and not longer:
        return text
    return Shortened(up_to_word(text, LONGEST - len(mark)) + mark, whole)


def uid_in(word: str) -> int | None:
    """Return the uid that a person wrote: up to 18 digits. None for other text."""
    return int(word) if _UID.fullmatch(word) else None


def utf8_repaired(text: str) -> str:
    """Return a text that was read as ISO-8859-1 with its UTF-8 sequences decoded."""
    return _UTF8_AS_LATIN1.sub(_as_utf8, text)


def _as_utf8(found: re.Match[str]) -> str:
    try:
        letter = found[0].encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return found[0]
    return letter if letter.isprintable() else found[0]

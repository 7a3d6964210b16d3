"""Read a text of the shop from any JSON: choose a language, decode entities once, limit the length, clean it."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from html import unescape
from html.entities import html5
from itertools import islice

from specter_tui.text.sanitize import (
    LONGEST,
    Shortened,
    clean_line,
    clean_text,
    joined,
    shortened_as,
    up_to_word,
    whole_length,
)

_DEEPEST = 6
_MOST = 100
"""The most parts of one list or object that are read."""
_LONGEST_RAW = 4 * LONGEST
_LONGEST_NUMBER = 60
_ENTITY = re.compile(
    r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});|(?<!\S)&[A-Za-z][A-Za-z0-9]{1,6}(?!\S)"
)
"""Some entities may lack the semicolon in HTML. They are decoded only as a whole word: `&copy=1` is part of an
address."""
_LANGUAGE = re.compile(r"[A-Za-z]{2}(?:[-_][A-Za-z]{2,4})?")
_WORDED = ("name", "value", "label", "text")
_YES_NO = {
    "sv": ("Ja", "Nej"),
    "da": ("Ja", "Nej"),
    "no": ("Ja", "Nei"),
    "nb": ("Ja", "Nei"),
    "nn": ("Ja", "Nei"),
    "de": ("Ja", "Nein"),
    "fi": ("Kyllä", "Ei"),
    "es": ("Sí", "No"),
}


class ImpossibleNumber(str):
    """A number of an impossible size, as the shop wrote it. It is not a text either, so its document is held."""

    __slots__ = ()


def refuse_impossible(value: object, depth: int = 0) -> None:
    """Raise ValueError for an impossible number, also inside lists and objects."""
    if isinstance(value, ImpossibleNumber):
        raise ValueError("holds a number of a size that nothing has")  # noqa: TRY004  # pydantic reads it as a finding.
    if depth < _DEEPEST and isinstance(value, Mapping | list):
        for part in islice(value.values() if isinstance(value, Mapping) else value, _MOST):
            refuse_impossible(part, depth + 1)


def line_of(value: object, languages: Sequence[str] = ()) -> str:
    """Return one line for a field with one value: an object's preferred language, all parts of a list.

    A yes, no or null gives no text.
    """
    return clean_line(_text(value, languages, ""), mark="")


def lines_of(value: object, languages: Sequence[str] = ()) -> str:
    """Read as `line_of`, but keep line breaks."""
    return clean_text(_text(value, languages, ""), mark="")


def answer_of(value: object, languages: Sequence[str] = ()) -> str:
    """Return a person's answer to a question: yes and no become words, an object's parts keep their names."""
    return clean_text(_text(value, languages, language_of(languages)), mark="")


def language_of(languages: Sequence[str]) -> str:
    """Return the first language, as ISO 639-1; Swedish where there is none."""
    return next((spoken(one) for one in languages if one), "sv")


@lru_cache(maxsize=64)
def spoken(language: str) -> str:
    """Return a language without its country: `sv-SE` becomes sv."""
    return re.split("[-_]", language.casefold().strip(), maxsplit=1)[0]


def by_language(value: Mapping[object, object]) -> bool:
    """Return whether an object's keys are languages."""
    return bool(value) and all(isinstance(key, str) and _LANGUAGE.fullmatch(key) for key in value)


def _text(value: object, languages: Sequence[str], answered_in: str, depth: int = 0) -> str:
    """Return the text before cleaning. `answered_in` is the language of yes and no; empty to leave these out."""
    if isinstance(value, str):
        read = up_to_word(value, _LONGEST_RAW)
        if "&" in read:
            read = _ENTITY.sub(_character, read)
        return read if len(value) <= _LONGEST_RAW else Shortened(read, len(value))
    if isinstance(value, bool):
        if not answered_in:
            return ""
        return _YES_NO.get(answered_in, ("Yes", "No"))[0 if value else 1]
    if isinstance(value, int | Decimal | float):
        return _number(value)
    if depth >= _DEEPEST:
        return ""

    def inner(part: object) -> str:
        return _text(part, languages, answered_in, depth + 1)

    if isinstance(value, Mapping):
        return _of_object(value, languages, inner, named=bool(answered_in))
    if isinstance(value, Sequence):
        return _joined(", ", map(inner, value[:_MOST]), left_out=len(value) > _MOST)
    return ""


def _of_object(
    value: Mapping[object, object], languages: Sequence[str], inner: Callable[[object], str], *, named: bool
) -> str:
    parts = {str(key)[:LONGEST]: part for key, part in list(value.items())[:_MOST]}
    if not named or by_language(value):
        wanted = dict.fromkeys(spoken(one) for one in languages)
        places = {key: place for place, key in enumerate([*wanted, *_WORDED])}
        # The preferred languages come first, then the keys that name a text, then the others in their own order.
        order = sorted(parts, key=lambda key: places.get(spoken(key), len(places)))
        return next(_filled(inner(parts[key]) for key in order), "")
    told = (
        shortened_as(text, f"{key}: {text}" if text.strip() else "")
        for key, part in parts.items()
        if (text := inner(part))
    )
    return _joined(", ", told, left_out=len(value) > _MOST)


def _filled(texts: Iterable[str]) -> Iterator[str]:
    return (text for text in texts if text.strip())


def _joined(between: str, texts: Iterable[str], *, left_out: bool) -> str:
    """Join the non-blank texts up to the limit. `left_out` says that there are more."""
    text = joined(between, (one if one.strip() else shortened_as(one, "") for one in texts))
    if len(text) <= _LONGEST_RAW and not left_out:
        return text
    return Shortened(up_to_word(text, _LONGEST_RAW), whole_length(text))


def _character(entity: re.Match[str]) -> str:
    """Return the characters of an entity; an unknown one unchanged."""
    written = entity.group()
    return unescape(written) if written[1] == "#" or written[1:] in html5 else written


def _number(value: Decimal | float) -> str:
    """Format a number with a decimal point and no exponent; empty for one of an impossible size."""
    number = value if isinstance(value, Decimal) else Decimal(value) if isinstance(value, int) else Decimal(repr(value))
    _, digits, exponent = number.as_tuple()
    if not isinstance(exponent, int) or len(digits) > _LONGEST_NUMBER or abs(exponent) > _LONGEST_NUMBER:
        return ""
    text = format(number, "f")
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text

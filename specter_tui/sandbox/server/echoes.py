"""Answers that repeat what was sent (persons, keys, signatures), in each encoding that web pages use."""

import json
import re
import unicodedata
from collections.abc import Callable
from html.entities import codepoint2name
from urllib.parse import parse_qsl, quote, quote_plus

SHORTEST = 4
"""Shorter values identify nobody."""
PHONE = re.compile(r"[+(]?[0-9][0-9 ()/-]{6,}[0-9]")
AS_SENT: Callable[[str], str] = str


def named_entities(text: str) -> str:
    """Write every letter beyond ASCII, and HTML's special characters, as a named or numeric entity."""
    return "".join(
        f"&{codepoint2name[ord(c)]};" if ord(c) in codepoint2name else c if ord(c) < 128 else f"&#{ord(c)};"
        for c in text
    )


def plain_letters(text: str) -> str:
    """Remove the accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def other_numbers(text: str) -> str:
    """Write phone and personal numbers in other forms: digits only, with country code, in groups, with a dash."""
    return PHONE.sub(lambda found: " ".join(forms_of(found[0])), text)


def forms_of(number: str) -> list[str]:
    """Return the written forms of one number."""
    digits = "".join(filter(str.isdigit, number))
    local = digits.removeprefix("0046").removeprefix("46").removeprefix("0")
    grouped = " ".join(digits[at : at + 2] for at in range(0, len(digits), 2))
    return [digits, f"+46{local}", f"0046 {local}", grouped, f"{digits[:-4]}-{digits[-4:]}", f"19{digits}"]


ENCODINGS: dict[str, tuple[Callable[[str], str], str]] = {
    "latin-1": (AS_SENT, "latin-1"),
    "utf-8": (AS_SENT, "utf-8"),
    "utf-8-twice": (lambda text: text.encode().decode("latin-1"), "utf-8"),
    "entities": (named_entities, "ascii"),
    "decimal": (lambda text: "".join(f"&#{ord(c)};" for c in text), "ascii"),
    "hexadecimal": (lambda text: "".join(f"&#x{ord(c):X};" for c in text), "ascii"),
    "percent": (lambda text: quote_plus(text, encoding="latin-1", errors="replace"), "ascii"),
    "percent-utf-8": (lambda text: quote(text, safe=""), "ascii"),
    "escapes": (lambda text: json.dumps(text)[1:-1], "ascii"),
    "plain": (plain_letters, "latin-1"),
    "upper": (str.upper, "latin-1"),
    "numbers": (other_numbers, "latin-1"),
}
"""The function that encodes a text, and the encoding of the answer's bytes."""


def values_of(query: bytes, body: bytes) -> list[str]:
    """Return the values that were sent, in query, form or JSON body, that are long enough to identify somebody."""
    found = [value for _, value in parse_qsl(query.decode("latin-1"), encoding="latin-1")]
    try:
        found += texts_in(json.loads(body))
    except ValueError:
        found += [value for _, value in parse_qsl(body.decode("latin-1"), encoding="latin-1")]
    return [value for value in dict.fromkeys(found) if len(value) >= SHORTEST]


def texts_in(document: object) -> list[str]:
    """Return every text in a JSON document."""
    if isinstance(document, str):
        return [document]
    inner = document.values() if isinstance(document, dict) else document if isinstance(document, list) else ()
    return [text for one in inner for text in texts_in(one)]


def echoed(values: list[str], encoding: str, frame: str) -> bytes:
    """Return `frame` with these values, encoded, in place of `{echo}`."""
    write, charset = ENCODINGS[encoding]
    return frame.replace("{echo}", " / ".join(write(value) for value in values)).encode(charset, "replace")

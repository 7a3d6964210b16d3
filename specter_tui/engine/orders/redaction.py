"""Remove personal data and keys from stored text: an answer of Specter may repeat what was sent, in any form.

A text is decoded repeatedly (entities, percent signs, UTF-8 read as ISO-8859-1), and then compared without case,
accents and punctuation; numbers by their digits alone.
"""

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from urllib.parse import unquote_to_bytes

from specter_tui.specter.errors import without_keys
from specter_tui.specter.order_forms import CustomerForm
from specter_tui.text.sanitize import clean_line, utf8_repaired

STRUCK = "***"
_LONGEST = 2000
_SHORTEST = 3
_SHORTEST_NUMBER = 5
_LAYERS = 3
"""The most layers of encoding that are removed."""
_NOT_A_PERSON = frozenset(
    {
        "customerOrganizationalForm", "currency", "language", "countryCode", "deliveryCountryCode", "customerGroupId",
        "ignoreControlEmail", "ignoreControlOrgNo",
    }
)  # fmt: skip
_NAMES = frozenset({"firstName", "surName", "contactPerson", "attention", "deliveryAttention"})
_NUMBERS = frozenset({"orgNo", "vatNo", "phoneNo", "mobileNo"})
_EMAIL = re.compile(r"[^\s@;,<>\"'=&?]+@[^\s@;,<>\"'=&?]+\.[^\s@;,<>\"'=&?]+")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_PERCENT = re.compile(r"(?:%[0-9a-fA-F]{2})+")
_DIGITS = re.compile(r"\d(?:[\s\-./()+]{0,3}\d){4,}")
_ALSO_WRITTEN = {"å": "(?:a|aa)", "ä": "(?:a|ae)", "ö": "(?:o|oe)", "ø": "(?:o|oe)", "æ": "(?:a|ae)", "ü": "(?:u|ue)"}
_FOLDED = str.maketrans({"ø": "o", "æ": "a", "ß": "s", "ł": "l", "đ": "d", "ð": "d", "þ": "t", "œ": "o", "ı": "i"})


def redact_customer(text: str, customer: CustomerForm, others: Iterable[str] = ()) -> str:
    """Return the text, decoded, with the customer's names, addresses and numbers, e-mail addresses and keys masked.

    `others` are further texts that a person wrote, such as a note: each line of them is masked too.
    """
    text = _decoded(text[:_LONGEST])
    for number in _numbers(customer):
        text = _DIGITS.sub(lambda found, number=number: _unless(found[0], number), text)  # type: ignore[misc]
    for pattern in _patterns(customer, others):
        text = _struck(text, pattern)
    return without_keys(_EMAIL.sub(STRUCK, text))


def _decoded(text: str) -> str:
    for _ in range(_LAYERS):
        before = text
        text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), html.unescape(text))
        text = _PERCENT.sub(lambda found: unquote_to_bytes(found[0]).decode("latin-1"), text)
        text = utf8_repaired(text)
        if text == before:
            break
    text = clean_line(text)
    return re.sub(r"\S{0,40}…$", "…", text)  # Half a word at the end may be half a name.


def _struck(text: str, pattern: re.Pattern[str]) -> str:
    """Mask each match in the folded text; folding keeps every character's position."""
    parts, end = [], 0
    for found in pattern.finditer(_folded(text)):
        parts += [text[end : found.start()], STRUCK]
        end = found.end()
    return "".join([*parts, text[end:]])


def _folded(text: str) -> str:
    """Return the text without case and accents, character by character."""
    return "".join(unicodedata.normalize("NFKD", sign)[0] for sign in text.lower().translate(_FOLDED)[: len(text)])


def _patterns(customer: CustomerForm, others: Iterable[str]) -> list[re.Pattern[str]]:
    found = {line for other in others for line in other.splitlines()}
    for name, value in customer.fields().items():
        if name in _NOT_A_PERSON:
            continue
        found.add(value)
        if name in _NAMES:
            found.update(value.split())
        else:
            found.add(re.sub(r"[\d\s]+[A-Za-z]?$", "", value))  # A street without its house number.
    long_enough = [value for value in found if len(re.sub(r"\W", "", value)) >= _SHORTEST]
    return [_pattern(value) for value in sorted(long_enough, key=len, reverse=True)]


def _pattern(value: str) -> re.Pattern[str]:
    words = re.split(r"[\W_]+", value.strip().lower())
    spelled = ("".join(_ALSO_WRITTEN.get(sign) or re.escape(_folded(sign)) for sign in word) for word in words if word)
    return re.compile(rf"(?<![a-z0-9]){'[^a-z0-9]{0,6}'.join(spelled)}(?![a-z0-9])")


def _numbers(customer: CustomerForm) -> Iterator[str]:
    """Yield the digits that identify a phone or a person: without country code, century and leading zeros."""
    fields = customer.fields()
    for name in _NUMBERS & fields.keys():
        digits = re.sub(r"\D", "", fields[name])
        if name == "orgNo" and len(digits) == len("YYYYMMDDNNNN"):
            digits = digits[2:]
        elif name in ("phoneNo", "mobileNo"):
            digits = re.sub(r"^(?:00)?46", "", digits) if digits.startswith(("46", "0046")) else digits
            digits = digits.lstrip("0")
        if len(digits) >= _SHORTEST_NUMBER:
            yield digits


def _unless(run: str, number: str) -> str:
    return STRUCK if number in re.sub(r"\D", "", run) else run

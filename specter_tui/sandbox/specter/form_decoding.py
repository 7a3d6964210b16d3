"""Decode a request: query and form body as one set of names and values, in ISO-8859-1 (docs/wires.md, transport)."""

import re
from collections import Counter
from urllib.parse import unquote_to_bytes

from specter_tui.sandbox.specter.refusals import malformed

Form = dict[str, str]
"""Values by name in lower case: names are not case-sensitive."""

BROKEN_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")
NOT_PLAIN = re.compile(rb"[^\x21-\x7e]")
LOOKS_LIKE_UTF8 = re.compile("[\u00c2\u00c3][\u0080-\u00bf]")
CONTROLS = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]")


def read_form(query: bytes, body: bytes) -> Form:
    """Return query and body as one form.

    A repeated name has both values, joined by a comma, as in classic ASP; see `repeated`. A name whose values differ
    between query and body is refused. An empty pair is tolerated.
    """
    from_query, from_body = pairs(query), pairs(body)
    for name in from_query.keys() & from_body.keys():
        if from_query[name] != from_body[name]:
            raise malformed(f"{name} differs between query and body")
    return from_query | from_body


def pairs(encoded: bytes) -> Form:
    """Return the names and values of one urlencoded text."""
    form: Form = {}
    for pair in encoded.split(b"&"):
        if not pair:
            continue
        raw_name, _, raw_value = pair.partition(b"=")
        name = decoded(raw_name).lower()
        value = decoded(raw_value)
        form[name] = f"{form[name]}, {value}" if name in form else value
    return form


def repeated(encoded: bytes) -> list[str]:
    """Return the repeated names of one urlencoded text: they are served, but our own client never sends them."""
    names = Counter(decoded(pair.partition(b"=")[0]).lower() for pair in encoded.split(b"&") if pair)
    return [name for name, times in names.items() if times > 1]


def decoded(raw: bytes) -> str:
    """Return percent-encoded ISO-8859-1 as text; refuse text that looks like UTF-8, and control characters."""
    if NOT_PLAIN.search(raw) or BROKEN_ESCAPE.search(raw):
        raise malformed("not percent-encoded")
    text = unquote_to_bytes(raw.replace(b"+", b" ")).decode("latin-1")
    if LOOKS_LIKE_UTF8.search(text):
        raise malformed(f"UTF-8 instead of ISO-8859-1 in {text!r}")
    if CONTROLS.search(text):
        raise malformed(f"control characters in {text!r}")
    return text

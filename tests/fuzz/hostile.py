"""Hostile documents of a shop, made from a seed: any value of any type at any path, and damaged bytes."""

import json
from copy import deepcopy
from random import Random
from typing import Any

from tests.planning import shop

_MARK = "\ue000raw\ue000"
"""Around a number of `RAW`: text that no JSON writer would produce."""
RAW = ("1E99999999", "-1E-99999999", "1e308", "NaN", "-Infinity", "1" * 5000, "0.1" + "3" * 4000, '"\\ud800"', "-0")
PATH = list[str | int]

TEXTS = (
    "",
    " ",
    "0",
    "-1",
    "1e5",
    "1 234",
    "12,50",
    "\u0661\u0662",
    "\u00b2",
    "9" * 30,
    "\x00\x1b[2J\r\n",
    "\u202eetsnep",
    "\U0001f600",
    "A\U0001f600sa",
    "\u674e\u96f7",
    "&aring;&amp;&#0;&#x1F600;&lt;b&gt;",
    "=1+1;\t",
    "a\u0301" * 3,
    "\ue000",
    "\u2028",
    "{0} {gap} %s %(x)s",
    "sv",
    "SE",
    "UK",
    "Sverige",
    "2026-11-20",
    "0001-01-01T00:00:00+23:59",
    "9999-12-31T23:59:59Z",
)
LONG = ("x" * 70_000, "e" + "\u0301" * 100_000, "\U0001f469\u200d" * 20_000, "ord " * 50_000, "&amp;" * 30_000)
NUMBERS = (0, -1, 1, 7, 2**31, 2**63, -(2**63) - 1, 10**15, 10**40, 0.001, 0.005, 99.995, -12.34, 1e15, 0.1 + 0.2)


def value(chance: Random, depth: int = 0) -> Any:
    """Return any value of any type; rarely a large one."""
    kind = chance.randrange(12 if depth < 3 else 8)
    if kind < 2:
        return chance.choice((None, True, False))
    if kind < 4:
        return chance.choice(NUMBERS)
    if kind == 4:
        return f"{_MARK}{chance.randrange(len(RAW))}{_MARK}"
    if kind < 8:
        return chance.choice(LONG) if chance.random() < 0.03 else chance.choice(TEXTS)
    inner = [value(chance, depth + 1) for _ in range(chance.choice((0, 1, 1, 2, 5)))]
    if kind == 8:
        return inner
    if kind == 9:
        return dict(zip(("sv", "en", "x", "", "sv-SE"), inner, strict=False))
    if kind == 10:
        return {"value": value(chance, depth + 1), "label": value(chance, depth + 1)}
    return {"uid": value(chance, depth + 1), "incVat": value(chance, depth + 1)}


def paths(document: Any, here: tuple[str | int, ...] = ()) -> list[PATH]:
    """Return every place in a document but its root."""
    inner: Any = ()
    if isinstance(document, dict):
        inner = document.items()
    elif isinstance(document, list):
        inner = enumerate(document)
    found = []
    for key, one in inner:
        found += [[*here, key], *paths(one, (*here, key))]
    return found


def base(chance: Random) -> dict[str, Any]:
    """Return an ordinary order: of a person or a company, with discounts, delivery, fee, gift card, own fields."""
    rows = [
        shop.row(
            chance.choice(("9.99", "100.00", "249.50", "1.30")),
            chance.choice((1, 1, 3, 12)),
            chance.choice(("0.25", "0.12", "0.06", "0.255")),
            chance.choice(("A-1", "B_2", "KASA.BJ")),
            uid=n,
        )
        for n in range(1, chance.choice((2, 2, 3, 6)))
    ]
    if chance.random() < 0.3:
        off = shop.discount(str(rows[0]["costs"]["total"]["incVat"] / 10), name="Kampanj")
        rows[0]["discountInfo"] = off
    made = shop.order(
        *rows,
        delivery=shop.cost("49.00") if chance.random() < 0.5 else None,
        fee=shop.cost("29.00") if chance.random() < 0.2 else None,
        note=chance.choice(("", "Ring f\u00f6rst")),
    )
    if chance.random() < 0.2:
        shop.company(made)
    if chance.random() < 0.3:
        made["customer"]["info"]["gate_code"] = "1234"
    if chance.random() < 0.3:
        made["customer"]["deliveryAddress"] = {"name": "Bo Ek", "address": "Gatan 2", "postcode": "1", "country": "SE"}
    return made


def document(chance: Random) -> Any:
    """Return an order with one to four errors at any places."""
    made: Any = deepcopy(base(chance))
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        places = paths(made)
        if places:
            spoil(made, chance.choice(places), chance)
    return made


def spoil(made: Any, path: PATH, chance: Random) -> None:
    """Put an error at one place."""
    *way, last = path
    holder = made
    for key in way:
        holder = holder[key]
    known = holder[last]
    match chance.randrange(9):
        case 0:
            del holder[last]
        case 1:
            holder[last] = [known]
        case 2:
            holder[last] = {"sv": known, "en": deepcopy(known)}
        case 3:
            holder[last] = known * chance.choice((2, 3000)) if isinstance(known, list) else str(known) * 3
        case 4:
            holder[last] = {str(n): deepcopy(known) for n in range(chance.choice((2, 300)))}
        case 5 if isinstance(holder, dict):
            holder[chance.choice(("extra", "", "sv", "\x1b", "quantity"))] = value(chance)
        case _:
            holder[last] = value(chance)


def as_bytes(made: Any, chance: Random) -> bytes:
    """Return the document as a shop would send it; rarely with damaged bytes."""
    text = json.dumps(made, default=float, ensure_ascii=chance.random() < 0.5)
    for place, raw in enumerate(RAW):
        for mark in (_MARK, json.dumps(_MARK)[1:-1]):
            text = text.replace(f'"{mark}{place}{mark}"', raw)
    encoded = text.encode("utf-8", "surrogatepass")
    return spoiled(encoded, chance) if chance.random() < 0.05 else encoded


def spoiled(body: bytes, chance: Random) -> bytes:
    """Return bytes that are cut, sliced, doubled, in another encoding, or changed."""
    at = chance.randrange(len(body) + 1)
    match chance.randrange(7):
        case 0:
            return body[:at]
        case 1:
            return body[at:]
        case 2:
            return body + body
        case 3:
            return body.decode("utf-8", "replace").encode(chance.choice(("utf-16", "latin-1", "cp437")), "replace")
        case 4:
            return body[:at] + bytes(chance.randrange(256) for _ in range(3)) + body[at:]
        case 5:
            return b"[" * chance.choice((3, 50_000)) + body
        case _:
            return b"\xef\xbb\xbf" + body

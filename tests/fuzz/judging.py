"""The invariants of every document and every reply, checked by other means than the program's own."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from random import Random
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

from specter_tui.abicart.errors import ShopError
from specter_tui.abicart.fields import uid_of
from specter_tui.abicart.jsonrpc import LARGEST_ANSWER
from specter_tui.abicart.jsonrpc_results import read_json
from specter_tui.abicart.models import UnreadableOrder, as_placed, read_order
from specter_tui.planning.orders.plan import Plan, plan_order
from specter_tui.planning.problems import cure_of, text_of
from specter_tui.sandbox.specter.form_decoding import read_form
from specter_tui.sandbox.specter.form_fields import CUSTOMER, ORDER, FieldTable, checked
from specter_tui.sandbox.specter.rounding_models import TotalsRow, totals
from specter_tui.specter.errors import SpecterFailure
from specter_tui.specter.order_replies import read_orders
from specter_tui.specter.replies import all_taken, confirmation, created_number
from specter_tui.specter.stock_replies import read_stock
from tests.fuzz.hostile import as_bytes, document, spoiled
from tests.planning import shop

SECONDS = 1.0
"""The longest processor time for one document or reply."""
PYTHON = re.compile(
    r"\bNone\b|\bTrue\b|\bFalse\b|Decimal\(|datetime\.|<class|[{\[]['\"]|['\"][}\]]|\bnan\b|\binf\b|[0-9]E[+-][0-9]",
    re.IGNORECASE,
)
"""The form of a Python value; no text of the documents has it."""
SETTINGS = shop.settings()
FACTS = shop.facts({"uid": 500, "articleNumber": "A-1", "stock": {"useStock": True, "stock": 5}})
SUCCESS = re.compile(rb"\s*1;\s*[1-9][0-9]{0,17}\s*(;.*)?", re.DOTALL)


class Broken(Exception):
    """An invariant does not hold."""


@contextmanager
def quickly() -> Iterator[None]:
    """Refuse work that takes too long."""
    begun = time.thread_time()
    yield
    taken = time.thread_time() - begun
    if taken > SECONDS:
        raise Broken(f"it took {taken:.1f} s")


def judge_order(seed: str) -> str:
    """Process one document from a shop's bytes to Specter's; return how it ended."""
    chance = Random(seed)
    body = as_bytes(document(chance), chance)
    if len(body) > LARGEST_ANSWER:
        return "no answer"  # It is not read further than that.
    with quickly():
        try:
            raw = read_json(body)
        except ShopError:
            return "no answer"
        if not isinstance(raw, dict) or not uid_of(raw.get("uid")):
            return "no uid"
        order = as_placed(read_order(raw))
        made = plan_order(order, FACTS, SETTINGS)
        for problem in (*made.problems, *made.warnings):
            for language in ("sv", "en"):
                if not text_of(problem, language).strip():
                    raise Broken(f"{problem.code} has no words in {language}")
                cure_of(problem, language)
        if isinstance(order, UnreadableOrder) and not made.problems:
            raise Broken("an unreadable order without a problem")
        if not made.ready:
            if not made.problems and not made.waiting:
                raise Broken("an order that is not ready without a reason")
            return "waiting" if made.waiting and not made.problems else "blocked"
        judge_forms(made)
    return "ready"


def judge_forms(made: Plan) -> None:
    """Check that a strict server accepts the forms, that they contain no Python value, and their total."""
    if made.customer is None or made.form is None or made.expected is None:
        raise Broken("ready, with nothing to send")
    taken(CUSTOMER, "newCustomerSubmit", made.customer.query(), made.customer.fields())
    sent = taken(ORDER, "newOrderSubmit", made.form.query(), {"customerId": "1", **made.form.fields()})
    rows = [
        TotalsRow(
            article=row["articleNo"],
            text=row.get("articleName", ""),
            price=Decimal(row["priceExclVAT"]),
            quantity=Decimal(row["noOfItems"]),
            vat=Decimal(row["vatPercent"]),
            discount=Decimal(row.get("discount", "0")),
        )
        for row in sent.rows
    ]
    if any(row.quantity <= 0 or not 0 <= row.discount <= 100 or not 0 <= row.vat <= 100 for row in rows):
        raise Broken("a row that no server takes")
    if totals(rows, "order").total != made.expected:
        raise Broken(f"Specter comes to {totals(rows, 'order').total}, and the shop to {made.expected}")


def taken(table: FieldTable, action: str, query: dict[str, str], fields: dict[str, str]) -> Any:
    """Return the form as the sandbox's Specter reads it from its bytes."""
    for name, one in fields.items():
        if not isinstance(one, str) or PYTHON.search(one):
            raise Broken(f"{name} is sent as {one!r}")
    head = {"action": action, "sbmId": "1", "useXML": "1", "key": "-"}
    bodies = (urlencode(one, encoding="latin-1").encode("ascii") for one in (head | query, fields))
    return checked(read_form(*bodies), table)


REPLIES = (
    b"1;90001;Ordern \xe4r skapad",
    b"1;4711;Ny kund",
    b"0;5;Externt ordernummer 1001 finns redan",
    b"0;17;Perioden \xe4r l\xe5st",
    b"1;0;Klart",
    b"1;3;OK\r\n0;7;Artikel X",
    b"1;",
    b"1",
    b"",
    b"<html><h1>Inloggning</h1></html>",
    b"1001;KASA-BJ;12,5;B\r1002;VISP;noItemsAvailable;B\r",
    b'<?xml version="1.0" encoding="ISO-8859-1"?><root><stockChanges><stock id="1"><articles><article><articleNo>K'
    b"</articleNo><noItemsAv>4,5</noItemsAv></article></articles></stock></stockChanges></root>",
    b'<?xml version="1.0" encoding="ISO-8859-1"?><root><orders><order orderNo="9"><orderstatus deliveryStatus="D"'
    b' statusId="1"/><deliveries updated="1"><delivery trackingNo="SE1"/></deliveries></order></orders>'
    b"<moreInfoToFetch>0</moreInfoToFetch></root>",
    b"<root><APIresponse><result>0</result><code>99</code><message>Batch 'B' \xe4r \xf6ppen</message></APIresponse>"
    b"</root>",
    b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">]><root>&a;</root>',
    b"<a>" * 5000,
)
PIECES = (
    b";",
    b"1",
    b"0",
    b"\r",
    b"\n",
    b"<articles>",
    b"</stock>",
    b"\xff\xfe",
    b"'",
    b" ",
    b"\x00",
    b"9" * 30,
    b"-1",
)


def reply(chance: Random) -> bytes:
    """Return a reply of Specter, whole or damaged."""
    body = chance.choice(REPLIES)
    for _ in range(chance.choice((0, 0, 1, 1, 3))):
        if chance.random() < 0.5:
            at = chance.randrange(len(body) + 1)
            body = body[:at] + chance.choice(PIECES) * chance.choice((1, 1, 200)) + body[at + chance.randrange(3) :]
        else:
            body = spoiled(body, chance)
    return body


def judge_reply(seed: str) -> str:
    """Read one reply in every way; a bad one must never count as success."""
    chance = Random(seed)
    body = reply(chance)
    with quickly():
        created = outcome(created_number, body)
        answer = body.decode("latin-1").strip()
        is_success = SUCCESS.fullmatch(answer.encode("latin-1")) is not None
        # Two answers in one are none.
        if (created is not None) != is_success and not (created is None and re.search(r"[\r\n]", answer)):
            raise Broken(f"{body[:80]!r} is read as {created!r}")
        if created is not None and created.encode() not in body:
            raise Broken(f"{created} is not in {body[:80]!r}")
        if outcome(confirmed, body) and not body.strip(b" \t\r\n\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0").startswith(b"1"):
            raise Broken(f"{body[:80]!r} confirms")
        outcome(lambda one: all_taken(one, 3), body)
        for read, element in ((lambda one: read_stock(one, "B"), "stockChanges"), (read_orders, "orders")):
            batch: Any = outcome(read, body)
            if batch is not None and batch.empty and not has(body, element):
                raise Broken(f"{body[:80]!r} is read as an empty queue")
    return "no" if created is None else "number"


def confirmed(body: bytes) -> bool:
    """Return whether a reply confirms."""
    confirmation(body)
    return True


def outcome(read: Any, body: bytes) -> Any:
    """Return what is read; None where it is refused or unreadable."""
    try:
        return read(body)
    except SpecterFailure:
        return None


def has(body: bytes, element: str) -> bool:
    """Return whether it is XML with this element."""
    try:
        return next(ElementTree.fromstring(body).iter(element), None) is not None
    except (ElementTree.ParseError, ValueError, LookupError):
        return False


def judged(name: str) -> str:
    """Judge one case by its name; return how it ended."""
    return (judge_reply if int(name.partition(":")[2]) % 4 == 3 else judge_order)(name)


def judge(seed: int, cases: int) -> Iterator[tuple[str, str]]:
    """Judge that many documents and replies; yield each one's name, and its error or how it ended."""
    for n in range(cases):
        name = f"{seed}:{n}"
        try:
            yield name, judged(name)
        except Exception as error:  # noqa: BLE001 - any at all is a fault.
            yield name, f"! {type(error).__name__}: {str(error)[:300]}"

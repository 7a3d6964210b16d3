"""A shop with the documents of a test, and the forms that Specter received for them."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qsl

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from specter_tui.sandbox.sandbox import Sandbox
from specter_tui.sandbox.server.options import SandboxOptions
from tests.planning.shop import customer, order, payment, row

KLARNA, SWISH, GIFT = 501, 502, 503
METHODS = {
    KLARNA: {"type": "klarna", "name": {"sv": "Klarna"}},
    SWISH: {"type": "swish", "name": {"sv": "Swish"}},
    GIFT: {"type": "giftcertificate", "name": {"sv": "Presentkort"}},
}


class Wire:
    """Records every form on its way to Specter."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.forms: list[dict[str, str]] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body, messages = b"", []
        while True:
            messages.append(await receive())
            body += messages[-1].get("body", b"")
            if not messages[-1].get("more_body"):
                break
        query = scope["query_string"] + b"&" + body
        self.forms.append(dict(parse_qsl(query.decode("ascii"), encoding="latin-1", keep_blank_values=True)))

        async def again() -> Message:
            return messages.pop(0) if messages else await receive()

        await self._app(scope, again, send)

    def of(self, action: str) -> list[dict[str, str]]:
        """Return the forms of one action, in order."""
        return [form for form in self.forms if form.get("action") == action]

    @property
    def customers(self) -> list[dict[str, str]]:
        return self.of("newCustomerSubmit")

    @property
    def orders(self) -> list[dict[str, str]]:
        return self.of("newOrderSubmit")


@contextmanager
def shop_with(*documents: dict[str, Any], articles: tuple[dict[str, Any], ...] = ()) -> Iterator[tuple[Sandbox, Wire]]:
    """Start a shop with only these orders; give the recorder of forms."""
    sandbox = Sandbox(SandboxOptions(orders=0))
    wire = Wire(sandbox.specter_front)
    sandbox.specter_front = wire  # type: ignore[assignment]
    with sandbox.shop.lock:
        sandbox.shop.add("PaymentMethod", [{"uid": uid, "active": True, **one} for uid, one in METHODS.items()])
        sandbox.shop.add("Article", articles)
    for document in documents:
        sandbox.shop.put(json.loads(json.dumps({"changed": document["ordered"], **document}, default=float)))
    with sandbox:
        yield sandbox, wire


def placed(number: int, *rows: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return an ordinary order of one row, for a test to change."""
    rows = rows or (row(article=None, articleName="Kopp", uid=number * 10),)
    payments = more.pop("payments", [payment(KLARNA, "reserved", "100.00", uid=number * 10)])
    document = order(*rows, uid=700_000 + number, orderNumber=str(number), payments=payments, **more)
    return customer(document, firstName="Karin", lastName="Ek", address="Nygatan 4", town="Umeå")

"""Drives a sandbox from another process: a small JSON API at `/control` on the shop's port.

Faults, delays and counters leave it alone. A wrong request is answered with 400 and the reason.

GET    /control/settings                 settings of specter-tui that point here
GET    /control/calls                    {"shop": {"Order.list": 3}, "specter": {"newOrderSubmit": 1}}
GET    /control/complaints               each breach of a protocol, as a list of sentences
DELETE /control/ledger                   forget calls and complaints
GET    /control/faults/SERVER            what is still to go wrong; SERVER is shop or specter
POST   /control/faults/SERVER            add a fault: the fields of `faults.Fault` as JSON, at least {"kind": "lost"}
DELETE /control/faults/SERVER            drop all faults
GET    /control/specter/orders           orders as Specter has them; ?external=NUMBER for one external number
GET    /control/specter/customers
GET    /control/specter/articles
GET    /control/shop/orders              placed orders with items and payments in full
GET    /control/shop/traps               {"150007": "package"}: orders that cannot be exported as they stand, and why
POST   /control/shop/place               {"count": 1}: new ordinary orders; answers with them
POST   /control/shop/orders/UID/edit     {"item": ITEM_UID, "quantity": 0}: another quantity, 0 removes the row
POST   /control/shop/orders/UID/pay      {"status": "paid"}: paid, reserved or unpaid
POST   /control/shop/orders/UID/discard  cancels the order
"""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.types import Receive, Scope, Send

from specter_tui.sandbox.faults import Fault
from specter_tui.sandbox.shop.edit import edit_row
from specter_tui.sandbox.shop.errors import RpcError
from specter_tui.sandbox.shop.rpc import as_json
from specter_tui.sandbox.specter.account import SpecterOrder

if TYPE_CHECKING:
    from specter_tui.sandbox.server import Sandbox


class Control:
    """An ASGI application: the control surface, and behind it the shop."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox
        routes = [
            Route("/settings", self.settings),
            Route("/calls", self.calls),
            Route("/complaints", self.complaints),
            Route("/ledger", self.forget, methods=["DELETE"]),
            Route("/faults/{server}", self.faults, methods=["GET", "POST", "DELETE"]),
            Route("/specter/{kind}", self.specter),
            Route("/shop/orders", self.orders),
            Route("/shop/traps", self.traps),
            Route("/shop/place", self.place, methods=["POST"]),
            Route("/shop/orders/{uid:int}/{verb}", self.act, methods=["POST"]),
        ]
        self._app = Starlette(
            routes=[Mount("/control", routes=routes)], exception_handlers=dict.fromkeys(MISTAKES, mistaken)
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        app = self._app if scope["path"].startswith("/control/") else self._sandbox.shop_front
        await app(scope, receive, send)

    async def settings(self, _request: Request) -> Response:
        """Answer with the settings."""
        return said(self._sandbox.settings)

    async def calls(self, _request: Request) -> Response:
        """Answer with the counters."""
        return said(self._sandbox.ledger.calls())

    async def complaints(self, _request: Request) -> Response:
        """Answer with the breaches."""
        return said(self._sandbox.ledger.complaints)

    async def forget(self, _request: Request) -> Response:
        """Clear the counters and the breaches."""
        self._sandbox.ledger.clear()
        return said(None)

    async def faults(self, request: Request) -> Response:
        """List, add or drop the faults of one server."""
        book = self._sandbox.faults[request.path_params["server"]]
        if request.method == "POST":
            book.add(Fault(**await request.json()))
        if request.method == "DELETE":
            book.clear()
        return said(book.waiting())

    async def specter(self, request: Request) -> Response:
        """Answer with what Specter has of one kind."""
        account, wanted = self._sandbox.specter, request.query_params.get("external")
        with account.lock:
            match request.path_params["kind"]:
                case "orders":
                    return said([shown(order) for order in account.orders.values() if wanted in (None, order.external)])
                case "customers":
                    return said([asdict(customer) for customer in account.customers.values()])
                case "articles":
                    return said([asdict(article) for article in account.articles.values()])
                case kind:
                    raise ValueError(f"no such kind: {kind}")

    async def orders(self, _request: Request) -> Response:
        """Answer with the shop's orders."""
        return said(self._sandbox.shop.orders())

    async def traps(self, _request: Request) -> Response:
        """Answer with the orders that cannot be exported as they stand."""
        return said(self._sandbox.shop.traps)

    async def place(self, request: Request) -> Response:
        """Place new orders."""
        asked = json.loads(await request.body() or b"{}")
        return said([self._sandbox.arrivals.place() for _ in range(asked.get("count", 1))])

    async def act(self, request: Request) -> Response:
        """Edit, pay or discard one order, and answer with it."""
        shop, uid = self._sandbox.shop, request.path_params["uid"]
        asked = json.loads(await request.body() or b"{}")
        match request.path_params["verb"]:
            case "edit":
                edit_row(shop, uid, asked["item"], asked["quantity"])
            case "pay":
                shop.pay(uid, asked.get("status", "paid"))
            case "discard":
                shop.discard(uid)
            case verb:
                raise ValueError(f"no such verb: {verb}")
        return said(shop.expanded(uid))


MISTAKES = (KeyError, TypeError, ValueError, RpcError)
"""What a wrong request to the control surface ends in."""


async def mistaken(_request: Request, error: Exception) -> Response:
    """Answer a wrong request with 400 and the reason."""
    return Response(as_json({"error": str(error)}), 400, media_type="application/json")


def said(document: object) -> Response:
    """Return a JSON answer."""
    return Response(as_json(document), media_type="application/json")


def shown(order: SpecterOrder) -> dict[str, object]:
    """Return an order as JSON: each row with its fields, VAT by rate with the per cent as text."""
    document = asdict(order)
    document["totals"]["vat"] = {str(rate): vat for rate, vat in order.totals.vat.items()}
    return document

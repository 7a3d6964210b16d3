"""Controls a sandbox from another process: a small JSON API at `/control` on the shop's port.

Faults, delays and counters do not apply to it. A wrong request is answered with 400 and the reason.

GET    /control/settings                 settings of specter-tui for this sandbox
POST   /control/switches                 {"count": "refused"}: set switches of both servers (switches.Switches)
GET    /control/calls                    {"shop": {"Order.list": 3}, "specter": {"newOrderSubmit": 1}}
GET    /control/complaints               each breach of a protocol, as a list of sentences
DELETE /control/ledger                   clear calls and complaints
GET    /control/faults/SERVER            the remaining faults; SERVER is shop or specter
POST   /control/faults/SERVER            add a fault: the fields of `faults.Fault` as JSON, at least {"kind": "lost"}
DELETE /control/faults/SERVER            drop all faults

GET    /control/specter/orders           orders as Specter has them, each with its customer's `card` as it was when the
                                         order came, and the card that it `goes_to`; ?external=NUMBER for one number
POST   /control/specter/orders/NUMBER/deliver  {"tracking": "SE1", "rows": {"KASA-BJ": 1}}; without rows all of it
POST   /control/specter/orders/NUMBER/cancel   what is not delivered is available again
GET    /control/specter/customers
GET    /control/specter/articles
POST   /control/specter/articles         {"number": "KASA-BJ", "fields": {"name": "Ny"}}: change an article's data there
GET    /control/specter/article-calls    [{"rows": 100, "accepted": true}]: each call of newArticleSubmit
POST   /control/specter/refused          {"articles": ["X-1"]}: article numbers that Specter refuses; GET too
GET    /control/specter/stock            {"KASA-BJ": {"1": 40, "2": 8}}: available at each stock site
POST   /control/specter/stock            {"stock": {"KASA-BJ": 4, "VISP": {"2": 1.5}}}, or {"random": 1000, "seed": 1}:
                                         that many changes; answers with the stock of the changed articles
POST   /control/specter/stock-rows       {"rows": [{"number": "", "quantity": "1 234", "site": 1, "kind": "article"}]}:
                                         rows to add to the next stock batch as they are; number and quantity suffice
GET    /control/specter/queues           {"stock": {"open": {"number": "B", "rows": 3, "read": true}, "waiting": 2}, …};
                                         ?user=ID for another API user than that of the settings
GET    /control/specter/acknowledged     [{"kind": "stock", "number": "B", "rows": 3, "read": true}]; ?user=ID

GET    /control/shop/orders              placed orders with items and payments in full
DELETE /control/shop/orders              they are deleted, as no shop does; their articles are back in stock
GET    /control/shop/orders/UID          one of them
POST   /control/shop/orders              an order as GET shows it, which is put in as it is; answers with it
GET    /control/shop/traps               {"150007": "package"}: orders that cannot be exported as they stand, and why
POST   /control/shop/place               {"count": 1}: new ordinary orders; answers with them
POST   /control/shop/orders/UID/edit     {"item": ITEM_UID, "quantity": 0}: another quantity, 0 removes the row
POST   /control/shop/orders/UID/add      {"number": "KASA-BJ", "quantity": 1}: a new row
POST   /control/shop/orders/UID/show     {"as": ANYTHING}: what lists and `get` show in its place
POST   /control/shop/orders/UID/pay      {"status": "paid"}: paid, reserved or unpaid
POST   /control/shop/orders/UID/refund   the payments are cancelled
POST   /control/shop/orders/UID/discard  cancels the order
GET    /control/shop/stock               [{"number": "KASA-BJ", "article": UID, "variant": null, "stock": 12}]
POST   /control/shop/articles/UID        keys of Article, read-only ones too: the shop's staff edits it
DELETE /control/shop/articles/UID        the article is deleted with its variants
POST   /control/shop/variants/UID        keys of ArticleVariant; with an empty number the article's counts
"""

from collections.abc import Callable, Mapping

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from specter_tui.sandbox.control.shop_control import ShopControl
from specter_tui.sandbox.control.specter_control import SpecterControl
from specter_tui.sandbox.seed.arrivals import Arrivals
from specter_tui.sandbox.server.faults import Fault, FaultBook
from specter_tui.sandbox.server.json_answers import as_json, asked_for, said
from specter_tui.sandbox.server.ledger import Ledger
from specter_tui.sandbox.shop.rpc_errors import RpcError
from specter_tui.sandbox.shop.shop_store import Shop
from specter_tui.sandbox.specter.specter_account import SpecterAccount


class Control:
    """An ASGI application: the control API, and the shop for all other paths.

    `faults` holds both servers' faults by name; `front` is the shop; `settings` returns the settings for this sandbox,
    `switch` sets switches of both servers.
    """

    def __init__(
        self,
        shop: Shop,
        account: SpecterAccount,
        arrivals: Arrivals,
        ledger: Ledger,
        faults: Mapping[str, FaultBook],
        front: ASGIApp,
        settings: Callable[[], Mapping[str, str]],
        switch: Callable[..., None],
    ) -> None:
        self._ledger = ledger
        self._faults = faults
        self._front = front
        self._settings = settings
        self._switch = switch
        routes = [
            Route("/settings", self.settings),
            Route("/switches", self.switches, methods=["POST"]),
            Route("/calls", self.calls),
            Route("/complaints", self.complaints),
            Route("/ledger", self.forget, methods=["DELETE"]),
            Route("/faults/{server}", self.faults, methods=["GET", "POST", "DELETE"]),
            Mount("/specter", routes=SpecterControl(account).routes),
            Mount("/shop", routes=ShopControl(shop, arrivals).routes),
        ]
        self._app = Starlette(
            routes=[Mount("/control", routes=routes)], exception_handlers=dict.fromkeys((*MISTAKES, 404, 405), mistaken)
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        app = self._app if scope["path"].startswith("/control/") else self._front
        await app(scope, receive, send)

    async def settings(self, _request: Request) -> Response:
        """Answer with the settings."""
        return said(self._settings())

    async def switches(self, request: Request) -> Response:
        """Set switches by name."""
        given = await asked_for(request)
        self._switch(**{name: tuple(one) if isinstance(one, list) else one for name, one in given.items()})
        return said(None)

    async def calls(self, _request: Request) -> Response:
        """Answer with the number of calls."""
        return said(self._ledger.calls())

    async def complaints(self, _request: Request) -> Response:
        """Answer with the breaches of protocol."""
        return said(self._ledger.complaints)

    async def forget(self, _request: Request) -> Response:
        """Clear the calls and the breaches."""
        self._ledger.clear()
        return said(None)

    async def faults(self, request: Request) -> Response:
        """List, add or drop the faults of one server."""
        book = self._faults[request.path_params["server"]]
        if request.method == "POST":
            book.add(Fault(**await request.json()))
        if request.method == "DELETE":
            book.clear()
        return said(book.waiting())


MISTAKES = (KeyError, TypeError, ValueError, RpcError)
"""Errors that a wrong request to the control API raises."""


async def mistaken(_request: Request, error: Exception) -> Response:
    """Answer a wrong request with 400 and the reason."""
    return Response(as_json({"error": str(error)}), 400, media_type="application/json")

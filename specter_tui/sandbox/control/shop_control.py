"""The control API's routes for the shop: its data, and the actions of its buyers and staff."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from specter_tui.sandbox.seed.arrivals import Arrivals
from specter_tui.sandbox.server.json_answers import asked_for, said
from specter_tui.sandbox.shop.order_edits import add_row, edit_row
from specter_tui.sandbox.shop.patch_rules import write_by_hand
from specter_tui.sandbox.shop.shop_store import Shop


class ShopControl:
    """Routes below `/control/shop`."""

    def __init__(self, shop: Shop, arrivals: Arrivals) -> None:
        self._shop = shop
        self._arrivals = arrivals
        self.routes = [
            Route("/orders", self.orders, methods=["GET", "POST", "DELETE"]),
            Route("/orders/{uid:int}", self.order),
            Route("/orders/{uid:int}/{verb}", self.act, methods=["POST"]),
            Route("/traps", self.traps),
            Route("/place", self.place, methods=["POST"]),
            Route("/stock", self.stock),
            Route("/articles/{uid:int}", self.article, methods=["POST", "DELETE"]),
            Route("/variants/{uid:int}", self.variant, methods=["POST"]),
        ]

    async def orders(self, request: Request) -> Response:
        """Answer with the placed orders, delete them, or add one as it is."""
        if request.method == "POST":
            return said(self._shop.put(await asked_for(request)))
        if request.method == "DELETE":
            self._shop.remove_orders()
        return said(self._shop.orders())

    async def order(self, request: Request) -> Response:
        """Answer with one placed order."""
        return said(self._shop.expanded(request.path_params["uid"]))

    async def traps(self, _request: Request) -> Response:
        """Answer with the orders that cannot be exported without a correction."""
        return said(self._shop.traps)

    async def place(self, request: Request) -> Response:
        """Place new orders."""
        asked = await asked_for(request)
        return said([self._arrivals.place() for _ in range(asked.get("count", 1))])

    async def act(self, request: Request) -> Response:
        """Act on one order, and answer with it."""
        uid = request.path_params["uid"]
        self._act(request.path_params["verb"], uid, await asked_for(request))
        return said(self._shop.expanded(uid))

    def _act(self, verb: str, uid: int, asked: dict[str, Any]) -> None:
        match verb:
            case "edit":
                edit_row(self._shop, uid, asked["item"], asked["quantity"])
            case "add":
                add_row(self._shop, uid, asked["number"], asked.get("quantity", 1))
            case "pay":
                self._shop.pay(uid, asked.get("status", "paid"))
            case "show":
                self._shop.shown_as[uid] = asked["as"]
            case "refund":
                self._shop.refund(uid)
            case "discard":
                self._shop.discard(uid)
            case _:
                raise ValueError(f"no such verb: {verb}")

    async def stock(self, _request: Request) -> Response:
        """Answer with the stock of everything that can be sold."""
        return said(self._shop.articles())

    async def article(self, request: Request) -> Response:
        """Answer with an article after writing it as the shop's staff, or delete it."""
        uid = request.path_params["uid"]
        if request.method == "DELETE":
            self._shop.remove_article(uid)
            return said(None)
        return said(write_by_hand(self._shop, "Article", uid, await asked_for(request)))

    async def variant(self, request: Request) -> Response:
        """Answer with a variant after writing it as the shop's staff."""
        return said(write_by_hand(self._shop, "ArticleVariant", request.path_params["uid"], await asked_for(request)))

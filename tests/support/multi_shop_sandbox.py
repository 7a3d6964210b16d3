"""Many small shops, each with a Specter account of its own, behind two ports.

`python -m tests.support.multi_shop_sandbox`:

GET /control/shops    the settings of each shop
GET /control/orders   what became of every placed order: [{"shop": 1, "order": "1001", "placed": TIME, "shown": "90001",
                      "specter": [["90001", TIME]]}]; times in seconds since 1970
GET /control/placed   {"placed": 40, "home": 31, "of": 60}; home: the shop shows their number
POST /control/begin   let the orders come
GET /control/complaints
"""

import argparse
import asyncio
import json
import signal
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from threading import Event
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.types import Receive, Scope, Send

from specter_tui.sandbox.sandbox import Sandbox
from specter_tui.sandbox.server.http_front import HttpFront
from specter_tui.sandbox.server.http_servers import Servers
from specter_tui.sandbox.server.json_answers import said
from specter_tui.sandbox.server.options import SandboxOptions

FIRST_SHOP, FIRST_ACCOUNT = 30_001, 5_001


class MultiShopSandbox:
    """A context manager, as a sandbox is. `each`: orders placed in each shop, `pace` orders a minute in total."""

    def __init__(self, shops: int, options: SandboxOptions, *, each: int = 0, pace: float = 0.0) -> None:
        self.shops = [
            Sandbox(replace(options, seed=options.seed + at, webshop=FIRST_SHOP + at, sbm_id=str(FIRST_ACCOUNT + at)))
            for at in range(shops)
        ]
        self.each = each
        self.pace = pace
        self.placed = 0
        self._placed_at: dict[tuple[int, int], float] = {}
        self.control = ""
        """URL of the control API; known once the sandbox has started."""
        self._begun = asyncio.Event()
        self._servers = Servers(self._keep_ordering)

    def __enter__(self) -> Self:
        shop_doors = ShopRouter("webshop", {str(one.options.webshop): one.shop_front for one in self.shops})
        specter_doors = ShopRouter("sbmId", {one.options.sbm_id: one.specter_front for one in self.shops})
        shop, specter = self._servers.start((ControlApp(self, shop_doors), 0), (specter_doors, 0))
        self.control = f"{shop}/control"
        for one in self.shops:
            one.settings = one.settings_at(shop, specter)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._servers.stop()

    async def _keep_ordering(self) -> None:
        """Place orders, one shop after the other, as many as are due by the pace."""
        await self._begun.wait()
        begun, wanted = time.monotonic(), self.each * len(self.shops)
        while self.pace and self.placed < wanted:
            due = min(wanted, int((time.monotonic() - begun) * self.pace / 60))
            for _ in range(due - self.placed):
                self.place(self.shops[self.placed % len(self.shops)])
                await asyncio.sleep(0)  # the servers go first.
            await asyncio.sleep(0.01)

    def begin(self) -> None:
        """Begin to place orders. On the servers' loop."""
        self._begun.set()

    @property
    def home(self) -> int:
        """Count the orders that show a Specter number in their shop."""
        return sum("externalOrderNumber" in order for one in self.shops for order in one.shop.tables["Order"].values())

    def place(self, shop: Sandbox) -> None:
        """Place an order in a shop."""
        order = shop.arrivals.place()
        self._placed_at[shop.options.webshop, order["uid"]] = time.time()
        self.placed += 1

    def fates(self) -> Iterator[dict[str, object]]:
        """Return the outcome of every placed order."""
        for one in self.shops:
            at_specter: dict[str, list[tuple[str, float]]] = {}
            for made in one.specter.orders.values():
                at_specter.setdefault(made.external, []).append((str(made.number), made.made))
            for order in one.shop.tables["Order"].values():
                if "ordered" in order:
                    yield {
                        "shop": one.options.webshop,
                        "order": str(order["orderNumber"]),
                        "placed": self._placed_at.get((one.options.webshop, order["uid"])),
                        "shown": order.get("externalOrderNumber", ""),
                        "specter": at_specter.get(str(order["orderNumber"]), []),
                    }


class ShopRouter:
    """An ASGI application: finds the front of a request by one parameter of its query."""

    def __init__(self, name: str, fronts: Mapping[str, HttpFront]) -> None:
        self._name = name
        self._fronts = fronts
        self._first = next(iter(fronts.values()))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; one without a shop is refused by the first front, as any would."""
        named = parse_qs(scope["query_string"].decode("ascii", "replace")).get(self._name, [""])[0]
        await self._fronts.get(named, self._first)(scope, receive, send)


class ControlApp:
    """An ASGI application: the control API, and behind it the shops."""

    def __init__(self, mall: MultiShopSandbox, shops: ShopRouter) -> None:
        self._mall = mall
        self._shops = shops
        routes = [
            Route("/shops", self.settings),
            Route("/orders", self.orders),
            Route("/placed", self.placed),
            Route("/begin", self.begin, methods=["POST"]),
            Route("/complaints", self.complaints),
        ]
        self._app = Starlette(routes=[Mount("/control", routes=routes)])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        app = self._app if scope["path"].startswith("/control/") else self._shops
        await app(scope, receive, send)

    async def settings(self, _request: Request) -> Response:
        """Answer with the settings of each shop."""
        return said([one.settings for one in self._mall.shops])

    async def orders(self, _request: Request) -> Response:
        """Answer with the outcomes of all orders."""
        return said(list(self._mall.fates()))

    async def placed(self, _request: Request) -> Response:
        """Answer with the numbers of placed, done and planned orders."""
        mall = self._mall
        return said({"placed": mall.placed, "home": mall.home, "of": mall.each * len(mall.shops)})

    async def begin(self, _request: Request) -> Response:
        """Begin to place orders."""
        self._mall.begin()
        return said(None)

    async def complaints(self, _request: Request) -> Response:
        """Answer with all breaches of protocol."""
        return said([breach for one in self._mall.shops for breach in one.ledger.complaints])


def main() -> None:
    """Start, print the addresses in one JSON line, and wait for a signal."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.support.multi_shop_sandbox", description=(__doc__ or "").split(":")[0]
    )
    parser.add_argument("--shops", type=int, default=300, help="default: %(default)s")
    parser.add_argument("--each", type=int, default=200, help="orders that come to each shop; default: %(default)s")
    parser.add_argument("--pace", type=float, default=6000.0, help="orders a minute in all; default: %(default)s")
    given, ended = parser.parse_args(), Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    options = SandboxOptions(orders=0, articles=8, plain=True)
    with MultiShopSandbox(given.shops, options, each=given.each, pace=given.pace) as mall:
        shown = {"control": mall.control, "shops": [one.settings for one in mall.shops]}
        sys.stdout.write(json.dumps(shown) + "\n")
        sys.stdout.flush()
        ended.wait()


if __name__ == "__main__":
    main()

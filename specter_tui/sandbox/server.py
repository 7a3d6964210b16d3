"""Runs a shop and a Specter on two ports of loopback, on one event loop in a thread of its own."""

import asyncio
import json
import socket
import time
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from threading import Thread
from types import TracebackType
from typing import Self

import uvicorn

from specter_tui.sandbox.control import Control
from specter_tui.sandbox.front import Front, SocketProtocol
from specter_tui.sandbox.ledger import Ledger
from specter_tui.sandbox.options import SandboxOptions
from specter_tui.sandbox.seed.arrivals import Arrivals
from specter_tui.sandbox.seed.dice import dice
from specter_tui.sandbox.seed.wares import SERVICE_ARTICLES
from specter_tui.sandbox.seed.ways import PAYMENT_TYPES
from specter_tui.sandbox.seed.world import on_the_way, opened_account, stocked_shop
from specter_tui.sandbox.shop.rpc import PATH
from specter_tui.sandbox.shop.rpc import Endpoint as ShopEndpoint
from specter_tui.sandbox.specter.endpoint import Endpoint as SpecterEndpoint
from specter_tui.sandbox.specter.happenings import Happenings

HOST = "127.0.0.1"
DAYS_IN_SCOPE = 14
"""ORDER__SINCE lies so far back: all orders that the sandbox starts with but one."""


class Sandbox:
    """A shop and a Specter over HTTP. A context manager; `start` returns when both ports accept."""

    def __init__(self, options: SandboxOptions = SandboxOptions()) -> None:
        self.options = options
        self.shop, stock, goods = stocked_shop(options)
        self.specter = opened_account(options, stock, on_the_way(self.shop))
        self.ledger = Ledger()
        self.arrivals = Arrivals(self.shop, goods, options.seed)
        self.happenings = Happenings(self.specter, dice(options.seed, "happenings"))
        self.shop_front = Front("shop", ShopEndpoint(self.shop, self.ledger).read, self.ledger, options.delay)
        self.specter_front = Front(
            "specter", SpecterEndpoint(self.specter, self.ledger).read, self.ledger, options.delay
        )
        self.faults = {front.server: front.faults for front in (self.shop_front, self.specter_front)}
        """What shall go wrong, for `shop` and for `specter`."""
        self.settings: dict[str, str] = {}
        """Settings of specter-tui, by their environment names, that point here; known once the sandbox has started."""
        self.control = ""
        """URL of the control surface; known once the sandbox has started."""
        self._servers: list[uvicorn.Server] = []
        self._thread: Thread | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Start both servers; returns when both accept."""
        with ExitStack() as bound:
            shop = listening(self.options.shop_port, bound)
            specter = listening(self.options.specter_port, bound)
            bound.pop_all()
        base = f"http://{HOST}:{shop.getsockname()[1]}"
        self.control = f"{base}/control"
        self.settings = self._settings(f"{base}{PATH}/", f"http://{HOST}:{specter.getsockname()[1]}/")
        self._servers = [server(Control(self)), server(self.specter_front)]
        self._thread = Thread(target=asyncio.run, args=[self._serve([shop, specter])], name="sandbox", daemon=True)
        self._thread.start()
        while not all(one.started for one in self._servers):
            if not self._thread.is_alive():
                raise RuntimeError("the sandbox did not start")
            time.sleep(0.002)

    def stop(self) -> None:
        """End both servers; open connections are closed."""
        for one in self._servers:
            one.should_exit = one.force_exit = True
        if self._thread is not None:
            self._thread.join()

    async def _serve(self, sockets: list[socket.socket]) -> None:
        buyers = asyncio.create_task(self._keep_ordering())
        await asyncio.gather(*(one.serve([own]) for one, own in zip(self._servers, sockets, strict=True)))
        buyers.cancel()
        for own in sockets:
            own.close()

    async def _keep_ordering(self) -> None:
        while self.options.pace > 0:
            await asyncio.sleep(60 / self.options.pace)
            self.arrivals.place()
            self.happenings.happen()

    def _settings(self, shop_url: str, specter_url: str) -> dict[str, str]:
        known, numbers = self.specter.credentials, iter(SERVICE_ARTICLES)
        user = {"SPECTER__API_USER_ID": known.user_id} if known.version == 2 else {}
        services = ("DELIVERY", "PAYMENT_FEE", "COD", "DISCOUNT", "GIFT_CARD", "ROUNDING")
        return {
            "ABICART__URL": shop_url,
            "ABICART__WEBSHOP": str(self.shop.webshop),
            "ABICART__AUTH": self.shop.auth,
            "SPECTER__URL": specter_url,
            "SPECTER__SBM_ID": known.sbm_id,
            **user,
            "SPECTER__API_USER_KEY": known.user_key,
            "SPECTER__INTEGRATION_KEY": known.integration_key,
            "SPECTER__ROUNDING": self.options.rounding,
            "SPECTER__REFUSES_DUPLICATES": str(self.options.refuses_duplicates).lower(),
            "ORDER__SINCE": (datetime.now(UTC) - timedelta(days=DAYS_IN_SCOPE)).date().isoformat(),
            "ORDER__PAYMENT_TYPES": json.dumps(PAYMENT_TYPES),
            **{f"ORDER__ARTICLE_{service}": next(numbers) for service in services},
        }


def listening(port: int, bound: ExitStack) -> socket.socket:
    """Return a socket that listens on loopback; `bound` closes it."""
    # asyncio switches Nagle's delay off only where the protocol is named, which socket.create_server does not do;
    # with it every answer is 40 ms late.
    made = bound.enter_context(socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP))
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.bind((HOST, port))
    made.listen(512)
    return made


def server(app: Front | Control) -> uvicorn.Server:
    """Return a quiet server for one application."""
    return uvicorn.Server(
        uvicorn.Config(
            app,
            http=SocketProtocol,
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="critical",
            access_log=False,
            timeout_keep_alive=60,
        )
    )

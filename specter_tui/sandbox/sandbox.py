"""Runs a shop and a Specter on two ports of loopback, on one event loop in a thread of its own."""

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Any, Self

from specter_tui.sandbox.control.control_api import Control
from specter_tui.sandbox.seed.arrivals import Arrivals
from specter_tui.sandbox.seed.random_source import dice
from specter_tui.sandbox.seed.shop_methods import PAYMENT_TYPES
from specter_tui.sandbox.seed.wares import SERVICE_ARTICLES
from specter_tui.sandbox.seed.world import on_the_way, opened_account, stocked_shop
from specter_tui.sandbox.server.faults import Fault
from specter_tui.sandbox.server.http_front import HttpFront
from specter_tui.sandbox.server.http_servers import Servers
from specter_tui.sandbox.server.ledger import Ledger
from specter_tui.sandbox.server.options import SandboxOptions
from specter_tui.sandbox.shop.buyer_changes import BuyerChanges
from specter_tui.sandbox.shop.rpc_endpoint import PATH
from specter_tui.sandbox.shop.rpc_endpoint import RpcEndpoint as ShopEndpoint
from specter_tui.sandbox.specter.daily_events import DailyEvents
from specter_tui.sandbox.specter.form_endpoint import FormEndpoint as SpecterEndpoint

DAYS_IN_SCOPE = 14
"""ORDER__SINCE is this many days back: all starting orders but one are in scope."""


class Sandbox:
    """A shop and a Specter over HTTP. A context manager; `start` returns when both ports accept."""

    def __init__(self, options: SandboxOptions = SandboxOptions()) -> None:
        self.options = options
        self.shop, stock, goods = stocked_shop(options)
        self.specter = opened_account(options, stock, on_the_way(self.shop))
        self.ledger = Ledger()
        self.arrivals = Arrivals(self.shop, goods, options.seed)
        self.happenings = DailyEvents(self.specter, dice(options.seed, "happenings"))
        self.second_thoughts = BuyerChanges(self.shop, dice(options.seed, "second thoughts"))
        self.shop_front = HttpFront("shop", ShopEndpoint(self.shop, self.ledger).read, self.ledger, options.delay)
        self.specter_front = HttpFront(
            "specter", SpecterEndpoint(self.specter, self.ledger).read, self.ledger, options.delay
        )
        self.faults = {front.server: front.faults for front in (self.shop_front, self.specter_front)}
        """The requested faults, for `shop` and for `specter`."""
        for n in range(1, options.lost_answers + 1):
            self.specter_front.faults.add(Fault(kind="lost", call="newOrderSubmit", after=True, skip=2 * n))
        self.settings: dict[str, str] = {}
        """Settings of specter-tui for this sandbox, by their environment names; set when it has started."""
        self.control = ""
        """URL of the control API; set when the sandbox has started."""
        self._servers = Servers(self._keep_ordering)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Start both servers; return when both accept connections."""
        control = Control(
            self.shop,
            self.specter,
            self.arrivals,
            self.ledger,
            self.faults,
            self.shop_front,
            lambda: self.settings,
            self.switch,
        )
        shop, specter = self._servers.start(
            (control, self.options.shop_port), (self.specter_front, self.options.specter_port)
        )
        self.control = f"{shop}/control"
        self.settings = self.settings_at(shop, specter)

    def switch(self, **switches: Any) -> None:
        """Set switches of both servers from now on."""
        self.shop.switches = self.specter.options = replace(self.specter.options, **switches)

    def stop(self) -> None:
        """Stop both servers, and close open connections."""
        self._servers.stop()

    async def _keep_ordering(self) -> None:
        while self.options.pace > 0:
            await asyncio.sleep(60 / self.options.pace)
            self.arrivals.place()
            self.happenings.happen()
            if self.options.second_thoughts:
                self.second_thoughts.happen()

    def settings_at(self, shop: str, specter: str) -> dict[str, str]:
        """Return the settings of specter-tui for this shop and this account, with the servers' addresses."""
        known, numbers = self.specter.credentials, iter(SERVICE_ARTICLES)
        user = {"SPECTER__API_USER_ID": known.user_id} if known.version == 2 else {}
        services = ("DELIVERY", "PAYMENT_FEE", "COD", "DISCOUNT", "GIFT_CARD", "ROUNDING")
        return {
            "ABICART__URL": f"{shop}{PATH}/",
            "ABICART__WEBSHOP": str(self.shop.webshop),
            "ABICART__AUTH": self.shop.auth,
            "SPECTER__URL": f"{specter}/",
            "SPECTER__SBM_ID": known.sbm_id,
            **user,
            "SPECTER__API_USER_KEY": known.user_key,
            "SPECTER__INTEGRATION_KEY": known.integration_key,
            "SPECTER__ROUNDING": "order" if self.options.rounding == "krona" else self.options.rounding,
            "SPECTER__REFUSES_DUPLICATES": str(self.options.refuses_duplicates).lower(),
            "ORDER__SINCE": (datetime.now(UTC) - timedelta(days=DAYS_IN_SCOPE)).date().isoformat(),
            "ORDER__PAYMENT_TYPES": json.dumps(PAYMENT_TYPES),
            **{f"ORDER__ARTICLE_{service}": next(numbers) for service in services},
        }

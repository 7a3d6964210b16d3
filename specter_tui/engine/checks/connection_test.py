"""Trying a shop and a Specter account before there are settings. Nothing is changed there, nothing kept here."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from specter_tui.abicart.errors import RpcError, ShopError, ShopRefusesUs
from specter_tui.abicart.jsonrpc import JsonRpcClient
from specter_tui.abicart.models import in_language
from specter_tui.abicart.shop import ShopClient
from specter_tui.config.settings import AbicartSettings, HttpSettings, LimitSettings, SpecterSettings
from specter_tui.specter.client import SpecterClient
from specter_tui.specter.errors import AccountHalted, SpecterFailure

_SECONDS = 20.0
"""How long a person at the screen is let wait."""


@dataclass(frozen=True, slots=True)
class ConnectionResult:
    """How it went. `text` is what the other side, or the line, said; empty where it is well."""

    outcome: Literal["ok", "refused", "out_of_reach"]
    text: str = ""
    name: str = ""
    """The shop's own name."""
    currency: str = ""
    """The shop's base currency."""


def try_shop(settings: AbicartSettings, http: HttpSettings) -> ConnectionResult:
    """Read the shop itself and one list of orders. Waits for the answer: for a thread of its own."""

    async def ask() -> ConnectionResult:
        async with JsonRpcClient(settings, http) as rpc:
            client = ShopClient(rpc)
            shop = await client.webshop(settings.webshop, patient=False)
            # The shop itself is told to anyone: only a list of orders proves the key.
            await client.orders_by_number("0")
        return ConnectionResult("ok", name=in_language(shop.name, settings.language), currency=shop.base_currency)

    return asyncio.run(_in_time(ask))


def try_specter(settings: SpecterSettings, today: date, http: HttpSettings) -> ConnectionResult:
    """Have Specter test keys and account. Waits for the answer: for a thread of its own."""

    async def ask() -> ConnectionResult:
        async with SpecterClient(settings, LimitSettings(), http) as specter:
            await specter.check_account(today)
        return ConnectionResult("ok")

    return asyncio.run(_in_time(ask))


async def _in_time(ask: Callable[[], Awaitable[ConnectionResult]]) -> ConnectionResult:
    try:
        async with asyncio.timeout(_SECONDS):
            return await ask()
    except (ShopRefusesUs, RpcError, AccountHalted) as refusal:
        return ConnectionResult("refused", str(refusal))
    except (ShopError, SpecterFailure) as failure:
        return ConnectionResult("out_of_reach", str(failure))
    except TimeoutError:
        return ConnectionResult("out_of_reach")

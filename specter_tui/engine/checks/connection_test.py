"""Test a shop and a Specter account before there are settings. Nothing is changed or stored."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from specter_tui.abicart.catalog_models import in_language
from specter_tui.abicart.errors import RpcError, ShopError, ShopRefusesUs
from specter_tui.abicart.jsonrpc import JsonRpcClient
from specter_tui.abicart.shop import ShopClient
from specter_tui.config.settings import AbicartSettings, HttpSettings, LimitSettings, SpecterSettings
from specter_tui.specter.client import SpecterClient
from specter_tui.specter.errors import AccountHalted, SpecterFailure

_SECONDS = 20.0
"""The longest wait of the person at the screen."""


@dataclass(frozen=True, slots=True)
class ConnectionResult:
    """The result of a test. `text` is the error; empty where there is none."""

    outcome: Literal["ok", "refused", "out_of_reach"]
    text: str = ""
    name: str = ""
    """The shop's own name."""
    currency: str = ""
    """The shop's base currency."""


def try_shop(settings: AbicartSettings, http: HttpSettings) -> ConnectionResult:
    """Read the shop and one list of orders. It blocks, so it needs a thread of its own."""

    async def ask() -> ConnectionResult:
        async with JsonRpcClient(settings, http) as rpc:
            client = ShopClient(rpc)
            shop = await client.webshop(settings.webshop, patient=False)
            # Anyone may read the shop itself: only a list of orders proves the key.
            await client.orders_by_number("0")
        return ConnectionResult("ok", name=in_language(shop.name, settings.language), currency=shop.base_currency)

    return asyncio.run(_in_time(ask))


def try_specter(settings: SpecterSettings, today: date, http: HttpSettings) -> ConnectionResult:
    """Make Specter test keys and account. It blocks, so it needs a thread of its own."""

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
        return ConnectionResult("refused", refusal.message)
    except (ShopError, SpecterFailure) as failure:
        return ConnectionResult("out_of_reach", failure.message)
    except TimeoutError:
        return ConnectionResult("out_of_reach")

"""A sandbox in a process of its own, and the data that a program reads there before an export."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, time

from specter_tui.abicart.catalog import CatalogClient
from specter_tui.abicart.catalog_models import Article
from specter_tui.abicart.jsonrpc import JsonRpcClient
from specter_tui.abicart.models import Order
from specter_tui.abicart.shop import ShopClient
from specter_tui.config.settings import Settings
from specter_tui.planning.orders.shop_facts import ShopFacts


@contextmanager
def sandbox(orders: int, delay: float = 0.0, articles: int | None = None) -> Iterator[Mapping[str, str]]:
    """Run a new sandbox whose orders are all ready; yield the settings for it."""
    command = [sys.executable, "-m", "specter_tui.sandbox", "--plain", "--orders", str(orders), "--delay", str(delay)]
    if articles is not None:
        command += ["--articles", str(articles), "--variants-per-article", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield json.loads(process.stdout.readline())["settings"]
        finally:
            process.terminate()


async def read_orders(settings: Settings) -> tuple[list[Order], ShopFacts]:
    """Return every order in scope, and the shop's data needed to plan them."""
    async with JsonRpcClient(settings.abicart) as rpc:
        shop = ShopClient(rpc)
        webshop = await shop.webshop(settings.abicart.webshop)
        methods = await shop.payment_methods()
        articles = [article async for page in shop.articles() for article in page]
        since, until = datetime.combine(settings.order.since, time.min, UTC), rpc.now()
        orders = [one async for page in shop.orders("ordered", since, until) for one in page if isinstance(one, Order)]
    facts = ShopFacts(
        base_currency=webshop.base_currency,
        payment_methods={method.uid: method for method in methods},
        articles={article.uid: article for article in articles},
    )
    return orders, facts


async def read_catalogue(settings: Settings) -> tuple[list[Article], str]:
    """Return every article with everything that a form needs, and the shop's currency."""
    async with JsonRpcClient(settings.abicart) as rpc:
        shop = ShopClient(rpc)
        webshop = await shop.webshop(settings.abicart.webshop)
        return [article async for page in CatalogClient(shop).articles() for article in page], webshop.base_currency

"""Make a shop and a Specter account from a seed."""

from base64 import b64encode
from collections import Counter
from collections.abc import Mapping
from copy import deepcopy
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

from specter_tui.sandbox.seed.baskets import BasketStock, basket_stock, good_numbers
from specter_tui.sandbox.seed.buyers import PERSONS
from specter_tui.sandbox.seed.catalog_entities import SeededCatalog, catalogue, choice_entities, group_entities
from specter_tui.sandbox.seed.random_source import dice
from specter_tui.sandbox.seed.shop_methods import DELIVERY_METHODS, PAYMENT_METHODS, webshop
from specter_tui.sandbox.seed.starting_orders import OLD, starting_orders
from specter_tui.sandbox.seed.wares import SERVICE_ARTICLES
from specter_tui.sandbox.server.options import SandboxOptions
from specter_tui.sandbox.shop.shop_store import PACKAGE, Shop
from specter_tui.sandbox.specter.signature import Credentials
from specter_tui.sandbox.specter.specter_account import MAIN_SITE, SHOP_SITE, SpecterAccount


def shop_token(seed: int) -> str:
    """Return an administrator's token: Base64 with characters that a query must percent-encode, as real ones have."""
    chance = dice(seed, "token")
    while True:
        token = b64encode(b"auth:" + chance.randbytes(36)).decode()
        if "+" in token and "/" in token:
            return token


def credentials(options: SandboxOptions, user: str = "77") -> Credentials:
    """Return the secrets of one of the account's API users, in the form of real ones."""
    chance = dice(options.seed, "secrets", *([] if user == "77" else [user]))
    return Credentials(
        sbm_id=options.sbm_id,
        user_id=user,
        user_key=chance.randbytes(16).hex(),
        integration_key=str(UUID(bytes=chance.randbytes(16), version=4)),
        version=options.version,
    )


def stocked_shop(options: SandboxOptions) -> tuple[Shop, SeededCatalog, BasketStock]:
    """Return a shop with its articles and starting orders, and a cart that was never placed."""
    shop = Shop(options.webshop, shop_token(options.seed), switches=options)
    stock = catalogue(options.articles, options.seed, options.variants_per_article)
    goods = basket_stock(stock)
    choices, choice_options = choice_entities(options.variants_per_article or 0)
    shop.add("Webshop", [webshop(options.webshop)])
    shop.add("Article", stock.articles)
    shop.add("ArticleVariant", stock.variants)
    shop.add("ArticleChoice", choices)
    shop.add("ArticleChoiceOption", choice_options)
    shop.add("Articlegroup", group_entities())
    shop.add("Language", [{"uid": "sv", "active": True, "defaultCurrency": "SEK"}])
    shop.add("PaymentMethod", deepcopy(PAYMENT_METHODS))
    shop.add("DeliveryMethod", deepcopy(DELIVERY_METHODS))
    for placed in starting_orders(goods, options.seed, options.orders, datetime.now(UTC), plain=options.plain):
        shop.place(placed)
    shop.add(
        "Order", [{"uid": 149_999, "customer": PERSONS[0].document(), "items": [], "payments": [], "discarded": False}]
    )
    return shop, stock, goods


def opened_account(
    options: SandboxOptions, stock: SeededCatalog, waiting: Mapping[str, int] | None = None
) -> SpecterAccount:
    """Return a Specter account with every article of a good number, and the service articles.

    Its stock is the shop's plus what is sold there in orders that Specter does not have yet: `waiting`, by article
    number.
    """
    account = SpecterAccount(credentials(options), options, colleague=credentials(options, "78"))
    names = {one.number: one.name for one in stock.sold} | SERVICE_ARTICLES
    held = stock_by_number(stock)
    for number in sorted(good_numbers(stock) | SERVICE_ARTICLES.keys()):
        fields = {"articleNo": number, "name": names.get(number, number)}
        opening = opening_stock(held[number], (waiting or {}).get(number, 0)) if number in held else None
        article = account.add_article(number, fields, opening)
        for site in (article.available or ()) if options.stock_queued else ():
            account.stock_changed(article, site)
    return account


def stock_by_number(stock: SeededCatalog) -> dict[str, int]:
    """Return the shop's stock of each article number whose stock is managed."""
    managed = {article["uid"] for article in stock.articles if article["stock"]["useStock"]}
    single = [one for one in stock.articles if not one["hasChoices"] and one["type"] != PACKAGE]
    return {
        **{one["articleNumber"]: one["stock"]["stock"] for one in single if one["uid"] in managed},
        **{one["articleNumber"]: one["stock"] for one in stock.variants if one["article"] in managed},
    }


def opening_stock(in_shop: int, waiting: int) -> dict[int, Decimal]:
    """Return the stock at each site: a fifth is at the second site."""
    in_town = in_shop // 5
    return {MAIN_SITE: Decimal(in_shop - in_town + waiting), SHOP_SITE: Decimal(in_town)}


def on_the_way(shop: Shop) -> dict[str, int]:
    """Return the units of each article number in orders that are still to be exported."""
    sold: Counter[str] = Counter()
    for order in shop.orders():
        if order["discarded"] or "externalOrderNumber" in order or shop.traps.get(order["uid"]) == OLD:
            continue
        for row in order["items"]:
            sold[shop.number_of(row)] += row["choices"]["quantity"]
    return dict(sold)

"""Puts a shop and a Specter together from a seed."""

from base64 import b64encode
from datetime import UTC, datetime
from uuid import UUID

from specter_tui.sandbox.options import SandboxOptions
from specter_tui.sandbox.seed.baskets import Shelves, good_numbers, shelves
from specter_tui.sandbox.seed.catalogue import Catalogue, catalogue, choice_entities, group_entities
from specter_tui.sandbox.seed.dice import dice
from specter_tui.sandbox.seed.people import PERSONS
from specter_tui.sandbox.seed.script import starting_orders
from specter_tui.sandbox.seed.wares import SERVICE_ARTICLES
from specter_tui.sandbox.seed.ways import DELIVERY_METHODS, PAYMENT_METHODS, webshop
from specter_tui.sandbox.shop.store import Shop
from specter_tui.sandbox.specter.account import Account, SpecterArticle
from specter_tui.sandbox.specter.signature import Credentials

WEBSHOP = 22033


def shop_token(seed: int) -> str:
    """Return an administrator's token: Base64 that must be percent-encoded in a query string, as real ones."""
    chance = dice(seed, "token")
    while True:
        token = b64encode(b"auth:" + chance.randbytes(36)).decode()
        if "+" in token and "/" in token:
            return token


def credentials(options: SandboxOptions) -> Credentials:
    """Return the account's secrets, in the shape of real ones."""
    chance = dice(options.seed, "secrets")
    return Credentials(
        sbm_id="1234",
        user_id="77",
        user_key=chance.randbytes(16).hex(),
        integration_key=str(UUID(bytes=chance.randbytes(16), version=4)),
        version=options.version,
    )


def stocked_shop(options: SandboxOptions) -> tuple[Shop, Catalogue, Shelves]:
    """Return a shop with its wares and its starting orders, and a cart that nobody has placed."""
    shop = Shop(WEBSHOP, shop_token(options.seed))
    stock = catalogue(options.articles, options.seed)
    goods = shelves(stock)
    choices, choice_options = choice_entities()
    shop.add("Webshop", [webshop(WEBSHOP)])
    shop.add("Article", stock.articles)
    shop.add("ArticleVariant", stock.variants)
    shop.add("ArticleChoice", choices)
    shop.add("ArticleChoiceOption", choice_options)
    shop.add("Articlegroup", group_entities())
    shop.add("PaymentMethod", PAYMENT_METHODS)
    shop.add("DeliveryMethod", DELIVERY_METHODS)
    for placed in starting_orders(goods, options.seed, options.orders, datetime.now(UTC), plain=options.plain):
        shop.place(placed)
    shop.add(
        "Order", [{"uid": 149_999, "customer": PERSONS[0].document(), "items": [], "payments": [], "discarded": False}]
    )
    return shop, stock, goods


def opened_account(options: SandboxOptions, stock: Catalogue) -> Account:
    """Return a Specter account that has every article with a good number, and the service articles."""
    account = Account(credentials(options), options)
    names = {one.number: one.name for one in stock.sold} | SERVICE_ARTICLES
    for number in sorted(good_numbers(stock) | SERVICE_ARTICLES.keys()):
        account.articles[number] = SpecterArticle(number, {"articleNo": number, "name": names.get(number, number)})
    return account

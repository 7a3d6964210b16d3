"""One Specter account: its customers, orders, articles and trigger URLs, and its API users."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count
from threading import RLock

from specter_tui.sandbox.server.options import SandboxOptions
from specter_tui.sandbox.specter.batch_rows import BatchStockRow, InfoRow, StatusRow
from specter_tui.sandbox.specter.change_queues import ChangeQueue
from specter_tui.sandbox.specter.rounding_models import RoundedTotals, TotalsRow
from specter_tui.sandbox.specter.signature import Credentials

MAIN_SITE, SHOP_SITE = 1, 2
SITES = {MAIN_SITE: "Huvudlager", SHOP_SITE: "Butik"}
"""The account's stock sites; an order without one takes from the first."""


@dataclass(slots=True)
class Customer:
    """A customer card: its number, its fields, and the values by which it is matched."""

    number: int
    fields: dict[str, str] = field(default_factory=dict)
    email: str = ""
    """Normalised for matching: trimmed, without case."""
    org_no: str = ""
    """Normalised for matching: digits only."""

    def write(self, fields: Mapping[str, str]) -> None:
        """Overwrite the card with `fields`."""
        self.fields |= fields
        self.email, self.org_no = plain_email(self.fields), digits(self.fields)


def plain_email(fields: Mapping[str, str]) -> str:
    """Return the e-mail address of a form or card, normalised for matching."""
    return fields.get("emailAddress", "").strip().casefold()


def digits(fields: Mapping[str, str]) -> str:
    """Return the organisation or personal number of a form or card, normalised for matching."""
    return "".join(filter(str.isdigit, fields.get("orgNo", "")))


@dataclass(slots=True)
class OrderProgress:
    """The deliveries and cancellation of an order."""

    delivered: dict[int, Decimal] = field(default_factory=dict)
    """The delivered quantity of each row, by its number from 1."""
    tracking: list[str] = field(default_factory=list)
    """The tracking number of each delivery, empty where it has none."""
    cancelled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecterOrder:
    """An order as Specter stores it."""

    number: int
    customer: int
    external: str
    """externalOrderNo, empty if none was sent."""
    currency: str
    rows: tuple[TotalsRow, ...]
    totals: RoundedTotals
    fields: dict[str, str]
    """The other fields of the form, with names as documented, without the key."""
    card: Mapping[str, str] = field(default_factory=dict)
    """The customer's card as it was when the order was made, with its addresses."""
    site: int = MAIN_SITE
    """The stock site of its rows."""
    made: float = field(default_factory=time.time)
    """Time of the order, in seconds since 1970."""
    progress: OrderProgress = field(default_factory=OrderProgress)

    @property
    def left(self) -> dict[int, Decimal]:
        """The undelivered quantity of each row, by its number."""
        sent = self.progress.delivered
        left = {number: row.quantity - sent.get(number, 0) for number, row in enumerate(self.rows, 1)}
        return {number: quantity for number, quantity in left.items() if quantity > 0}


@dataclass(slots=True)
class SpecterArticle:
    """An article card: its numbers, fields and stock."""

    number: str
    fields: dict[str, str]
    identity: int
    """Specter's internal number of the article."""
    available: dict[int, Decimal] | None = None
    """The available quantity at each stock site; None: the article's stock is not managed, and never will be."""

    @property
    def stock(self) -> Decimal:
        """The available quantity over all stock sites."""
        return sum((self.available or {}).values(), Decimal(0))


@dataclass(frozen=True, slots=True)
class ArticleCall:
    """One call of newArticleSubmit: its number of rows, and whether it was accepted."""

    rows: int
    accepted: bool


@dataclass(slots=True)
class ApiUser:
    """One user of the API: its secrets, and its own queues of changes."""

    credentials: Credentials
    stock: ChangeQueue[BatchStockRow] = field(default_factory=lambda: ChangeQueue("stock"))
    articles: ChangeQueue[InfoRow] = field(default_factory=lambda: ChangeQueue("articles"))
    orders: ChangeQueue[StatusRow] = field(default_factory=lambda: ChangeQueue("orders"))


@dataclass(slots=True)
class SpecterAccount:
    """The data of one account; `lock` guards it, since tests may read it from another thread than its server."""

    credentials: Credentials
    """The API user of the sandbox's settings."""
    options: SandboxOptions
    colleague: Credentials | None = None
    """A second API user, with queues of its own."""
    customers: dict[int, Customer] = field(default_factory=dict)
    orders: dict[int, SpecterOrder] = field(default_factory=dict)
    articles: dict[str, SpecterArticle] = field(default_factory=dict)
    triggers: dict[str, str] = field(default_factory=dict)
    article_calls: list[ArticleCall] = field(default_factory=list)
    refused_articles: set[str] = field(default_factory=set)
    """Article numbers that Specter refuses for reasons of its own."""
    users: dict[str | None, ApiUser] = field(default_factory=dict)
    """By apiUserId; None for version 1 of the signing, which has no users."""
    lock: RLock = field(default_factory=RLock)
    customer_numbers: Iterator[int] = field(default_factory=lambda: count(4711))
    order_numbers: Iterator[int] = field(default_factory=lambda: count(90001))

    def __post_init__(self) -> None:
        self.refused_articles |= set(self.options.refused_articles)
        for one in (self.credentials, self.colleague):
            if one is not None:
                self.users.setdefault(one.user_id if one.version == 2 else None, ApiUser(one))

    @property
    def user(self) -> ApiUser:
        """The API user of the sandbox's settings."""
        return next(iter(self.users.values()))

    def caller(self, fields: Mapping[str, str]) -> ApiUser:
        """Return the API user of a checked form."""
        return self.users[fields.get("apiUserId") or None]

    def orders_of(self, external: str) -> list[SpecterOrder]:
        """Return the orders with this external number, oldest first."""
        with self.lock:
            return [order for order in self.orders.values() if order.external == external]

    def goes_to(self, order: SpecterOrder) -> dict[str, str]:
        """Return the card with the address of this order's parcel."""
        with self.lock:
            kept = self.options.address_on == "order"
            return dict(order.card if kept else self.customers[order.customer].fields)

    def add_article(self, number: str, fields: dict[str, str], opening: Mapping[int, Decimal] | None) -> SpecterArticle:
        """Create an article with this stock at its sites, or without stock management."""
        available = None if opening is None else dict.fromkeys(SITES, Decimal(0)) | dict(opening)
        article = SpecterArticle(number, fields, len(self.articles) + 1001, available)
        self.articles[number] = article
        return article

    def set_available(self, article: SpecterArticle, site: int, quantity: Decimal) -> None:
        """Set an available quantity, and queue the change. Unmanaged stock is not changed."""
        if article.available is not None and article.available[site] != quantity:
            article.available[site] = quantity
            self.stock_changed(article, site)

    def add_available(self, number: str, site: int, more: Decimal) -> None:
        """Raise or lower the available quantity of an article, if it exists."""
        article = self.articles.get(number)
        if article is not None and article.available is not None:
            self.set_available(article, site, article.available[site] + more)

    def stock_changed(self, article: SpecterArticle, site: int) -> None:
        """Queue a stock change for every API user."""
        for user in self.users.values():
            user.stock.note(article.number, str(site))

    def article_changed(self, article: SpecterArticle) -> None:
        """Queue a change of article data for every API user."""
        for user in self.users.values():
            user.articles.note(article.number)

    def order_changed(self, order: SpecterOrder, part: str) -> None:
        """Queue a change of an order for every API user; `part` is `status` or `deliveries`."""
        for user in self.users.values():
            user.orders.note(str(order.number), part)

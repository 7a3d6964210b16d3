"""The shop's memory: entities by class and uid, and what the people of a shop do to its orders."""

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import RLock
from typing import Any

from specter_tui.sandbox.shop.rpc_errors import not_found

Document = dict[str, Any]
"""One entity as the shop returns it: JSON values, with Decimal for numbers that have decimals."""

PACKAGE = "Package"
"""The type of an article that is made of other articles (docs/wires.md: the true word is not known)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedOrder:
    """An order with the entities that belong to it."""

    order: Document
    items: list[Document]
    payments: list[Document]
    trap: str = ""
    """Why it cannot, or shall not, be exported as it stands; empty for an ordinary order."""


def stamp(moment: datetime) -> str:
    """Return a time as the shop writes it: UTC, whole seconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(slots=True)
class Shop:
    """One live shop; `lock` guards it, as tests may act on it from another thread than its server."""

    webshop: int
    auth: str
    tables: dict[str, dict[int, Document]] = field(default_factory=dict)
    traps: dict[int, str] = field(default_factory=dict)
    lock: RLock = field(default_factory=RLock)
    largest_page: int = 500
    """The most entries that one list has, whatever was asked for."""
    refused_filters: frozenset[str] = frozenset()
    """Pointers, such as `/changed`, that it cannot filter on."""
    ignored_filters: frozenset[str] = frozenset()
    """Pointers that it takes as a filter, and does not filter on."""
    read_only: frozenset[str] = frozenset()
    """Keys that nobody may write, such as `Order.externalOrderNumber`, beside those that the schema names."""

    shown_as: dict[int, Any] = field(default_factory=dict)
    """Orders, by uid, that lists and `get` show as something else, which may be any JSON."""

    def add(self, name: str, entities: Iterable[Document]) -> None:
        """Put entities of class `name` into the shop."""
        self.tables.setdefault(name, {}).update((entity["uid"], entity) for entity in entities)

    def entity(self, name: str, uid: int) -> Document:
        """Return the entity, as it lives in the shop; one that is not visible is not found."""
        found = self.tables.get(name, {}).get(uid)
        if found is None or not is_visible(name, found):
            raise not_found()
        return found

    def visible(self, name: str) -> Iterable[Document]:
        """Return all entities of a class but carts, which no administrator sees."""
        entities = self.tables.get(name, {}).values()
        return (entity for entity in entities if is_visible(name, entity)) if name == "Order" else entities

    def place(self, placed: PlacedOrder) -> Document:
        """Put an order into the shop and return it."""
        with self.lock:
            self.add("OrderItem", placed.items)
            self.add("Payment", placed.payments)
            self.add("Order", [placed.order])
            if placed.trap:
                self.traps[placed.order["uid"]] = placed.trap
            return placed.order

    def put(self, order: Document) -> Document:
        """Put an order that holds its items and payments in full into the shop, as it is, and return it."""
        with self.lock:
            whole = deepcopy(order)
            for key, name in (("items", "OrderItem"), ("payments", "Payment")):
                inner = whole.get(key, [])
                self.add(name, inner)
                whole[key] = [one["uid"] for one in inner]
            self.add("Order", [whole])
            return whole

    def expanded(self, uid: int) -> Document:
        """Return a copy of the order with its items and payments in full."""
        with self.lock:
            order = self.entity("Order", uid)
            items = [self.entity("OrderItem", item) for item in order["items"]]
            payments = [self.entity("Payment", payment) for payment in order["payments"]]
            return deepcopy(order | {"items": items, "payments": payments})

    def orders(self) -> list[Document]:
        """Return copies of all placed orders, items and payments in full."""
        with self.lock:
            return [self.expanded(order["uid"]) for order in self.visible("Order")]

    def touch(self, entity: Document) -> None:
        """Note that `entity` was changed now."""
        if "changed" in entity:
            entity["changed"] = stamp(datetime.now(UTC))

    def take(self, row: Document, quantity: int) -> None:
        """Lower the stock of what an order row sold, or raise it by a negative quantity; `changed` moves.

        What has no stock of its own, or is gone, is left alone.
        """
        article = self.tables["Article"].get(row["article"])
        if article is None or article["type"] == PACKAGE or not article["stock"]["useStock"]:
            return
        chosen = chosen_variant(article, row)
        if chosen is not None:
            variant = self.entity("ArticleVariant", chosen["uid"])
            variant["stock"] = variant.get("stock", 0) - quantity
            self.show_variant(variant)
        elif not article.get("variants"):
            article["stock"]["stock"] -= quantity
            self.touch(article)

    def number_of(self, row: Document) -> str:
        """Return the article number that what an order row sold has by now; the row's own if it is gone."""
        article = self.tables["Article"].get(row["article"])
        if article is None:
            return str(row["articleNumber"])
        overrides = (chosen_variant(article, row) or {}).get("overrides", {})
        return str(overrides.get("articleNumber", article["articleNumber"]))

    def take_all(self, order: Document, times: int = 1) -> None:
        """Take the stock of every row of an order, or put it back (`times` -1)."""
        for row in [self.entity("OrderItem", uid) for uid in order["items"]]:
            self.take(row, times * row["choices"]["quantity"])

    def show_variant(self, variant: Document) -> None:
        """Show a changed variant on its article: its overrides, and the article's stock as the sum of its variants'.

        A variant without a number of its own has none in its overrides: the article's counts.
        """
        article = self.entity("Article", variant["article"])
        if not variant.get("articleNumber"):
            variant.pop("articleNumber", None)
        for entry in article["variants"]:
            if entry["uid"] == variant["uid"]:
                others = {key: value for key, value in entry["overrides"].items() if key not in VARIANT_KEYS}
                entry["overrides"] = {key: variant[key] for key in VARIANT_KEYS if key in variant} | others
        article["stock"]["stock"] = sum(entry["overrides"].get("stock", 0) for entry in article["variants"])
        self.touch(article)

    def shelf(self) -> list[Document]:
        """Return number, uids and stock of everything that can be sold: articles, or their variants if they have any.

        Stock is None where it is not managed, or is that of the parts of a package.
        """
        with self.lock:
            return [line for article in self.visible("Article") for line in shelf_lines(article)]

    def remove_article(self, uid: int) -> None:
        """Delete an article with its variants; orders keep their rows."""
        with self.lock:
            for entry in self.entity("Article", uid).get("variants", []):
                self.tables["ArticleVariant"].pop(entry["uid"], None)
            del self.tables["Article"][uid]

    def discard(self, uid: int) -> None:
        """Cancel an order, as the administrator does; its wares are back in stock."""
        with self.lock:
            order = self.entity("Order", uid)
            if not order["discarded"]:
                self.take_all(order, -1)
            order["discarded"] = True
            self.touch(order)

    def refund(self, uid: int) -> None:
        """Pay an order's money back: its payments are cancelled, and it is unpaid."""
        with self.lock:
            order = self.entity("Order", uid)
            order["paymentStatus"] = "unpaid"
            for payment in order["payments"]:
                self.entity("Payment", payment)["status"] = "cancelled"
            self.touch(order)

    def pay(self, uid: int, status: str = "paid") -> None:
        """Set an order and its payments to `status`: paid, reserved or unpaid."""
        with self.lock:
            order = self.entity("Order", uid)
            order["paymentStatus"] = status
            for payment in order["payments"]:
                self.entity("Payment", payment)["status"] = status
            self.touch(order)


def shelf_lines(article: Document) -> list[Document]:
    """Return what can be sold of an article: a line for itself, or for each variant."""
    counted = article["stock"]["useStock"] and article["type"] != PACKAGE
    own = {"articleNumber": article["articleNumber"], "stock": article["stock"]["stock"]}
    held = [(entry["uid"], own | {"stock": 0} | entry["overrides"]) for entry in article.get("variants", [])]
    return [
        {
            "number": one["articleNumber"],
            "article": article["uid"],
            "variant": variant,
            "stock": one["stock"] if counted else None,
        }
        for variant, one in held or [(None, own)]
    ]


def chosen_variant(article: Document, row: Document) -> Document | None:
    """Return the article's entry for the variant that an order row names by its choices, if it is of one."""
    chosen = {key: option for key, option in row["choices"].items() if key != "quantity"}
    return next((entry for entry in article.get("variants", []) if entry["definedBy"] == chosen), None)


VARIANT_KEYS = ("articleNumber", "stock")
"""What a variant shows in its overrides; other overrides (a bar code, a weight) are the article's to tell."""


def is_visible(name: str, entity: Document) -> bool:
    """Whether an administrator sees it: an order is one only when it has been placed."""
    return name != "Order" or "ordered" in entity

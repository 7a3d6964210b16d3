"""The shop in memory: entities by class and uid, and the actions of its staff on orders."""

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import RLock
from typing import Any

from specter_tui.sandbox.server.switches import Switches
from specter_tui.sandbox.shop.entity_schema import CLASSES, Fields, locked
from specter_tui.sandbox.shop.rpc_errors import not_found

Document = dict[str, Any]
"""One entity as the shop returns it: JSON values, with Decimal for numbers that have decimals."""

PACKAGE = "Package"
"""The type of an article that is made of other articles (docs/wires.md: the real type is not known)."""

GIFT_CARD_TYPE = "giftcard"
"""The stored type of the gift card payment method; the real one is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedOrder:
    """An order with the entities that belong to it."""

    order: Document
    items: list[Document]
    payments: list[Document]
    trap: str = ""
    """The reason why it cannot or must not be exported unchanged; empty for an ordinary order."""


def stamp(moment: datetime) -> str:
    """Return a time in the shop's form: UTC, whole seconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(slots=True)
class Shop:
    """One shop; `lock` guards it, since tests may act on it from another thread than its server."""

    webshop: int
    auth: str
    tables: dict[str, dict[int, Document]] = field(default_factory=dict)
    traps: dict[int, str] = field(default_factory=dict)
    lock: RLock = field(default_factory=RLock)
    switches: Switches = field(default_factory=Switches)
    shown_as: dict[int, Any] = field(default_factory=dict)
    """Documents, any JSON, that replace orders in lists and `get`, by uid."""

    def keys(self, name: str) -> Fields:
        """Return the keys of a class: those that this shop knows, and may be written as it allows."""
        refused, read_only = self.switches.refused_keys, self.switches.read_only
        if not refused and not read_only:
            return CLASSES[name]
        return {
            key: locked(one) if f"{name}.{key}" in read_only else one
            for key, one in CLASSES[name].items()
            if f"{name}.{key}" not in refused
        }

    def add(self, name: str, entities: Iterable[Document]) -> None:
        """Put entities of class `name` into the shop."""
        self.tables.setdefault(name, {}).update((entity["uid"], entity) for entity in entities)

    def entity(self, name: str, uid: int) -> Document:
        """Return the stored entity; one that is not visible is not found."""
        found = self.tables.get(name, {}).get(uid)
        if found is None or not is_visible(name, found):
            raise not_found()
        return found

    def visible(self, name: str) -> Iterable[Document]:
        """Return all entities of a class but carts, which administrators do not see."""
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
        """Store an order that contains its items and payments, as it is, and return it."""
        with self.lock:
            whole = deepcopy(order)
            for key, name in (("items", "OrderItem"), ("payments", "Payment")):
                inner = whole.get(key, [])
                self.add(name, inner)
                whole[key] = [one["uid"] for one in inner]
            self.add("Order", [whole])
            return whole

    def expanded(self, uid: int) -> Document:
        """Return a copy of the order with its items and payments expanded."""
        with self.lock:
            order = self.entity("Order", uid)
            items = [self.entity("OrderItem", item) for item in order["items"]]
            payments = [self.entity("Payment", payment) for payment in order["payments"]]
            return deepcopy(order | {"items": items, "payments": payments})

    def orders(self) -> list[Document]:
        """Return copies of all placed orders with items and payments expanded."""
        with self.lock:
            return [self.expanded(order["uid"]) for order in self.visible("Order")]

    def remove_orders(self) -> None:
        """Delete all placed orders, as no shop does; their articles are back in stock, no uid is used again."""
        with self.lock:
            for order in list(self.visible("Order")):
                self.discard(order["uid"])
                for name, uids in (("OrderItem", order["items"]), ("Payment", order["payments"])):
                    for uid in uids:
                        del self.tables[name][uid]
                del self.tables["Order"][order["uid"]]
            self.traps.clear()
            self.shown_as.clear()

    def touch(self, entity: Document) -> None:
        """Set the time of change of `entity` to now."""
        if "changed" in entity:
            entity["changed"] = stamp(datetime.now(UTC))

    def take(self, row: Document, quantity: int) -> None:
        """Lower the stock of an order row's article by a quantity (raise it by a negative one), and update `changed`.

        An article without a stock of its own, or a deleted one, is not changed.
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
        """Return the present article number of an order row's article; the row's own if it was deleted."""
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
        """Update the article of a changed variant: its overrides, and its stock, which is the variants' sum.

        A variant without a number has none in its overrides, and uses the article's.
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

    def articles(self) -> list[Document]:
        """Return number, uids and stock of everything that can be sold: articles, or their variants.

        Stock is None where it is not managed, and for packages.
        """
        with self.lock:
            return [line for article in self.visible("Article") for line in sold_articles(article)]

    def remove_article(self, uid: int) -> None:
        """Delete an article with its variants; orders keep their rows."""
        with self.lock:
            for entry in self.entity("Article", uid).get("variants", []):
                self.tables["ArticleVariant"].pop(entry["uid"], None)
            del self.tables["Article"][uid]

    def discard(self, uid: int) -> None:
        """Cancel an order, as the administrator does; its articles are back in stock."""
        with self.lock:
            order = self.entity("Order", uid)
            if not order["discarded"]:
                self.take_all(order, -1)
            order["discarded"] = True
            self.touch(order)

    def refund(self, uid: int) -> None:
        """Pay an order's money back: its payments are cancelled, and it becomes unpaid."""
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


def sold_articles(article: Document) -> list[Document]:
    """Return the lines of an article: one for itself, or one for each variant."""
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
    """Return the article's variant entry that matches an order row's choices, or None."""
    chosen = {key: option for key, option in row["choices"].items() if key != "quantity"}
    return next((entry for entry in article.get("variants", []) if entry["definedBy"] == chosen), None)


VARIANT_KEYS = ("articleNumber", "stock")
"""The keys of a variant's overrides that are stored with the variant; others (bar code, weight) with the article."""


def is_visible(name: str, entity: Document) -> bool:
    """Return whether an administrator sees the entity: an order must have been placed."""
    return name != "Order" or "ordered" in entity

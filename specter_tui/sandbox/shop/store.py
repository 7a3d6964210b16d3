"""The shop's memory: entities by class and uid, and what the people of a shop do to its orders."""

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import RLock
from typing import Any

from specter_tui.sandbox.shop.errors import not_found

Document = dict[str, Any]
"""One entity as the shop returns it: JSON values, with Decimal for numbers that have decimals."""


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
        return (entity for entity in self.tables.get(name, {}).values() if is_visible(name, entity))

    def place(self, placed: PlacedOrder) -> Document:
        """Put an order into the shop and return it."""
        with self.lock:
            self.add("OrderItem", placed.items)
            self.add("Payment", placed.payments)
            self.add("Order", [placed.order])
            if placed.trap:
                self.traps[placed.order["uid"]] = placed.trap
            return placed.order

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

    def discard(self, uid: int) -> None:
        """Cancel an order, as the administrator does."""
        with self.lock:
            order = self.entity("Order", uid)
            order["discarded"] = True
            self.touch(order)

    def pay(self, uid: int, status: str = "paid") -> None:
        """Set an order and its payments to `status`: paid, reserved or unpaid."""
        with self.lock:
            order = self.entity("Order", uid)
            order["paymentStatus"] = status
            for payment in order["payments"]:
                self.entity("Payment", payment)["status"] = status
            self.touch(order)


def is_visible(name: str, entity: Document) -> bool:
    """Whether an administrator sees it: an order is one only when it has been placed."""
    return name != "Order" or "ordered" in entity

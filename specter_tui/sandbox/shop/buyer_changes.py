"""Buyers who change their order after its export: one unit more or less of an article, or a row removed."""

from random import Random

from specter_tui.sandbox.shop.order_edits import edit_row
from specter_tui.sandbox.shop.shop_store import Shop

MOST = 5
"""The most orders that are changed."""


class BuyerChanges:
    """Changes orders that have a Specter number in the shop."""

    def __init__(self, shop: Shop, chance: Random) -> None:
        self._shop = shop
        self._chance = chance
        self._changed: set[int] = set()

    def happen(self) -> None:
        """Change one order, or none."""
        with self._shop.lock:
            sent = [
                order["uid"]
                for order in self._shop.visible("Order")
                if order.get("externalOrderNumber") and not order["discarded"] and order["uid"] not in self._changed
            ]
            if not sent or len(self._changed) == MOST or self._chance.random() < 0.5:
                return
            uid = self._chance.choice(sent)
            self._changed.add(uid)
            items = self._shop.entity("Order", uid)["items"]
            item = self._chance.choice(items)
            quantity = self._shop.entity("OrderItem", item)["choices"]["quantity"]
            more = self._chance.choice((-1, 1, 2) if len(items) > 1 else (1, 2))  # At least one row is kept.
            edit_row(self._shop, uid, item, quantity + more)

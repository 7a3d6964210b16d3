"""Buyers who ring after their order went to Specter: one more of a thing, one less, or none of it."""

from random import Random

from specter_tui.sandbox.shop.order_edits import edit_row
from specter_tui.sandbox.shop.shop_store import Shop

MOST = 5
"""Orders that are changed in all."""


class BuyerChanges:
    """Lets orders be changed that the shop shows a Specter number for."""

    def __init__(self, shop: Shop, chance: Random) -> None:
        self._shop = shop
        self._chance = chance
        self._changed: set[int] = set()

    def happen(self) -> None:
        """Let one be changed, or none."""
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
            more = self._chance.choice((-1, 1, 2) if len(items) > 1 else (1, 2))  # something is left of the order.
            edit_row(self._shop, uid, item, quantity + more)

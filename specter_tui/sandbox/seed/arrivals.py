"""New orders while the sandbox runs."""

from datetime import UTC, datetime
from itertools import count

from specter_tui.sandbox.seed.baskets import BasketStock, ordinary
from specter_tui.sandbox.seed.buyers import someone
from specter_tui.sandbox.seed.order_builder import Shape, build_order
from specter_tui.sandbox.seed.random_source import dice
from specter_tui.sandbox.shop.shop_store import Document, Shop


class Arrivals:
    """Places orders in a shop with the next free uids, and takes their articles from its stock."""

    def __init__(self, shop: Shop, goods: BasketStock, seed: int) -> None:
        self._shop = shop
        self._goods = goods
        self._chance = dice(seed, "arrivals")
        self._uids = count(max(150_000, *shop.tables["Order"]) + 1)

    def place(self, shape: Shape | None = None, *, ordered: datetime | None = None) -> Document:
        """Place an order of this shape (an ordinary one if None), now if no other time is given, and return it."""
        with self._shop.lock:
            uid = next(self._uids)
            chosen = shape or ordinary(self._goods, self._chance, someone(self._chance, uid))
            order = self._shop.place(build_order(chosen, uid=uid, ordered=ordered or datetime.now(UTC)))
            self._shop.take_all(order)
            return self._shop.expanded(uid)

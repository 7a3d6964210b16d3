"""What is known of the shop besides its orders: currency, ways to pay, and the articles that open orders point at."""

import time
from collections.abc import Iterable

from specter_tui.abicart.documents import Article, Order, PaymentMethod, UnreadableOrder
from specter_tui.engine.number_list import NumberList
from specter_tui.engine.shelves import shelves_of
from specter_tui.engine.wires import Wires
from specter_tui.export.plan import Plan, ShopFacts, plan_order
from specter_tui.journal.records import Entry

_GOOD_FOR_SECONDS = 600


class Facts:
    """Read once, and again after ten minutes or when someone asks for a thorough look."""

    def __init__(self, wires: Wires) -> None:
        self._wires = wires
        self.numbers = NumberList(wires)
        self._shared: dict[str, int] = {}
        self._base_currency = ""
        self._methods: dict[int, PaymentMethod] = {}
        self._articles: dict[int, Article] = {}
        self._absent: set[int] = set()
        self._read_at: float | None = None

    async def refresh(self, *, thorough: bool = False) -> None:
        """Read what is missing or old. Raises ShopError."""
        now = time.monotonic()
        if not thorough and self._read_at is not None and now - self._read_at < _GOOD_FOR_SECONDS:
            return
        webshop = await self._wires.shop.webshop(self._wires.settings.abicart.webshop)
        methods = await self._wires.shop.payment_methods()
        self._base_currency = webshop.base_currency
        self._methods = {method.uid: method for method in methods}
        self._articles.clear()
        self._absent.clear()
        self._read_at = now

    async def know_articles_of(self, orders: Iterable[Order | UnreadableOrder]) -> None:
        """Read the articles of these orders that are not known yet, 100 a call, and which of their numbers are shared.

        Raises ShopError, JournalError.
        """
        items = [item for order in orders if isinstance(order, Order) for item in order.items]
        wanted = {item.article for item in items if item.article}
        missing = wanted - self._articles.keys() - self._absent
        if missing:
            found = await self._wires.shop.articles_by_uid(sorted(missing))
            self._articles |= {article.uid: article for article in found}
            self._absent |= missing - self._articles.keys()
        articles = [self._articles[uid] for uid in wanted & self._articles.keys()]
        numbers = {item.article_number.casefold() for item in items}
        numbers |= {number.casefold() for article in articles for number, _ in shelves_of(article)}
        shared = await self.numbers.shared(numbers)
        self._shared = {number: held for number, held in self._shared.items() if number not in numbers} | shared

    def plan(self, order: Order | UnreadableOrder, entry: Entry | None) -> tuple[Plan, str | None]:
        """The plan of an order, and the salted hash of its form if it has one."""
        facts = ShopFacts(
            base_currency=self._base_currency,
            payment_methods=self._methods,
            articles=self._articles,
            shared_numbers=self._shared,
        )
        plan = plan_order(order, facts, self._wires.settings, entry.external_no if entry else None)
        return plan, plan.form.digest(self._wires.journal.salt) if plan.form else None

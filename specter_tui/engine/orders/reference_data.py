"""The shop's data besides orders: currency, payment methods, and the articles of open orders."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from specter_tui.abicart.catalog_models import Article, PaymentMethod
from specter_tui.abicart.models import Order, UnreadableOrder
from specter_tui.config.settings import Settings
from specter_tui.engine.articles.catalog_index import catalog_index_of
from specter_tui.engine.articles.number_list import ShopNumberList
from specter_tui.engine.concurrency.keyed_locks import customer_keys
from specter_tui.engine.context import ShopContext
from specter_tui.engine.monitoring.error_reports import report_of
from specter_tui.engine.orders.hashes import Hashes
from specter_tui.journal.models import Entry
from specter_tui.journal.probe_models import Fact, FactName
from specter_tui.journal.repositories.probe_facts import AccountFacts
from specter_tui.planning.article_numbers import folded
from specter_tui.planning.money import FEWEST_DECIMALS, MOST_DECIMALS
from specter_tui.planning.orders.findings import amount_text
from specter_tui.planning.orders.plan import Plan, ShopFacts, plan_order
from specter_tui.planning.problems import Problem

Planned = tuple[Plan, Hashes | None]
"""The plan of an order, and the digests of its forms if it has both."""
CUSTOMER_CHANGED = "customer_changed"
WHOLE_KRONOR = "krona"
"""The fact `rounding` of a Specter that rounds totals to whole kronor, which no setting can express."""
_MAY_BE_SENT_AGAIN = ("retry_later", "unknown", "refused", "exists")
_GOOD_FOR_SECONDS = 600


class ReferenceData:
    """Read once, and again after ten minutes or for a thorough poll."""

    def __init__(self, context: ShopContext) -> None:
        self._context = context
        self.numbers = ShopNumberList(context)
        self._shared: dict[str, int] = {}
        self._base_currency = ""
        self._methods: dict[int, PaymentMethod] = {}
        self._articles: dict[int, Article] = {}
        self._absent: set[int] = set()
        self._read_at: float | None = None
        self._settings = context.settings
        self._whole_kronor = False
        self._address_on_card = False
        self._broken: dict[int, tuple[str, Problem]] = {}
        """Orders on which the program failed when they were sent, with the digest of what was sent."""

    async def refresh(self, *, thorough: bool = False) -> None:
        """Read what is missing or old, and the facts of the account. Raises ShopError, JournalError."""
        facts = await self._context.journal(AccountFacts.all, self._context.settings.accounts)
        self._settings = with_rounding(self._context.settings, facts)
        self._whole_kronor = fact_of(facts, "rounding") == WHOLE_KRONOR
        self._address_on_card = fact_of(facts, "address_on") == "card"
        now = time.monotonic()
        if not thorough and self._read_at is not None and now - self._read_at < _GOOD_FOR_SECONDS:
            return
        webshop = await self._context.shop.webshop(self._context.settings.abicart.webshop)
        methods = await self._context.shop.payment_methods()
        self._base_currency = webshop.base_currency
        self._methods = {method.uid: method for method in methods}
        self._articles.clear()
        self._absent.clear()
        self._read_at = now

    async def know_articles_of(self, orders: Iterable[Order | UnreadableOrder]) -> None:
        """Read missing articles of these orders, 100 a call, and find which of their numbers are shared."""
        items = [item for order in orders if isinstance(order, Order) for item in order.items]
        wanted = {item.article for item in items if item.article}
        missing = wanted - self._articles.keys() - self._absent
        if missing:
            found = await self._context.shop.articles_by_uid(sorted(missing))
            self._articles |= {article.uid: article for article in found}
            self._absent |= missing - self._articles.keys()
        articles = [self._articles[uid] for uid in wanted & self._articles.keys()]
        numbers = {folded(item.article_number) for item in items}
        numbers |= {folded(entry.number) for article in articles for entry in catalog_index_of(article)}
        shared = await self.numbers.shared(numbers)
        self._shared = {number: held for number, held in self._shared.items() if number not in numbers} | shared

    @property
    def shop_facts(self) -> ShopFacts:
        """The data that plans need."""
        return ShopFacts(
            base_currency=self._base_currency,
            payment_methods=self._methods,
            articles=self._articles,
            shared_numbers=self._shared,
        )

    def plan(self, order: Order | UnreadableOrder, entry: Entry | None) -> Planned:
        """Return the plan of an order, and the digests of its forms. A program error blocks this order alone."""
        facts = self.shop_facts
        external_no = entry.external_no if entry else None
        try:
            plan = plan_order(order, facts, self._settings, external_no)
            if plan.form is None or plan.customer is None:
                return plan, None
            salt = self._context.journal.salt
            hashes = Hashes(plan.form.digest(salt), plan.customer.digest(salt))
        except Exception as error:  # noqa: BLE001  # Whatever it is, the other orders go on.
            return self.broken(order, entry, error), None
        plan = replace(plan, warnings=(*plan.warnings, *self._on_the_card(plan)))
        found = [*plan.problems, *self._not_in_kronor(plan), *self._found_since(plan, hashes, entry)]
        return (plan if len(found) == len(plan.problems) else replace(plan, problems=tuple(found))), hashes

    def broken(self, order: Order | UnreadableOrder, entry: Entry | None, error: Exception) -> Plan:
        """Return the plan of an order on which the program failed."""
        external_no = (entry.external_no if entry else None) or order.number
        return Plan(uid=order.uid, number=order.number, external_no=external_no, problems=(_internal(error),))

    def note_broken(self, uid: int, hashes: Hashes | None, error: Exception) -> None:
        """Block an order on which the program failed while sending, until its document changes."""
        self._broken[uid] = (hashes.seen if hashes else "", _internal(error))

    def _not_in_kronor(self, plan: Plan) -> list[Problem]:
        """Return the problem of a total in öre where Specter was seen to round totals to whole kronor."""
        total = plan.expected
        if not self._whole_kronor or total is None or total == total.to_integral_value():
            return []
        return [Problem("rounding", "costs/total/incVat", (("case", "whole_kronor"), ("total", amount_text(total))))]

    def _on_the_card(self, plan: Plan) -> list[Problem]:
        """Return a warning where earlier orders of the buyer follow the address that this one puts on the card."""
        if not self._address_on_card or plan.customer is None or not customer_keys(plan.customer):
            return []
        return [Problem("address_on_card", "customer/deliveryAddress")]

    def _found_since(self, plan: Plan, hashes: Hashes, entry: Entry | None) -> list[Problem]:
        """Return problems that the document does not show: a program error, or a customer made with another form."""
        seen, problem = self._broken.get(plan.uid, ("", None))
        found = [problem] if problem is not None and seen == hashes.seen else []
        if entry is not None and plan.customer is not None and _is_of_another_form(plan, hashes, entry):
            found.append(Problem(CUSTOMER_CHANGED, "customer", (("number", entry.customer_number or ""),)))
        return found


def with_rounding(settings: Settings, facts: Mapping[str, Fact]) -> Settings:
    """Return the settings with the rounding that was found out about the account, where a person has set none."""
    found = {"rounding": fact_of(facts, "rounding"), "price_decimals": fact_of(facts, "price_decimals")}
    given = settings.specter.model_fields_set
    fits = {"rounding": ("order", "row", "rate"), "price_decimals": range(FEWEST_DECIMALS, MOST_DECIMALS + 1)}
    update = {name: value for name, value in found.items() if name not in given and value in fits[name]}
    return settings.model_copy(update={"specter": settings.specter.model_copy(update=update)}) if update else settings


def fact_of(facts: Mapping[str, Fact], name: FactName) -> Any:
    """Return a fact's value, None if it is not known."""
    return facts[name].value if name in facts else None


def _internal(error: Exception) -> Problem:
    return Problem("internal", "", (("report", report_of(error)),))


def _is_of_another_form(plan: Plan, hashes: Hashes, entry: Entry) -> bool:
    """Return whether an order's own customer was made with another form.

    Repeating the order does not change that customer's card.
    """
    return bool(
        entry.state in _MAY_BE_SENT_AGAIN
        and entry.customer_number
        and entry.customer_hash
        and entry.customer_hash != hashes.customer
        and plan.customer is not None
        and not customer_keys(plan.customer)
    )

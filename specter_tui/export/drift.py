"""Drift: what an edited order would take from Specter's stock now, against what was sent (wires: S-stock-effect)."""

import hashlib
import hmac
from collections.abc import Collection, Iterable
from dataclasses import astuple, dataclass
from decimal import Decimal

from specter_tui.abicart.documents import Order
from specter_tui.export.money import ZERO
from specter_tui.export.plan import Plan
from specter_tui.settings import OrderSettings
from specter_tui.specter.forms import OrderRow, decimal_text


@dataclass(frozen=True, slots=True)
class Change:
    """An article of which the order now has more or less than was sent; zero where it is not there at all."""

    article_number: str
    sent: Decimal
    now: Decimal


def drift(
    sent: Iterable[tuple[str, Decimal]], now: Iterable[OrderRow], service_articles: Collection[str] = ()
) -> tuple[Change, ...]:
    """The goods that differ, by article number.

    `sent` are article number and quantity of every row that was sent; `now` the rows that the order would have today,
    none for one that was cancelled. Rows are compared, never times: our own write-back moves the order's time. Prices
    and the division into rows do not matter, since stock does not follow them.
    """
    before = _by_article(sent, service_articles)
    after = _by_article(((row.article_number, row.quantity) for row in now if row.kind == "goods"), service_articles)
    return tuple(
        Change(number, before.get(number, ZERO), after.get(number, ZERO))
        for number in sorted(before.keys() | after.keys())
        if before.get(number, ZERO) != after.get(number, ZERO)
    )


def digests_of(order: Order, plan: Plan, salt: str) -> dict[str, str]:
    """Digests of what a later edit must not change unseen: delivery address, delivery method, fees and VAT per rate.

    HMAC-SHA256 by the journal's id, `salt`, so that no person can be read from them. VAT and address are left out where
    the plan could not tell them.
    """
    costs = order.costs
    fees = [decimal_text(ZERO if cost is None else cost.inc_vat) for cost in (costs.shipment, costs.payment)]
    told = {
        "method": [str((order.delivery and order.delivery.method) or "")],
        "fee": fees,
    }
    if plan.customer is not None:
        told["address"] = list(astuple(plan.customer.delivery))
    if not any(problem.code in ("rate", "quantity", "document") for problem in plan.problems):
        told["vat"] = [
            f"{decimal_text(rate.vat_percent)}={decimal_text(rate.vat)}" for rate in plan.shop_rates if rate.vat
        ]
    return {kind: _digest(salt, kind, parts) for kind, parts in told.items()}


def _digest(salt: str, kind: str, parts: Iterable[str]) -> str:
    return hmac.new(salt.encode(), "\0".join((kind, *parts)).encode(), hashlib.sha256).hexdigest()


def service_articles(settings: OrderSettings) -> frozenset[str]:
    """The article numbers of delivery, fees, discounts, gift cards and rounding: rows that have no stock."""
    numbers = (
        settings.article_delivery,
        settings.article_payment_fee,
        settings.article_cod,
        settings.article_discount,
        settings.article_gift_card,
        settings.article_rounding,
    )
    return frozenset(number for number in numbers if number)


def _by_article(rows: Iterable[tuple[str, Decimal]], service: Collection[str]) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for number, quantity in rows:
        if number not in service:
            sums[number] = sums.get(number, ZERO) + quantity
    return sums

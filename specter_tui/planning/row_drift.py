"""Drift: compare the articles of an edited order with those that were sent to Specter (wires: S-stock-effect)."""

import hashlib
import hmac
from collections.abc import Collection, Iterable
from dataclasses import astuple, dataclass
from decimal import Decimal

from specter_tui.abicart.models import Cost, Discount, Order
from specter_tui.config.settings import OrderSettings
from specter_tui.planning.money import ZERO
from specter_tui.planning.orders.goods import vat_of
from specter_tui.planning.orders.plan import Plan
from specter_tui.specter.order_forms import OrderRow, decimal_text


@dataclass(frozen=True, slots=True)
class RowChange:
    """An article whose quantity on the order is not the one that was sent.

    Zero means that the order does not have it.
    """

    article_number: str
    sent: Decimal
    now: Decimal


def drift(
    sent: Iterable[tuple[str, Decimal]], now: Iterable[OrderRow], service_articles: Collection[str] = ()
) -> tuple[RowChange, ...]:
    """Return the goods that differ, by article number.

    `sent` has the article number and quantity of every row that was sent; `now` the rows that the order would have
    today, none for a cancelled order. Times are not compared, since our own write-back changes the order's time. Prices
    and the division into rows are not compared either, since they do not affect stock.
    """
    before = _by_article(sent, service_articles)
    after = _by_article(((row.article_number, row.quantity) for row in now if row.kind == "goods"), service_articles)
    return tuple(
        RowChange(number, before.get(number, ZERO), after.get(number, ZERO))
        for number in sorted(before.keys() | after.keys())
        if before.get(number, ZERO) != after.get(number, ZERO)
    )


def digests_of(order: Order, plan: Plan, salt: str) -> dict[str, str]:
    """Return digests of delivery address, delivery method, fees and VAT per rate, to notice a later edit of them.

    They are HMAC-SHA256 with the journal's id as `salt`, so that no person can be identified. All but the address are
    taken from the shop's document directly, since an edited order may be one that cannot be planned.
    """
    costs = order.costs
    vats = sorted(_vat_by_rate(order).items())
    told = {
        "method": [str((order.delivery and order.delivery.method) or "")],
        "fee": [decimal_text(ZERO if cost is None else cost.inc_vat) for cost in (costs.shipment, costs.payment)],
        "vat": [f"{part} {rate} {decimal_text(vat)}" for (part, rate), vat in vats if vat],
    }
    if plan.customer is not None:
        told["address"] = list(astuple(plan.customer.delivery))
    return {kind: _digest(salt, kind, parts) for kind, parts in told.items()}


def _vat_by_rate(order: Order) -> dict[tuple[str, str], Decimal]:
    """Return the shop's own VAT by part of the order and rate."""
    costs = order.costs
    amounts: list[tuple[str, Cost | Discount | None]] = [
        *(("goods", item.costs.total) for item in order.items),
        *(("taken", item.discount_info) for item in order.items),
        *(("discount", entry) for entry in order.discount_info),
        *(("delivery", costs.shipment), ("fee", costs.payment), ("total", costs.total)),
    ]
    sums: dict[tuple[str, str], Decimal] = {}
    for part, amount in amounts:
        vat = None if amount is None else vat_of(amount)
        if amount is not None and vat is not None:
            rate = "" if part == "total" or amount.vat_rate is None else decimal_text(amount.vat_rate)
            sums[part, rate] = sums.get((part, rate), ZERO) + vat
    return sums


def _digest(salt: str, kind: str, parts: Iterable[str]) -> str:
    return hmac.new(salt.encode(), "\0".join((kind, *parts)).encode(), hashlib.sha256).hexdigest()


def service_articles(settings: OrderSettings) -> frozenset[str]:
    """Return the article numbers of delivery, fees, discounts, gift cards and rounding. Their rows have no stock."""
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

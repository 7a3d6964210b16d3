"""Both sides of an order as rows of one type: the shop's present order, and Specter's form."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from specter_tui.abicart.models import Cost, Discount, Order
    from specter_tui.config.settings import OrderSettings
    from specter_tui.journal.models import SentRow
    from specter_tui.planning.orders.plan import Plan
    from specter_tui.specter.order_forms import OrderRow

GOODS, DISCOUNT, DELIVERY, FEE, COD, GIFT_CARD, ROUNDING = (
    "goods", "discount", "delivery", "payment_fee", "cod", "gift_card", "rounding",
)  # fmt: skip
KINDS = (DISCOUNT, DELIVERY, FEE, COD, GIFT_CARD, ROUNDING)
"""The kinds of service rows."""
_ONE = Decimal(1)
_HUNDRED = Decimal(100)
_ORE = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderSideRow:
    """One row. `gross` is the row's total incl. VAT, None where it is unknown; `unit` is the net unit price.

    `article` is shown, `key` identifies the row on both sides. `vat` is None for mixed rates.
    """

    kind: str
    key: str
    article: str
    text: str
    quantity: Decimal | None
    gross: Decimal | None
    vat: Decimal | None = None
    unit: Decimal | None = None
    discount: Decimal | None = None


def service_numbers(settings: "OrderSettings") -> dict[str, str]:
    """Return the configured article number of each kind of service row."""
    numbers = {kind: getattr(settings, f"article_{kind}") for kind in KINDS}
    return {kind: number for kind, number in numbers.items() if number}


def shop_side(order: "Order", plan: "Plan | None", services: Mapping[str, str]) -> tuple[OrderSideRow, ...]:
    """Return the shop's order as rows: goods, discounts, delivery, fee, gift cards."""
    return tuple(_shop_rows(order, plan, services))


def form_side(rows: "Sequence[OrderRow]", services: Mapping[str, str]) -> tuple[OrderSideRow, ...]:
    """Return the rows of a form."""
    return tuple(
        OrderSideRow(
            kind=row.kind,
            key=_key(row.kind, row.article_number, services),
            article=row.article_number,
            text=row.text,
            quantity=row.quantity,
            gross=_gross(row.unit_price * row.quantity, row.vat_percent, row.discount_percent),
            vat=row.vat_percent,
            unit=row.unit_price,
            discount=row.discount_percent,
        )
        for row in rows
    )


def sent_side(
    rows: "Sequence[SentRow]", total: Decimal | None, texts: Mapping[str, str], services: Mapping[str, str]
) -> tuple[OrderSideRow, ...]:
    """Return the sent rows as stored in the journal, with the shop's texts.

    A row's per cent discount is not stored: where the rows do not add up to the total, their sums are omitted.
    """
    kinds = {number: kind for kind, number in reversed(list(services.items()))}
    grosses = [_gross(row.unit_price * row.quantity, row.vat_percent, None) for row in rows]
    told = total is not None and abs(sum(grosses, Decimal(0)) - total) <= _ORE * max(1, len(rows))
    return tuple(
        OrderSideRow(
            kind=kinds.get(row.article_number, GOODS),
            key=row.article_number,
            article=row.article_number,
            text=texts.get(row.article_number, ""),
            quantity=row.quantity,
            gross=gross if told else None,
            vat=row.vat_percent,
            unit=row.unit_price,
        )
        for row, gross in zip(rows, grosses, strict=True)
    )


def _shop_rows(order: "Order", plan: "Plan | None", services: Mapping[str, str]) -> Iterator[OrderSideRow]:
    form = plan.form if plan else None
    planned = [row for row in form.rows if row.kind == GOODS] if form else []
    beside = planned if len(planned) == len(order.items) else [None] * len(order.items)
    left = order.costs.cart.inc_vat
    for item, row in zip(order.items, beside, strict=True):
        gross = item.costs.total.inc_vat
        if row is not None and row.discount_percent is not None and item.discount_info is not None:
            gross -= item.discount_info.inc_vat
        left -= gross
        try:
            quantity = item.quantity
        except ValueError:
            quantity = None
        yield OrderSideRow(
            kind=GOODS,
            key=_key(GOODS, row.article_number if row else item.article_number, services),
            article=item.article_number,
            text=item.article_name,
            quantity=quantity,
            gross=gross,
            vat=_percent(item.costs.total),
        )
    yield from _discounts(order, left, services)
    cod = bool(form and any(row.kind == COD for row in form.rows))
    for kind, cost in ((DELIVERY, order.costs.shipment), (COD if cod else FEE, order.costs.payment)):
        if cost is not None and cost.inc_vat:
            yield _service(kind, "", cost.inc_vat, _percent(cost), services)
    spent = Decimal(0) if plan is None or plan.expected is None else order.costs.total.inc_vat - plan.expected
    if spent:
        yield _service(GIFT_CARD, "", -spent, Decimal(0), services)


def _discounts(order: "Order", left: Decimal, services: Mapping[str, str]) -> Iterator[OrderSideRow]:
    """Yield the discounts between goods and cart: by name where the order's list explains them, else in one row."""
    named = order.discount_info
    if named and sum((one.inc_vat for one in named), Decimal(0)) == -left:
        for one in named:
            yield _service(DISCOUNT, one.name, -one.inc_vat, _percent(one), services)
    elif left:
        yield _service(DISCOUNT, "", left, None, services)


def _service(kind: str, text: str, gross: Decimal, vat: Decimal | None, services: Mapping[str, str]) -> OrderSideRow:
    number = services.get(kind, "")
    return OrderSideRow(
        kind=kind, key=_key(kind, number, services), article="", text=text, quantity=_ONE, gross=gross, vat=vat
    )


def _key(kind: str, number: str, services: Mapping[str, str]) -> str:
    """Return the row's key: the article number, for service rows too, since the journal stores no more of them."""
    return number or services.get(kind, kind)


def _gross(net: Decimal, percent: Decimal, discount: Decimal | None) -> Decimal:
    if discount is not None:
        net -= net * discount / _HUNDRED
    return net * (1 + percent / _HUNDRED)


def _percent(cost: "Cost | Discount") -> Decimal | None:
    """Return a VAT rate in per cent, at most two decimals; None for mixed rates."""
    percent = None if cost.vat_rate is None else cost.vat_rate * _HUNDRED
    return percent if percent is not None and percent % _ORE == 0 else None

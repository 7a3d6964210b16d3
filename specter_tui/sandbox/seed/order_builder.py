"""Builds an order document of a chosen shape, with the shop's arithmetic (docs/wires.md: cost objects, discounts)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from specter_tui.sandbox.arithmetic import ORE, ZERO, Cost, blended, cost, ore, split, times, total
from specter_tui.sandbox.seed.buyers import Buyer
from specter_tui.sandbox.seed.shop_methods import AGENT, CARD
from specter_tui.sandbox.shop.order_edits import payment_status, summed_discounts
from specter_tui.sandbox.shop.shop_store import Document, PlacedOrder, stamp

GOODS_RATE = Decimal("0.25")


@dataclass(frozen=True, slots=True, kw_only=True)
class BasketLine:
    """One row of a basket."""

    number: str
    name: str
    price: Decimal
    """For one unit, including VAT, before any discount."""
    rate: Decimal = GOODS_RATE
    """VAT as a fraction."""
    quantity: int = 1
    discount: Decimal = ZERO
    """A fraction of the row: 0.1 is ten per cent off."""
    article: int = 0
    choices: Mapping[str, str] = field(default_factory=dict)
    """The chosen option of each choice, by uid."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """One payment; without an amount it pays the rest of the order."""

    method: int = CARD
    status: str = "paid"
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The data for an order. Amounts include VAT and are in the order's currency."""

    buyer: Buyer
    lines: Sequence[BasketLine]
    payments: Sequence[Paid] = (Paid(),)
    delivery: int = AGENT
    freight: Decimal = ZERO
    freight_rate: Decimal | None = None
    """VAT on the freight as a fraction; None: divided over the goods' rates by net value."""
    fee: Decimal = ZERO
    """Payment or cash-on-delivery fee, at 25 %."""
    coupon: Decimal = ZERO
    """An amount off the whole order; it is a part of each row's discount, and listed by rate on the order."""
    coupon_name: str = "Höstkupong"
    currency: str = "SEK"
    language: str = "sv"
    note: str = ""
    discarded: bool = False
    external: str = ""
    """An external order number that the order has already."""


def build_order(shape: Shape, *, uid: int, ordered: datetime, trap: str = "") -> PlacedOrder:
    """Return an order with its items and payments; all its sums agree to the öre.

    The order number is `uid` - 140000; items and payments have uids calculated from `uid`.
    """
    items = [item(line, n, uid, shape.currency) for n, line in enumerate(shape.lines, 1)]
    add_coupon(items, shape)
    off = [row["discountInfo"] for row in items if "discountInfo" in row]
    cart = total([row["costs"]["total"] for row in items], shape.currency, less=off)
    fee = cost(shape.fee, GOODS_RATE if shape.fee else ZERO, shape.currency)
    freight = freight_cost(shape, net_by_rate(items))
    whole = total([cart, fee, freight], shape.currency)
    payments = paid(shape, uid, whole["incVat"])
    order: Document = {
        "uid": uid,
        "orderNumber": str(uid - 140_000),
        "ordered": stamp(ordered),
        "changed": stamp(ordered),
        "customer": shape.buyer.document(),
        "currency": shape.currency,
        "exchangeRate": 1 if shape.currency == "SEK" else Decimal("0.091939"),
        "costs": {"total": whole, "cart": cart, "payment": fee, "shipment": freight},
        "discountInfo": summed_discounts(off),
        "items": [row["uid"] for row in items],
        "payments": [payment["uid"] for payment in payments],
        "delivery": {"method": shape.delivery},
        "paymentStatus": payment_status(payments),
        "deliveryStatus": "unsent",
        "discarded": shape.discarded,
        "note": shape.note,
        "language": shape.language,
        "hasVat": bool(whole["vat"]),
    }
    if shape.external:
        order["externalOrderNumber"] = shape.external
    return PlacedOrder(order=order, items=items, payments=payments, trap=trap)


def item(line: BasketLine, n: int, order: int, currency: str) -> Document:
    """Return row `n` of an order, with the row's own discount."""
    unit = cost(line.price, line.rate, currency)
    row: Document = {
        "uid": order * 100 + n,
        "order": order,
        "article": line.article,
        "articleNumber": line.number,
        "articleName": line.name,
        "choices": {**line.choices, "quantity": line.quantity},
        "costs": {"unit": unit, "total": times(unit, line.quantity)},
    }
    if line.discount:
        row["discountInfo"] = discount(
            "Kampanj", 138_801, ore(row["costs"]["total"]["incVat"] * line.discount), line.rate, line.discount
        )
    return row


def discount(name: str, uid: int, inc_vat: Decimal, rate: Decimal, fraction: Decimal) -> Document:
    """Return a discount in the form of rows: positive amounts for the whole row, and its rate as a fraction."""
    amounts = cost(inc_vat, rate, "")
    return {
        "name": name,
        "discount": uid,
        **{key: amounts[key] for key in ("exVat", "incVat", "vat", "vatRate")},
        "rate": fraction,
    }


def add_coupon(items: list[Document], shape: Shape) -> None:
    """Divide the coupon by value over the rows without a discount, since a row has at most one."""
    free = [row for row in items if "discountInfo" not in row and row["costs"]["total"]["incVat"]]
    if not shape.coupon or not free:
        return
    values = [row["costs"]["total"]["incVat"] for row in free]
    off = min(shape.coupon, sum(values, ZERO))
    fraction = (off / sum(values, ZERO)).quantize(Decimal("0.0001"))
    for row, part in zip(free, split(off, values), strict=True):
        if part:
            row["discountInfo"] = discount(shape.coupon_name, 138_843, part, row["costs"]["unit"]["vatRate"], fraction)


def net_by_rate(items: Sequence[Document]) -> dict[Decimal, Decimal]:
    """Return the goods' net value, after discounts, for each VAT rate."""
    nets: dict[Decimal, Decimal] = {}
    for row in items:
        rate = row["costs"]["unit"]["vatRate"]
        net = row["costs"]["total"]["exVat"] - row.get("discountInfo", {}).get("exVat", ZERO)
        nets[rate] = nets.get(rate, ZERO) + net
    return nets


def freight_cost(shape: Shape, nets: dict[Decimal, Decimal]) -> Cost:
    """Return the freight at its own rate, or divided over the goods' rates."""
    if not shape.freight or shape.freight_rate is None:
        return blended(shape.freight, nets, shape.currency)
    return cost(shape.freight, shape.freight_rate, shape.currency)


def paid(shape: Shape, order: int, to_pay: Decimal) -> list[Document]:
    """Return the payments; each pays its amount, or the rest."""
    payments: list[Document] = []
    for n, one in enumerate(shape.payments, 1):
        amount = to_pay if one.amount is None else min(one.amount, to_pay)
        to_pay -= amount
        uid = order * 10 + n
        payments.append(
            {
                "uid": uid,
                "method": one.method,
                "status": one.status,
                "amount": amount.quantize(ORE),
                "externalRef": f"ref-{uid}",
            }
        )
    return payments

"""What can be known to be wrong with an order as a whole before anything is sent."""

from collections.abc import Iterable
from itertools import chain

from specter_tui.abicart.documents import Cost, Order
from specter_tui.export.facts import ShopFacts
from specter_tui.export.findings import Findings, amount_text
from specter_tui.export.money import ZERO
from specter_tui.export.payments import has_money
from specter_tui.settings import OrderSettings
from specter_tui.specter.forms import CustomerForm, OrderForm

LONGEST = 255
"""Longest text of a field for which Specter names no length (wires: S-lengths)."""

_LONGEST = {
    "name": 100,
    "firstName": 50,
    "surName": 50,
    "orgNo": 20,
    "vatNo": 30,
    "phoneNo": 50,
    "mobileNo": 50,
    "externalDeliveryMethod": 100,
}


def check_currency(order: Order, shop: ShopFacts, settings: OrderSettings, findings: Findings) -> str:
    """The order's currency. The shop counts in SEK; another one on the order must be allowed, and be the only one."""
    base = shop.base_currency.upper()
    if base != "SEK":
        findings.block("currency", "Webshop/baseCurrency", case="base", currency=base or "?")
    currency = (order.currency or order.costs.total.currency).upper()
    if not currency:
        findings.block("currency", "currency", case="missing")
    elif currency != "SEK" and not settings.foreign_currency:
        findings.block("currency", "ORDER__FOREIGN_CURRENCY", case="foreign", currency=currency)
    others = sorted({cost.currency.upper() for cost in _costs(order)} - {"", currency})
    if others:
        findings.block("currency", "costs", case="mixed", currency=currency, other=", ".join(others))
    return currency


def check_total(order: Order, findings: Findings) -> None:
    """The shop's own sum: goods after discounts, payment fee and delivery are the total."""
    costs = order.costs
    fee = costs.payment.inc_vat if costs.payment else ZERO
    delivery = costs.shipment.inc_vat if costs.shipment else ZERO
    parts = costs.cart.inc_vat + fee + delivery
    gap = costs.total.inc_vat - parts
    if gap:
        findings.block(
            "sums",
            "costs/total/incVat",
            case="total",
            parts=amount_text(parts),
            total=amount_text(costs.total.inc_vat),
            gap=amount_text(gap),
        )


def check_lengths(customer: CustomerForm, form: OrderForm, findings: Findings) -> None:
    """Nothing is ever cut: a text that is longer than Specter's field is reported by that field's name."""
    for name, text in chain(customer.fields().items(), _texts(form)):
        longest = _LONGEST.get(name, LONGEST)
        # The e-mail address has its own check.
        if len(text) > longest and name != "emailAddress":
            findings.block("length", name, length=str(len(text)), longest=str(longest))


def warn_of_state(order: Order, settings: OrderSettings, findings: Findings) -> None:
    """What does not keep an order back, but should be known: it is not paid, or it already has a number in the shop."""
    if settings.payment_status == "any" and not has_money(order.payment_status):
        findings.warn("unpaid", "paymentStatus", status=order.payment_status or "?")
    if order.external_order_number:
        findings.warn("number_in_shop", "externalOrderNumber", number=order.external_order_number)


def _texts(form: OrderForm) -> Iterable[tuple[str, str]]:
    """The form's fields that can be long; asking for all of them would format every number."""
    yield "externalOrderNo", form.external_order_no
    yield "externalDeliveryMethod", form.delivery_method
    yield "payTypeIdentifier", form.pay_type
    yield "payTypeReference", form.pay_type_reference
    yield "internalComment", form.internal_comment
    for position, row in enumerate(form.rows, start=1):
        yield f"articleNo_{position}", row.article_number
        yield f"articleName_{position}", row.text


def _costs(order: Order) -> Iterable[Cost]:
    costs = order.costs
    yield from (cost for cost in (costs.cart, costs.total, costs.payment, costs.shipment) if cost is not None)
    for item in order.items:
        yield item.costs.unit
        yield item.costs.total

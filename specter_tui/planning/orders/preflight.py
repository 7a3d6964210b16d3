"""Checks of a whole order before anything is sent."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import chain

from specter_tui.abicart.models import Cost, Order
from specter_tui.config.settings import OrderSettings
from specter_tui.planning.article_numbers import folded
from specter_tui.planning.money import HALF_KRONA, ORE, ZERO
from specter_tui.planning.orders.findings import Findings, amount_text
from specter_tui.planning.orders.goods import vat_of
from specter_tui.planning.orders.payments import has_money
from specter_tui.planning.orders.shop_facts import ShopFacts
from specter_tui.planning.orders.totals import RateTotal
from specter_tui.specter.order_forms import CustomerForm, OrderForm, OrderRow
from specter_tui.text.sanitize import Shortened, whole_length

LONGEST = 255
"""Longest text of a field for which Specter states no length (wires: S-lengths)."""

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
_ALWAYS_FITS = min(_LONGEST.values())


_CURRENCY = re.compile("[A-Z]{3}").fullmatch


def check_currency(order: Order, shop: ShopFacts, settings: OrderSettings, findings: Findings) -> str:
    """Return the order's currency. The shop's base is SEK; another on the order must be allowed and be the only one."""
    base = shop.base_currency.upper()
    if base != "SEK":
        findings.block("currency", "Webshop/baseCurrency", case="base", currency=base or "?")
    currency = (order.currency or order.costs.total.currency).upper()
    if not _CURRENCY(currency):
        findings.block("currency", "currency", case="missing")
        return ""
    if currency != "SEK" and not settings.foreign_currency:
        findings.block("currency", "ORDER__FOREIGN_CURRENCY", case="foreign", currency=currency)
    named = {cost.currency for cost in _costs(order)}
    others = sorted({one.upper() for one in named} - {"", currency})
    if others:
        findings.block("currency", "costs", case="mixed", currency=currency, other=", ".join(others))
    return currency


def check_sums(
    order: Order, goods: Decimal, discounts: Decimal, settings: OrderSettings, findings: Findings
) -> Decimal:
    """Check the shop's sums: goods less discounts are the cart; cart, payment fee and delivery are the total.

    Return the krona rounding in the total, where the settings allow a rounding row to carry it; else zero.
    """
    costs = order.costs
    cart, total = costs.cart.inc_vat, costs.total.inc_vat
    fee = costs.payment.inc_vat if costs.payment else ZERO
    delivery = costs.shipment.inc_vat if costs.shipment else ZERO
    of_cart, of_total = cart - (goods - discounts), total - (cart + fee + delivery)
    gap = of_cart + of_total
    if gap in (of_cart, of_total) and _is_krona_rounding(gap, total, order.currency or costs.total.currency):
        if settings.krona_rounding and settings.article_rounding is not None:
            return gap
        setting = "ARTICLE_ROUNDING" if settings.krona_rounding else "KRONA_ROUNDING"
        values = {"parts": amount_text(total - gap), "total": amount_text(total), "gap": amount_text(gap)}
        findings.block("sums", f"ORDER__{setting}", case="krona", **values)
        return ZERO
    if of_cart:
        findings.block(
            "sums",
            "costs/cart/incVat",
            case="cart",
            goods=amount_text(goods),
            amount=amount_text(discounts),
            cart=amount_text(cart),
            gap=amount_text(of_cart),
        )
    if of_total:
        findings.block(
            "sums",
            "costs/total/incVat",
            case="total",
            parts=amount_text(total - of_total),
            total=amount_text(total),
            gap=amount_text(of_total),
        )
    return ZERO


def _is_krona_rounding(gap: Decimal, total: Decimal, currency: str) -> bool:
    """Return whether a gap is krona rounding: under 50 öre down, at most 50 öre up (Swedish law 1970:1029)."""
    return bool(gap) and -HALF_KRONA < gap <= HALF_KRONA and total % 1 == 0 and currency.upper() == "SEK"


def check_lengths(customer: CustomerForm, form: OrderForm, findings: Findings) -> None:
    """Report each text that is longer than Specter's field; it is not cut."""
    for name, text in chain(customer.fields().items(), _texts(form)):
        whole = not isinstance(text, Shortened)
        if whole and len(text) <= _ALWAYS_FITS:
            continue
        longest = _LONGEST.get(name, LONGEST)
        # The e-mail address has its own check.
        if (not whole or len(text) > longest) and not name.startswith("emailAddress"):
            findings.block("length", name, length=str(whole_length(text)), longest=str(longest))


def check_shared_numbers(form: OrderForm, shop: ShopFacts, findings: Findings) -> None:
    """Report article numbers that several articles or variants have: they do not identify what was bought."""
    if not shop.shared_numbers:
        return
    for row in form.rows:
        held = shop.shared_numbers.get(folded(row.article_number), 0) if row.kind == "goods" else 0
        if held > 1:
            values = {"name": row.text, "number": row.article_number, "count": str(held)}
            findings.block("duplicate", "articleNumber", case="order", **values)


def warn_of_state(order: Order, settings: OrderSettings, findings: Findings) -> None:
    """Warn of an order that is not paid, or that already has an order number in the shop."""
    if settings.payment_status == "any" and not has_money(order.payment_status):
        findings.warn("unpaid", "paymentStatus", status=order.payment_status or "?")
    if order.external_order_number:
        findings.warn("number_in_shop", "externalOrderNumber", number=order.external_order_number)


def warn_of_vat(
    order: Order,
    rows: Sequence[OrderRow],
    specter: Iterable[RateTotal],
    shop: Iterable[RateTotal],
    krona: Decimal,
    findings: Findings,
) -> None:
    """Warn where the shop's own VAT is more than an öre a row from Specter's, or from the shop's own total."""
    of_shop = {rate.vat_percent: rate.vat for rate in shop}
    for rate in specter:
        vat = of_shop.get(rate.vat_percent, ZERO)
        apart = abs(vat - rate.vat)
        if apart > ORE and apart > ORE * sum(row.vat_percent == rate.vat_percent for row in rows):
            values = {"rate": str(rate.vat_percent), "vat": amount_text(vat), "parts": amount_text(rate.vat)}
            findings.warn("vat_differs", "costs/total/vat", case="rate", **values)
    stated, vats = vat_of(order.costs.total), sum(of_shop.values(), ZERO)
    # The shop may count its krona rounding as VAT.
    if stated is not None and all(abs(stated - vats - off) > ORE * len(rows) for off in {ZERO, krona}):
        values = {"vat": amount_text(stated), "parts": amount_text(vats)}
        findings.warn("vat_differs", "costs/total/vat", case="total", **values)


def _texts(form: OrderForm) -> Iterable[tuple[str, str]]:
    """Yield the form's fields that can be too long; SPECTER__TEXT_LENGTH limits row texts and comment.

    `form.fields()` would also format every number, which is slow.
    """
    yield "externalOrderNo", form.external_order_no
    yield "externalDeliveryMethod", form.delivery_method
    yield "payTypeIdentifier", form.pay_type
    yield "payTypeReference", form.pay_type_reference
    for position, row in enumerate(form.rows, start=1):
        yield f"articleNo_{position}", row.article_number


def _costs(order: Order) -> Iterable[Cost]:
    costs = order.costs
    yield from (cost for cost in (costs.cart, costs.total, costs.payment, costs.shipment) if cost is not None)
    for item in order.items:
        yield item.costs.unit
        yield item.costs.total

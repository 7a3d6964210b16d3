"""Payments: which are gift cards, which one pays the rest, and what Specter is told of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from specter_tui.abicart.documents import Order, Payment
from specter_tui.export.facts import ShopFacts
from specter_tui.export.findings import Findings, amount_text
from specter_tui.export.money import ZERO
from specter_tui.settings import OrderSettings

_SPENT = frozenset({"reserved", "paid"})
_VOID = frozenset({"cancelled", "error"})


@dataclass(frozen=True, slots=True)
class Payments:
    """`gift_cards` are the amounts spent, positive; `expected` is what Specter's total must be, incl. VAT."""

    gift_cards: tuple[Decimal, ...]
    expected: Decimal
    by_cod: bool
    pay_type: str
    pay_type_reference: str


def has_money(status: str) -> bool:
    """Whether a payment, or an order by its payments, is reserved or paid."""
    return status.casefold() in _SPENT


def is_waiting(order: Order, wanted: str) -> bool:
    """Whether the payment has yet to come as far as ORDER__PAYMENT_STATUS asks: `any`, `reserved` or `paid`."""
    if wanted == "reserved":
        return not has_money(order.payment_status)
    return wanted == "paid" and order.payment_status.casefold() != "paid"


def read_payments(order: Order, shop: ShopFacts, settings: OrderSettings, findings: Findings) -> Payments:
    """The order's payments, checked. Cancelled and failed ones do not count."""
    valid = [payment for payment in order.payments if payment.status.casefold() not in _VOID]
    cards = [payment for payment in valid if _is_one_of(payment, shop, settings.gift_card_methods)]
    others = [payment for payment in valid if payment not in cards]
    if len(others) > 1:
        findings.block("payments", "payments", case="several", count=str(len(others)))
    gift_cards, expected = _spend(order, cards, findings)
    pay_type = _pay_type(others, expected, shop, settings, findings)
    return Payments(
        gift_cards,
        expected,
        by_cod=any(_is_one_of(payment, shop, settings.cod_methods) for payment in others),
        pay_type=pay_type,
        pay_type_reference=findings.sendable("payments/externalRef", others[0].external_ref) if pay_type else "",
    )


def _is_one_of(payment: Payment, shop: ShopFacts, types_or_uids: tuple[str, ...]) -> bool:
    """As `PaymentMethod.is_one_of`; a method that the shop no longer lists is known by its uid alone."""
    method = shop.payment_methods.get(payment.method or 0)
    return str(payment.method) in types_or_uids if method is None else method.is_one_of(types_or_uids)


def _spend(order: Order, cards: Sequence[Payment], findings: Findings) -> tuple[tuple[Decimal, ...], Decimal]:
    """What was paid with each gift card, and what remains. A card never pays more than remains."""
    spent = []
    remains = order.costs.total.inc_vat
    for card in cards:
        if not has_money(card.status):
            continue
        if card.amount is None:
            findings.block("payments", "payments/amount", case="gift_card_unknown")
        elif not 0 <= card.amount <= remains:
            amounts = {"amount": amount_text(card.amount), "total": amount_text(remains)}
            findings.block("payments", "payments/amount", case="gift_card_too_large", **amounts)
        elif card.amount:
            spent.append(card.amount)
            remains -= card.amount
    return tuple(spent), remains


def _pay_type(
    others: Sequence[Payment], due: Decimal, shop: ShopFacts, settings: OrderSettings, findings: Findings
) -> str:
    """Specter's payment type by ORDER__PAYMENT_TYPES, for the payment that is no gift card."""
    if not settings.payment_types:
        return ""
    if not others:
        if due > ZERO:
            findings.block("payment_type", "payments", case="none", amount=amount_text(due))
        return ""
    uid = others[0].method
    method = shop.payment_methods.get(uid or 0)
    kind = method.type if method else ""
    by_type = {name.casefold(): code for name, code in settings.payment_types.items()}
    pay_type = settings.payment_types.get(str(uid)) or (by_type.get(kind.casefold()) if kind else None)
    if not pay_type:
        findings.block(
            "payment_type", "ORDER__PAYMENT_TYPES", case="unmapped", method=str(uid or "?"), type=kind or "?"
        )
    return pay_type or ""

"""Payments: find the gift cards, the payment of the rest, and its payment type in Specter."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from specter_tui.abicart.catalog_models import PaymentMethod, in_language
from specter_tui.abicart.models import Order, Payment
from specter_tui.config.settings import OrderSettings
from specter_tui.planning.money import HALF_KRONA, ZERO
from specter_tui.planning.orders.findings import Findings, amount_text
from specter_tui.planning.orders.payment_kinds import Kind, kind_of, looks_like, pay_type_of, pay_types
from specter_tui.planning.orders.shop_facts import ShopFacts

_SPENT = frozenset({"reserved", "paid"})
_VOID = frozenset({"cancelled", "error"})
_BEGUN = "prepared"
"""A payment that was started; it counts only where there is no other."""


@dataclass(frozen=True, slots=True)
class Payments:
    """`gift_cards` are the amounts spent, positive; `expected` is the total that Specter must calculate, incl. VAT."""

    gift_cards: tuple[Decimal, ...]
    expected: Decimal
    by_cod: bool
    pay_type: str
    pay_type_reference: str


def has_money(status: str) -> bool:
    """Return whether the status of a payment, or of an order's payment, is reserved or paid."""
    return status.casefold() in _SPENT


def is_waiting(order: Order, wanted: str) -> bool:
    """Return whether the payment is not yet at the level of ORDER__PAYMENT_STATUS: `any`, `reserved` or `paid`."""
    if wanted == "reserved":
        return not has_money(order.payment_status)
    return wanted == "paid" and order.payment_status.casefold() != "paid"


def read_payments(order: Order, shop: ShopFacts, settings: OrderSettings, findings: Findings) -> Payments:
    """Read and check the order's payments. Those with money count; where none has, those still expected count."""
    kinds = [(one, _kind(one, shop, settings)) for one in order.payments]
    cards = [one for one, kind in kinds if kind == "gift_card"]
    others = _counted([one for one, kind in kinds if kind != "gift_card"])
    gift_cards, expected = _spend(order, cards, findings)
    _warn_of_more(order, [*cards, *others], findings)
    pay_type, reference = "", ""
    if not _unrecognised(others, shop, settings, order.language, findings):
        pay_type, reference = _pay_type(others, expected, shop, settings, findings)
    return Payments(
        gift_cards,
        expected,
        by_cod=any(kind == "cod" and one in others for one, kind in kinds),
        pay_type=pay_type,
        pay_type_reference=findings.sendable("payments/externalRef", reference),
    )


def methods_of_money(order: Order, shop: ShopFacts, settings: OrderSettings) -> tuple[str, ...]:
    """Return the names of the payment methods of what the order costs beside gift cards, else those of its gift cards.

    The names are in the order's language, else the method's type or uid.
    """
    cards = [one for one in order.payments if _kind(one, shop, settings) == "gift_card"]
    counted = _counted([one for one in order.payments if one not in cards]) or cards
    uids = sorted({one.method or 0 for one in counted})
    return tuple(dict.fromkeys(_name_of_method(uid, shop, order.language) for uid in uids))


def _name_of_method(uid: int, shop: ShopFacts, language: str) -> str:
    method = shop.payment_methods.get(uid)
    return (in_language(method.name, language) or method.type if method else "") or str(uid or "")


def _warn_of_more(order: Order, payments: Sequence[Payment], findings: Findings) -> None:
    """Warn where more was paid than the order costs, apart from krona rounding: the buyer may have paid twice."""
    held = sum((one.amount for one in payments if one.amount and has_money(one.status)), ZERO)
    total = order.costs.total.inc_vat
    if held - total > HALF_KRONA:
        findings.warn("overpaid", "payments", amount=amount_text(held), total=amount_text(total))


def _counted(payments: Sequence[Payment]) -> list[Payment]:
    """Return the payments with money; else those still expected, where one that was only started counts last."""
    holding = [one for one in payments if has_money(one.status) and (one.amount is None or one.amount > 0)]
    to_come = [one for one in payments if one.status.casefold() not in _VOID]
    chosen = [one for one in to_come if one.status.casefold() != _BEGUN]
    return holding or chosen or to_come


def _kind(payment: Payment, shop: ShopFacts, settings: OrderSettings) -> Kind | None:
    """Return the kind as `kind_of` does; by the uid alone for a method that the shop no longer lists."""
    method = shop.payment_methods.get(payment.method or 0)
    if method is not None:
        return kind_of(method, settings)
    if str(payment.method) in settings.gift_card_methods:
        return "gift_card"
    return "cod" if str(payment.method) in settings.cod_methods else None


def _unrecognised(
    others: Sequence[Payment], shop: ShopFacts, settings: OrderSettings, language: str, findings: Findings
) -> bool:
    """Report methods that seem to be gift cards or cash on delivery, or that cannot be read.

    The settings must say what they are before an order with them is sent.
    """
    methods = [_method(uid or 0, shop) for uid in dict.fromkeys(one.method for one in others)]
    found = [(method, kind) for method in methods if method and (kind := looks_like(method, settings))]
    for method, kind in found:
        name = in_language(method.name, language) or method.type
        values = {"name": name, "method": str(method.uid or "?"), "reason": method.unreadable}
        findings.block("payment_method", "payments/method", case=kind, **values)
    return bool(found)


def _method(uid: int, shop: ShopFacts) -> PaymentMethod | None:
    """Return the method. One that is not listed may be the method without a readable uid, where there is one."""
    method, nameless = shop.payment_methods.get(uid), shop.payment_methods.get(0)
    return method or (PaymentMethod.known_by_uid(uid, nameless.unreadable) if nameless else None)


def _spend(order: Order, cards: Sequence[Payment], findings: Findings) -> tuple[tuple[Decimal, ...], Decimal]:
    """Return the amounts paid with gift cards, and the rest. A card that pays more than the rest is reported."""
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
) -> tuple[str, str]:
    """Return Specter's payment type of the other payments, and the first reference among them."""
    known = pay_types(settings)
    if not known:
        return "", ""
    if not others:
        if due > ZERO:
            findings.block("payment_type", "payments", case="none", amount=amount_text(due))
        return "", ""
    types: dict[str, Payment] = {}
    for payment in others:
        method = shop.payment_methods.get(payment.method or 0)
        code = pay_type_of(payment.method, method, known)
        if code is None:
            uid, kind = str(payment.method or "?"), method.type if method else ""
            findings.block("payment_type", "ORDER__PAYMENT_TYPES", case="unmapped", method=uid, type=kind or "?")
            return "", ""
        types.setdefault(code, payment)
    if len(types) > 1:
        case = "several" if has_money(others[0].status) else "undecided"
        findings.block("payments", "payments", case=case, types=", ".join(code or "–" for code in types))
        return "", ""
    (code,) = types
    return code, next((one.external_ref for one in others if one.external_ref), "") if code else ""

"""Delivery, payment fee, cash on delivery and gift cards: rows with service articles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from specter_tui.abicart.models import Cost, Order
from specter_tui.config.settings import OrderSettings
from specter_tui.planning.article_numbers import is_good_number
from specter_tui.planning.money import ZERO, split_blend, to_ore, vat_in, vats_of_parts
from specter_tui.planning.orders.findings import Findings, amount_text, percent_text
from specter_tui.planning.orders.goods import check_vat, stated_percent, vat_of
from specter_tui.planning.orders.order_languages import ServiceKind, word
from specter_tui.planning.orders.order_lines import OrderLine
from specter_tui.planning.orders.shop_facts import ShopFacts

_LAWFUL = tuple(map(Decimal, (25, 12, 6, 0)))
"""The VAT rates of Swedish law, per cent."""


@dataclass(frozen=True, slots=True)
class ServiceRowBuilder:
    """Builds rows with the settings' service articles. A missing setting is reported once, and only if it is needed."""

    settings: OrderSettings
    language: str
    findings: Findings

    def line(
        self,
        kind: ServiceKind,
        gross: Decimal,
        vat_percent: Decimal = ZERO,
        text: str = "",
        vat: Decimal | None = None,
    ) -> OrderLine:
        """Return a line of quantity 1 with the kind's article; `text` defaults to the kind's word."""
        number: str | None = getattr(self.settings, f"article_{kind}")
        setting = f"ORDER__ARTICLE_{kind.upper()}"
        if number is None and all(problem.field != setting for problem in self.findings.problems):
            self.findings.block("service_article", setting, case=kind)
        if number and not is_good_number(number) and all(one.field != setting for one in self.findings.problems):
            self.findings.block("service_number", setting, setting=setting, number=number)
        return OrderLine(kind, number or "", text or word(kind, self.language), gross, vat_percent, vat=vat)


def cost_lines(
    order: Order, shop: ShopFacts, articles: ServiceRowBuilder, by_cod: bool, goods: Mapping[Decimal, Decimal]
) -> list[OrderLine]:
    """Return the lines of delivery, payment fee and cash on delivery; `goods` are amounts after discounts by rate.

    The fee of an order paid by cash on delivery is on that article, and there is no payment fee row.
    """
    settings = articles.settings
    zero_cod = settings.zero_cod_row and _has_cod(shop, settings)
    fee = order.costs.payment
    lines = _lines("delivery", order.costs.shipment, "costs/shipment", settings.zero_delivery_row, goods, articles)
    if by_cod:
        return lines + _lines("cod", fee, "costs/payment", zero_cod, goods, articles)
    lines += _lines("payment_fee", fee, "costs/payment", settings.zero_payment_fee_row, goods, articles)
    return lines + _lines("cod", None, "costs/payment", zero_cod, goods, articles)


def gift_card_lines(gift_cards: Sequence[Decimal], articles: ServiceRowBuilder) -> list[OrderLine]:
    """Return one line for each card spent.

    A gift card is a payment, not a discount, so its VAT is 0 (wires: A-gift-cards).
    """
    return [articles.line("gift_card", -amount) for amount in gift_cards]


def _has_cod(shop: ShopFacts, settings: OrderSettings) -> bool:
    """Return whether the shop has an active cash-on-delivery method."""
    return any(method.active and method.is_one_of(settings.cod_methods) for method in shop.payment_methods.values())


def _lines(
    kind: ServiceKind,
    cost: Cost | None,
    place: str,
    also_zero: bool,
    goods: Mapping[Decimal, Decimal],
    articles: ServiceRowBuilder,
) -> list[OrderLine]:
    """Return the lines of one cost: one at its own rate, or several where its VAT mixes the goods' rates."""
    percent = None if cost is None else stated_percent(cost)
    if cost is None or not cost.inc_vat:
        return [articles.line(kind, ZERO, percent or ZERO)] if also_zero else []
    if percent not in goods and not _is_charged_at(cost, percent):
        # Mixed rates can look like a rate of their own: half at 25 and half at 12 is 18.5 %. The cost is divided by the
        # goods' net values, which gives the same parts as their values incl. VAT but for roundings.
        parts = split_blend(cost.inc_vat, vat_of(cost), goods)
        if parts is not None:
            vats = vats_of_parts(parts, vat_of(cost))
            return [
                articles.line(kind, part, percent, vat=vat)
                for (percent, part), vat in zip(parts.items(), vats, strict=True)
            ]
    if percent is None:
        rate, amount = percent_text(cost.vat_rate), amount_text(cost.inc_vat)
        articles.findings.block("rate", f"{place}/vatRate", case=kind, rate=rate, amount=amount)
        return []
    check_vat(cost, percent, place, articles.findings)
    return [articles.line(kind, cost.inc_vat, percent, vat=vat_of(cost))]


def _is_charged_at(cost: Cost, percent: Decimal | None) -> bool:
    """Return whether a cost has a legal rate and its exact VAT: that mixed rates give the same is chance."""
    return percent is not None and percent in _LAWFUL and vat_of(cost) in (None, to_ore(vat_in(cost.inc_vat, percent)))

"""Discounts in Specter's order: rows of their own, one for each discount and VAT rate, or per cent on the goods."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from specter_tui.abicart.models import Discount, Order
from specter_tui.planning.money import CLOSE_ENOUGH, ORE, ZERO, split_blend, vats_of_parts
from specter_tui.planning.orders.findings import Findings, amount_text
from specter_tui.planning.orders.goods import GoodsRow, vat_of
from specter_tui.planning.orders.order_lines import OrderLine
from specter_tui.planning.orders.reductions import Reduction, trusted_reductions
from specter_tui.planning.orders.service_rows import ServiceRowBuilder

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Discounts:
    """Per cent by the row's position among the goods, and the discounts that get rows of their own."""

    per_row: Mapping[int, Decimal]
    reductions: tuple[Reduction, ...]
    total: Decimal
    """The sum of all discounts incl. VAT."""

    def lines(self, articles: ServiceRowBuilder) -> list[OrderLine]:
        """Return one line for each discount and VAT rate, with the discount's name."""
        sendable = articles.findings.sendable
        return [
            articles.line(
                "discount",
                -one.gross,
                one.vat_percent,
                sendable("discountInfo/name", one.name),
                None if one.vat is None else -one.vat,
            )
            for one in self.reductions
            if one.vat_percent is not None
        ]


def read_discounts(order: Order, goods: Sequence[GoodsRow], as_percent: bool, findings: Findings) -> Discounts:
    """Return the order's discounts, checked. `as_percent` is ORDER__DISCOUNT_PERCENT_PER_ROW."""
    if not order.discount_info and all(row.item.discount_info is None for row in goods):
        return Discounts({}, (), ZERO)
    reductions = trusted_reductions(order, goods, findings)
    total = sum((reduction.gross for reduction in reductions), ZERO)
    per_row = _take_percents(goods, reductions) if as_percent else {}
    base = _base(goods, per_row)
    if base is not None:
        reductions = list(_without_blends(reductions, base, findings))
        _check_base(base, reductions, findings)
    return Discounts(per_row, tuple(reduction for reduction in reductions if reduction.gross), total)


def _take_percents(goods: Sequence[GoodsRow], reductions: Sequence[Reduction]) -> dict[int, Decimal]:
    """Return per cent by row where the rate gives the shop's exact amount, and subtract it from the reductions."""
    per_row = {}
    for place, row in enumerate(goods):
        entry = row.item.discount_info
        if entry is None or entry.rate is None or not 0 < entry.rate <= 1:
            continue
        if abs(row.gross * entry.rate - entry.inc_vat) > CLOSE_ENOUGH:
            continue
        group = _group_of(row, entry, reductions)
        if group is not None:
            per_row[place] = entry.rate * HUNDRED
            vat = vat_of(entry)
            group.gross -= entry.inc_vat
            group.vat = None if group.vat is None or vat is None else group.vat - vat
    return per_row


def _group_of(row: GoodsRow, entry: Discount, reductions: Sequence[Reduction]) -> Reduction | None:
    """Return the reduction that contains a row's discount: the same discount, at the row's rate or of mixed rates."""
    fitting = [
        reduction
        for reduction in reductions
        if reduction.discount == entry.discount
        and reduction.gross >= entry.inc_vat
        and reduction.vat_percent in (row.vat_percent, None)
    ]
    return next((reduction for reduction in fitting if reduction.vat_percent is not None), next(iter(fitting), None))


def _base(goods: Sequence[GoodsRow], per_row: Mapping[int, Decimal]) -> dict[Decimal, Decimal] | None:
    """Return the goods incl. VAT by rate, after per cent discounts on rows; None where a rate is unknown."""
    base: dict[Decimal, Decimal] = {}
    for place, row in enumerate(goods):
        if row.vat_percent is None:
            return None
        taken = row.item.discount_info.inc_vat if place in per_row and row.item.discount_info else ZERO
        base[row.vat_percent] = base.get(row.vat_percent, ZERO) + row.gross - taken
    return base


def _left(base: Mapping[Decimal, Decimal], reductions: Iterable[Reduction]) -> dict[Decimal, Decimal]:
    """Return the goods by rate after the discounts that have a rate."""
    left = dict(base)
    for reduction in reductions:
        if reduction.vat_percent is not None:
            left[reduction.vat_percent] = left.get(reduction.vat_percent, ZERO) - reduction.gross
    return left


def _without_blends(
    reductions: Sequence[Reduction], base: Mapping[Decimal, Decimal], findings: Findings
) -> Iterable[Reduction]:
    """Divide discounts of mixed VAT over the goods' rates where that gives the shop's VAT; else report them."""
    left = _left(base, reductions)
    for reduction in reductions:
        if reduction.vat_percent in base or not reduction.gross:
            yield reduction
            continue
        parts = split_blend(reduction.gross, reduction.vat, left, ORE * reduction.rows)
        if parts is not None:
            for (percent, part), vat in zip(parts.items(), vats_of_parts(parts, reduction.vat), strict=True):
                yield Reduction(reduction.discount, reduction.name, percent, part, vat)
        elif reduction.vat_percent is None:
            amount = amount_text(reduction.gross)
            findings.block("rate", "discountInfo/vatRate", case="discount", amount=amount)
        else:
            yield reduction


def _check_base(base: Mapping[Decimal, Decimal], reductions: Sequence[Reduction], findings: Findings) -> None:
    """Report a rate at which the discounts are more than the goods."""
    discounted = {reduction.vat_percent for reduction in reductions}
    for percent, left in _left(base, reductions).items():
        if left < 0 and percent in discounted:
            goods = base.get(percent, ZERO)
            findings.block(
                "sums",
                "discountInfo",
                case="discount_too_large",
                rate=str(percent),
                amount=amount_text(goods - left),
                goods=amount_text(goods),
            )

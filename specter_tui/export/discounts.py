"""Discounts: which of the shop's lists to believe, and how each becomes rows of its own or per cent on the goods.

The shop tells them twice, on the order and on its rows; normally both are the same money (wires: A-discounts).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from specter_tui.abicart.documents import Discount, Order
from specter_tui.export.findings import Findings, amount_text
from specter_tui.export.goods import Goods, check_vat, goods_total, vat_agrees, vat_of
from specter_tui.export.lines import Line
from specter_tui.export.money import CLOSE_ENOUGH, ZERO, split_blend, whole_percent
from specter_tui.export.service_rows import ServiceArticles

HUNDRED = Decimal(100)


@dataclass(slots=True)
class Reduction:
    """What one discount takes off at one VAT rate: positive amounts incl. VAT. A rate of None is a blend.

    Changes while the discounts are read, and not after.
    """

    discount: int | None
    name: str
    vat_percent: int | None
    gross: Decimal
    vat: Decimal | None


@dataclass(frozen=True, slots=True)
class Discounts:
    """Per cent by the row's place among the goods, and what is taken off in rows of its own."""

    per_row: Mapping[int, Decimal]
    reductions: tuple[Reduction, ...]

    def lines(self, articles: ServiceArticles) -> list[Line]:
        """One line for each discount and VAT rate, with the discount's name."""
        return [
            articles.line("discount", -reduction.gross, reduction.vat_percent, reduction.name)
            for reduction in self.reductions
            if reduction.vat_percent is not None
        ]


def read_discounts(order: Order, goods: Sequence[Goods], as_percent: bool, findings: Findings) -> Discounts:
    """All discounts of the order, checked. `as_percent` is ORDER__DISCOUNT_PERCENT_PER_ROW."""
    if not order.discount_info and all(row.item.discount_info is None for row in goods):
        _check_cart(order, goods, [], findings)
        return Discounts({}, ())
    reductions = _believed(order, goods, findings)
    per_row = _take_percents(goods, reductions) if as_percent else {}
    base = _base(goods, per_row)
    if base is not None:
        reductions = list(_without_blends(reductions, _left(base, reductions), findings))
        _check_base(base, reductions, findings)
    return Discounts(per_row, tuple(reduction for reduction in reductions if reduction.gross))


def _believed(order: Order, goods: Sequence[Goods], findings: Findings) -> list[Reduction]:
    """The list that explains the cart; where both do, the order's, unless only the rows' rates are whole."""
    of_order = _merged(
        Reduction(entry.discount, entry.name, whole_percent(entry.vat_rate), entry.inc_vat, vat_of(entry))
        for entry in order.discount_info
    )
    of_rows = _merged(_of_row(row, row.item.discount_info) for row in goods if row.item.discount_info is not None)
    due = goods_total(goods) - order.costs.cart.inc_vat
    explaining = [source for source in (of_order, of_rows) if _sum(source) == due]
    believed = next(
        (source for source in explaining if all(reduction.vat_percent is not None for reduction in source)),
        explaining[0] if explaining else of_order or of_rows,
    )
    _check_cart(order, goods, believed, findings)
    _check_entries(order, goods, findings)
    return believed


def _of_row(row: Goods, entry: Discount) -> Reduction:
    """A row's own discount is at the row's rate, also where the shop divided öre to state it."""
    percent = whole_percent(entry.vat_rate)
    if percent is None and row.vat_percent is not None and vat_agrees(entry, row.vat_percent):
        percent = row.vat_percent
    return Reduction(entry.discount, entry.name, percent, entry.inc_vat, vat_of(entry))


def _merged(reductions: Iterable[Reduction]) -> list[Reduction]:
    """One for each discount and VAT rate, in order of appearance."""
    merged: dict[tuple[int | None, str, int | None], Reduction] = {}
    for new in reductions:
        known = merged.setdefault((new.discount, new.name, new.vat_percent), new)
        if known is not new:
            known.gross += new.gross
            known.vat = None if known.vat is None or new.vat is None else known.vat + new.vat
    return list(merged.values())


def _sum(reductions: Iterable[Reduction]) -> Decimal:
    return sum((reduction.gross for reduction in reductions), ZERO)


def _check_cart(order: Order, goods: Sequence[Goods], reductions: Sequence[Reduction], findings: Findings) -> None:
    total, cart, discounts = goods_total(goods), order.costs.cart.inc_vat, _sum(reductions)
    gap = cart - (total - discounts)
    if gap:
        findings.block(
            "sums",
            "costs/cart/incVat",
            case="cart",
            goods=amount_text(total),
            amount=amount_text(discounts),
            cart=amount_text(cart),
            gap=amount_text(gap),
        )


def _check_entries(order: Order, goods: Sequence[Goods], findings: Findings) -> None:
    """No discount is negative, and each one's VAT is that of its rate."""
    of_order = [(f"discountInfo/{place}", entry) for place, entry in enumerate(order.discount_info, start=1)]
    of_rows = [(f"items/{place}/discountInfo", row.item.discount_info) for place, row in enumerate(goods, start=1)]
    for place, entry in (*of_order, *of_rows):
        if entry is None:
            continue
        if entry.inc_vat < 0:
            findings.block("sums", f"{place}/incVat", case="negative_discount", amount=amount_text(entry.inc_vat))
        percent = whole_percent(entry.vat_rate)
        if percent is not None:
            check_vat(entry, percent, place, findings)


def _take_percents(goods: Sequence[Goods], reductions: Sequence[Reduction]) -> dict[int, Decimal]:
    """Rows whose discount is a rate that gives the shop's amount exactly; what they take is taken off the rest."""
    per_row = {}
    for place, row in enumerate(goods):
        entry = row.item.discount_info
        if entry is None or not entry.rate or not 0 < entry.rate <= 1 or row.line(None) is None:
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


def _group_of(row: Goods, entry: Discount, reductions: Sequence[Reduction]) -> Reduction | None:
    """The reduction that a row's discount is a part of: of the same discount, at the row's rate or blended."""
    fitting = [
        reduction
        for reduction in reductions
        if reduction.discount == entry.discount
        and reduction.gross >= entry.inc_vat
        and reduction.vat_percent in (row.vat_percent, None)
    ]
    return next((reduction for reduction in fitting if reduction.vat_percent is not None), next(iter(fitting), None))


def _base(goods: Sequence[Goods], per_row: Mapping[int, Decimal]) -> dict[int, Decimal] | None:
    """The goods incl. VAT by rate, after per cent on rows, before all else; None while a rate is unknown."""
    base: dict[int, Decimal] = {}
    for place, row in enumerate(goods):
        if row.vat_percent is None:
            return None
        taken = row.item.discount_info.inc_vat if place in per_row and row.item.discount_info else ZERO
        base[row.vat_percent] = base.get(row.vat_percent, ZERO) + row.gross - taken
    return base


def _left(base: Mapping[int, Decimal], reductions: Iterable[Reduction]) -> dict[int, Decimal]:
    """What is left of the goods by rate after the discounts that have a rate."""
    left = dict(base)
    for reduction in reductions:
        if reduction.vat_percent is not None:
            left[reduction.vat_percent] = left.get(reduction.vat_percent, ZERO) - reduction.gross
    return left


def _without_blends(
    reductions: Iterable[Reduction], left: Mapping[int, Decimal], findings: Findings
) -> Iterable[Reduction]:
    """Blended discounts spread over the goods' rates, if that gives the shop's VAT; else they are reported."""
    for reduction in reductions:
        if reduction.vat_percent is not None or not reduction.gross:
            yield reduction
            continue
        parts = split_blend(reduction.gross, reduction.vat, left)
        if parts is None:
            amount = amount_text(reduction.gross)
            findings.block("rate", "discountInfo/vatRate", case="discount", amount=amount)
            continue
        for percent, part in parts.items():
            yield Reduction(reduction.discount, reduction.name, percent, part, None)


def _check_base(base: Mapping[int, Decimal], reductions: Sequence[Reduction], findings: Findings) -> None:
    """At no rate is more taken off than the goods of that rate come to."""
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

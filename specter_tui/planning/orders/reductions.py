"""The shop states its discounts twice, on the order and on its rows: choose the list to trust (wires: A-discounts)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from specter_tui.abicart.models import Discount, Order
from specter_tui.planning.money import ORE, ZERO
from specter_tui.planning.orders.findings import Findings, amount_text
from specter_tui.planning.orders.goods import GoodsRow, check_vat, goods_total, stated_percent, vat_agrees, vat_of


@dataclass(slots=True)
class Reduction:
    """The amount of one discount at one VAT rate: positive, incl. VAT. The rate None means mixed rates.

    `rows` counts the rows that its VAT sums, each rounded. It changes only while the discounts are read.
    """

    discount: int | None
    name: str
    vat_percent: Decimal | None
    gross: Decimal
    vat: Decimal | None
    rows: int = 1


def trusted_reductions(order: Order, goods: Sequence[GoodsRow], findings: Findings) -> list[Reduction]:
    """Return the list that explains the cart; if both do, the order's, unless the rows' explains the VAT better."""
    of_order = _merged(_of_order(entry, goods) for entry in order.discount_info)
    of_rows = _merged(_of_row(row, row.item.discount_info) for row in goods if row.item.discount_info is not None)
    due = goods_total(goods) - order.costs.cart.inc_vat
    explaining = [source for source in (of_order, of_rows) if _sum(source) == due]
    believed = min(explaining, key=lambda source: _doubt(source, order, goods), default=of_order or of_rows)
    _check_entries(order, goods, findings)
    return believed


def _doubt(source: Sequence[Reduction], order: Order, goods: Sequence[GoodsRow]) -> tuple[bool, bool]:
    """Return whether a list has mixed rates, and whether its VAT leaves more than rounding between goods and cart."""
    if not source:
        return False, False
    vats = [*(vat_of(row.item.costs.total) for row in goods), *(-one.vat for one in source if one.vat is not None)]
    cart = vat_of(order.costs.cart)
    known = [vat for vat in vats if vat is not None]
    gap = ZERO if cart is None else abs(cart - sum(known, ZERO))
    roundings = len(goods) + sum(one.rows for one in source)
    return any(one.vat_percent is None for one in source), gap > ORE * roundings


def _of_order(entry: Discount, goods: Sequence[GoodsRow]) -> Reduction:
    """Read an entry of the order.

    A rate with decimals that no goods have is mixed: half at 25 and half at 12 is 18.5 %.
    """
    percent = stated_percent(entry)
    if (
        percent is not None
        and percent != percent.to_integral_value()
        and all(row.vat_percent != percent for row in goods)
    ):
        percent = None
    return Reduction(entry.discount, entry.name, percent, entry.inc_vat, vat_of(entry), _rows_of(entry, percent, goods))


def _rows_of(entry: Discount, percent: Decimal | None, goods: Sequence[GoodsRow]) -> int:
    """Count the rows that an order's entry sums: those with its discount, else all.

    Only those of its rate if it has one.
    """
    of_rate = [row for row in goods if percent is None or row.vat_percent == percent]
    named = sum(
        row.item.discount_info is not None and row.item.discount_info.discount == entry.discount for row in of_rate
    )
    return max(1, named or len(of_rate))


def _of_row(row: GoodsRow, entry: Discount) -> Reduction:
    """Read a row's own discount.

    It has the row's rate, also where the shop calculated its rate from rounded amounts.
    """
    percent = stated_percent(entry)
    if percent is None and row.vat_percent is not None and vat_agrees(entry, row.vat_percent):
        percent = row.vat_percent
    return Reduction(entry.discount, entry.name, percent, entry.inc_vat, vat_of(entry))


def _merged(reductions: Iterable[Reduction]) -> list[Reduction]:
    """Join those of one discount and VAT rate, in order of appearance."""
    merged: dict[tuple[int | None, str, Decimal | None], Reduction] = {}
    for new in reductions:
        known = merged.setdefault((new.discount, new.name, new.vat_percent), new)
        if known is not new:
            known.gross += new.gross
            known.vat = None if known.vat is None or new.vat is None else known.vat + new.vat
            known.rows += new.rows
    return list(merged.values())


def _sum(reductions: Iterable[Reduction]) -> Decimal:
    return sum((reduction.gross for reduction in reductions), ZERO)


def _check_entries(order: Order, goods: Sequence[GoodsRow], findings: Findings) -> None:
    """Report negative discounts, and discounts whose VAT does not match their rate."""
    for place, entry in enumerate(order.discount_info, start=1):
        percent = stated_percent(entry)
        _check_entry(entry, percent, f"discountInfo/{place}", _rows_of(entry, percent, goods), findings)
    for place, row in enumerate(goods, start=1):
        if (own := row.item.discount_info) is not None:
            _check_entry(own, stated_percent(own), f"items/{place}/discountInfo", 1, findings)


def _check_entry(entry: Discount, percent: Decimal | None, place: str, rows: int, findings: Findings) -> None:
    if entry.inc_vat < 0:
        findings.block("sums", f"{place}/incVat", case="negative_discount", amount=amount_text(entry.inc_vat))
    if percent is not None:
        # The VAT of each row was rounded before it was summed.
        check_vat(entry, percent, place, findings, ORE * rows)

"""Match the rows of the two sides of an order, and find their differences."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest
from typing import Literal

from specter_tui.console.viewmodel.detail.order_sides import GOODS, ROUNDING, OrderSideRow

Verdict = Literal["same", "differs", "only_shop", "only_specter", "rounding"]
_HALF_ORE = Decimal("0.005")


@dataclass(frozen=True, slots=True)
class Pair:
    """A row of the shop and one of Specter; None where a side has none."""

    shop: OrderSideRow | None
    specter: OrderSideRow | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class RowDifference:
    """The totals of one article or kind of service row on both sides, where they differ."""

    key: str
    verdict: Verdict
    shop_quantity: Decimal
    specter_quantity: Decimal
    shop_gross: Decimal | None
    specter_gross: Decimal | None
    goods: bool


def pair(shop: Sequence[OrderSideRow], specter: Sequence[OrderSideRow]) -> tuple[Pair, ...]:
    """Pair the rows, grouped by key in the shop's order; rows that only Specter has are last."""
    keys = dict.fromkeys([*(row.key for row in shop), *(row.key for row in specter)])
    pairs: list[Pair] = []
    for key in keys:
        left, right = _of(key, shop), _of(key, specter)
        verdict = _verdict(left, right)
        pairs += [Pair(one, other, verdict) for one, other in _matched(left, right)]
    return tuple(pairs)


def differences(shop: Sequence[OrderSideRow], specter: Sequence[OrderSideRow]) -> tuple[RowDifference, ...]:
    """Return each key whose rows differ."""
    found = []
    for key in dict.fromkeys([*(row.key for row in shop), *(row.key for row in specter)]):
        left, right = _of(key, shop), _of(key, specter)
        verdict = _verdict(left, right)
        if verdict not in ("same", "rounding"):
            goods = any(row.kind == GOODS for row in (*left, *right))
            found.append(
                RowDifference(key, verdict, _quantity(left), _quantity(right), _gross(left), _gross(right), goods)
            )
    return tuple(found)


def _matched(
    left: Sequence[OrderSideRow], right: list[OrderSideRow]
) -> Iterator[tuple[OrderSideRow | None, OrderSideRow | None]]:
    """Pair the rows of one key: rows of equal VAT rate first, then the rest."""
    rest: list[OrderSideRow] = []
    for row in left:
        other = next((one for one in right if one.vat == row.vat), None)
        if other is None:
            rest.append(row)
        else:
            right.remove(other)
            yield row, other
    yield from zip_longest(rest, right)


def _of(key: str, rows: Iterable[OrderSideRow]) -> list[OrderSideRow]:
    return [row for row in rows if row.key == key]


def _verdict(left: Sequence[OrderSideRow], right: Sequence[OrderSideRow]) -> Verdict:
    """Compare by totals: a discount may be one row in the shop and one for each rate in Specter."""
    if not left:
        return "rounding" if all(row.kind == ROUNDING for row in right) else "only_specter"
    if not right:
        return "only_shop"
    goods = any(row.kind == GOODS for row in (*left, *right))
    if goods and _quantity(left) != _quantity(right):
        return "differs"
    shop, specter = _gross(left), _gross(right)
    if shop is None or specter is None:
        return "same"
    return "same" if abs(shop - specter) < _HALF_ORE else "differs"


def _quantity(rows: Iterable[OrderSideRow]) -> Decimal:
    return sum((row.quantity or Decimal(0) for row in rows), Decimal(0))


def _gross(rows: Iterable[OrderSideRow]) -> Decimal | None:
    total = Decimal(0)
    for row in rows:
        if row.gross is None:
            return None
        total += row.gross
    return total

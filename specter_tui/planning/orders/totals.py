"""Calculate Specter's total by each of the three ways in which it may round (wires: S-rounding)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from specter_tui.planning.money import ZERO, gross_factor, to_ore, vat_in
from specter_tui.specter.order_forms import OrderRow

Rounding = Literal["order", "row", "rate"]


@dataclass(frozen=True, slots=True)
class RateTotal:
    """All rows of one VAT rate: net and VAT in the order's currency."""

    vat_percent: Decimal
    net: Decimal
    vat: Decimal


@dataclass(frozen=True, slots=True)
class Totals:
    """The total incl. VAT in whole öre, and its parts, highest rate first."""

    total: Decimal
    rates: tuple[RateTotal, ...]


def model(rows: Iterable[OrderRow], rounding: Rounding) -> Totals:
    """Return the totals that Specter calculates from the rows, by SPECTER__ROUNDING."""
    nets: dict[Decimal, Decimal] = {}
    grosses: dict[Decimal, Decimal] = {}
    for row in rows:
        percent = row.vat_percent
        net = row_net(row)
        gross = net * gross_factor(percent)
        if rounding == "row":
            gross = to_ore(gross)
        elif rounding == "rate":
            net = to_ore(net)
        nets[percent] = nets.get(percent, ZERO) + net
        grosses[percent] = grosses.get(percent, ZERO) + gross
    percents = sorted(nets, reverse=True)
    if rounding == "rate":
        rates = tuple(RateTotal(percent, nets[percent], _vat_on(nets[percent], percent)) for percent in percents)
        return Totals(sum((rate.net + rate.vat for rate in rates), ZERO), rates)
    return Totals(to_ore(sum(grosses.values(), ZERO)), by_rate(grosses))


def shop_totals(grosses: Mapping[Decimal, Decimal], vats: Mapping[Decimal, Decimal]) -> tuple[RateTotal, ...]:
    """Combine the shop's amounts incl. VAT and its own VAT, both by VAT per cent, highest rate first."""
    return tuple(
        RateTotal(percent, grosses[percent] - vats[percent], vats[percent]) for percent in sorted(grosses, reverse=True)
    )


def by_rate(grosses: Mapping[Decimal, Decimal]) -> tuple[RateTotal, ...]:
    """Divide amounts incl. VAT by VAT per cent into net and VAT in whole öre, highest rate first."""
    return tuple(_from_gross(percent, grosses[percent]) for percent in sorted(grosses, reverse=True))


def row_net(row: OrderRow) -> Decimal:
    """Return the row's amount excl. VAT after its discount, not rounded."""
    net = row.unit_price * row.quantity
    return net if row.discount_percent is None else net - net * row.discount_percent / 100


def decimals_can_explain(rows: Iterable[OrderRow]) -> Decimal:
    """Return the largest gap that rounded prices and sums can make. A larger one is an error and is never balanced."""
    most = ZERO
    percents = set()
    half, half_ore = Decimal("0.5"), Decimal("0.005")
    for row in rows:
        step = Decimal(1).scaleb(int(row.unit_price.as_tuple().exponent))
        most += (abs(row.quantity) * half * step + half_ore) * gross_factor(row.vat_percent)
        percents.add(row.vat_percent)
    return most + half_ore * len(percents)


def _vat_on(net: Decimal, percent: Decimal) -> Decimal:
    # Plus zero, because a negative amount at 0 % would have a VAT of minus zero.
    return to_ore(net * percent / 100) + ZERO


def _from_gross(percent: Decimal, gross: Decimal) -> RateTotal:
    gross = to_ore(gross)
    vat = to_ore(vat_in(gross, percent))
    return RateTotal(percent, gross - vat, vat)

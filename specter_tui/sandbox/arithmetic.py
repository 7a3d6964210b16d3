"""The shop's arithmetic: Decimal, half-up, amounts with two decimals (docs/wires.md, cost objects)."""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

Cost = dict[str, Any]
"""The shop's cost object: currency, exVat, incVat, vat (amounts) and vatRate (a fraction)."""

ORE = Decimal("0.01")
ZERO = Decimal(0)
RATE_DECIMALS = Decimal("0.00000001")


def ore(amount: Decimal) -> Decimal:
    """Round `amount` half-up to two decimals."""
    return amount.quantize(ORE, ROUND_HALF_UP)


def cost(inc_vat: Decimal, rate: Decimal, currency: str) -> Cost:
    """Return the cost object of an amount that is stored including VAT at one `rate` (a fraction)."""
    ex_vat = ore(inc_vat / (1 + rate))
    return {
        "currency": currency,
        "exVat": ex_vat,
        "incVat": ore(inc_vat),
        "vat": ore(inc_vat) - ex_vat,
        "vatRate": rate,
    }


def times(unit: Cost, quantity: int) -> Cost:
    """Return a row's cost: the unit's, each of its amounts times `quantity`, before any discount."""
    return unit | {key: unit[key] * quantity for key in ("exVat", "incVat", "vat")}


def total(costs: Iterable[Cost], currency: str, less: Iterable[Cost] = ()) -> Cost:
    """Return the sum of `costs` minus the sum of `less`; its rate is VAT / exVat with at most 8 decimals."""
    added, taken = list(costs), list(less)
    summed = {
        key: sum((c[key] for c in added), ZERO) - sum((c[key] for c in taken), ZERO)
        for key in ("exVat", "incVat", "vat")
    }
    return {"currency": currency, **summed, "vatRate": blended_rate(summed["vat"], summed["exVat"])}


def blended_rate(vat: Decimal, ex_vat: Decimal) -> Decimal:
    """Return VAT / exVat with at most 8 decimals, 0 where there is no amount."""
    return (vat / ex_vat).quantize(RATE_DECIMALS, ROUND_HALF_UP).normalize() if ex_vat else ZERO


def split(amount: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """Divide `amount` by `weights` so that the parts sum to the öre: largest remainder, ties to the first."""
    whole = sum(weights, ZERO)
    exact = [amount * weight / whole for weight in weights]
    parts = [(part // ORE) * ORE for part in exact]
    left = int((amount - sum(parts, ZERO)) / ORE)
    by_remainder = sorted(range(len(parts)), key=lambda n: parts[n] - exact[n])
    for n in by_remainder[:left]:
        parts[n] += ORE
    return parts


def blended(inc_vat: Decimal, net_by_rate: dict[Decimal, Decimal], currency: str) -> Cost:
    """Return the cost object of freight divided over the goods' rates by their net values.

    `net_by_rate` holds the goods' net value (after discounts) for each rate (a fraction).
    """
    rates = [rate for rate, net in net_by_rate.items() if net > 0]
    if not inc_vat or not rates:
        return cost(inc_vat, ZERO, currency)
    if len(rates) == 1:
        return cost(inc_vat, rates[0], currency)
    parts = split(inc_vat, [net_by_rate[rate] * (1 + rate) for rate in rates])
    return total([cost(part, rate, currency) for part, rate in zip(parts, rates, strict=True)], currency)

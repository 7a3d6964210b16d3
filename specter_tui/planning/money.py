"""Arithmetic of money: Decimal, half-up. Amounts are in the order's currency, incl. VAT unless said otherwise."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from itertools import combinations, islice

CONTEXT = Context(prec=60, rounding=ROUND_HALF_UP)
"""`plan_order` calculates in it, since Python's default is half-even. Wide enough for any number the documents
allow."""

ORE = Decimal("0.01")
ZERO = Decimal(0)
HALF_KRONA = Decimal("0.50")
"""The largest change when a total is rounded to whole kronor."""
FEWEST_DECIMALS, MOST_DECIMALS = 2, 6
"""The fewest and most decimals of a unit price (wires: S-rows)."""
CLOSE_ENOUGH = Decimal("0.0005")
"""The largest accepted difference between a row and the shop's row: a twentieth of an öre."""

_MOST_DIVISIONS = 10
"""All divisions over five VAT rates; a document may name hundreds, whose divisions have no end."""
_HUNDRED = Decimal(100)
_ONE = Decimal(1)
_STEPS = tuple(_ONE.scaleb(-decimals) for decimals in range(FEWEST_DECIMALS, MOST_DECIMALS + 1))
_FLOAT_NOISE = Decimal("1e-9")


def to_ore(amount: Decimal) -> Decimal:
    """Round to whole öre, half-up (away from zero)."""
    return amount.quantize(ORE, ROUND_HALF_UP)


@lru_cache(maxsize=256)
def gross_factor(percent: Decimal) -> Decimal:
    """Return the factor from a net amount to one incl. VAT: 1.255 for 25.5 %."""
    return 1 + percent / _HUNDRED


def vat_in(gross: Decimal, percent: Decimal) -> Decimal:
    """Return the VAT included in an amount, not rounded."""
    return gross - gross / gross_factor(percent)


@lru_cache(maxsize=256)
def percent_of(rate: Decimal | None) -> Decimal | None:
    """Return a VAT rate (0.255) as per cent (25.5) without trailing zeros; None where it needs more than two decimals.

    A rate is never rounded, calculated from amounts, or defaulted.
    """
    if rate is None or not 0 <= rate <= 1:
        return None
    percent = rate * _HUNDRED
    near = percent.quantize(ORE, ROUND_HALF_UP)
    if abs(percent - near) >= _FLOAT_NOISE:
        return None
    whole = near.to_integral_value()
    return whole if near == whole else near.normalize()


def unit_price(
    gross: Decimal,
    quantity: Decimal,
    percent: Decimal,
    decimals: int = FEWEST_DECIMALS,
    near: Decimal = CLOSE_ENOUGH,
    most: int = MOST_DECIMALS,
) -> Decimal:
    """Return the unit price excl. VAT, with the fewest decimals from `decimals` to `most` that come within `near`.

    With `most` decimals the difference may be larger: the rounding row carries the rest.
    """
    factor = quantity * gross_factor(percent)
    exact = gross / factor
    price = exact
    for step in _STEPS[decimals - FEWEST_DECIMALS : most - FEWEST_DECIMALS + 1]:
        price = exact.quantize(step, ROUND_HALF_UP)
        if abs(price * factor - gross) <= near:
            break
    return price


def spread(amount: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """Divide an amount into parts of whole öre by positive weights: largest remainder, ties to the first.

    The parts sum to the amount exactly: a fraction of an öre goes to the part with the largest remainder.
    """
    return next(_spreads(amount, weights))


def _spreads(amount: Decimal, weights: Sequence[Decimal]) -> Iterator[list[Decimal]]:
    """Yield all divisions whose parts are the shares rounded down or up; that by largest remainder is the first."""
    whole = sum(weights)
    shares = [abs(amount) * weight / whole for weight in weights]
    floors = [share.quantize(ORE, ROUND_FLOOR) for share in shares]
    by_remainder = sorted(range(len(shares)), key=lambda place: floors[place] - shares[place])
    uneven = [place for place in by_remainder if floors[place] != shares[place]]
    for rounded_up in combinations(uneven, int((abs(amount) - sum(floors)) / ORE)):
        parts = [floor + ORE * (place in rounded_up) for place, floor in enumerate(floors)]
        parts[by_remainder[0]] += abs(amount) - sum(parts)
        yield [part.copy_sign(amount) for part in parts]


def split_blend(
    amount: Decimal, vat: Decimal | None, weights: Mapping[Decimal, Decimal], within: Decimal = ZERO
) -> dict[Decimal, Decimal] | None:
    """Divide an amount of mixed VAT rates into parts by per cent.

    None where they do not give the shop's VAT to the öre. The shop may have rounded the VAT of each part or only their
    sum, and divided by net values, which are rounded: then an öre may be on another part. Each is accepted. `within`
    is the accepted difference for an amount that the shop summed from rounded rows.
    """
    rates = {percent: weight for percent, weight in weights.items() if weight > 0}
    if vat is None or not rates:
        return None
    for division in islice(_spreads(amount, list(rates.values())), _MOST_DIVISIONS):
        parts = dict(zip(rates, division, strict=True))
        vats = [vat_in(part, percent) for percent, part in parts.items()]
        whole = sum(vats, ZERO)
        if vat in (sum(map(to_ore, vats)), to_ore(whole)) or abs(vat - whole) <= within:
            return {percent: part for percent, part in parts.items() if part}
    return None


def vats_of_parts(parts: Mapping[Decimal, Decimal], vat: Decimal | None) -> list[Decimal]:
    """Return each part's VAT in whole öre. They sum to the shop's `vat`; the first part takes the difference."""
    vats = [to_ore(vat_in(part, percent)) for percent, part in parts.items()]
    if vats and vat is not None:
        vats[0] += vat - sum(vats)
    return vats

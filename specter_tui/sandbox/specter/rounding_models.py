"""The totals of a Specter order. Specter's rounding is not known: there are four models (docs/wires.md)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from specter_tui.sandbox.arithmetic import ZERO, ore


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalsRow:
    """One row of an order: price excluding VAT per unit, before the discount; VAT and discount in per cent."""

    article: str
    text: str
    price: Decimal
    quantity: Decimal
    vat: Decimal
    discount: Decimal
    comment: str = ""

    @property
    def net(self) -> Decimal:
        """The row's amount excluding VAT, not rounded."""
        return self.price * self.quantity * (100 - self.discount) / 100

    @property
    def gross(self) -> Decimal:
        """The row's amount including VAT, not rounded."""
        return self.net * (100 + self.vat) / 100


@dataclass(frozen=True, slots=True)
class RoundedTotals:
    """Amounts with two decimals; `vat` holds the VAT of each rate (per cent)."""

    total: Decimal
    net: Decimal
    vat: dict[Decimal, Decimal]


def totals(rows: Iterable[TotalsRow], rounding: str) -> RoundedTotals:
    """Return the totals of `rows`.

    `rounding`: order (only the end), row (each row's gross), rate (row net, then VAT per rate) or krona (the end, to
    whole kronor).
    """
    kept = list(rows)
    by_rate = {rate: [row for row in kept if row.vat == rate] for rate in dict.fromkeys(row.vat for row in kept)}
    if rounding == "rate":
        nets = {rate: sum((ore(row.net) for row in some), ZERO) for rate, some in by_rate.items()}
        vat = {rate: ore(net * rate / 100) for rate, net in nets.items()}
        net = sum(nets.values(), ZERO)
        return RoundedTotals(net + sum(vat.values(), ZERO), net, vat)
    vat = {rate: ore(sum((row.gross - row.net for row in some), ZERO)) for rate, some in by_rate.items()}
    net = ore(sum((row.net for row in kept), ZERO))
    if rounding == "row":
        return RoundedTotals(sum((ore(row.gross) for row in kept), ZERO), net, vat)
    gross = sum((row.gross for row in kept), ZERO)
    return RoundedTotals(gross.quantize(Decimal(1), ROUND_HALF_UP) if rounding == "krona" else ore(gross), net, vat)

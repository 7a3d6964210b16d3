"""What Specter's total comes to, by each of the three ways in which it may round (wires: S-rounding)."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class RateTotal:
    """All rows of one VAT rate: net and VAT in the order's currency."""

    vat_percent: int
    net: Decimal
    vat: Decimal

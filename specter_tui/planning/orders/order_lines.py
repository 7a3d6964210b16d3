"""Lines: the rows of an order with the shop's amounts, before their net prices are calculated."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from specter_tui.planning.money import CLOSE_ENOUGH, FEWEST_DECIMALS, MOST_DECIMALS, ZERO, to_ore, unit_price, vat_in
from specter_tui.specter.order_forms import OrderRow, RowKind

ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One line. `gross` is its amount incl. VAT before its own discount; negative for discounts and gift cards.

    `vat` is the shop's own VAT of the line after its discount, None where the shop gives none.
    """

    kind: RowKind
    article_number: str
    text: str
    gross: Decimal
    vat_percent: Decimal
    quantity: Decimal = ONE
    discount_percent: Decimal | None = None
    vat: Decimal | None = None

    @property
    def net_of_discount(self) -> Decimal:
        """The amount incl. VAT after the line's own discount."""
        if self.discount_percent is None:
            return self.gross
        return self.gross - self.gross * self.discount_percent / 100

    def row(self, decimals: int = FEWEST_DECIMALS, near: Decimal = CLOSE_ENOUGH, most: int = MOST_DECIMALS) -> OrderRow:
        """Return the line as Specter's row. A negative amount has a negative price, never a negative quantity."""
        return OrderRow(
            kind=self.kind,
            article_number=self.article_number,
            text=self.text,
            unit_price=unit_price(self.gross, self.quantity, self.vat_percent, decimals, near, most),
            quantity=self.quantity,
            vat_percent=self.vat_percent,
            discount_percent=self.discount_percent,
        )


def gross_by_rate(lines: Iterable[OrderLine]) -> dict[Decimal, Decimal]:
    """Sum the amounts incl. VAT, after the lines' own discounts, by VAT per cent in order of appearance."""
    sums: dict[Decimal, Decimal] = {}
    for line in lines:
        sums[line.vat_percent] = sums.get(line.vat_percent, ZERO) + line.net_of_discount
    return sums


def vat_by_rate(lines: Iterable[OrderLine]) -> dict[Decimal, Decimal]:
    """Sum the shop's own VAT by VAT per cent; where it gives none, the VAT included in the amount, in whole öre."""
    sums: dict[Decimal, Decimal] = {}
    for line in lines:
        vat = to_ore(vat_in(line.net_of_discount, line.vat_percent)) if line.vat is None else line.vat
        sums[line.vat_percent] = sums.get(line.vat_percent, ZERO) + vat
    return sums

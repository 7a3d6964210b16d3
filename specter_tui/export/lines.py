"""A line: what one row of the order carries, as the shop has it, before it gets its net price."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from specter_tui.export.money import CLOSE_ENOUGH, FEWEST_DECIMALS, ZERO, unit_price
from specter_tui.specter.forms import OrderRow, RowKind

ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Line:
    """`gross` is the whole line's amount incl. VAT before its own discount; negative for what is taken off."""

    kind: RowKind
    article_number: str
    text: str
    gross: Decimal
    vat_percent: Decimal
    quantity: Decimal = ONE
    discount_percent: Decimal | None = None

    def row(self, decimals: int = FEWEST_DECIMALS, near: Decimal = CLOSE_ENOUGH) -> OrderRow:
        """The line as Specter gets it. An amount is carried by the price, never by a negative quantity."""
        return OrderRow(
            kind=self.kind,
            article_number=self.article_number,
            text=self.text,
            unit_price=unit_price(self.gross, self.quantity, self.vat_percent, decimals, near),
            quantity=self.quantity,
            vat_percent=self.vat_percent,
            discount_percent=self.discount_percent,
        )


def gross_by_rate(lines: Iterable[Line]) -> dict[Decimal, Decimal]:
    """Amounts incl. VAT, after the lines' own discounts, by VAT per cent in order of appearance."""
    sums: dict[Decimal, Decimal] = {}
    for line in lines:
        gross = line.gross
        if line.discount_percent is not None:
            gross -= gross * line.discount_percent / 100
        sums[line.vat_percent] = sums.get(line.vat_percent, ZERO) + gross
    return sums

"""The article form; up to a hundred are sent in one call. Texts are in ISO-8859-1 characters already."""

import hashlib
from dataclasses import dataclass
from decimal import Decimal

from specter_tui.specter.order_forms import decimal_text


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleForm:
    """An article or a variant: unit price in kronor excl. VAT, weight in kg (wires: S-article)."""

    number: str
    name: str
    price: Decimal
    vat_percent: Decimal
    ean: str = ""
    weight: Decimal | None = None
    stock_managed: bool
    opening_stock: Decimal | None = None
    """The stock of an article that is new in Specter; for others Specter ignores it, so it never changes stock
    later."""

    def fields(self, position: int) -> dict[str, str]:
        """Return the form's fields.

        Articles are numbered from 1 without gaps; values that the shop lacks are left out.
        """
        fields = self._lasting(position)
        if self.stock_managed and self.opening_stock is not None:
            fields[f"noItemsInStock_{position}"] = decimal_text(self.opening_stock)
        return fields

    def digest(self) -> str:
        """Return SHA-256 over all fields but the opening stock; another digest means that the article has changed."""
        lines = (f"{name}={value}" for name, value in self._lasting(1).items())
        return hashlib.sha256("\0".join(lines).encode()).hexdigest()

    def _lasting(self, position: int) -> dict[str, str]:
        fields = {
            f"articleNo_{position}": self.number,
            f"name_{position}": self.name,
            f"priceExclVAT_{position}": decimal_text(self.price),
            f"vatPercent_{position}": decimal_text(self.vat_percent),
        }
        if self.ean:
            fields[f"barCode_{position}"] = self.ean
        if self.weight is not None:
            fields[f"productWeight_{position}"] = decimal_text(self.weight)
        if self.stock_managed:
            fields[f"createArticleStock_{position}"] = "1"
        return fields

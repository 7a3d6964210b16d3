"""An article's current price and its tiers, as its document shows them (docs/wires.md)."""

from collections.abc import Mapping
from decimal import Decimal

from specter_tui.sandbox.arithmetic import ore
from specter_tui.sandbox.shop.shop_store import Document


def reprice(article: Document) -> None:
    """Calculate the current price and the tiers from the regular price, the special offer and the VAT rate."""
    price = article["price"]
    offer = price.get("specialOffer") or {}
    price["current"] = price["regular"] | offer
    tier: Document = {"qtyFloor": 0, "regular": both_ways(price["regular"], article["vatRate"])}
    if offer:
        tier["specialOffer"] = both_ways(offer, article["vatRate"])
    article["pricing"] = [tier]


def both_ways(price: Mapping[str, Decimal], rate: Decimal) -> Document:
    """Return prices by currency, stored including VAT, both without and with VAT."""
    return {
        "exVat": {currency: ore(Decimal(amount) / (1 + rate)) for currency, amount in price.items()},
        "incVat": dict(price),
    }

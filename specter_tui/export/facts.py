"""What must be known of the shop to plan one of its orders."""

from collections.abc import Mapping
from dataclasses import dataclass

from specter_tui.abicart.documents import Article, PaymentMethod


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopFacts:
    """`articles` are those that the order's rows point at, as far as known; both maps are by uid."""

    base_currency: str
    payment_methods: Mapping[int, PaymentMethod]
    articles: Mapping[int, Article]

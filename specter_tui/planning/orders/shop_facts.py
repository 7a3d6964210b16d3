"""The shop's data that the planning of an order needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from specter_tui.abicart.catalog_models import Article, PaymentMethod


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopFacts:
    """`articles` are those of the order's rows, as far as known; `articles` and `payment_methods` are by uid.

    `shared_numbers` counts the articles and variants that share an article number, by number without case.
    """

    base_currency: str
    payment_methods: Mapping[int, PaymentMethod]
    articles: Mapping[int, Article]
    shared_numbers: Mapping[str, int] = field(default_factory=dict)

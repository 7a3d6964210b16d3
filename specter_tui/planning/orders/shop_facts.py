"""What must be known of the shop to plan one of its orders."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from specter_tui.abicart.models import Article, PaymentMethod


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopFacts:
    """`articles` are those that the order's rows point at, as far as known; both maps are by uid.

    `shared_numbers` are article numbers without case that several articles or variants have, and how many have each.
    """

    base_currency: str
    payment_methods: Mapping[int, PaymentMethod]
    articles: Mapping[int, Article]
    shared_numbers: Mapping[str, int] = field(default_factory=dict)

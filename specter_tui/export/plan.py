"""The plan of an order: what would be sent, what it comes to, and why not, if not."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from specter_tui.abicart.documents import Article, Order, PaymentMethod, UnreadableOrder
from specter_tui.export.problems import Problem
from specter_tui.export.totals import RateTotal
from specter_tui.settings import Settings
from specter_tui.specter.forms import CustomerForm, OrderForm

__all__ = ["Plan", "RateTotal", "ShopFacts", "plan_order"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopFacts:
    """What must be known of the shop besides the order: `articles` are those that the rows point at, as far as known."""

    base_currency: str
    payment_methods: Mapping[int, PaymentMethod]
    articles: Mapping[int, Article]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One order as it would go to Specter. Totals are in `currency`, incl. VAT."""

    uid: int
    number: str
    external_no: str
    customer: CustomerForm | None = None
    form: OrderForm | None = None
    """The form as far as it can be built, also where there are problems."""
    currency: str = ""
    expected: Decimal | None = None
    """What Specter must arrive at: the shop's total less the gift cards spent."""
    modelled: Decimal | None = None
    """What Specter arrives at with this form, by SPECTER__ROUNDING."""
    rates: tuple[RateTotal, ...] = ()
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    waiting: bool = False
    """Whether the payment has not come as far as ORDER__PAYMENT_STATUS asks."""

    @property
    def ready(self) -> bool:
        """Whether it may be sent."""
        return self.form is not None and not self.problems and not self.waiting


def plan_order(
    order: Order | UnreadableOrder, shop: ShopFacts, settings: Settings, external_no: str | None = None
) -> Plan:
    """Plan one order. `external_no` is the number fixed at the first claim; before that it is prefix + number."""
    raise NotImplementedError

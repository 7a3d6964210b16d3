"""One Specter account: the customers, orders, articles and trigger URLs that calls have made."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count
from threading import RLock

from specter_tui.sandbox.options import SandboxOptions
from specter_tui.sandbox.specter.signature import Credentials
from specter_tui.sandbox.specter.totals import Row, Totals


@dataclass(slots=True)
class Customer:
    """A customer card: its number, its fields as they were last written, and by what it is found again."""

    number: int
    fields: dict[str, str] = field(default_factory=dict)
    email: str = ""
    """As it is compared: trimmed, without case."""
    org_no: str = ""
    """As it is compared: digits only."""

    def write(self, fields: Mapping[str, str]) -> None:
        """Write `fields` over what the card holds."""
        self.fields |= fields
        self.email, self.org_no = plain_email(self.fields), digits(self.fields)


def plain_email(fields: Mapping[str, str]) -> str:
    """Return the e-mail address of a form or card as it is compared."""
    return fields.get("emailAddress", "").strip().casefold()


def digits(fields: Mapping[str, str]) -> str:
    """Return the organisation or personal number of a form or card as it is compared."""
    return "".join(filter(str.isdigit, fields.get("orgNo", "")))


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecterOrder:
    """An order as Specter keeps it."""

    number: int
    customer: int
    external: str
    """externalOrderNo, empty if none was sent."""
    currency: str
    rows: tuple[Row, ...]
    totals: Totals
    fields: dict[str, str]
    """The other fields of the form, names spelled as in the facts, without the key."""


@dataclass(slots=True)
class SpecterArticle:
    """An article card: its number, its fields as they were last written, its stock."""

    number: str
    fields: dict[str, str]
    stock: Decimal = Decimal(0)


@dataclass(slots=True)
class Account:
    """What one account holds; `lock` guards it, as tests may look at it from another thread than its server."""

    credentials: Credentials
    options: SandboxOptions
    customers: dict[int, Customer] = field(default_factory=dict)
    orders: dict[int, SpecterOrder] = field(default_factory=dict)
    articles: dict[str, SpecterArticle] = field(default_factory=dict)
    triggers: dict[str, str] = field(default_factory=dict)
    lock: RLock = field(default_factory=RLock)
    customer_numbers: Iterator[int] = field(default_factory=lambda: count(4711))
    order_numbers: Iterator[int] = field(default_factory=lambda: count(90001))

    def orders_of(self, external: str) -> list[SpecterOrder]:
        """Return the orders with this external number, oldest first."""
        with self.lock:
            return [order for order in self.orders.values() if order.external == external]

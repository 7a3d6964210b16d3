"""The journal's records of goods: articles, stock, batches, deliveries, drift. They contain no personal data."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal, Protocol

DriftKind = Literal["article", "address", "method", "fee", "vat"]
"""The subject of a drift line; all but articles have no values."""
DRIFT_KINDS: tuple[DriftKind, ...] = ("address", "method", "fee", "vat")

BatchKind = Literal["stock", "orders"]
"""The queue of Specter that a batch belongs to."""


class ArticleSent(Protocol):
    """An article that Specter accepted."""

    @property
    def number(self) -> str:
        """Its article number."""

    @property
    def digest(self) -> str:
        """The digest of its form; equal forms have equal digests."""

    @property
    def with_stock(self) -> bool:
        """True if it was sent as an article with stock management."""

    @property
    def article_uid(self) -> int | None:
        """The uid of the shop's article, if known."""

    @property
    def variant_uid(self) -> int | None:
        """The uid of the variant, if it was one."""


class StockLine(Protocol):
    """A row of a batch of stock."""

    @property
    def article_number(self) -> str:
        """The article number."""

    @property
    def site(self) -> str:
        """The site; empty if Specter names none."""

    @property
    def quantity(self) -> Decimal:
        """The available quantity, in units of sale."""


class UnreadLine(Protocol):
    """A row of a batch that cannot be applied."""

    @property
    def position(self) -> int:
        """Its position in the batch."""

    @property
    def article_number(self) -> str:
        """The article number, as far as the row has one."""

    @property
    def site(self) -> str:
        """The site; empty if Specter names none."""

    @property
    def quantity(self) -> str:
        """The text in place of a quantity."""

    @property
    def reason(self) -> str:
        """The reason for which it cannot be applied (a code of specter/stock_replies.py)."""


class StatusLine(Protocol):
    """A row of a batch of orders."""

    @property
    def specter_number(self) -> str:
        """Specter's order number."""

    @property
    def delivered(self) -> bool:
        """True if all of it is delivered."""

    @property
    def cancelled(self) -> bool:
        """True if it is cancelled."""

    @property
    def tracking(self) -> str:
        """The tracking number, empty if there is none."""

    @property
    def total(self) -> Decimal | None:
        """Specter's total of the order, None if it says none."""


class ArticleChange(Protocol):
    """An article of an order: the quantity sent, and the quantity that the order has now."""

    @property
    def article_number(self) -> str:
        """The article number."""

    @property
    def sent(self) -> Decimal:
        """The quantity sent."""

    @property
    def now(self) -> Decimal:
        """The quantity that the order has now."""


@dataclass(frozen=True, slots=True)
class NewArticle:
    """An article that Specter has just accepted, to be stored; `with_stock`: with stock management.

    The uids identify the shop's article or variant.
    """

    number: str
    digest: str
    with_stock: bool
    article_uid: int | None = None
    variant_uid: int | None = None


@dataclass(frozen=True, slots=True)
class NumberHolder:
    """An article or variant with its number as the shop spells it."""

    article_uid: int
    variant_uid: int | None
    number: str


@dataclass(frozen=True, slots=True)
class SentArticle:
    """An article that Specter has. `with_stock` is that of the first export: an update does not change it."""

    digest: str
    with_stock: bool
    at: datetime
    article_uid: int | None = None
    variant_uid: int | None = None


@dataclass(frozen=True, slots=True)
class RefusedArticle:
    """An article that Specter refused in the form of this digest; a changed form may be tried."""

    number: str
    digest: str
    message: str
    at: datetime


@dataclass(frozen=True, slots=True)
class StoredBatch:
    """A batch that is not known to be acknowledged. `stored_at` None: it was begun, but none of its rows are stored.

    `rows` is the number of stored rows, `left` the number of its articles still to be written to the shop.
    """

    batch_no: str
    begun_at: datetime
    stored_at: datetime | None
    rows: int
    left: int


@dataclass(frozen=True, slots=True)
class RowForPerson:
    """A row of a batch that cannot be applied: its readable parts, and the person who handled it, if any."""

    batch_no: str
    position: int
    article_number: str
    site: str
    quantity: str
    reason: str
    seen_at: datetime
    done_at: datetime | None = None
    done_by: str = ""
    done_reason: str = ""

    @property
    def name(self) -> str:
        """Its name on screens."""
        return f"{self.batch_no[:8]}-{self.position}"

    @property
    def full_name(self) -> str:
        """A name unique among all batches."""
        return f"{self.batch_no}-{self.position}"


@dataclass(frozen=True, slots=True)
class Quantity:
    """The quantity of an article at a site by Specter's last answer, and the time of that answer's fetch."""

    quantity: Decimal
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class WrittenStock:
    """A stock written to the shop: to the variant, if there is one, else to the article."""

    article_number: str
    quantity: int
    article_uid: int
    variant_uid: int | None = None


@dataclass(frozen=True, slots=True)
class UnknownStock:
    """A stock of Specter without an article in the shop, and why (a code of the engine)."""

    article_number: str
    why: str
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class DeliveryRecord:
    """Specter's last status of an exported order. `problem`: why the shop's order could not be marked as sent."""

    uid: int
    order_number: str
    specter_number: str
    delivered: bool
    cancelled: bool
    tracking: str
    seen_at: datetime
    marked_at: datetime | None
    problem: str
    total: Decimal | None = None
    """Specter's total of the order, where it says one."""
    expected: Decimal | None = None
    """The total that it was to have."""
    waits: bool = False
    """True if the total differs and no person has looked at it."""

    @property
    def sum_differs(self) -> bool:
        """True if Specter has another total than was sent."""
        return self.total is not None and self.expected is not None and self.total != self.expected


@dataclass(frozen=True, slots=True)
class DriftLine:
    """A change that a person makes in Specter by hand: the article's stock changes by `sent` minus `now`.

    `sent` is the quantity that Specter has for the order: as exported, or as last ticked off. A line of another `kind`
    has no article and no values: the delivery address, the delivery method, a fee or the VAT was changed.
    """

    uid: int
    order_number: str
    article_number: str
    sent: Decimal
    now: Decimal
    seen_at: datetime
    ticked_by: str | None
    ticked_at: datetime | None
    kind: DriftKind = "article"

    @property
    def item(self) -> str:
        """Its name within the order: the article number, or the kind."""
        return self.article_number if self.kind == "article" else self.kind


@dataclass(frozen=True, slots=True)
class QueueUse:
    """The API user whose queues a program empties (empty: none), and all shops that it empties them for."""

    user: str = ""
    shops: frozenset[int] = frozenset()

    @property
    def listed(self) -> str:
        """The shops as stored."""
        return " ".join(map(str, sorted(self.shops)))

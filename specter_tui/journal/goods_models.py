"""The journal's words of goods: articles, stock, batches, deliveries, drift. No personal data in any of them."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal, Protocol

DriftKind = Literal["article", "address", "method", "fee", "vat"]
"""What a line of drift is about; all but articles are told without a value."""
DRIFT_KINDS: tuple[DriftKind, ...] = ("address", "method", "fee", "vat")

BatchKind = Literal["stock", "orders"]
"""Which of Specter's queues a batch is of."""


class ArticleSent(Protocol):
    """An article that Specter took."""

    @property
    def number(self) -> str:
        """Its article number."""

    @property
    def digest(self) -> str:
        """What it was sent as: two that are equal have the same."""

    @property
    def with_stock(self) -> bool:
        """Whether it was sent as an article that has stock."""

    @property
    def article_uid(self) -> int | None:
        """Which article of the shop's it was, where that is known."""

    @property
    def variant_uid(self) -> int | None:
        """Which of its variants, if it was one."""


class StockLine(Protocol):
    """A row of a batch of stock."""

    @property
    def article_number(self) -> str:
        """Whose stock it is."""

    @property
    def site(self) -> str:
        """Where; empty where Specter does not say."""

    @property
    def quantity(self) -> Decimal:
        """What is available, in units of sale."""


class UnreadLine(Protocol):
    """A row of a batch that cannot be applied."""

    @property
    def position(self) -> int:
        """Its place in the batch."""

    @property
    def article_number(self) -> str:
        """Whose stock it is, as far as it tells."""

    @property
    def site(self) -> str:
        """Where; empty where Specter does not say."""

    @property
    def quantity(self) -> str:
        """What it says instead of a quantity."""

    @property
    def reason(self) -> str:
        """Why it cannot be applied (a word of the wire's)."""


class StatusLine(Protocol):
    """A row of a batch of orders."""

    @property
    def specter_number(self) -> str:
        """Specter's number of the order."""

    @property
    def delivered(self) -> bool:
        """Whether all of it is delivered."""

    @property
    def cancelled(self) -> bool:
        """Whether it is cancelled."""

    @property
    def tracking(self) -> str:
        """The tracking number, empty where there is none."""


class ArticleChange(Protocol):
    """An article of an order: the quantity that was sent, and the one that it would have now."""

    @property
    def article_number(self) -> str:
        """Whose stock it is."""

    @property
    def sent(self) -> Decimal:
        """The quantity that was sent."""

    @property
    def now(self) -> Decimal:
        """The quantity that it would have now."""


@dataclass(frozen=True, slots=True)
class NewArticle:
    """An article that Specter has just taken, to be entered; `with_stock`: as an article that has stock.

    The uids say which article or variant of the shop's it was.
    """

    number: str
    digest: str
    with_stock: bool
    article_uid: int | None = None
    variant_uid: int | None = None


@dataclass(frozen=True, slots=True)
class NumberHolder:
    """An article, or one of its variants, as it spells its number."""

    article_uid: int
    variant_uid: int | None
    number: str


@dataclass(frozen=True, slots=True)
class SentArticle:
    """An article that Specter has. `with_stock` is that of its first sending: an update makes no stock article."""

    digest: str
    with_stock: bool
    at: datetime
    article_uid: int | None = None
    variant_uid: int | None = None


@dataclass(frozen=True, slots=True)
class RefusedArticle:
    """An article that Specter refused, in the form of this digest; another form of it may be tried."""

    number: str
    digest: str
    message: str
    at: datetime


@dataclass(frozen=True, slots=True)
class StoredBatch:
    """A batch that is not known to be acknowledged. `stored_at` None: it was begun, and no rows of it are here.

    `rows` is how many were stored, `left` how many of its article numbers are still to be written to the shop.
    """

    batch_no: str
    begun_at: datetime
    stored_at: datetime | None
    rows: int
    left: int


@dataclass(frozen=True, slots=True)
class RowForPerson:
    """A row of a batch that cannot be applied: what can be shown of it, and who has seen to it, if someone has."""

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
        """What a person calls it by."""
        return f"{self.batch_no[:8]}-{self.position}"

    @property
    def full_name(self) -> str:
        """A name that no row of another batch has."""
        return f"{self.batch_no}-{self.position}"


@dataclass(frozen=True, slots=True)
class Quantity:
    """What Specter last said that a site has of an article, and when it was asked."""

    quantity: Decimal
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class WrittenStock:
    """A stock that was written to the shop: on the variant, where there is one, else on the article."""

    article_number: str
    quantity: int
    article_uid: int
    variant_uid: int | None = None


@dataclass(frozen=True, slots=True)
class UnknownStock:
    """A stock of Specter's that has no place in the shop, and why (a word of the engine's)."""

    article_number: str
    why: str
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class DeliveryRecord:
    """What Specter said last of an exported order. `problem`: why the shop's order could not be marked as sent."""

    uid: int
    order_number: str
    specter_number: str
    delivered: bool
    cancelled: bool
    tracking: str
    seen_at: datetime
    marked_at: datetime | None
    problem: str


@dataclass(frozen=True, slots=True)
class DriftLine:
    """What a person changes in Specter by hand: the stock of an article, by `now` less `sent`, with the sign turned.

    `sent` is what Specter holds of it for the order: as exported, or as it was last ticked off. A line of another
    `kind` has no article and no values: the delivery address, the delivery method, a fee or the VAT is another one.
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
        """What it is called in its order: the article's number, or the kind."""
        return self.article_number if self.kind == "article" else self.kind


@dataclass(frozen=True, slots=True)
class QueueUse:
    """The API user whose queues a program empties (empty: none), and all shops that it empties them for."""

    user: str = ""
    shops: frozenset[int] = frozenset()

    @property
    def listed(self) -> str:
        """The shops as they are kept."""
        return " ".join(map(str, sorted(self.shops)))

"""All that the engine tells: one page, so that a screen or a command can be written against it.

Every message is frozen and made of plain values. A newer `OrdersChanged` for an order replaces an older one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from specter_tui.abicart.models import Order
from specter_tui.journal.goods_models import DeliveryRecord, DriftLine, RefusedArticle, RowForPerson, UnknownStock
from specter_tui.journal.models import Entry, Event, NumberBy, RateAmount, SentRow, Step, Stop, WriteBack
from specter_tui.journal.repositories.api_calls import Call
from specter_tui.planning.article_numbers import BadNumber
from specter_tui.planning.articles import ArticleSkip
from specter_tui.planning.day_report import Report
from specter_tui.planning.orders.plan import Plan
from specter_tui.planning.orders.totals import RateTotal
from specter_tui.planning.problems import Problem

OrderState = Literal[
    "waiting",
    "blocked",
    "ready",
    "sending",
    "retry_later",
    "unknown",
    "refused",
    "exists",
    "exported",
    "closed",
    "out_of_scope",
]
Reach = Literal["not_tried", "ok", "out_of_reach", "refused"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderView:
    """One order as a person sees it: the shop's document and the journal's entry, summed up."""

    uid: int
    number: str
    state: OrderState
    step: Step | None = None
    customer: str = ""
    """Name of the buyer, from the shop, for the screen only."""
    total: Decimal | None = None
    """Expected total incl. VAT, in `currency`; None where the document does not tell."""
    currency: str = ""
    ordered: datetime | None = None
    changed: datetime | None = None
    payment_status: str = ""
    problems: tuple[Problem, ...] = ()
    """What blocks it; for other states empty."""
    warnings: tuple[Problem, ...] = ()
    message: str = ""
    """Why it is not exported, in one sentence; empty when it is, or is ready."""
    cause: str = ""
    """What went wrong with the call whose answer never came; apart, since what to do about it is more urgent."""
    external_no: str = ""
    """Its external order number at Specter; what it will be, before its first claim."""
    specter_number: str | None = None
    number_by: NumberBy = ""
    proposed_number: str | None = None
    """A Specter number that was seen for it and did not settle it; a person may enter it."""
    shop_number: str = ""
    """What the shop's order shows as its external number, when it was read last."""
    write_back: WriteBack = "none"
    form_hash: str | None = None
    seen_hash: str | None = None
    """The digest of customer and order form: what a person saw, which must match when it is sent."""
    holder: str = ""
    """Who is sending it now, operator@host."""
    retry_at: datetime | None = None
    drift: bool = False
    cancelled_in_shop: bool = False
    by_hand: bool = False
    """A decision about it was taken back: it is sent only when a person names it."""
    articles: tuple[str, ...] = ()
    """The article numbers of its goods, as far as its document tells."""

    @property
    def why(self) -> str:
        """The sentence, and the cause after it."""
        return f"{self.message} ({self.cause})" if self.cause else self.message


@dataclass(frozen=True, slots=True)
class OrdersChanged:
    """Orders that are new or differ, and the uids of those that left the list."""

    orders: tuple[OrderView, ...]
    gone: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ShopCount:
    """What the shop itself counts of the orders placed in a window, beside what was found there.

    `outside` are those that were found and are out of scope; the others are told by OrdersChanged.
    """

    since: datetime
    until: datetime
    in_shop: int
    outside: int


@dataclass(frozen=True, slots=True)
class CountGap:
    """Looks that agree with each other found other orders than the shop counts; a person may accept that."""

    counted: int
    found: int


@dataclass(frozen=True, slots=True)
class CountDiffered:
    """The last look found other orders than the shop counts, told by a command that makes no look of its own."""

    text: str


@dataclass(frozen=True, slots=True)
class PollFinished:
    """A look at the shop ended; `next_at` is None when no further look is planned.

    `count` is the last one there is, None where the shop does not count. `doubt` says why what was read is not yet
    believed to be all; empty when it is. `gap` is there once a person may accept the doubt.
    """

    at: datetime
    next_at: datetime | None
    count: ShopCount | None = None
    doubt: str = ""
    gap: CountGap | None = None


@dataclass(frozen=True, slots=True)
class ReachChanged:
    """Whether the shop, Specter or the journal's server answers, in words.

    `halted` when nothing more is sent until someone acts.
    """

    who: Literal["shop", "specter", "journal"]
    reach: Reach
    text: str = ""
    halted: bool = False


@dataclass(frozen=True, slots=True)
class AutoChanged:
    """Auto mode went on or off; `by` names another process that holds the watch ('service on HOST'), if any."""

    on: bool
    by: str = ""


@dataclass(frozen=True, slots=True)
class StopChanged:
    """The emergency stop began, or ended (None): while it holds no program on the journal sends or writes anything.

    `under_way`: the order numbers that were claimed before it and go to their end.
    """

    stop: Stop | None
    under_way: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """Long work: `done` of `total` (None while it is not known); `failed` counts those that did not go well.

    `articles` reads and checks the catalogue, `article_export` sends it, `stock` writes to the shop.
    """

    task: Literal["look", "export", "articles", "write_back", "article_export", "numbers", "stock"]
    done: int
    total: int | None
    failed: int = 0
    finished: bool = False
    rate: float | None = None
    """How many a second, once that can be told."""
    seconds_left: float | None = None


@dataclass(frozen=True, slots=True)
class PreviewReady:
    """The exact form of one order, with the shop's document it was made from."""

    uid: int
    plan: Plan | None
    order: Order | None
    text: str = ""
    """Why there is none, where there is none."""


@dataclass(frozen=True, slots=True)
class CurrencySum:
    """What orders in one currency come to: incl. VAT, and each VAT rate's net and VAT, highest rate first."""

    currency: str
    count: int
    total: Decimal
    rates: tuple[RateTotal, ...]


@dataclass(frozen=True, slots=True)
class SumReady:
    """What the orders asked for come to as they would be sent now; `hashes` are those of the forms summed up."""

    uids: tuple[int, ...]
    sums: tuple[CurrencySum, ...]
    hashes: Mapping[int, str | None]
    held: tuple[int, ...] = ()
    """Those that are not in the sum, since they cannot be sent as they are now."""


@dataclass(frozen=True, slots=True)
class HistoryRead:
    """What the journal holds of one order: what was sent, when it was tried, by whom, and what came.

    `entry` None: nothing was tried yet. Rows and rates are those of the last form that was sent, or is about to be.
    """

    uid: int
    entry: Entry | None
    rows: tuple[SentRow, ...] = ()
    rates: tuple[RateAmount, ...] = ()
    events: tuple[Event, ...] = ()
    """Oldest first; of very many the newest."""
    calls: tuple[Call, ...] = ()
    delivery: DeliveryRecord | None = None


@dataclass(frozen=True, slots=True)
class HourCount:
    """How many orders came to Specter, and how many tries failed, in the hour that begins at `begin`."""

    begin: datetime
    exported: int
    failed: int


@dataclass(frozen=True, slots=True)
class ActivityRead:
    """The hours of a day in which something was exported or failed, up to the event `last_id`."""

    hours: tuple[HourCount, ...]
    last_id: int


@dataclass(frozen=True, slots=True)
class ExportEnded:
    """The outcome for one order that an export was asked for."""

    view: OrderView
    sent: bool
    """Whether this run made the order call, or tried to."""


@dataclass(frozen=True, slots=True)
class LogGrew:
    """New events in the journal, oldest first."""

    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class ListedNumber:
    """An article that is shown for what it is."""

    article_uid: int
    name: str
    number: str


@dataclass(frozen=True, slots=True)
class NumbersChecked:
    """The article numbers of the whole catalogue were checked."""

    checked: int
    problems: tuple[BadNumber, ...]
    packages: tuple[ListedNumber, ...] = ()
    """Bundles of other articles: they are never exported."""
    unmanaged: tuple[ListedNumber, ...] = ()
    """Articles whose stock the shop does not count: none is written to them."""
    without_stock: tuple[ListedNumber, ...] = ()
    """Numbers that came to Specter before the shop counted their stock: Specter must be told by hand that it does."""


@dataclass(frozen=True, slots=True)
class NumberFix:
    """One suggested number that was accepted; `error` tells why it was not written, empty where it was."""

    article_uid: int
    variant_uid: int | None
    name: str
    old: str
    new: str
    error: str = ""


@dataclass(frozen=True, slots=True)
class NumbersFixed:
    """What became of the suggestions that were accepted; a NumbersChecked with the rest follows."""

    fixes: tuple[NumberFix, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlesExported:
    """A run of the article export ended. Articles count by number: each variant is one."""

    sent: int
    unchanged: int
    calls: int
    refused: tuple[RefusedArticle, ...] = ()
    """All that Specter does not take as they are now, those of earlier runs too, each with Specter's words."""
    skipped: tuple[ArticleSkip, ...] = ()
    """What was read and cannot be sent, each with its problem."""
    without_stock: tuple[str, ...] = ()
    """Numbers that came to Specter before the shop counted their stock: Specter must be told by hand that it does."""
    complete: bool = True
    """False when the process left before the end; the next run goes on from there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StockApplied:
    """Specter's queue of stock was emptied, and what it brought was written to the shop."""

    batches: int
    rows: int
    written: int
    """Article numbers whose stock in the shop was changed."""
    unchanged: int
    """Those that the shop showed rightly already."""
    unknown: tuple[UnknownStock, ...] = ()
    """All that has no place in the shop, each with a reason for `why_no_stock`."""
    ignored: tuple[str, ...] = ()
    """Lines of Specter's that were no rows."""
    complete: bool = True
    """False when it did not come to the end; the rest comes again."""
    for_person: tuple[RowForPerson, ...] = ()
    """All rows of Specter's batches that only a person can settle, the oldest first."""


@dataclass(frozen=True, slots=True)
class StockRowsChanged:
    """All rows of Specter's batches that only a person can settle, the oldest first."""

    rows: tuple[RowForPerson, ...]


@dataclass(frozen=True, slots=True)
class DriftChanged:
    """All that is to be changed in Specter by hand: orders edited after their export, one line for each article."""

    lines: tuple[DriftLine, ...]


@dataclass(frozen=True, slots=True)
class DeliveriesChanged:
    """What Specter said of orders, or what was marked in the shop, in one run."""

    deliveries: tuple[DeliveryRecord, ...]


@dataclass(frozen=True, slots=True)
class ServiceArticle:
    """One of the six: `kind` as in ORDER__ARTICLE_KIND; `number` empty where the setting names none.

    `created`: Specter has it now, be it new or not; `error`: what Specter, or the number's form, said against it.
    """

    kind: str
    setting: str
    number: str
    created: bool = False
    error: str = ""


@dataclass(frozen=True, slots=True)
class ServiceArticles:
    """The six service articles, as they are set, and what became of them where they were sent."""

    articles: tuple[ServiceArticle, ...]


@dataclass(frozen=True, slots=True)
class DeliveryMethodInfo:
    """A way to send; its uid goes into the field "Extern nyckel" of its delivery method in Specter."""

    uid: int
    name: str


@dataclass(frozen=True, slots=True)
class PaymentMethodInfo:
    """A way to pay; `code` is its payment type in Specter by ORDER__PAYMENT_TYPES, empty where none is sent.

    `unmapped`: orders paid so are blocked, since others have a type and this has none. `seems`: they are blocked,
    since it looks like a gift card or cash on delivery, or cannot be read, and the settings do not say what it is.
    """

    uid: int
    name: str
    type: str
    active: bool
    gift_card: bool
    code: str
    unmapped: bool
    seems: Literal["gift_card", "cod", "unreadable"] | None = None


@dataclass(frozen=True, slots=True)
class MethodsRead:
    """The shop's ways to send, and its ways to pay, first those whose orders are blocked."""

    delivery: tuple[DeliveryMethodInfo, ...]
    payments: tuple[PaymentMethodInfo, ...]


@dataclass(frozen=True, slots=True)
class ReportReady:
    """The day's report for the bookkeeper."""

    report: Report


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to tell the person, as plain text."""

    level: Literal["information", "warning", "error"]
    text: str


@dataclass(frozen=True, slots=True)
class Draining:
    """The engine takes no new work; the order numbers in flight are being finished."""

    in_flight: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShopOpened:
    """A shop of several is at work, or cannot be: then `trouble` says why, and it is tried again by itself."""

    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Stopped:
    """The engine has ended; nothing follows. `outdated`: another program has upgraded the journal."""

    error: str = ""
    outdated: bool = False


Message = (
    OrdersChanged
    | CountDiffered
    | PollFinished
    | ReachChanged
    | AutoChanged
    | StopChanged
    | Progress
    | PreviewReady
    | SumReady
    | HistoryRead
    | ActivityRead
    | ExportEnded
    | LogGrew
    | NumbersChecked
    | NumbersFixed
    | ArticlesExported
    | StockApplied
    | StockRowsChanged
    | DriftChanged
    | DeliveriesChanged
    | ServiceArticles
    | MethodsRead
    | ReportReady
    | Notice
    | Draining
    | ShopOpened
    | Stopped
)

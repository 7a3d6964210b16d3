"""All messages of the engine on one page, as the interface for screens and commands.

Every message is frozen and made of plain values. A newer `OrdersChanged` of an order replaces an older one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from specter_tui.abicart.models import Order
from specter_tui.engine.order_states import OrderState
from specter_tui.engine.probe.messages import ProbeAsked, ProbeStepBegun, ProbeStepEnded
from specter_tui.journal.goods_models import DeliveryRecord, DriftLine, RefusedArticle, RowForPerson, UnknownStock
from specter_tui.journal.models import Entry, Event, RateAmount, SentRow, Step, Stop, WriteBack
from specter_tui.journal.repositories.api_calls import Call
from specter_tui.planning.article_numbers import BadNumber
from specter_tui.planning.articles import ArticleSkip
from specter_tui.planning.day_report import Report
from specter_tui.planning.orders.plan import Plan
from specter_tui.planning.orders.totals import RateTotal
from specter_tui.planning.problems import Problem

Reach = Literal["not_tried", "ok", "out_of_reach", "refused"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderView:
    """One order as a person sees it: the shop's document and the journal's entry combined."""

    uid: int
    number: str
    state: OrderState
    step: Step | None = None
    customer: str = ""
    """The buyer's name, from the shop, for the screen only."""
    total: Decimal | None = None
    """Expected total incl. VAT, in `currency`; None where the document has none."""
    currency: str = ""
    ordered: datetime | None = None
    changed: datetime | None = None
    since: datetime | None = None
    """When the journal last changed it; None for an order that it does not have."""
    payment_status: str = ""
    problems: tuple[Problem, ...] = ()
    """The problems that block it; empty in other states."""
    warnings: tuple[Problem, ...] = ()
    message: str = ""
    """Why it is not exported, in one sentence; empty if it is exported or ready."""
    came: str = ""
    """The answer of Specter's that is no result, in words; empty if no answer came."""
    cause: str = ""
    """The error of a call without a result; separate, since the cure in `message` is more urgent.

    Empty if `came` says all of it.
    """
    external_no: str = ""
    """Its external order number in Specter, also the future one before its first claim."""
    specter_number: str | None = None
    proposed_number: str | None = None
    """A Specter number that was seen for it but did not settle it; a person may enter it."""
    shop_number: str = ""
    """The external number of the shop's order at its last reading."""
    write_back: WriteBack = "none"
    form_hash: str | None = None
    seen_hash: str | None = None
    """The digest of customer and order form: what a person saw, which must match when it is sent."""
    holder: str = ""
    """The program that sends it now, operator@host."""
    retry_at: datetime | None = None
    drift: bool = False
    cancelled_in_shop: bool = False
    by_hand: bool = False
    """True if a decision about it was taken back: it is sent only when a person names it."""
    reopenable: bool = False
    """True if its closing, or the number that a person entered, can be taken back."""
    articles: tuple[str, ...] = ()
    """The article numbers of its goods, as far as its document can be planned."""

    @property
    def why(self) -> str:
        """The sentence with the cause after it."""
        return f"{self.message} ({self.cause})" if self.cause else self.message


@dataclass(frozen=True, slots=True)
class OrdersChanged:
    """New or changed orders, and the uids of removed ones."""

    orders: tuple[OrderView, ...]
    gone: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ShopCount:
    """The shop's own count of the orders placed in a window, and the number found there.

    `outside` counts those that were found and are out of scope; the others come with OrdersChanged.
    """

    since: datetime
    until: datetime
    in_shop: int
    outside: int


@dataclass(frozen=True, slots=True)
class CountGap:
    """Polls that agree with each other found other orders than the shop counts; a person may accept that."""

    counted: int
    found: int


@dataclass(frozen=True, slots=True)
class CountDiffered:
    """The last poll found other orders than the shop counts; sent by a command that does not poll."""

    text: str


@dataclass(frozen=True, slots=True)
class PollFinished:
    """A poll of the shop ended; `next_at` is None when no further poll is planned.

    `count` is the last count, None where the shop does not count. `doubt` says why the orders read may not be all;
    empty otherwise. `gap` is set once a person may accept the doubt.
    """

    at: datetime
    next_at: datetime | None
    count: ShopCount | None = None
    doubt: str = ""
    gap: CountGap | None = None


@dataclass(frozen=True, slots=True)
class ReachChanged:
    """The reach of the shop, Specter or the journal's server, with a text.

    `halted`: nothing more is sent until a person acts.
    """

    who: Literal["shop", "specter", "journal"]
    reach: Reach
    text: str = ""
    halted: bool = False


@dataclass(frozen=True, slots=True)
class AutoChanged:
    """Auto mode was turned on or off.

    `by` names another process that exports automatically ('service on HOST'), if any.
    """

    on: bool
    by: str = ""


@dataclass(frozen=True, slots=True)
class StopChanged:
    """The emergency stop began, or ended (None); while it holds, no program on the journal sends or writes.

    `under_way`: order numbers that were claimed before it and are still finished.
    """

    stop: Stop | None
    under_way: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """Long work: `done` of `total` (None while unknown); `failed` counts failures.

    `articles` reads and checks the catalogue, `article_export` sends it, `stock` writes to the shop.
    """

    task: Literal["look", "export", "articles", "write_back", "article_export", "numbers", "stock"]
    done: int
    total: int | None
    failed: int = 0
    finished: bool = False
    rate: float | None = None
    """The rate per second, once it is known."""
    seconds_left: float | None = None


@dataclass(frozen=True, slots=True)
class PreviewReady:
    """The exact form of one order, with the shop's document."""

    uid: int
    plan: Plan | None
    order: Order | None
    text: str = ""
    """Why there is no form; empty otherwise."""


@dataclass(frozen=True, slots=True)
class CurrencySum:
    """The totals of orders in one currency: incl. VAT, and net and VAT by rate, highest rate first."""

    currency: str
    count: int
    total: Decimal
    rates: tuple[RateTotal, ...]


@dataclass(frozen=True, slots=True)
class SumReady:
    """The totals of the requested orders as they would be sent now; `hashes` are those of the summed forms."""

    uids: tuple[int, ...]
    sums: tuple[CurrencySum, ...]
    hashes: Mapping[int, str | None]
    held: tuple[int, ...] = ()
    """Orders that are not in the sum, since they cannot be sent as they are now."""


@dataclass(frozen=True, slots=True)
class HistoryRead:
    """The journal's data of one order: what was sent, each attempt with its operator, and the answers.

    `entry` is None before the first attempt. Rows and rates are those of the last form that was sent, or is being sent.
    """

    uid: int
    entry: Entry | None
    rows: tuple[SentRow, ...] = ()
    rates: tuple[RateAmount, ...] = ()
    events: tuple[Event, ...] = ()
    """Oldest first; of very many only the newest."""
    calls: tuple[Call, ...] = ()
    delivery: DeliveryRecord | None = None


@dataclass(frozen=True, slots=True)
class HourCount:
    """Orders exported, and attempts failed, in the hour from `begin`."""

    begin: datetime
    exported: int
    failed: int


@dataclass(frozen=True, slots=True)
class ActivityRead:
    """The hours of a day with exports or failures, up to the event `last_id`."""

    hours: tuple[HourCount, ...]
    last_id: int


@dataclass(frozen=True, slots=True)
class ExportEnded:
    """The outcome of one order in a requested export."""

    view: OrderView
    sent: bool
    """True if this run made or tried the order call."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SinceLeft:
    """What happened since the operator left the console, at its start; only sent if anything did.

    `unsent` orders were to be sent when the operator left, or the terminal was gone (`hung_up`), and were not.
    """

    at: datetime
    exported: int = 0
    unknown: int = 0
    """Of the orders that changed since then, those that are unknown now; refused and exists likewise."""
    refused: int = 0
    exists: int = 0
    drift: int = 0
    unsent: int = 0
    hung_up: bool = False

    @property
    def is_news(self) -> bool:
        """True if anything happened."""
        return bool(self.exported or self.unknown or self.refused or self.exists or self.drift or self.unsent)


@dataclass(frozen=True, slots=True)
class LogGrew:
    """New events in the journal, oldest first."""

    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class ListedNumber:
    """An article in one of the lists of a check."""

    article_uid: int
    name: str
    number: str


@dataclass(frozen=True, slots=True)
class NumbersChecked:
    """The result of a check of the whole catalogue's article numbers."""

    checked: int
    problems: tuple[BadNumber, ...]
    packages: tuple[ListedNumber, ...] = ()
    """Bundles of other articles, which are never exported."""
    unmanaged: tuple[ListedNumber, ...] = ()
    """Articles whose stock the shop does not count, so that none is written to them."""
    without_stock: tuple[ListedNumber, ...] = ()
    """Numbers sent to Specter before the shop counted their stock: in Specter, stock must be switched on by hand."""


@dataclass(frozen=True, slots=True)
class NumberFix:
    """One accepted suggestion; `error` says why it was not written, empty if it was."""

    article_uid: int
    variant_uid: int | None
    name: str
    old: str
    new: str
    error: str = ""


@dataclass(frozen=True, slots=True)
class NumbersFixed:
    """The outcome of accepted suggestions; a NumbersChecked with the rest follows."""

    fixes: tuple[NumberFix, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlesExported:
    """A run of the article export ended. Articles are counted by number: each variant is one."""

    sent: int
    unchanged: int
    calls: int
    refused: tuple[RefusedArticle, ...] = ()
    """All articles that Specter refuses in their present form, including earlier runs', with Specter's text."""
    skipped: tuple[ArticleSkip, ...] = ()
    """Articles that were read and cannot be sent, each with its problem."""
    without_stock: tuple[str, ...] = ()
    """Numbers sent to Specter before the shop counted their stock: in Specter, stock must be switched on by hand."""
    complete: bool = True
    """False if the process shut down before the end; the next run continues."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StockApplied:
    """Specter's stock queue was emptied, and its stock was written to the shop."""

    batches: int
    rows: int
    written: int
    """The number of articles whose stock in the shop was changed."""
    unchanged: int
    """The number of articles whose stock in the shop was right already."""
    unknown: tuple[UnknownStock, ...] = ()
    """All stock that cannot be written to the shop, each with a reason for `why_no_stock`."""
    ignored: tuple[str, ...] = ()
    """Specter's lines that were not rows."""
    complete: bool = True
    """False if it was interrupted; the rest is fetched again."""
    for_person: tuple[RowForPerson, ...] = ()
    """All rows of Specter's batches that a person must decide about, the oldest first."""


@dataclass(frozen=True, slots=True)
class StockRowsChanged:
    """All rows of Specter's batches that a person must decide about, the oldest first."""

    rows: tuple[RowForPerson, ...]


@dataclass(frozen=True, slots=True)
class DriftChanged:
    """All changes to make by hand in Specter: orders edited after their export, one line for each article."""

    lines: tuple[DriftLine, ...]


@dataclass(frozen=True, slots=True)
class ConflictsRead:
    """Orders that are done, but show another number in the shop than in Specter."""

    orders: tuple[OrderView, ...]


@dataclass(frozen=True, slots=True)
class DeliveriesChanged:
    """Specter's order statuses, or orders marked in the shop, of one run."""

    deliveries: tuple[DeliveryRecord, ...]


@dataclass(frozen=True, slots=True)
class ServiceArticle:
    """One of the six service articles: `kind` as in ORDER__ARTICLE_KIND; `number` is empty if it is not configured.

    `created`: Specter has it now, whether it is new or not. `error`: Specter's refusal, or the problem of the number.
    """

    kind: str
    setting: str
    number: str
    created: bool = False
    error: str = ""


@dataclass(frozen=True, slots=True)
class ServiceArticles:
    """The six service articles as configured, with their outcomes where they were sent."""

    articles: tuple[ServiceArticle, ...]


@dataclass(frozen=True, slots=True)
class DeliveryMethodInfo:
    """A delivery method; its uid goes into the field "Extern nyckel" of its delivery method in Specter."""

    uid: int
    name: str


@dataclass(frozen=True, slots=True)
class PaymentMethodInfo:
    """A payment method; `code` is its payment type in Specter by ORDER__PAYMENT_TYPES, empty where none is sent.

    `unmapped`: its orders are blocked, since other methods have a type and this has none. `seems`: they are blocked,
    since it looks like a gift card or cash on delivery, or is unreadable, and the settings do not say what it is.
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
    """The shop's delivery and payment methods, first those whose orders are blocked."""

    delivery: tuple[DeliveryMethodInfo, ...]
    payments: tuple[PaymentMethodInfo, ...]


@dataclass(frozen=True, slots=True)
class ReportReady:
    """The day's report for the bookkeeper."""

    report: Report


@dataclass(frozen=True, slots=True)
class Notice:
    """A message for a person, as plain text."""

    level: Literal["information", "warning", "error"]
    text: str


@dataclass(frozen=True, slots=True)
class Draining:
    """The engine begins no new work, and finishes the orders in flight."""

    in_flight: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShopOpened:
    """A shop of several was opened, or was not: then `trouble` says why, and it is tried again."""

    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Stopped:
    """The engine has ended; no message follows. `outdated`: another program has upgraded the journal."""

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
    | SinceLeft
    | NumbersChecked
    | NumbersFixed
    | ArticlesExported
    | StockApplied
    | StockRowsChanged
    | DriftChanged
    | ConflictsRead
    | DeliveriesChanged
    | ServiceArticles
    | MethodsRead
    | ReportReady
    | Notice
    | Draining
    | ShopOpened
    | Stopped
    | ProbeStepBegun
    | ProbeStepEnded
    | ProbeAsked
)

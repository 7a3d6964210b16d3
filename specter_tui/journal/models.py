"""The journal's words: what goes in, what comes out. No personal data in any of them."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

State = Literal["sending", "retry_later", "unknown", "refused", "exists", "exported", "closed"]
"""Where an order stands, from its first claim or an operator's decision on."""

Step = Literal["customer", "order"]
"""Which of the two calls of an export is next, or was under way."""

WriteBack = Literal["none", "due", "done", "conflict"]
"""How far the Specter number has come on its way to the shop; conflict: the shop holds another number.

For an order that has no number, due: the shop may show one that was taken back, and is to be cleared of it.
"""

NumberBy = Literal["", "answer", "person", "text", "import"]
"""Where a Specter number came from: the answer to the order call, a person, a refusal's text, a file of known numbers.

Empty where there is no number, or where an older journal did not tell.
"""

Verb = Literal[
    "claimed", "reclaimed", "released", "expired", "customer_known", "exported", "retry_later", "unknown", "refused",
    "exists", "late", "number_entered", "recovered", "imported", "closed", "reopened", "write_back_done",
    "restored", "erased", "write_back_conflict", "drift_seen", "drift_settled", "cancel_seen", "cancel_withdrawn",
    "drift_changed", "drift_ticked", "drift_unticked", "number_corrected", "write_back_lost", "write_back_cleared",
    "delivered", "cancelled_in_specter", "delivery_marked", "delivery_refused", "count_accepted",
]  # fmt: skip
"""What an event tells; late: an answer that came when its claim was no longer the order's."""
NO_ORDER = 0
"""In place of a uid: an event of the shop as a whole."""


@dataclass(frozen=True, slots=True)
class RateAmount:
    """Net and VAT of one VAT rate of an order, in the order's currency."""

    vat_percent: Decimal
    net: Decimal
    vat: Decimal


@dataclass(frozen=True, slots=True)
class SentRow:
    """One row as Specter gets it; the price is for one, without VAT."""

    article_number: str
    quantity: Decimal
    unit_price: Decimal
    vat_percent: Decimal


@dataclass(frozen=True, slots=True)
class Intent:
    """What is about to be sent; `form_hash` is salted with `Journal.id`, so that equal forms can be told."""

    uid: int
    order_number: str
    external_no: str
    form_hash: str
    total: Decimal
    currency: str
    ordered: datetime
    rates: tuple[RateAmount, ...]
    rows: tuple[SentRow, ...]
    customer_hash: str = ""
    """The same of the customer form."""
    buyer: tuple[str, ...] = ()
    """Digests of what Specter matches the buyer by; empty: the order has a customer of its own."""
    address_hash: str | None = None
    method_hash: str | None = None
    fee_hash: str | None = None
    vat_hash: str | None = None
    """Salted digests of delivery address, delivery method, fees and VAT as they are sent (planning/row_drift.py)."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to send one order until its lease is over; every finishing verb needs the token.

    `step` is what an order in doubt is asked about, and never goes back; `call` is the call that comes first. `trial`:
    the halt during which this one order is tried.
    """

    uid: int
    order_number: str
    token: str
    external_no: str
    step: Step
    call: Step
    customer_number: str | None
    trial: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One order in the journal. All times are UTC; None where an order was entered without being claimed.

    attempts counts claims, refusals those of the present form in a row, repeats the automatic ones out of a doubtful
    state since a person last decided. seen_number is a Specter number that was seen for the order but did not settle
    it: from a late answer, or from the text of a refusal. holder is operator@host of the last claim.
    by_hand: a decision was taken back, so only a person sends the order. shown_number is the number of ours that the
    shop may show instead of specter_number.
    """

    uid: int
    order_number: str
    external_no: str | None
    state: State
    step: Step | None
    customer_number: str | None
    specter_number: str | None
    seen_number: str | None
    form_hash: str | None
    total: Decimal | None
    currency: str | None
    ordered: datetime | None
    attempts: int
    refusals: int
    repeats: int
    retry_at: datetime | None
    write_back: WriteBack
    drift: bool
    cancelled_in_shop: bool
    reason: str
    message: str
    holder: str
    claimed_at: datetime | None
    changed_at: datetime
    exported_at: datetime | None
    by_hand: bool = False
    number_by: NumberBy = ""
    shown_number: str | None = None
    customer_hash: str | None = None
    resends: int = 0
    """How often it was sent again by itself since a missing article had come to Specter."""
    resent_for: datetime | None = None
    """When the article came for which that was done last."""
    comparable: bool = True
    """Whether digests of its delivery address, delivery method, fees and VAT were kept at its export."""

    @property
    def is_new(self) -> bool:
        """Whether nothing was ever sent for it: a closing, or a typed number, was taken back, and nothing else was."""
        return self.state == "retry_later" and self.by_hand and not self.attempts


@dataclass(frozen=True, slots=True)
class ClaimDenied:
    """A claim that was not given, and the entry that stands in its way."""

    entry: Entry


@dataclass(frozen=True, slots=True)
class BuyerBusy:
    """A claim that was not given since another order of the buyer is on its way. Nothing was changed.

    `in_doubt`: that order is not being sent, but may still arrive.
    """

    order_number: str
    in_doubt: bool


@dataclass(frozen=True, slots=True)
class Halt:
    """No order is sent by anyone on this journal, since Specter answered with an HTTP status that proves nothing.

    One order alone is tried at `next_at`; where that is None, only a person ends it.
    """

    id: int
    status: int
    message: str
    uid: int
    begun_at: datetime
    statuses: int
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class Barred:
    """A claim that was not given since a halt keeps everyone on this journal from sending. Nothing was changed."""

    by: Halt


NoClaim = ClaimDenied | BuyerBusy | Barred
"""Why a claim was not given."""


@dataclass(frozen=True, slots=True)
class Event:
    """One change of one order, never altered. `to_state` None: the order left the journal again."""

    id: int
    uid: int
    order_number: str
    at: datetime
    operator: str
    host: str
    verb: Verb
    from_state: State | None
    to_state: State | None
    step: Step | None
    reason: str
    message: str
    specter_number: str | None
    duration_ms: int | None


@dataclass(frozen=True, slots=True)
class EventSearch:
    """A wide net for events: it holds back none that has `text` in its order number, operator, reason or number.

    Events with a message, or a reason of ours, always pass, since both are shown in another form than they are stored
    in; so do those with one of `verbs`. `text` is of small ASCII letters and digits alone, `states` None means any
    state or none.
    """

    text: str = ""
    verbs: frozenset[str] = frozenset()
    states: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class ShopOrder:
    """What an operator's decision tells of an order, which the journal may never have seen.

    `articles` are those whose stock in the shop depends on where the order stands.
    """

    uid: int
    order_number: str
    ordered: datetime | None = None
    total: Decimal | None = None
    currency: str | None = None
    articles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stop:
    """The emergency stop: until it ends, no program on the journal sends or writes anything."""

    reason: str
    operator: str
    host: str
    begun_at: datetime


@dataclass(frozen=True, slots=True)
class KnownNumber:
    """An order that another link, or a hand, has already brought to Specter."""

    uid: int
    order_number: str
    specter_number: str


@dataclass(frozen=True, slots=True)
class Imported:
    """How an import went: entered, already in the journal, or refused since another order has the number.

    `differing`: orders that the journal has with another number or with none, which stay as they are.
    """

    added: int
    present: int
    taken: int
    differing: tuple[Entry, ...] = ()


OverdueKind = Literal["write_back", "conflict", "stock", "deliveries", "stock_pull", "deliveries_pull"]
"""Work that follows an export: three that write to the shop, numbers that the shop shows in place of ours, and two that
fetch from Specter.
"""


@dataclass(frozen=True, slots=True)
class Overdue:
    """Work that is due and not done, since when (UTC), and of how many orders or articles; `why` it fails, if known."""

    kind: OverdueKind
    since: datetime
    count: int
    why: str = ""

"""The records of the journal, for reading and writing. They contain no personal data."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

State = Literal["sending", "retry_later", "unknown", "refused", "exists", "exported", "closed"]
"""The state of an order, from its first claim or an operator's decision on."""

Step = Literal["customer", "order"]
"""The call of an export that is next, or was in flight."""

WriteBack = Literal["none", "due", "done", "conflict"]
"""The progress of writing the Specter number to the shop; conflict: the shop has another number.

For an order without a number, due means that the shop may show a number that was taken back, to be cleared.
"""

NumberBy = Literal["", "answer", "person", "text", "import"]
"""The source of a Specter number: the answer to the order call, a person, a refusal's text, or an import.

Empty if there is no number, or if an older journal did not record it.
"""

Verb = Literal[
    "claimed", "reclaimed", "released", "expired", "customer_known", "exported", "retry_later", "unknown", "refused",
    "exists", "late", "number_entered", "recovered", "imported", "closed", "reopened", "write_back_done",
    "restored", "erased", "write_back_conflict", "drift_seen", "drift_settled", "cancel_seen", "cancel_withdrawn",
    "drift_changed", "drift_ticked", "drift_unticked", "number_corrected", "write_back_lost", "write_back_cleared",
    "delivered", "cancelled_in_specter", "delivery_marked", "delivery_refused", "count_accepted",
    "sum_differs",
]  # fmt: skip
"""The kind of an event; late: an answer that arrived after the order had left its claim."""
NO_ORDER = 0
"""Used instead of a uid for an event of the whole shop."""


@dataclass(frozen=True, slots=True)
class RateAmount:
    """Net and VAT of one VAT rate of an order, in the order's currency."""

    vat_percent: Decimal
    net: Decimal
    vat: Decimal


@dataclass(frozen=True, slots=True)
class SentRow:
    """One row as sent to Specter; the price is per unit, excl. VAT."""

    article_number: str
    quantity: Decimal
    unit_price: Decimal
    vat_percent: Decimal


@dataclass(frozen=True, slots=True)
class Intent:
    """An order to be sent; `form_hash` is salted with `Journal.id`, and shows whether two forms are equal."""

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
    """The salted hash of the customer form."""
    buyer: tuple[str, ...] = ()
    """Digests of the values by which Specter matches the buyer; empty if the order has a customer of its own."""
    address_hash: str | None = None
    method_hash: str | None = None
    fee_hash: str | None = None
    vat_hash: str | None = None
    """Salted digests of delivery address, delivery method, fees and VAT as sent (planning/row_drift.py)."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The exclusive right to send one order until its lease ends; every operation that ends it needs the token.

    `step` is the step that is in doubt, and never goes back; `call` is the first call to make. `trial` is the id of the
    halt during which this order is tried.
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
    """One order in the journal. All times are UTC; values are None for an order that was entered without a claim.

    attempts counts claims, refusals the consecutive refusals of the present form, repeats the automatic repeats out of
    a doubtful state since a person last decided. seen_number is a Specter number that was seen for the order without
    settling it, from a late answer or from the text of a refusal. holder is operator@host of the last claim. by_hand: a
    decision was taken back, so only a person sends the order. shown_number is a number of this journal that the shop
    may show instead of specter_number.
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
    """The number of automatic repeats after a missing article was sent to Specter."""
    resent_for: datetime | None = None
    """The time at which the article of the last such repeat was sent."""
    comparable: bool = True
    """True if digests of its delivery address, delivery method, fees and VAT were stored at its export."""
    reopenable: bool = False
    """True if its closing, or the number that a person entered, can be taken back.

    A number from Specter cannot, also after a correction: Specter has the order.
    """

    @property
    def is_new(self) -> bool:
        """True if nothing was ever sent for it, and it is here only because a decision was taken back."""
        return self.state == "retry_later" and self.by_hand and not self.attempts


@dataclass(frozen=True, slots=True)
class ClaimDenied:
    """A claim was not granted; `entry` is the order as it is."""

    entry: Entry


@dataclass(frozen=True, slots=True)
class BuyerBusy:
    """A claim was not granted because another order of the buyer is being sent. Nothing was changed.

    `in_doubt`: that order is not being sent, but may still arrive.
    """

    order_number: str
    in_doubt: bool


@dataclass(frozen=True, slots=True)
class LeaseTaken:
    """The named lease is held by this process."""


@dataclass(frozen=True, slots=True)
class LeaseHolder:
    """The process that holds a named lease: its operator as operator@host, and its kind if it gave one."""

    operator: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Halt:
    """A halt after an HTTP status that proves nothing: no program on this journal sends an order.

    One trial order may be sent at `next_at`; if that is None, only a person ends the halt.
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
    """A claim was not granted because a halt stops all programs on this journal. Nothing was changed."""

    by: Halt


NoClaim = ClaimDenied | BuyerBusy | Barred
"""The reasons for which a claim is not granted."""


@dataclass(frozen=True, slots=True)
class Event:
    """One change of one order, never altered. `to_state` None: the order was removed from the journal."""

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
    """A broad filter of events: it passes every event with `text` in its order number, operator, reason or number.

    Events with a message or a reason by the program always pass, since these are stored in another form than they are
    shown in; so do events with one of `verbs`. `text` has only lower-case ASCII letters and digits; `states` None means
    any state or none.
    """

    text: str = ""
    verbs: frozenset[str] = frozenset()
    states: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class ShopOrder:
    """An order as described by an operator's decision; the journal may have no entry of it.

    `articles` are those whose stock in the shop depends on the order's state.
    """

    uid: int
    order_number: str
    ordered: datetime | None = None
    total: Decimal | None = None
    currency: str | None = None
    articles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stop:
    """The emergency stop: until it ends, no program on the journal sends or writes anything.

    `by_program`: a program's own, which exempts it and ends with it; `is_exempt`: it is this process's.
    """

    reason: str
    operator: str
    host: str
    begun_at: datetime
    by_program: bool = False
    is_exempt: bool = False


@dataclass(frozen=True, slots=True)
class KnownNumber:
    """An order that was brought to Specter by another link or by hand."""

    uid: int
    order_number: str
    specter_number: str


@dataclass(frozen=True, slots=True)
class Imported:
    """The result of an import: how many were added, already present, or refused since another order has the number.

    `differing`: orders that the journal has with another number or without one, which are not changed.
    """

    added: int
    present: int
    taken: int
    differing: tuple[Entry, ...] = ()


OverdueKind = Literal["write_back", "conflict", "stock", "deliveries", "stock_pull", "deliveries_pull"]
"""The kinds of work after an export.

Three write to the shop, one is about numbers in the shop that differ from the journal's, two fetch from Specter.
"""


@dataclass(frozen=True, slots=True)
class Overdue:
    """Work that is due and not done: since when (UTC), for how many orders or articles, and why it fails, if known."""

    kind: OverdueKind
    since: datetime
    count: int
    why: str = ""

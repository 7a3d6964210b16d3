"""The objects about the journal: orders and events, the record of one order, tables that were copied."""

from typing import Annotated, Any, TypedDict

from specter_tui.journal.models import State, Step, WriteBack


class JournalOrderRecord(TypedDict):
    """An order in the journal, as `journal show` prints it."""

    order: Annotated[str, "order number"]
    uid: Annotated[int, "the order's key in the shop"]
    external_no: Annotated[str | None, "the number that Specter knows the order by; null before its first claim"]
    state: Annotated[State, "state"]
    step: Annotated[Step | None, "the call that is next, or was in flight"]
    specter_number: Annotated[str | None, "order number in Specter"]
    customer_number: Annotated[str | None, "customer number in Specter"]
    total: Annotated[str | None, "total with two decimals; null where it is not known"]
    currency: Annotated[str | None, "currency of the total"]
    write_back: Annotated[WriteBack, "the Specter number on its way to the shop"]
    attempts: Annotated[int, "number of tries to send it"]
    refusals: Annotated[int, "number of refusals in a row"]
    exported_at: Annotated[str | None, "when it was exported, RFC 3339 in UTC"]
    changed_at: Annotated[str, "when its state changed last, RFC 3339 in UTC"]
    reason: Annotated[str, "the reason of a person; may be empty"]
    message: Annotated[str, "an answer or error in words; may be empty"]


_EventStates = TypedDict(
    "_EventStates",
    {
        "from": Annotated[State | None, "state before; null for none"],
        "to": Annotated[State | None, "state after; null for none"],
    },
)


class JournalEventRecord(_EventStates):
    """An event of an order or of the shop, as `journal show` prints it."""

    id: Annotated[int, "number of the event"]
    order: Annotated[str, "order number; empty for an event of the shop"]
    uid: Annotated[int, "the order's key in the shop; 0 for an event of the shop"]
    at: Annotated[str, "when, RFC 3339 in UTC"]
    operator: Annotated[str, "the user name on that computer"]
    host: Annotated[str, "the computer"]
    verb: Annotated[str, "kind of the event"]
    step: Annotated[Step | None, "the call that is next, or was in flight"]
    specter_number: Annotated[str | None, "order number in Specter"]
    duration_ms: Annotated[int | None, "duration of an export in milliseconds"]
    reason: Annotated[str, "the reason of a person; may be empty"]
    message: Annotated[str, "an answer or error in words; may be empty"]


class CopiedTableRecord(TypedDict):
    """A table, as `journal copy` prints it."""

    table: Annotated[str, "name of the table"]
    rows: Annotated[int, "number of rows"]
    sha256: Annotated[str, "hash of the rows, equal on both sides"]


class SentRowRecord(TypedDict):
    """A row of an order as it was sent."""

    article_number: Annotated[str, "article number"]
    quantity: Annotated[str, "quantity"]
    unit_price: Annotated[str, "price of one, without VAT"]
    vat_percent: Annotated[str, "VAT rate in per cent"]


class SentRateRecord(TypedDict):
    """The sums of a VAT rate as they were sent."""

    vat_percent: Annotated[str, "VAT rate in per cent"]
    net: Annotated[str, "amount without VAT"]
    vat: Annotated[str, "VAT"]


class SupportEventRecord(TypedDict):
    """An event of the order, without the person."""

    id: Annotated[int, "number of the event"]
    at: Annotated[str, "when, RFC 3339 in UTC"]
    verb: Annotated[str, "kind of the event"]
    from_state: Annotated[State | None, "state before; null for none"]
    to_state: Annotated[State | None, "state after; null for none"]
    step: Annotated[Step | None, "the call that is next, or was in flight"]
    reason: Annotated[str, "the reason of the program; `***` for that of a person"]
    message: Annotated[str, "an answer or error in words; may be empty"]
    specter_number: Annotated[str | None, "order number in Specter"]
    duration_ms: Annotated[int | None, "duration of an export in milliseconds"]


class SentCallRecord(TypedDict):
    """A call for the order, without a person's data."""

    at: Annotated[str, "when, RFC 3339 in UTC"]
    action: Annotated[str, "action"]
    endpoint: Annotated[str, "address without the host"]
    sent: Annotated[dict[str, str], "the fields; the values of personal ones are left out"]
    status: Annotated[int | None, "HTTP status; null without an answer"]
    answer: Annotated[str, "the answer in words; may be empty"]
    duration_ms: Annotated[int, "duration in milliseconds"]


class SupportRecord(TypedDict):
    """The record of one order, as `support` prints it."""

    written: Annotated[str, "when it was made, RFC 3339 in UTC"]
    versions: Annotated[dict[str, str], "versions of the program and of what it runs on"]
    settings: Annotated[dict[str, Any], "settings that affect what is sent and when"]
    order: Annotated[dict[str, Any], "the order's fields in the journal"]
    rows: Annotated[list[SentRowRecord], "rows as they were sent"]
    rates: Annotated[list[SentRateRecord], "sums by VAT rate as they were sent"]
    events: Annotated[list[SupportEventRecord], "events, the oldest first"]
    calls: Annotated[list[SentCallRecord], "calls, the oldest first"]

"""The object that `report` prints, and its parts."""

from typing import Annotated, Literal, TypedDict

from specter_tui.cli.json_records.orders import RateRecord


class HeldRecord(TypedDict):
    """An order of the period that is not in Specter."""

    number: Annotated[str, "order number"]
    state: Annotated[str, "state"]
    total: Annotated[str, "total with two decimals"]
    reason: Annotated[str, "why it is held"]


class DifferenceRecord(TypedDict):
    """An exported order that the shop has changed since."""

    number: Annotated[str, "order number"]
    shop: Annotated[str, "amount in the shop"]
    exported: Annotated[str, "amount as it was sent"]


class CancelledRecord(TypedDict):
    """An exported order that the shop has discarded."""

    number: Annotated[str, "order number"]
    total: Annotated[str, "total with two decimals"]


class VatNoteRecord(TypedDict):
    """A VAT rate whose VAT in shop and Specter differs by more than an öre a row."""

    vat_percent: Annotated[int | float, "VAT rate in per cent"]
    shop: Annotated[str, "amount in the shop"]
    exported: Annotated[str, "amount as it was sent"]


class MethodRecord(TypedDict):
    """The orders of one payment method."""

    method: Annotated[str, "the payment method in the shop's words; may be empty"]
    shop_orders: Annotated[int, "number of orders in the shop"]
    shop_total: Annotated[str, "total in the shop"]
    exported_orders: Annotated[int, "number of exported orders"]
    exported_total: Annotated[str, "total of exported orders"]
    rates: Annotated[list[RateRecord], "sums by VAT rate in the shop"]


class DecisionRecord(TypedDict):
    """A decision or cancellation within the period."""

    at: Annotated[str, "when, RFC 3339 in UTC"]
    number: Annotated[str, "order number"]
    verb: Annotated[str, "kind of the event, as in the journal"]
    by: Annotated[str, "the person or program"]
    reason: Annotated[str, "the reason of that person; may be empty"]


class ReportRecord(TypedDict):
    """A day, week or month, as `report` prints it. Its amounts have two decimals."""

    date: Annotated[str, "first day"]
    until: Annotated[str, "last day"]
    basis: Annotated[Literal["placed", "exported"], "the time by which orders count"]
    currency: Annotated[str, "currency of the amounts"]
    shop_orders: Annotated[int, "number of orders in the shop"]
    shop_total: Annotated[str, "total in the shop"]
    exported_orders: Annotated[int, "number of exported orders"]
    exported_total: Annotated[str, "total of exported orders"]
    held_total: Annotated[str, "total of orders that are not in Specter, closed ones too"]
    held: Annotated[list[HeldRecord], "orders that are not in Specter"]
    closed_total: Annotated[str, "total of closed orders"]
    cancelled: Annotated[list[CancelledRecord], "exported orders that the shop has discarded"]
    cancelled_total: Annotated[str, "total of these"]
    specter_total: Annotated[str, "total in Specter: exported and cancelled orders"]
    specter_difference: Annotated[str, "total in the shop less total in Specter"]
    shop_rates: Annotated[list[RateRecord], "sums by VAT rate in the shop"]
    exported_rates: Annotated[list[RateRecord], "sums by VAT rate of exported orders"]
    held_rates: Annotated[list[RateRecord], "sums by VAT rate of held orders"]
    closed_rates: Annotated[list[RateRecord], "sums by VAT rate of closed orders"]
    cancelled_rates: Annotated[list[RateRecord], "sums by VAT rate of cancelled orders"]
    differences: Annotated[list[DifferenceRecord], "exported orders whose total was changed"]
    vat_edited: Annotated[list[DifferenceRecord], "exported orders whose VAT alone was changed"]
    vat_notes: Annotated[list[VatNoteRecord], "VAT rates that differ"]
    methods: Annotated[list[MethodRecord], "sums by payment method"]
    balanced: Annotated[bool, "true if shop = exported + held, at every VAT rate, and none was cancelled"]
    changes: Annotated[list[DecisionRecord], "decisions and cancellations, of all currencies"]
    foreign: Annotated[list["ReportRecord"], "the same for each other currency"]

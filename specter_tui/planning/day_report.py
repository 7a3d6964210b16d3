"""The report of a day, week or month: the shop's sales, what of them is in Specter, and what is not and why.

To the öre, by VAT rate and by payment method. The shop = exported + held + closed, of the orders that it has not
discarded. Specter = exported + cancelled after export.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date as Day  # noqa: N812 - a field is called date
from datetime import datetime
from decimal import Decimal

from specter_tui.planning.money import ORE, ZERO
from specter_tui.planning.orders.totals import RateTotal
from specter_tui.planning.report_period import Basis, ReportPeriod

EXPORTED, CLOSED = "exported", "closed"
IN_DOUBT = frozenset({"sending", "unknown", "exists"})
BASE_CURRENCY = "SEK"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedOrder:
    """One order of the period: total incl. VAT, and totals by VAT rate, from a form built of it now.

    `shop_rates` have the shop's own VAT, where it is known separately; `rows` counts the form's rows by VAT rate.
    `sent_total` and `sent_rates` come from the form that was sent, where it is known: an order edited after its export
    differs from them. `reason` says why an order is not exported. `alive` is False for an order that the shop has
    discarded.
    """

    number: str
    state: str
    total: Decimal
    rates: Sequence[RateTotal] = ()
    reason: str = ""
    currency: str = BASE_CURRENCY
    sent_total: Decimal | None = None
    sent_rates: Sequence[RateTotal] | None = None
    shop_rates: Sequence[RateTotal] | None = None
    rows: Mapping[Decimal, int] = field(default_factory=dict)
    alive: bool = True
    method: str = ""
    """The payment method of its money, in the shop's words; empty where it is not known."""


@dataclass(frozen=True, slots=True)
class RateSum:
    """Net and VAT of one VAT rate, in the report's currency."""

    vat_percent: Decimal
    net: Decimal
    vat: Decimal


@dataclass(frozen=True, slots=True)
class HeldOrder:
    """An order that is not in Specter."""

    number: str
    state: str
    total: Decimal
    reason: str


@dataclass(frozen=True, slots=True)
class TotalDifference:
    """An exported order whose total in the shop is not the one that was sent: edited or cancelled after export."""

    number: str
    shop: Decimal
    exported: Decimal


@dataclass(frozen=True, slots=True)
class Cancelled:
    """An exported order that the shop has discarded; Specter still has it, with the total that was sent."""

    number: str
    total: Decimal


@dataclass(frozen=True, slots=True)
class VatDifference:
    """An exported order whose total is the one that was sent, but whose VAT, or its division into rates, is not."""

    number: str
    shop: Decimal
    exported: Decimal


@dataclass(frozen=True, slots=True)
class VatNote:
    """The VAT of the exported orders at one rate, where shop and Specter differ by more than an öre a row."""

    vat_percent: Decimal
    shop: Decimal
    exported: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodSum:
    """The shop's orders with one payment method, and those of them that are exported; `rates` are the shop's."""

    method: str
    shop_orders: int
    shop_total: Decimal
    exported_orders: int
    exported_total: Decimal
    rates: tuple[RateSum, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A decision or cancellation within the period, of any order: when, what (the event's verb), by whom, and why."""

    at: datetime
    number: str
    verb: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One period in one currency, from `date` until `until`, both included.

    `foreign` holds the reports of other currencies, which are never added to this one.

    The shop's orders are those that it has not discarded; each is exported or held. `closed_total` is the part of the
    held total that a person has closed. Specter's orders are the exported ones and the `cancelled` ones, which the shop
    has discarded after their export. Rates of the shop and of held orders have the shop's own VAT, the others
    Specter's.
    """

    date: Day
    currency: str
    shop_orders: int
    shop_total: Decimal
    exported_orders: int
    exported_total: Decimal
    held_total: Decimal
    held: tuple[HeldOrder, ...]
    shop_rates: tuple[RateSum, ...]
    exported_rates: tuple[RateSum, ...]
    held_rates: tuple[RateSum, ...]
    differences: tuple[TotalDifference, ...]
    balanced: bool
    """True if shop = exported + held, in total and for every VAT rate, the rates add up to their totals, and no
    order was cancelled after its export."""
    closed_total: Decimal
    closed_rates: tuple[RateSum, ...]
    cancelled: tuple[Cancelled, ...]
    cancelled_total: Decimal
    cancelled_rates: tuple[RateSum, ...]
    specter_total: Decimal
    """The sum of exported and cancelled orders."""
    specter_difference: Decimal
    """The shop's total less Specter's."""
    vat_edited: tuple[VatDifference, ...]
    vat_notes: tuple[VatNote, ...]
    until: Day
    basis: Basis
    """The time by which orders belong to the period: of their placing, or of their export."""
    methods: tuple[MethodSum, ...]
    """By payment method; they add up to the shop's total and to the exported one."""
    changes: tuple[Change, ...] = ()
    """Of all currencies; the reports in `foreign` have none."""
    foreign: tuple["Report", ...] = ()

    @property
    def edited(self) -> tuple[TotalDifference, ...]:
        """The differences that are edits, not cancellations."""
        gone = {one.number for one in self.cancelled}
        return tuple(one for one in self.differences if one.number not in gone)


def report_on(period: ReportPeriod, orders: Iterable[ReportedOrder], changes: Iterable[Change] = ()) -> Report:
    """Return the report of a period in SEK, with one for each other currency in `foreign`."""
    by_currency: dict[str, list[ReportedOrder]] = {BASE_CURRENCY: []}
    for order in orders:
        by_currency.setdefault(order.currency.upper(), []).append(order)
    foreign = tuple(
        _report(period, currency, by_currency[currency])
        for currency in sorted(by_currency)
        if currency != BASE_CURRENCY
    )
    base = _report(period, BASE_CURRENCY, by_currency[BASE_CURRENCY])
    return replace(base, changes=tuple(sorted(changes, key=lambda one: one.at)), foreign=foreign)


def _report(period: ReportPeriod, currency: str, orders: Sequence[ReportedOrder]) -> Report:
    alive = [order for order in orders if order.alive]
    exported = [order for order in alive if order.state == EXPORTED]
    held = [order for order in alive if order.state != EXPORTED]
    closed = [order for order in held if order.state == CLOSED]
    cancelled = [order for order in orders if not order.alive and order.state == EXPORTED]
    # An order that was discarded while it may be in Specter counts nothing in the shop, but is listed.
    doubtful = [replace(order, total=ZERO) for order in orders if not order.alive and order.state in IN_DOUBT]
    shop_total, held_total = _sum(order.total for order in alive), _sum(order.total for order in held)
    exported_total, cancelled_total = _sum(map(_sent_total, exported)), _sum(map(_sent_total, cancelled))
    exported_rates, held_now = _rates(map(_sent_rates, exported)), _rates(order.rates for order in held)
    edited = tuple(
        VatDifference(order.number, _vat(order.rates), _vat(_sent_rates(order)))
        for order in exported
        if order.total == _sent_total(order) and _rates([order.rates]) != _rates([_sent_rates(order)])
    )
    return Report(
        date=period.first,
        until=period.last,
        basis=period.basis,
        currency=currency,
        shop_orders=len(alive),
        shop_total=shop_total,
        exported_orders=len(exported),
        exported_total=exported_total,
        held_total=held_total,
        held=tuple(HeldOrder(order.number, order.state, order.total, order.reason) for order in (*held, *doubtful)),
        shop_rates=_rates(map(_shop_rates, alive)),
        exported_rates=exported_rates,
        held_rates=_rates(map(_shop_rates, held)),
        differences=tuple(
            TotalDifference(order.number, order.total if order.alive else ZERO, _sent_total(order))
            for order in (*exported, *cancelled)
            if not order.alive or order.total != _sent_total(order)
        ),
        balanced=shop_total == exported_total + held_total
        and not cancelled
        and _rates(order.rates for order in alive) == _rates((exported_rates, held_now))
        and all(
            total == _sum(rate.net + rate.vat for rate in rates)
            for total, rates in ((exported_total, exported_rates), (held_total, held_now))
        ),
        closed_total=_sum(order.total for order in closed),
        closed_rates=_rates(map(_shop_rates, closed)),
        cancelled=tuple(Cancelled(order.number, _sent_total(order)) for order in cancelled),
        cancelled_total=cancelled_total,
        cancelled_rates=_rates(map(_sent_rates, cancelled)),
        specter_total=exported_total + cancelled_total,
        specter_difference=shop_total - exported_total - cancelled_total,
        vat_edited=edited,
        vat_notes=_vat_notes(exported, exported_rates),
        methods=_methods(alive),
    )


def _methods(alive: Sequence[ReportedOrder]) -> tuple[MethodSum, ...]:
    """Return the sums by payment method, in the order of their names."""
    by_method: dict[str, list[ReportedOrder]] = {}
    for order in alive:
        by_method.setdefault(order.method, []).append(order)
    return tuple(_method_sum(method, by_method[method]) for method in sorted(by_method, key=str.casefold))


def _method_sum(method: str, orders: Sequence[ReportedOrder]) -> MethodSum:
    exported = [order for order in orders if order.state == EXPORTED]
    return MethodSum(
        method=method,
        shop_orders=len(orders),
        shop_total=_sum(order.total for order in orders),
        exported_orders=len(exported),
        exported_total=_sum(map(_sent_total, exported)),
        rates=_rates(map(_shop_rates, orders)),
    )


def _vat_notes(exported: Sequence[ReportedOrder], specter: Iterable[RateSum]) -> tuple[VatNote, ...]:
    shop = {rate.vat_percent: rate.vat for rate in _rates(map(_shop_rates, exported))}
    notes = []
    for rate in specter:
        vat, rows = shop.get(rate.vat_percent, ZERO), sum(order.rows.get(rate.vat_percent, 0) for order in exported)
        if abs(vat - rate.vat) > ORE * rows:
            notes.append(VatNote(rate.vat_percent, vat, rate.vat))
    return tuple(notes)


def _shop_rates(order: ReportedOrder) -> Sequence[RateTotal]:
    return order.rates if order.shop_rates is None else order.shop_rates


def _vat(rates: Iterable[RateTotal]) -> Decimal:
    return _sum(rate.vat for rate in rates)


def _sent_total(order: ReportedOrder) -> Decimal:
    return order.total if order.sent_total is None else order.sent_total


def _sent_rates(order: ReportedOrder) -> Sequence[RateTotal]:
    return order.rates if order.sent_rates is None else order.sent_rates


def _rates(parts: Iterable[Sequence[RateTotal | RateSum]]) -> tuple[RateSum, ...]:
    """Return the sums by VAT rate, highest first, without rates that sum to zero."""
    sums: dict[Decimal, tuple[Decimal, Decimal]] = {}
    for rates in parts:
        for rate in rates:
            net, vat = sums.get(rate.vat_percent, (ZERO, ZERO))
            sums[rate.vat_percent] = (net + rate.net, vat + rate.vat)
    return tuple(RateSum(percent, *sums[percent]) for percent in sorted(sums, reverse=True) if any(sums[percent]))


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, ZERO)

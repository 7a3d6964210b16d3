"""The day's report: what the shop sold, what of it is in Specter, what is not and why; to the öre, per VAT rate."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from specter_tui.export.money import ZERO
from specter_tui.export.totals import RateTotal

EXPORTED = "exported"
BASE_CURRENCY = "SEK"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedOrder:
    """One order of the day: total and rates as the shop has them now, incl. VAT and by VAT rate.

    `sent_total` and `sent_rates` are those of the form that was sent, where they are known: an order that was edited
    after its export differs from them. `reason` says why an order is not exported.
    """

    number: str
    state: str
    total: Decimal
    rates: Sequence[RateTotal] = ()
    reason: str = ""
    currency: str = BASE_CURRENCY
    sent_total: Decimal | None = None
    sent_rates: Sequence[RateTotal] | None = None


@dataclass(frozen=True, slots=True)
class RateSum:
    """Net and VAT of one VAT rate, in the report's currency."""

    vat_percent: Decimal
    net: Decimal
    vat: Decimal


@dataclass(frozen=True, slots=True)
class Held:
    """An order that is not in Specter."""

    number: str
    state: str
    total: Decimal
    reason: str


@dataclass(frozen=True, slots=True)
class Difference:
    """An exported order whose total in the shop is not the one that was sent: it was edited after its export."""

    number: str
    shop: Decimal
    exported: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One day in one currency; `foreign` are the same of the other currencies, which are never added up with this."""

    date: date
    currency: str
    shop_orders: int
    shop_total: Decimal
    exported_orders: int
    exported_total: Decimal
    held_total: Decimal
    held: tuple[Held, ...]
    shop_rates: tuple[RateSum, ...]
    exported_rates: tuple[RateSum, ...]
    held_rates: tuple[RateSum, ...]
    differences: tuple[Difference, ...]
    balanced: bool
    """Whether shop = exported + held, in total and for every VAT rate, and the rates of each make up its total."""
    foreign: tuple["Report", ...] = ()


def day_report(day: date, orders: Iterable[ReportedOrder]) -> Report:
    """The report of a day, in SEK, and beside it one for each other currency."""
    by_currency: dict[str, list[ReportedOrder]] = {BASE_CURRENCY: []}
    for order in orders:
        by_currency.setdefault(order.currency.upper(), []).append(order)
    foreign = tuple(
        _report(day, currency, by_currency[currency]) for currency in sorted(by_currency) if currency != BASE_CURRENCY
    )
    return _report(day, BASE_CURRENCY, by_currency[BASE_CURRENCY], foreign)


def _report(day: date, currency: str, orders: Sequence[ReportedOrder], foreign: tuple[Report, ...] = ()) -> Report:
    exported = [order for order in orders if order.state == EXPORTED]
    held = [order for order in orders if order.state != EXPORTED]
    shop_total, held_total = _sum(order.total for order in orders), _sum(order.total for order in held)
    exported_total = _sum(map(_sent_total, exported))
    shop_rates = _rates(order.rates for order in orders)
    exported_rates, held_rates = _rates(map(_sent_rates, exported)), _rates(order.rates for order in held)
    return Report(
        date=day,
        currency=currency,
        shop_orders=len(orders),
        shop_total=shop_total,
        exported_orders=len(exported),
        exported_total=exported_total,
        held_total=held_total,
        held=tuple(Held(order.number, order.state, order.total, order.reason) for order in held),
        shop_rates=shop_rates,
        exported_rates=exported_rates,
        held_rates=held_rates,
        differences=tuple(
            Difference(order.number, order.total, _sent_total(order))
            for order in exported
            if order.total != _sent_total(order)
        ),
        balanced=shop_total == exported_total + held_total
        and shop_rates == _rates((exported_rates, held_rates))
        and all(
            total == _sum(rate.net + rate.vat for rate in rates)
            for total, rates in ((exported_total, exported_rates), (held_total, held_rates))
        ),
        foreign=foreign,
    )


def _sent_total(order: ReportedOrder) -> Decimal:
    return order.total if order.sent_total is None else order.sent_total


def _sent_rates(order: ReportedOrder) -> Sequence[RateTotal]:
    return order.rates if order.sent_rates is None else order.sent_rates


def _rates(parts: Iterable[Sequence[RateTotal | RateSum]]) -> tuple[RateSum, ...]:
    """The sums by VAT rate, highest first; a rate that sums to nothing is left out."""
    sums: dict[Decimal, tuple[Decimal, Decimal]] = {}
    for rates in parts:
        for rate in rates:
            net, vat = sums.get(rate.vat_percent, (ZERO, ZERO))
            sums[rate.vat_percent] = (net + rate.net, vat + rate.vat)
    return tuple(RateSum(percent, *sums[percent]) for percent in sorted(sums, reverse=True) if any(sums[percent]))


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, ZERO)

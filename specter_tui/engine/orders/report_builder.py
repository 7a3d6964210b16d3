"""Build a report: the shop's present orders of some days, or those exported then, with the journal's data of each."""

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from specter_tui.abicart.models import Order, UnreadableOrder
from specter_tui.engine.context import ShopContext
from specter_tui.engine.events import ReportReady
from specter_tui.engine.orders.order_views import from_document, with_entry
from specter_tui.engine.orders.reference_data import ReferenceData
from specter_tui.journal.models import Entry, Event, RateAmount
from specter_tui.journal.repositories.events import Events
from specter_tui.journal.repositories.orders import Orders
from specter_tui.planning.day_report import BASE_CURRENCY, EXPORTED, Change, ReportedOrder, report_on
from specter_tui.planning.orders.payments import methods_of_money
from specter_tui.planning.orders.plan import Plan
from specter_tui.planning.orders.totals import RateTotal
from specter_tui.planning.report_period import ReportPeriod

_AT_ONCE = 500
_EXPORTS = frozenset({"exported", "number_entered", "recovered"})
_NOTHING = Decimal(0)


async def report_of(context: ShopContext, reference: ReferenceData, period: ReportPeriod) -> ReportReady:
    """Return the report of local days; orders cancelled before their export are no sales. Raises ShopError.

    By placing, the shop's orders of these days; by export, the orders exported on them, also those that the shop has
    no longer. It reads no more than these.
    """
    await reference.refresh()
    begin, end = _bounds(context, period)
    events = await context.journal(Events.to_report, begin, end)
    reported: list[ReportedOrder] = []
    if period.basis == "placed":
        async for page in context.shop.orders("ordered", begin, end):
            of_days = [order for order in page if order.ordered is None or begin <= order.ordered < end]
            entries = await _entries(context, [order.uid for order in of_days])
            reported += await _of_page(context, reference, of_days, entries)
    else:
        async for entries in _exported(context, events, begin, end):
            found: set[int] = set()
            async for orders in context.shop.orders_by_uid(entries):
                found.update(order.uid for order in orders)
                reported += await _of_page(context, reference, orders, entries)
            gone = [entry for uid, entry in entries.items() if uid not in found]
            rates = await context.journal(Orders.rates_of_many, [entry.uid for entry in gone])
            reported += [_gone(entry, rates.get(entry.uid, ())) for entry in gone]
    message = ReportReady(report_on(period, reported, map(_change, filter(_is_change, events))))
    context.emit(message)
    return message


async def _entries(context: ShopContext, uids: Sequence[int]) -> dict[int, Entry]:
    return {entry.uid: entry for entry in await context.journal(Orders.entries, uids)}


async def _exported(
    context: ShopContext, events: Sequence[Event], begin: datetime, end: datetime
) -> AsyncIterator[dict[int, Entry]]:
    """Yield the orders whose present export is within the time, some at a time."""
    uids = sorted({event.uid for event in events if event.verb in _EXPORTS})
    for first in range(0, len(uids), _AT_ONCE):
        entries = await _entries(context, uids[first : first + _AT_ONCE])
        yield {
            uid: entry
            for uid, entry in entries.items()
            if entry.state == EXPORTED and entry.exported_at is not None and begin <= entry.exported_at < end
        }


async def _of_page(
    context: ShopContext,
    reference: ReferenceData,
    page: Sequence[Order | UnreadableOrder],
    entries: dict[int, Entry],
) -> list[ReportedOrder]:
    await reference.know_articles_of(page)
    rates = await context.journal(Orders.rates_of_many, [order.uid for order in page])
    return [
        _reported(context, reference, order, entries.get(order.uid), rates.get(order.uid, ()))
        for order in page
        if order.uid in entries or not order.discarded
    ]


def _bounds(context: ShopContext, period: ReportPeriod) -> tuple[datetime, datetime]:
    """Return the first moment of the days and of the next, in UTC; a day of a clock change has 23 or 25 hours."""
    return _midnight(context, period.first), _midnight(context, period.last + timedelta(days=1))


def _midnight(context: ShopContext, day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=context.zone).astimezone(UTC)


def _is_change(event: Event) -> bool:
    """Return whether the event is a decision or a cancellation; a first number is one if a person typed it."""
    return event.verb not in _EXPORTS or event.verb == "number_entered"


def _change(event: Event) -> Change:
    by = f"{event.operator}@{event.host}"
    return Change(event.at, event.order_number, event.verb, by, event.reason if isinstance(event.reason, str) else "")


def _gone(entry: Entry, sent: Sequence[RateAmount]) -> ReportedOrder:
    """Return an exported order that the shop does not show any more."""
    rates = [RateTotal(rate.vat_percent, rate.net, rate.vat) for rate in sent]
    return ReportedOrder(
        number=entry.order_number,
        state=entry.state,
        total=_NOTHING,
        currency=entry.currency or BASE_CURRENCY,
        sent_total=entry.total or _NOTHING,
        sent_rates=rates,
        alive=False,
    )


def _reported(
    context: ShopContext,
    reference: ReferenceData,
    order: Order | UnreadableOrder,
    entry: Entry | None,
    sent: tuple[RateAmount, ...],
) -> ReportedOrder:
    plan, hashes = reference.plan(order, entry)
    document = from_document(order, plan, hashes, context.since, context.settings)
    view = with_entry(document, entry, context.settings.ui)
    total = plan.expected
    if total is None:
        total = order.costs.total.inc_vat if isinstance(order, Order) else _NOTHING
    exported = entry is not None and entry.state == "exported"
    return ReportedOrder(
        number=order.number,
        state=view.state,
        total=total,
        rates=plan.rates,
        shop_rates=_with_rest(plan) if plan.shop_rates else None,
        rows=Counter(row.vat_percent for row in plan.form.rows) if plan.form else {},
        alive=not order.discarded,
        reason="" if exported else view.why or view.state,
        currency=plan.currency or _currency(order),
        sent_total=entry.total if entry is not None and exported else None,
        sent_rates=[RateTotal(rate.vat_percent, rate.net, rate.vat) for rate in sent] if exported and sent else None,
        method=_method(context, reference, order),
    )


def _method(context: ShopContext, reference: ReferenceData, order: Order | UnreadableOrder) -> str:
    if not isinstance(order, Order):
        return ""
    return " + ".join(methods_of_money(order, reference.shop_facts, context.settings.order))


def _with_rest(plan: Plan) -> tuple[RateTotal, ...]:
    """Return the shop's own rates, with its krona rounding as a rate without VAT."""
    rest = (plan.expected or _NOTHING) - sum((rate.net + rate.vat for rate in plan.shop_rates), _NOTHING)
    if not rest or plan.problems:
        return plan.shop_rates
    return (*plan.shop_rates, RateTotal(_NOTHING, rest, _NOTHING))


def _currency(order: Order | UnreadableOrder) -> str:
    """Return the currency of a document, SEK where it has none."""
    return (order.currency if isinstance(order, Order) else "") or "SEK"

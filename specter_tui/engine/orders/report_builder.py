"""Build the day's report: the shop's present orders of one day, with the journal's data of each."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from specter_tui.abicart.models import Order, UnreadableOrder
from specter_tui.engine.context import ShopContext
from specter_tui.engine.events import ReportReady
from specter_tui.engine.orders.order_views import from_document, with_entry
from specter_tui.engine.orders.reference_data import ReferenceData
from specter_tui.journal.models import Entry, RateAmount
from specter_tui.journal.repositories.orders import Orders
from specter_tui.planning.day_report import ReportedOrder, day_report
from specter_tui.planning.orders.plan import Plan
from specter_tui.planning.orders.totals import RateTotal

_NOTHING = Decimal(0)


async def report_of(context: ShopContext, reference: ReferenceData, day: date) -> ReportReady:
    """Return the report of a local day; orders cancelled before their export are no sales. Raises ShopError."""
    await reference.refresh()
    begin, end = _bounds(context, day)
    reported: list[ReportedOrder] = []
    async for page in context.shop.orders("ordered", begin, end):
        await reference.know_articles_of(page)
        uids = [order.uid for order in page]
        entries = {entry.uid: entry for entry in await context.journal(Orders.entries, uids)}
        rates = await context.journal(Orders.rates_of_many, uids)
        reported += [
            _reported(context, reference, order, entries.get(order.uid), rates.get(order.uid, ()))
            for order in page
            if (order.ordered is None or begin <= order.ordered < end) and (order.uid in entries or not order.discarded)
        ]
    message = ReportReady(day_report(day, reported))
    context.emit(message)
    return message


def _bounds(context: ShopContext, day: date) -> tuple[datetime, datetime]:
    """Return the first moment of the day and of the next, in UTC; a day of a clock change has 23 or 25 hours."""
    begin = datetime(day.year, day.month, day.day, tzinfo=context.zone)
    after = day + timedelta(days=1)
    end = datetime(after.year, after.month, after.day, tzinfo=context.zone)
    return begin.astimezone(UTC), end.astimezone(UTC)


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
    )


def _with_rest(plan: Plan) -> tuple[RateTotal, ...]:
    """Return the shop's own rates, with its krona rounding as a rate without VAT."""
    rest = (plan.expected or _NOTHING) - sum((rate.net + rate.vat for rate in plan.shop_rates), _NOTHING)
    if not rest or plan.problems:
        return plan.shop_rates
    return (*plan.shop_rates, RateTotal(_NOTHING, rest, _NOTHING))


def _currency(order: Order | UnreadableOrder) -> str:
    """Return the currency of a document, SEK where it has none."""
    return (order.currency if isinstance(order, Order) else "") or "SEK"

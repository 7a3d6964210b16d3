"""Sum orders as they would be sent now, to show the totals before a bulk export."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from specter_tui.engine.context import ShopContext
from specter_tui.engine.events import CurrencySum, SumReady
from specter_tui.engine.order_states import OrderState
from specter_tui.engine.orders.order_index import OrderIndex
from specter_tui.planning.money import ZERO
from specter_tui.planning.orders.plan import Plan
from specter_tui.planning.orders.totals import RateTotal

_SENT_ON_WISH: frozenset[OrderState] = frozenset({"ready", "retry_later", "refused", "unknown"})


async def sum_orders(context: ShopContext, order_index: OrderIndex, uids: Sequence[int]) -> SumReady:
    """Read the orders now, 100 a call, plan and sum them. Raises ShopError, JournalError."""
    plans: list[Plan] = []
    hashes: dict[int, str | None] = {}
    async for page in context.shop.orders_by_uid(uids):
        for uid, (plan, digests) in (await order_index.apply_documents(page)).items():
            hashes[uid] = digests.seen if digests else None
            view = order_index.view(uid)
            if plan.ready and view is not None and view.state in _SENT_ON_WISH:
                plans.append(plan)
    sendable = {plan.uid for plan in plans}
    answer = SumReady(tuple(uids), by_currency(plans), hashes, tuple(uid for uid in uids if uid not in sendable))
    order_index.flush()
    context.emit(answer)
    return answer


def by_currency(plans: Iterable[Plan]) -> tuple[CurrencySum, ...]:
    """Return count, total and VAT rates of plans by currency, the currency with most orders first."""
    counts: dict[str, int] = {}
    totals: dict[str, Decimal] = {}
    rates: dict[str, dict[Decimal, RateTotal]] = {}
    for plan in plans:
        currency = plan.currency
        counts[currency] = counts.get(currency, 0) + 1
        totals[currency] = totals.get(currency, ZERO) + (plan.expected or ZERO)
        for rate in plan.rates:
            of = rates.setdefault(currency, {})
            sofar = of.get(rate.vat_percent, RateTotal(rate.vat_percent, ZERO, ZERO))
            of[rate.vat_percent] = RateTotal(rate.vat_percent, sofar.net + rate.net, sofar.vat + rate.vat)
    return tuple(
        CurrencySum(
            currency,
            counts[currency],
            totals[currency],
            tuple(rate for _, rate in sorted(rates.get(currency, {}).items(), reverse=True)),
        )
        for currency in sorted(counts, key=lambda currency: -counts[currency])
    )

"""Steps about one order that the operator named: number and stock in the shop, its export, customer and sums."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from specter_tui.abicart.catalog import ArticleRef
from specter_tui.abicart.catalog_models import Article
from specter_tui.abicart.errors import ShopError, ShopOutOfReach
from specter_tui.abicart.models import Order
from specter_tui.engine.checks.rounding_check import certain_facts, compare_amounts
from specter_tui.engine.concurrency.keyed_locks import customer_keys
from specter_tui.engine.decisions import InvalidDecision
from specter_tui.engine.probe.run import ProbeEnded, ProbeRun
from specter_tui.engine.probe.specter_calls import refuse_unless_alone, to_specter
from specter_tui.engine.probe.step import StepReport
from specter_tui.engine.service import SendingInactive
from specter_tui.journal.models import Entry
from specter_tui.journal.repositories.orders import Orders
from specter_tui.planning.orders.plan import Plan
from specter_tui.planning.rounding_models import ShownAmounts
from specter_tui.text.numbers import sum_of_money
from specter_tui.text.sanitize import uid_in

_NUMBER = "externalOrderNumber"


@dataclass(frozen=True, slots=True)
class ExportedOrder:
    """The order of the probe, exported and as the shop shows it now."""

    entry: Entry
    plan: Plan

    @property
    def is_matched(self) -> bool:
        """True if Specter matches its customer, so that the same customer call makes no second one."""
        return self.plan.customer is not None and bool(customer_keys(self.plan.customer))


async def exported_order(run: ProbeRun, report: StepReport) -> ExportedOrder | None:
    """Read the order now; None, and the step is skipped, if it is not exported or cannot be planned."""
    refuse_unless_alone(run)
    uid = int(report.subject)
    entry = await run.context.journal(Orders.entry, uid)
    await run.service.reference.refresh()
    plans = {
        order.uid: plan
        async for page in run.context.shop.orders_by_uid([uid])
        for order, (plan, _) in [
            (order, (await run.service.order_index.apply_documents([order]))[order.uid]) for order in page
        ]
        if isinstance(order, Order)
    }
    plan = plans.get(uid)
    if entry is None or entry.state != "exported" or plan is None or plan.form is None or plan.customer is None:
        report.result = "skipped"
        report.leave_open("needs_export", step=report.step.name)
        return None
    return ExportedOrder(entry, plan)


async def learn_number_writable(run: ProbeRun, report: StepReport) -> None:
    """B1: write the external number that the order shows, and see whether its time of change moves."""
    refuse_unless_alone(run)
    uid = int(report.subject)
    before = await _read(run, report, uid)
    number = before.get(_NUMBER)
    if not isinstance(number, str) or not number:
        report.note("number_empty")
        return
    answer = await run.shop(report, "Order.set", uid, {_NUMBER: number}, ["uid", _NUMBER])
    if isinstance(answer.outcome, ShopError):
        text = run.privacy.sentence(answer.outcome.message)
        report.tell("number_not_writable", text=text)
        report.fact("number_writable", "refused")
        return
    after = await _read(run, report, uid)
    report.fact("number_writable", "writable")
    moves = after.get("changed") != before.get("changed")
    report.fact("changed_moves_on_write", moves)
    report.note("number_written", moves="+" if moves else "-")


async def _read(run: ProbeRun, report: StepReport, uid: int) -> Mapping[str, Any]:
    answer = await run.shop(report, "Order.get", uid, ["uid", "changed", _NUMBER])
    if not isinstance(answer.outcome, Mapping):
        raise ProbeEnded("order_not_read")
    return answer.outcome


async def learn_stock_writable(run: ProbeRun, report: StepReport) -> None:
    """B2: read the stock of an article that the operator names, and write the same value at once."""
    refuse_unless_alone(run)
    uid = uid_in(await run.ask(run.said("ask_stock_article")))
    if not uid:
        report.result = "skipped"
        return
    article = (await run.context.catalogue.stocked([uid])).get(uid)
    found = _stock_of(article)
    if found is None:
        report.leave_open("stock_unmanaged")
        return
    place, quantity = found
    error = (await run.context.catalogue.set_stock({place: quantity}))[place]
    kind = "article" if place.variant_uid is None else "variant"
    if error is None:
        report.fact("stock_writable", {kind: "writable"})
        report.note("stock_written", kind=kind)
    elif isinstance(error, ShopOutOfReach):
        report.fact("stock_writable", {kind: "not_kept"})
        report.tell("stock_not_kept", kind=kind)
    else:
        report.fact("stock_writable", {kind: "refused"})
        report.tell("stock_not_writable", kind=kind, text=run.privacy.sentence(error.message))


def _stock_of(article: Article | None) -> tuple[ArticleRef, Decimal] | None:
    """Return a place whose stock the shop manages, and its stock: the first variant's, else the article's."""
    if article is None or article.stock is None or not article.stock.use_stock:
        return None
    for variant in article.variants:
        if variant.overrides.stock is not None:
            return ArticleRef(article.uid, variant.uid), variant.overrides.stock
    if article.stock.stock is None or article.variants:
        return None
    return ArticleRef(article.uid), article.stock.stock


async def export_order(run: ProbeRun, report: StepReport) -> None:
    """D1: the order's own export, by the same code and journal as always, after its number was typed."""
    refuse_unless_alone(run)
    uid = int(report.subject)
    view = await run.service.find(f"uid:{uid}")
    if view.state == "exported":
        report.note("exported_before", order=run.alias(report, "order", view.specter_number))
        return
    if await run.ask(run.said("ask_order_number", number=view.number)) != view.number:
        report.result = "skipped"
        report.leave_open("order_not_typed")
        return
    try:
        await run.export(uid)
    except SendingInactive:
        raise ProbeEnded("sending_inactive") from None
    entry = await run.context.journal(Orders.entry, uid)
    if entry is None or entry.state != "exported":
        raise ProbeEnded("order_not_exported", state=entry.state if entry else "blocked")
    report.note("order_exported", order=run.alias(report, "order", entry.specter_number))
    run.alias(report, "customer", entry.customer_number)
    if entry.write_back == "done":
        report.fact("number_writable", "writable")
        report.note("number_written_back")
    else:
        report.fact("number_writable", "refused")
        report.tell("number_not_written_back", state=entry.write_back)


async def repeat_customer(run: ProbeRun, report: StepReport) -> None:
    """D2: the customer of the order again, with the same values: the same number means that matching works."""
    order = await exported_order(run, report)
    if order is None or order.plan.customer is None:
        return
    if not order.is_matched:
        report.result = "skipped"
        report.note("customer_own")
        return
    form = order.plan.customer
    number = await to_specter(
        run, report, "newCustomerSubmit", form.fields(), lambda: run.context.specter.submit_customer(form)
    )
    matched = number == order.entry.customer_number
    report.fact("customer_matched", matched)
    first, second = (run.alias(report, "customer", one) for one in (order.entry.customer_number, number))
    if matched:
        report.note("customer_matched", customer=first)
    else:
        report.tell("customer_not_matched", first=first, second=second)
        await run.ask(run.said("second_customer", first=order.entry.customer_number, second=number))


async def learn_rounding(run: ProbeRun, report: StepReport) -> None:
    """D4: compare the amounts on Specter's screen with every way of rounding; nothing is sent."""
    uid = int(report.subject)
    entry = await run.context.journal(Orders.entry, uid)
    if entry is None or entry.state != "exported":
        report.result = "skipped"
        report.leave_open("needs_export", step=report.step.name)
        return
    shown = await _typed_amounts(run, entry.specter_number)
    if shown is None:
        report.result = "skipped"
        report.leave_open("amounts_not_typed")
        return
    try:
        compared = await compare_amounts(run.context, uid, shown, report.step.name)
    except InvalidDecision as invalid:
        report.leave_open("amounts_not_compared")
        report.own.append(str(invalid))
        return
    report.own.append(compared.text)
    report.note(f"rounding_{compared.verdict.outcome}")
    for name, value in certain_facts(compared.verdict).items():
        report.fact(name, value)
    for one in compared.changes:
        report.setting(one.name, one.new)
    if compared.verdict.outcome in ("whole_kronor", "none"):
        report.tell(f"rounding_{compared.verdict.outcome}")
    if compared.verdict.outcome == "open" or len(compared.verdict.fitting) > 1:
        report.leave_open("rounding_not_told_apart", count=len(compared.telling))


async def _typed_amounts(run: ProbeRun, number: str | None) -> ShownAmounts | None:
    """Return net, VAT and total as the operator types them; None where one is left out."""
    amounts: list[Decimal] = []
    for code in ("ask_net", "ask_vat", "ask_total"):
        while typed := await run.ask(run.said(code, number=number)):
            if (amount := sum_of_money(typed)) is not None:
                amounts.append(amount)
                break
            run.show("not_an_amount", typed=typed[:20])
        else:
            return None
    return ShownAmounts(*amounts)

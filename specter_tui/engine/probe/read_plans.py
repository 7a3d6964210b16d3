"""Steps A9 and A10: the last orders planned as in a preview, and what the shop would let us write. Nothing is sent."""

import re
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from specter_tui.abicart.document_lists import uid_in
from specter_tui.abicart.errors import RpcError
from specter_tui.abicart.observation import Observation
from specter_tui.engine.probe.answers import failure_of, pointers_of, rows_of, text_in
from specter_tui.engine.probe.last_orders import articles_of, last_orders, methods_of, parsed
from specter_tui.engine.probe.run import ProbeRun
from specter_tui.engine.probe.step import StepReport
from specter_tui.planning.orders.plan import Plan, ShopFacts, plan_order
from specter_tui.specter.order_forms import decimal_text

_CODE = re.compile("[A-Z]{2,3}")
_METHOD_NOT_FOUND = -32601
_NO_RIGHTS = 1006
"""The code of a call that this key has no right to make (wires: A-errors)."""
_STOCK_QUERY = {"uid": True, "stock": True, "variants": True}


async def learn_plans(run: ProbeRun, report: StepReport) -> None:
    """A9: plan the last orders with the settings as they are."""
    orders = parsed(run, await last_orders(run, report))
    if not orders:
        report.leave_open("no_orders")
        return
    await articles_of(run, report, orders)
    facts = ShopFacts(
        base_currency=run.memory.base_currency or await run.fact("base_currency") or "",
        payment_methods=await methods_of(run, report),
        articles=run.memory.articles,
    )
    plans = [plan_order(order, facts, run.settings) for order in orders]
    ready = sum(plan.ready for plan in plans)
    waiting = sum(plan.waiting and not plan.problems for plan in plans)
    report.note("plans", ready=ready, waiting=waiting, held=len(plans) - ready - waiting, orders=len(plans))
    codes = Counter(code for plan in plans for code in {problem.code for problem in plan.problems})
    for code, count in codes.most_common():
        report.leave_open("held", code=code, count=count, orders=len(plans))
    for country, rate, currency in sorted({one for plan in plans for one in _rates(plan)}):
        report.note("make_rate", country=country, rate=rate, currency=currency)


def _rates(plan: Plan) -> list[tuple[str, str, str]]:
    """Return country, VAT rate and currency of each row of an order that can be sent."""
    if plan.form is None or plan.customer is None or plan.problems:
        return []
    fields = plan.customer.fields()
    country = fields.get("deliveryCountryCode") or fields.get("countryCode", "")
    if not (_CODE.fullmatch(country) and _CODE.fullmatch(plan.form.currency)):
        return []
    return [(country, decimal_text(row.vat_percent), plan.form.currency) for row in plan.form.rows]


async def learn_rights(run: ProbeRun, report: StepReport) -> None:
    """A10: let the shop validate values that it has already, so that even a validation that saves changes nothing."""
    orders = await last_orders(run, report)
    if orders:
        order = orders[0]
        number = await _validates(run, report, "Order", order, {"externalOrderNumber": _present(order)})
        if number is not None:
            report.fact("number_writable", number)
            if not number:
                report.tell("number_locked")
        status = text_in(order, "deliveryStatus")
        sent = await _validates(run, report, "Order", order, {"deliveryStatus": status}) if status else None
        if sent is not None:
            report.fact("delivery_status_writable", sent)
            if not sent:
                report.tell("status_locked")
                report.setting("DELIVERY__SYNC", "false")
    else:
        report.leave_open("no_orders")
    await _stock(run, report)


def _present(order: Mapping[str, Any]) -> str:
    number = order.get("externalOrderNumber")
    return number if isinstance(number, str) else ""


async def _stock(run: ProbeRun, report: StepReport) -> None:
    answer = await run.shop(report, "Article.list", _STOCK_QUERY, {"limit": 100})
    articles = [row for row in rows_of(answer) or [] if isinstance(row, Mapping) and uid_in(row)]
    told: list[bool] = []
    if plain := next((one for one in articles if not one.get("variants") and _held(one) is not None), None):
        found = await _validates(run, report, "Article", plain, {"stock": {"stock": _held(plain)}})
        told += [] if found is None else [found]
    variants = [part for one in articles if _held(one) is not None for part in _list(one.get("variants"))]
    if variant := next((one for one in variants if isinstance(one, Mapping) and _own_stock(one) is not None), None):
        found = await _validates(run, report, "ArticleVariant", variant, {"stock": _own_stock(variant)})
        told += [] if found is None else [found]
    if not told:
        report.leave_open("no_stock")
        return
    report.fact("stock_writable", all(told))
    if not all(told):
        report.tell("stock_locked")
        report.setting("STOCK__SYNC", "false")


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _held(article: Mapping[str, Any]) -> int | float | None:
    """Return the stock of an article with stock management; None for another."""
    stock = article.get("stock")
    return _number(stock.get("stock")) if isinstance(stock, Mapping) and stock.get("useStock") is True else None


def _own_stock(variant: Mapping[str, Any]) -> int | float | None:
    overrides = variant.get("overrides")
    return _number(variant.get("stock", overrides.get("stock") if isinstance(overrides, Mapping) else None))


def _number(value: Any) -> int | float | None:
    """Return a number as JSON has it: one that was read exactly is written as it was."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value if type(value) is int else None


async def _validates(
    run: ProbeRun, report: StepReport, name: str, entity: Mapping[str, Any], patch: Mapping[str, Any]
) -> bool | None:
    """Return whether the shop would take a patch; None where it cannot be asked.

    That the key has no right to write is an answer here, and does not end the probe.
    """
    key = next(iter(patch))
    answer = await run.shop(report, f"{name}.validate", uid_in(entity), patch, expects=_NO_RIGHTS)
    if answer.codes[0] == _NO_RIGHTS:
        report.note("not_writable", name=name, key=key, answer=_NO_RIGHTS)
        return False
    if answer.codes[0] == _METHOD_NOT_FOUND or not (answer.passes or isinstance(answer.outcome, RpcError)):
        report.leave_open("no_validation", name=name, **failure_of(run, answer))
        return None
    if answer.outcome in ([], None, True, {}):
        report.note("writable", name=name, key=key)
        return True
    report.note("not_writable", name=name, key=key, answer=_shape(run, answer))
    return False


def _shape(run: ProbeRun, answer: Observation) -> str:
    if isinstance(answer.outcome, RpcError):
        return f"{answer.codes[0]} {', '.join(map(run.privacy.sentence, pointers_of(answer)))}".strip()
    return run.privacy.sentence(str(answer.outcome))

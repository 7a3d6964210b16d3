"""Check that orders can be read: whole, filtered, counted, page by page; and what of it is known or assumed."""

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import aclosing
from datetime import timedelta

from specter_tui.abicart.catalog import FORM_QUERY
from specter_tui.abicart.errors import RpcError
from specter_tui.abicart.models import Order, UnreadableOrder
from specter_tui.abicart.shop import ORDER_QUERY, window
from specter_tui.engine.account_facts import OPEN, USED, contradictions
from specter_tui.engine.checks.findings import Finding
from specter_tui.engine.context import ShopContext
from specter_tui.engine.orders.reference_data import WHOLE_KRONOR, fact_of
from specter_tui.engine.outcome_texts import outcome_text
from specter_tui.journal.repositories.probe_facts import AccountFacts, ProbeSteps

_ITEM_KEYS, _PAYMENT_KEYS = ORDER_QUERY["items"], ORDER_QUERY["payments"]
_ASKED: Mapping[str, Iterable[str]] = {
    "Order": ORDER_QUERY,
    "OrderItem": _ITEM_KEYS if isinstance(_ITEM_KEYS, Mapping) else (),
    "Payment": _PAYMENT_KEYS if isinstance(_PAYMENT_KEYS, list) else (),
    "PaymentMethod": ("uid", "active", "type", "name"),
    "DeliveryMethod": ("uid", "name"),
    "Article": FORM_QUERY,
    "ArticleVariant": ("uid", "articleNumber", "stock"),
}
"""The keys that are asked for, by class."""


async def check_reading(context: ShopContext) -> AsyncIterator[Finding]:
    """Read a page of orders whole, try each filter, and compare the shop's schemas. Raises ShopError."""
    yield await _whole_orders(context)
    for text in [*await _refused_filters(context), *_other_ways(context)]:
        yield Finding("note", "reading", text)
    async for finding in _schemas(context):
        yield finding
    async for finding in _facts(context):
        yield finding


def _said(context: ShopContext, code: str, /, **values: object) -> str:
    return outcome_text(code, context.settings.ui.language, **values)


async def _whole_orders(context: ShopContext) -> Finding:
    page: list[Order | UnreadableOrder] = []
    async with aclosing(context.shop.orders("ordered", context.since, context.shop.rpc.now())) as pages:
        async for orders in pages:
            page = orders
            break
    unread = [one for one in page if isinstance(one, UnreadableOrder)]
    if not page:
        return Finding("note", "reading", _said(context, "check_no_orders"))
    if len(unread) == len(page):
        text = _said(context, "check_none_read", count=len(page), problem=unread[0].problem)
        return Finding("problem", "reading", text)
    return Finding("ok", "reading", _said(context, "check_read_whole", count=len(page) - len(unread)))


async def _refused_filters(context: ShopContext) -> list[str]:
    shop, found = context.shop, []
    if not await _filters_by_changed(context):
        found.append(_said(context, "check_no_changed"))
    if await shop.orders_by_number("0") is None:
        found.append(_said(context, "check_no_number"))
    return found


def _other_ways(context: ShopContext) -> list[str]:
    """Return a sentence for each list that is read otherwise than usual."""
    habits = context.shop.lists.habits.items()
    by_offset = [_said(context, "check_by_offset", method=method) for method, one in habits if not one.by_least_uid]
    by_get = [_said(context, "check_by_get", method=method) for method, one in habits if not one.by_uids]
    return by_offset + by_get


async def _filters_by_changed(context: ShopContext) -> bool:
    until = context.shop.rpc.now()
    try:
        filters = window("changed", until - timedelta(minutes=1), until)
        await context.shop.lists.raw("Order.list", ["uid"], {"filters": filters, "sort": "uid", "limit": 1})
    except RpcError:
        return False
    return context.shop.filters_by_changed


async def _schemas(context: ShopContext) -> AsyncIterator[Finding]:
    """Compare the shop's schemas, where it gives them, with the keys that are asked for and written."""
    settings = context.settings
    written = {
        "Order": {"externalOrderNumber": True, "deliveryStatus": settings.delivery.sync},
        "Article": {"stock": settings.stock.sync},
        "ArticleVariant": {"stock": settings.stock.sync},
    }
    for name, asked in _ASKED.items():
        keys = await context.shop.schema(name)
        if missing := [key for key in asked if keys and key not in keys]:
            yield Finding("note", "schema", _said(context, "check_schema_without", name=name, keys=", ".join(missing)))
        for key, is_written in written.get(name, {}).items():
            if is_written and _is_read_only(keys.get(key)):
                yield Finding("problem", "schema", _said(context, "check_read_only", name=name, field=key))


def _is_read_only(schema: object) -> bool:
    """Return whether a key, or every part of it, is read-only."""
    if not isinstance(schema, Mapping):
        return False
    parts = schema.get("properties")
    if isinstance(parts, Mapping) and parts:
        return all(_is_read_only(part) for part in parts.values())
    return schema.get("readonly") is True


async def _facts(context: ShopContext) -> AsyncIterator[Finding]:
    """Say which facts of the probe apply, where a setting says otherwise, and what is still assumed."""
    accounts = context.settings.accounts
    facts = await context.journal(AccountFacts.all, accounts)
    unsure = {
        name: value for name, value in (await context.journal(ProbeSteps.unsure, accounts)).items() if name not in facts
    }
    if used := [f"{name} {facts[name].value}" for name in USED if name in facts]:
        yield Finding("ok", "facts", _said(context, "check_facts_used", facts=", ".join(used)))
    for text in contradictions(context.settings, facts):
        yield Finding("problem", "facts", text)
    if fact_of(facts, "rounding") == WHOLE_KRONOR:
        yield Finding("note", "facts", _said(context, "check_whole_kronor"))
    if fact_of(facts, "address_on") == "card":
        yield Finding("note", "facts", _said(context, "check_address_on_card"))
    if seen := [f"{name} {unsure[name]}" for name in OPEN if name in unsure]:
        yield Finding("note", "facts", _said(context, "check_facts_unsure", facts=", ".join(seen)))
    if assumed := [name for name in OPEN if name not in facts and name not in unsure]:
        yield Finding("note", "facts", _said(context, "check_facts_assumed", facts=", ".join(assumed)))

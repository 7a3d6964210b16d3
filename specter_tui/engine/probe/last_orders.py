"""The last orders of the shop, read once and kept in memory: steps A7 to A10 look at them."""

from collections.abc import Mapping
from typing import Any

from specter_tui.abicart.catalog_models import PaymentMethod
from specter_tui.abicart.document_lists import uid_in
from specter_tui.abicart.models import Order, UnreadableOrder, read_order
from specter_tui.abicart.shop import MANY, ORDERED_QUERY, read_articles, read_method
from specter_tui.engine.probe.answers import rows_of
from specter_tui.engine.probe.read_query import without
from specter_tui.engine.probe.run import ProbeRun
from specter_tui.engine.probe.step import StepReport

MOST = 50
_FEWER = 10
_PAGE = 100
_PERSONAL = ("customer", "note", "items", "externalOrderNumber", "orderNumber")
"""The parts of an order whose words may be a person's."""
# Inside those parts, words that are not a person's.
_WORDS_OF_THE_SHOP = frozenset({"type", "currency", "articleNumber", "country", "label"})


async def last_orders(run: ProbeRun, report: StepReport) -> list[Mapping[str, Any]]:
    """Return the documents of the last orders, at most 50; they are read once. Their persons' words are learned."""
    if run.memory.orders is None:
        run.memory.orders = [row for row in await _read(run, report) if isinstance(row, Mapping) and uid_in(row)]
        for order in run.memory.orders:
            for part in _PERSONAL:
                run.privacy.learn(_personal(order.get(part)))
    return run.memory.orders


async def _read(run: ProbeRun, report: StepReport) -> list[Any]:
    query = await _known_query(run)
    newest: dict[str, object] = {"sort": "uid", "descending": True, "limit": MOST}
    for selection in (newest, {**newest, "limit": _FEWER}):
        rows = rows_of(await run.shop(report, "Order.list", query, selection))
        if rows is not None:
            if [uid_in(row) for row in rows] != sorted(map(uid_in, rows), reverse=True):
                report.tell("descending_ignored")
            return rows
    report.tell("descending_refused")
    offset = max((run.memory.total or 0) - MOST, 0)
    for other in ({"sort": "uid", "limit": MOST, "offset": offset}, {"limit": MOST}):
        rows = rows_of(await run.shop(report, "Order.list", query, other))
        if rows is not None:
            return rows
    report.leave_open("orders_unread")
    return []


async def _known_query(run: ProbeRun) -> Mapping[str, object]:
    """Return the query without the keys that A3 found unknown, in this run or an earlier one."""
    unknown = [tuple(str(name).split(".")) for name in await run.fact("unknown_query_keys") or ()]
    return without(run.memory.query, unknown)


def _personal(value: Any) -> Any:
    """Return a part of an order without the words that are the shop's own."""
    if isinstance(value, Mapping):
        return {key: _personal(one) for key, one in value.items() if key not in _WORDS_OF_THE_SHOP}
    return [_personal(one) for one in value] if isinstance(value, list) else value


def parsed(run: ProbeRun, documents: list[Mapping[str, Any]]) -> list[Order | UnreadableOrder]:
    """Return the orders as an export reads them."""
    return [read_order(document, run.context.shop.reading) for document in documents]


async def articles_of(run: ProbeRun, report: StepReport, orders: list[Order | UnreadableOrder]) -> None:
    """Read the articles of these orders into memory."""
    wanted = {item.article for order in orders if isinstance(order, Order) for item in order.items if item.article}
    missing = sorted(wanted - run.memory.articles.keys())
    for place in range(0, len(missing), _PAGE):
        some = missing[place : place + _PAGE]
        selection: dict[str, object] = {"filters": {"/uid": {"in": some}}, "limit": len(some)}
        rows = rows_of(await run.shop(report, "Article.list", ORDERED_QUERY, selection))
        if rows is None:
            rows = rows_of(await run.shop(report, "Article.list", ORDERED_QUERY, {"limit": MANY}))
            missing = []
        for row in rows or []:
            run.memory.raw_articles[uid_in(row)] = row
        for article in read_articles(rows or [], run.context.shop.reading):
            run.memory.articles[article.uid] = article


async def methods_of(run: ProbeRun, report: StepReport) -> dict[int, PaymentMethod]:
    """Return the payment methods by uid; after a restart they are read again."""
    if not run.memory.methods:
        answer = await run.shop(report, "PaymentMethod.list", ["uid", "active", "type", "name"])
        rows = [row for row in rows_of(answer) or [] if uid_in(row)]
        run.memory.methods = {uid_in(row): read_method(PaymentMethod, uid_in(row), row) for row in rows}
    return run.memory.methods

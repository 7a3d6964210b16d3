"""The calls that fetch and acknowledge batches of changes, and the one that queues all stock again (docs/wires.md)."""

from typing import TypeVar

from specter_tui.sandbox.specter.action_reply import Reply
from specter_tui.sandbox.specter.batch_rows import (
    BatchStockRow,
    InfoRow,
    StatusRow,
    infos_xml,
    sites_xml,
    statuses_xml,
    stock_lines,
    stock_xml,
)
from specter_tui.sandbox.specter.change_queues import ChangeQueue, Changes, OpenBatch
from specter_tui.sandbox.specter.form_fields import Checked
from specter_tui.sandbox.specter.refusals import malformed
from specter_tui.sandbox.specter.specter_account import SpecterAccount

R = TypeVar("R")
CANCELLED, OPEN = 5, 1


def get_stock(account: SpecterAccount, form: Checked) -> Reply:
    """Answer `getArticleExternalNeedUpdate`: available quantities, as lines, or as XML in total or by site."""
    in_xml, by_site = form.fields.get("useXML") == "2", form.fields.get("getMultipleStocksites") == "1"
    if by_site and not in_xml:
        raise malformed("getMultipleStocksites is for useXML=2")
    queue, number = account.caller(form.fields).stock, form.fields["batchNo"]
    batch = queue.fetch(number, account.options, lambda changes: stock_rows(account, changes))
    rows = batch.rows if batch else []
    if in_xml:
        body = sites_xml(rows, account.options.site_attribute) if by_site else stock_xml(rows)
        return fetched(queue, number, batch, body)
    return fetched(queue, number, batch, stock_lines(rows, number))


def get_infos(account: SpecterAccount, form: Checked) -> Reply:
    """Answer `getArticleInfoExternalNeedUpdate`: article data, as XML."""
    refuse_text(form)
    queue, number = account.caller(form.fields).articles, form.fields["batchNo"]
    batch = queue.fetch(number, account.options, lambda changes: info_rows(account, changes))
    return fetched(queue, number, batch, infos_xml(batch.rows if batch else [], account.options.batch_limit))


def get_orders(account: SpecterAccount, form: Checked) -> Reply:
    """Answer `getOrdersExternalNeedUpdate`: status and deliveries of orders, as XML."""
    refuse_text(form)
    queue, number = account.caller(form.fields).orders, form.fields["batchNo"]
    batch = queue.fetch(number, account.options, lambda changes: status_rows(account, changes))
    return fetched(queue, number, batch, statuses_xml(batch.rows if batch else [], more=bool(batch and queue.waiting)))


def fetched(queue: ChangeQueue[R], number: str, batch: OpenBatch[R] | None, body: str) -> Reply:
    """Return the answer with a batch, or with none; the batch counts as read when the answer has been sent."""
    reused = f"{queue.kind} batch {number} was used before" if batch and queue.used(number) else ""
    return Reply(body=body, delivered=(lambda: mark_read(batch)) if batch else None, complaint=reused)


def mark_read(batch: OpenBatch[R]) -> None:
    """Mark a batch's rows as sent."""
    batch.read = True


def refuse_text(form: Checked) -> None:
    """Refuse a text answer where its form is not known."""
    if form.fields.get("useXML") != "2":
        raise malformed("useXML=2 is needed")


def stock_rows(account: SpecterAccount, changes: Changes) -> list[BatchStockRow]:
    """Return the present stock of the changed articles."""
    rows = []
    for number, parts in changes.items():
        article = account.articles[number]
        held = article.available or {}
        shown = held if account.options.unchanged_sites else map(int, parts)
        sites = {site: held[site] for site in shown}
        rows.append(BatchStockRow(identity=article.identity, number=number, total=article.stock, sites=sites))
    return rows


def info_rows(account: SpecterAccount, changes: Changes) -> list[InfoRow]:
    """Return the present data of the changed articles."""
    return [InfoRow(number=number, fields=dict(account.articles[number].fields)) for number in changes]


def status_rows(account: SpecterAccount, changes: Changes) -> list[StatusRow]:
    """Return the present status of the changed orders; deleted orders are left out."""
    known = {number: account.orders[int(number)] for number in changes if int(number) in account.orders}
    return [
        StatusRow(
            number=number,
            delivery="D" if not order.left else "P" if order.progress.delivered else "N",
            status=CANCELLED if order.progress.cancelled else OPEN,
            updated="deliveries" in changes[number],
            tracking=tuple(order.progress.tracking),
            total=order.totals.total if account.options.totals_in_batches else None,
        )
        for number, order in known.items()
    ]


def acknowledge_stock(account: SpecterAccount, form: Checked) -> Reply:
    """Answer `updateArticlesFromBatch`."""
    return acknowledged(account, account.caller(form.fields).stock, form.fields["batchNo"])


def acknowledge_infos(account: SpecterAccount, form: Checked) -> Reply:
    """Answer `updateArticleInfosFromBatch`."""
    return acknowledged(account, account.caller(form.fields).articles, form.fields["batchNo"])


def acknowledge_orders(account: SpecterAccount, form: Checked) -> Reply:
    """Answer `updateOrdersFromBatch`."""
    return acknowledged(account, account.caller(form.fields).orders, form.fields["batchNo"])


def acknowledged(account: SpecterAccount, queue: ChangeQueue[R], number: str) -> Reply:
    """Close the open batch, if any. It is a breach if its rows were never sent, since they are lost."""
    closed = queue.acknowledge(number, account.options)
    unread = closed is not None and not closed.read
    return Reply(complaint=f"{queue.kind} batch {number} acknowledged unread" if unread else "")


def clear_stock(account: SpecterAccount, form: Checked) -> Reply:
    """Answer `clearArticleBatch`: drop the open stock batch, queue all stock, for the caller or for all users."""
    caller = account.caller(form.fields)
    for user in [caller] if form.fields.get("clearSelf") == "1" else account.users.values():
        user.stock.drop()
        for article in account.articles.values():
            for site in article.available or ():
                user.stock.note(article.number, str(site))
    return Reply(text="Allt lager är köat")

"""Apply the engine's messages to the view model. It is imported after the first frame, with the message classes."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from specter_tui.console import todo_feed
from specter_tui.console.viewmodel.shop_view_model import BulkExport, Level, ShopViewModel
from specter_tui.console.viewmodel.state_styles import WHY
from specter_tui.console.viewmodel.sync_state import SyncState
from specter_tui.engine import events as m
from specter_tui.i18n import ngettext, t

URGENT = (m.Notice, m.Draining, m.Stopped, m.AutoChanged, m.StopChanged)
"""Shown at once; the other messages may wait for the next redraw."""


def is_routine(message: m.Message) -> bool:
    """Return whether a message only reports one of the regular polls."""
    return isinstance(message, m.PollFinished) or (isinstance(message, m.Progress) and message.task == "look")


@dataclass(slots=True)
class Changes:
    """The parts that must be drawn again."""

    moved: bool = False
    orders: set[int] = field(default_factory=set)
    log: bool = False
    numbers: bool = False
    goods: bool = False
    todo: bool = False
    since_left: bool = False
    previews: set[int] = field(default_factory=set)
    stopped: m.Stopped | None = None
    opened: str | None = None
    """Why the shop is not open, empty if it is; None without news of that."""
    alerts: list[m.Notice] = field(default_factory=list)
    ended: bool = False
    """True if bulk work ended; `trouble` counts its failures or others."""
    trouble: int = 0


def take(model: ShopViewModel, told: Iterable[Any]) -> Changes:
    """Apply messages to the view model, in their order."""
    seen, before = Changes(), model.todo.version
    for message in told:
        if isinstance(message, m.ShopOpened):
            seen.opened = message.trouble
        else:
            doubt = model.doubt
            _take(model, message, seen)
            _note(model, message, doubt)
            todo_feed.update(model, message)
    seen.todo = model.todo.version != before
    return seen


def _note(model: ShopViewModel, message: m.Message, doubt: str) -> None:
    """Add to the messages what the line shows without a message of its own; `doubt` is the one before."""
    match message:
        case m.ReachChanged(text=text, reach=reach, halted=halted) if text and reach != "ok":
            model.note(text, "error" if halted else "warning")
        case m.PollFinished() if model.doubt and model.doubt != doubt:
            model.note(model.doubt, "warning")
        case m.StopChanged() if model.stop is not None:
            model.note(model.stopped, "error")


def _take(model: ShopViewModel, message: m.Message, seen: Changes) -> None:
    match message:
        case m.OrdersChanged(orders, gone):
            _orders(model, orders, gone, seen)
        case m.ExportEnded():
            _ended(model, message, seen)
        case m.NumbersChecked():
            model.numbers.take(message)
            seen.numbers = True
        case m.NumbersFixed():
            model.numbers.take_fixed(message)
            model.tell_news(*_fixed(message))
            seen.numbers = True
        case _ if _read(model, message, seen):
            pass
        case _ if _goods(model.goods, message):
            seen.goods = True
            if outcome := _run_outcome(message):
                model.tell_news(*outcome)
        case _:
            _status(model, message, seen)


def _read(model: ShopViewModel, message: m.Message, seen: Changes) -> bool:
    """Apply data that was read from the journal or built for the screen; return whether it was that."""
    match message:
        case m.LogGrew(events):
            model.log.add(events)
            model.activity.take_events(events)
            seen.log = True
        case m.ActivityRead(hours, last_id):
            model.activity.take_day(hours, last_id)
        case m.PreviewReady():
            model.keep_preview(message)
            seen.previews.add(message.uid)
        case m.HistoryRead():
            model.keep_history(message)
            seen.previews.add(message.uid)
        case m.SinceLeft():
            model.since_left = message
            seen.since_left = True
        case m.SumReady():
            model.sum = message
        case m.StopChanged(stop, under_way):
            model.stop, model.stop_under_way = stop, under_way
            if stop is None:
                model.tell_news(t("Sending goes on. Auto mode is off here: a turns it on."), "information")
        case _:
            return False
    return True


def _goods(goods: SyncState, message: m.Message) -> bool:
    """Apply data about articles, stock and deliveries; return whether it was that."""
    match message:
        case m.DriftChanged(lines):
            goods.drift.take(lines)
        case m.DeliveriesChanged(deliveries):
            goods.deliveries.update((one.uid, one) for one in deliveries)
        case m.ArticlesExported():
            goods.articles = message
        case m.StockApplied():
            goods.take_stock(message)
        case m.StockRowsChanged(rows):
            goods.stock_rows.take(rows)
        case m.ServiceArticles():
            goods.services = message
        case m.MethodsRead():
            goods.methods = message
        case m.ReportReady(report):
            wanted = goods.report_period  # Of days skipped through quickly only the last one counts.
            if wanted is None or (wanted.first, wanted.last, wanted.basis) == (report.date, report.until, report.basis):
                goods.report = report
        case _:
            return False
    return True


def _run_outcome(message: m.Message) -> tuple[str, Level] | None:
    """Return the result of a run in a sentence, or None for one without news; the page has the rest."""
    match message:
        case m.ArticlesExported() if message.sent or message.refused or not message.complete:
            bad = len(message.refused)
            text = t("Articles: {sent} sent, {unchanged} unchanged.").format(
                sent=message.sent, unchanged=message.unchanged
            )
            if bad:
                text += " " + ngettext(
                    "{count} refused; ctrl+p lists it.", "{count} refused; ctrl+p lists them.", bad
                ).format(count=bad)
            return text, "warning" if bad or not message.complete else "information"
        case m.StockApplied() if message.unknown or not message.complete:  # All other rows are on their page.
            bad = len(message.unknown)
            text = t("Stock: {rows} rows came, {written} written to the shop.").format(
                written=message.written, rows=message.rows
            )
            if bad:
                text += " " + ngettext(
                    "{count} has no place there; ctrl+p lists it.",
                    "{count} have no place there; ctrl+p lists them.",
                    bad,
                ).format(count=bad)
            return text, "warning" if bad or not message.complete else "information"
        case m.ServiceArticles(articles) if any(one.created or one.error for one in articles):
            bad = sum(bool(one.error) for one in articles)
            text = t("Specter has {good} of the service articles.").format(good=sum(one.created for one in articles))
            if bad:
                text += " " + ngettext("{count} refused; m shows why.", "{count} refused; m shows why.", bad).format(
                    count=bad
                )
            return text, "warning" if bad else "information"
    return None


def _status(model: ShopViewModel, message: m.Message, seen: Changes) -> None:
    match message:
        case m.PollFinished(at, next_at, count, doubt, gap):
            if model.looked_at is None and not model.touched:
                seen.moved |= model.orders.to_top()
            model.looked_at, model.next_at, model.count, model.look_asked = at, next_at, count, False
            model.doubt, model.gap = doubt, gap
            model.progress.pop("look", None)
            model.end_begun()
        case m.ReachChanged():
            model.reach[message.who] = message
        case m.AutoChanged(on, by):
            model.auto_on, model.auto_by = on, by
        case m.Progress():
            if message.finished or (is_routine(message) and not model.awaits_look):
                model.progress.pop(message.task, None)
            else:
                model.progress[message.task] = message
        case m.Notice(level, text):
            model.tell_news(text, level)
            seen.alerts.append(message)
            seen.trouble += level == "error"
        case m.Draining(in_flight):
            model.leaving, model.in_flight = True, in_flight
        case m.Stopped():
            seen.stopped = message


def _orders(model: ShopViewModel, orders: tuple[m.OrderView, ...], gone: tuple[int, ...], seen: Changes) -> None:
    seen.moved |= model.orders.apply(orders, gone)
    seen.orders.update(view.uid for view in orders)
    seen.orders.update(gone)
    for uid in gone:
        model.previews.pop(uid, None)


def _ended(model: ShopViewModel, ended: m.ExportEnded, seen: Changes) -> None:
    """Apply the outcome of one order: it loses its mark; in bulk work its row keeps the outcome until cleared."""
    view = ended.view
    model.in_flight = tuple(number for number in model.in_flight if number != view.number)
    model.stop_under_way = tuple(number for number in model.stop_under_way if number != view.number)
    _orders(model, (view,), (), seen)
    if ended.sent or not model.leaving:
        model.wanted.pop(view.uid, None)
    batch = model.batch
    if view.uid not in batch.asked:
        return
    batch.last = view
    good = view.state == "exported"
    if good:
        batch.good += 1
    else:
        batch.failed.append(view)
    model.orders.marks.pop(view.uid, None)
    if batch.many:
        model.orders.outcomes[view.uid] = good
    seen.moved |= model.orders.let_go()
    if batch.over:
        seen.ended, seen.trouble = batch.many, len(batch.failed)
        model.tell_news(_outcome(batch), "warning" if batch.failed else "information")
        model.batch = BulkExport()


def _outcome(batch: BulkExport) -> str:
    if len(batch.asked) == 1 and batch.last is not None:
        view = batch.last
        if view.state == "exported":
            return t("Order {number} is in Specter as {specter}.").format(
                number=view.number, specter=view.specter_number
            )
        return t("Order {number}: {why}").format(number=view.number, why=view.why or WHY[view.state])
    told = t("Exported {good} of {all}.").format(good=batch.good, all=len(batch.asked))
    if not batch.failed:
        return told
    failed = len(batch.failed)
    if batch.ended:
        return (
            told
            + " "
            + ngettext(
                "You ended the rest: {count} is left, * marks it.",
                "You ended the rest: {count} are left, * marks them.",
                failed,
            ).format(count=failed)
        )
    return (
        told
        + " "
        + ngettext(
            "{count} not exported, and says why: * marks it.",
            "{count} not exported, each says why: * marks them.",
            failed,
        ).format(count=failed)
    )


def _fixed(told: m.NumbersFixed) -> tuple[str, Level]:
    """Return the outcome of accepted suggestions in a sentence, with the first failure's reason."""
    failed = [fix for fix in told.fixes if fix.error]
    text = t("Wrote {good} of {all} article numbers to the shop.").format(
        good=len(told.fixes) - len(failed), all=len(told.fixes)
    )
    if failed:
        text += " " + t("{name}: {why}").format(name=failed[0].name or failed[0].old, why=failed[0].error)
    return text, "warning" if failed else "information"

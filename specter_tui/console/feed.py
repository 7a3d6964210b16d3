"""What the engine tells, taken into the desk. It knows the engine's messages, so it comes after the first frame."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from specter_tui.console import words
from specter_tui.console.desk import Batch, Desk, Level
from specter_tui.console.goods import Goods
from specter_tui.engine import messages as m

URGENT = (m.Notice, m.Draining, m.Stopped, m.AutoChanged)
"""Shown at once; the other messages may wait until the next repaint."""


@dataclass(slots=True)
class Seen:
    """What must be drawn anew."""

    moved: bool = False
    orders: set[int] = field(default_factory=set)
    log: bool = False
    numbers: bool = False
    goods: bool = False
    previews: set[int] = field(default_factory=set)
    stopped: m.Stopped | None = None
    alerts: list[m.Notice] = field(default_factory=list)


def take(desk: Desk, told: Iterable[Any]) -> Seen:
    """Take messages into the desk, in their order."""
    seen = Seen()
    for message in told:
        _take(desk, message, seen)
    return seen


def _take(desk: Desk, message: m.Message, seen: Seen) -> None:
    match message:
        case m.OrdersChanged(orders, gone):
            _orders(desk, orders, gone, seen)
        case m.ExportEnded():
            _ended(desk, message, seen)
        case m.LogGrew(events):
            desk.log.add(events)
            seen.log = True
        case m.NumbersChecked():
            desk.numbers.take(message)
            seen.numbers = True
        case m.NumbersFixed():
            desk.numbers.take_fixed(message)
            desk.tell(*_fixed(message))
            seen.numbers = True
        case m.PreviewReady():
            desk.keep_preview(message)
            seen.previews.add(message.uid)
        case _ if _goods(desk.goods, message):
            seen.goods = True
        case _:
            _status(desk, message, seen)


def _goods(goods: Goods, message: m.Message) -> bool:
    """Take what is told of goods; whether it was."""
    match message:
        case m.DriftChanged(lines):
            goods.drift.take(lines)
        case m.DeliveriesChanged(deliveries):
            goods.deliveries.update((one.uid, one) for one in deliveries)
        case _:
            return False
    return True


def _status(desk: Desk, message: m.Message, seen: Seen) -> None:
    match message:
        case m.Looked(at, next_at):
            desk.looked_at, desk.next_at = at, next_at
            desk.progress.pop("look", None)
        case m.ReachChanged():
            desk.reach[message.who] = message
        case m.AutoChanged(on, by):
            desk.auto_on, desk.auto_by = on, by
        case m.Progress():
            if message.finished:
                desk.progress.pop(message.task, None)
            else:
                desk.progress[message.task] = message
        case m.Notice(level, text):
            desk.tell(text, level)
            seen.alerts.append(message)
        case m.Draining(in_flight):
            desk.leaving, desk.in_flight = True, in_flight
        case m.Stopped():
            seen.stopped = message


def _orders(desk: Desk, orders: tuple[m.OrderView, ...], gone: tuple[int, ...], seen: Seen) -> None:
    seen.moved |= desk.orders.apply(orders, gone)
    seen.orders.update(view.uid for view in orders)
    seen.orders.update(gone)
    for uid in gone:
        desk.previews.pop(uid, None)


def _ended(desk: Desk, ended: m.ExportEnded, seen: Seen) -> None:
    """The outcome of one order. What went well loses its mark; what did not keeps it."""
    view = ended.view
    _orders(desk, (view,), (), seen)
    batch = desk.batch
    if view.uid not in batch.asked:
        return
    batch.last = view
    if view.state == "exported":
        batch.good += 1
        if view.uid in desk.orders.marks:
            desk.orders.marks.pop(view.uid)
            seen.moved |= desk.orders.let_go()
    else:
        batch.failed.append(view)
    if batch.over:
        desk.tell(_outcome(batch), "warning" if batch.failed else "information")
        desk.batch = Batch()


def _outcome(batch: Batch) -> str:
    if len(batch.asked) == 1 and batch.last is not None:
        view = batch.last
        if view.state == "exported":
            return words.EXPORTED_ONE.format(number=view.number, specter=view.specter_number)
        return words.EXPORT_FAILED_ONE.format(number=view.number, why=view.message or words.WHY[view.state])
    told = words.EXPORT_OUTCOME.format(good=batch.good, all=len(batch.asked))
    return f"{told} {words.EXPORT_FAILED.format(failed=len(batch.failed))}" if batch.failed else told


def _fixed(told: m.NumbersFixed) -> tuple[str, Level]:
    """The outcome of accepted suggestions in a sentence; of those that failed the first one's reason."""
    failed = [fix for fix in told.fixes if fix.error]
    text = words.FIXED.format(good=len(told.fixes) - len(failed), all=len(told.fixes))
    if failed:
        text += " " + words.FIX_FAILED.format(name=failed[0].name or failed[0].old, why=failed[0].error)
    return text, "warning" if failed else "information"

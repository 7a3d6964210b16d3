"""Keep the work queue of a shop up to date with the engine's messages; only what changed is judged again."""

from collections.abc import Iterable
from typing import Any

from specter_tui.console.viewmodel.shop_view_model import ShopViewModel
from specter_tui.engine import events as m
from specter_tui.engine.work_queue import todo

_HALTS = (m.StopChanged, m.ReachChanged, m.PollFinished)


def update(model: ShopViewModel, message: Any) -> None:
    """Apply a message that was applied to the rest of the view model."""
    queue, language = model.todo, model.frame.language
    match message:
        case m.OrdersChanged(orders, gone):
            _orders(model, orders, gone)
        case m.ExportEnded(view):
            _orders(model, (view,), ())
        case m.ConflictsRead(orders):
            queue.conflicts = {view.uid: view for view in orders if view.uid not in model.orders.views}
            for view in queue.conflicts.values():
                queue.put("orders", view.uid, todo.of_order(view, language))
        case m.DeliveriesChanged(deliveries):
            queue.put_all("sums", ((one.uid, todo.of_sum(one, language)) for one in deliveries))
        case m.DriftChanged(lines):
            queue.replace("drift", (todo.of_drift(line, language) for line in lines))
        case m.StockRowsChanged(rows) | m.StockApplied(for_person=rows):
            queue.replace("stock_rows", (todo.of_stock_row(row, language) for row in rows))
        case m.NumbersChecked(problems=problems):
            queue.replace("numbers", (todo.of_number(bad, language) for bad in problems))
        case _ if isinstance(message, _HALTS):
            queue.replace("halts", _halts(model))


def _orders(model: ShopViewModel, orders: Iterable[m.OrderView], gone: Iterable[int]) -> None:
    queue = model.todo
    for view in orders:
        queue.conflicts.pop(view.uid, None)
        queue.put("orders", view.uid, todo.of_order(view, model.frame.language))
    for uid in gone:
        queue.put("orders", uid, None)


def _halts(model: ShopViewModel) -> Iterable[todo.TodoItem]:
    language = model.frame.language
    if model.stop is not None:
        yield todo.of_stop(model.stop, model.stopped, language)
    for who, told in model.reach.items():
        if told.halted or (who == "shop" and told.reach == "refused"):
            yield todo.of_halt(who, told.text, language)
    if model.gap is not None:
        yield todo.of_gap(model.gap, language)

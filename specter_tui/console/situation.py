"""Collect from the view model and the screens what decides which commands are possible."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from specter_tui.console.commands.conditions import CommandSituation, Front
from specter_tui.console.viewmodel.shop_view_model import ShopViewModel

if TYPE_CHECKING:
    from specter_tui.engine.events import OrderView


def situation_of(model: ShopViewModel, front: Front, listed: int, *, several: bool = False) -> CommandSituation:
    """Return the situation for commands.

    In one order's detail, and in the work queue, a key acts on that order, whatever is marked. `listed` counts the rows
    of the front list; `several`: there is more than one shop.
    """
    queue = model.todo
    item = queue.current if front == "todo" else None
    alone = front in ("detail", "todo")
    current = _present(model, (model.orders.current if front != "todo" else _queued(model),))
    return CommandSituation(
        started=model.started,
        leaving=model.leaving,
        read_only=model.read_only,
        front=front,
        several=several,
        targets=current if alone else _present(model, model.orders.targets),
        current=current[0] if current else None,
        marked=0 if alone else len(model.orders.marks),
        ready=model.standing.counts["ready"],
        auto_on=model.auto_on,
        auto_by=model.auto_by,
        inactive=model.inactive,
        articles_off=model.articles_off,
        articles_stopped=model.articles_stopped,
        halted=model.halted,
        stopped=model.stopped,
        gap=model.gap is not None,
        held=bool(model.held),
        rows=len(model.orders.shown),
        listed=listed,
        drift=len(model.goods.drift.open),
        drift_item=model.goods.drift.current.item if model.goods.drift.current else "",
        stock_row=model.goods.stock_rows.current is not None,
        numbers=len(model.numbers.problems),
        number_targets=len(model.numbers.targets) if front != "todo" else int(model.numbers.queued(item) is not None),
        todo="" if item is None else item.kind,
        todo_shop=queue.elsewhere if front == "todo" else "",
    )


def _queued(model: ShopViewModel) -> "OrderView | None":
    """Return the order under the cursor of the work queue."""
    item = model.todo.current
    if item is None or item.uid is None or item.place:
        return None
    return model.orders.views.get(item.uid) or model.todo.conflicts.get(item.uid)


def _present(model: ShopViewModel, views: "Iterable[OrderView | None]") -> "tuple[OrderView, ...]":
    """Return the orders that a key can act on: those still in the list."""
    return tuple(view for view in views if view is not None and view.uid not in model.orders.gone)

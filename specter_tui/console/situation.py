"""What the desk and the screens say together about which actions are possible."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from specter_tui.console.command_registry import CommandSituation, Front
from specter_tui.console.viewmodel.shop_view_model import ShopViewModel

if TYPE_CHECKING:
    from specter_tui.engine.events import OrderView


def situation_of(desk: ShopViewModel, front: Front, listed: int, *, several: bool = False) -> CommandSituation:
    """What decides which actions are possible now.

    In one order's detail a key acts on that order, whatever is marked. `listed` counts the rows of the list in front;
    `several`: there is more than one shop.
    """
    detail_open = front == "detail"
    current = _present(desk, (desk.orders.current,))
    return CommandSituation(
        started=desk.started,
        leaving=desk.leaving,
        front=front,
        several=several,
        targets=current if detail_open else _present(desk, desk.orders.targets),
        current=current[0] if current else None,
        marked=0 if detail_open else len(desk.orders.marks),
        ready=desk.standing.counts["ready"],
        auto_on=desk.auto_on,
        auto_by=desk.auto_by,
        inactive=desk.inactive,
        articles_off=desk.articles_off,
        articles_stopped=desk.articles_stopped,
        halted=desk.halted,
        stopped=desk.stopped,
        gap=desk.gap is not None,
        held=bool(desk.held),
        rows=len(desk.orders.shown),
        listed=listed,
        drift=len(desk.goods.drift.open),
        drift_item=desk.goods.drift.current.item if desk.goods.drift.current else "",
        stock_row=desk.goods.stock_rows.current is not None,
        numbers=len(desk.numbers.problems),
        number_targets=len(desk.numbers.targets),
    )


def _present(desk: ShopViewModel, views: "Iterable[OrderView | None]") -> "tuple[OrderView, ...]":
    """Those that a key can act on: an order that left the list is no target."""
    return tuple(view for view in views if view is not None and view.uid not in desk.orders.gone)

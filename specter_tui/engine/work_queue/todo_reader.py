"""Read what waits for a person in one shop."""

from specter_tui.engine.events import ConflictsRead, DeliveriesChanged
from specter_tui.engine.service import ShopService
from specter_tui.engine.work_queue.todo import (
    TodoItem,
    in_order,
    of_drift,
    of_gap,
    of_halt,
    of_number,
    of_order,
    of_stock_row,
    of_stop,
    of_sum,
)
from specter_tui.journal.repositories.goods.deliveries import Deliveries

_MOST_SUMS = 500


async def read_conflicts(service: ShopService) -> ConflictsRead:
    """Report the done orders whose number in the shop is another one. Raises JournalError."""
    views = await service.not_shown_in_shop()
    message = ConflictsRead(tuple(view for view in views if view.write_back == "conflict"))
    service.context.emit(message)
    return message


async def read_sums(service: ShopService) -> DeliveriesChanged:
    """Report the orders whose total in Specter differs. Raises JournalError."""
    message = DeliveriesChanged(tuple(await service.context.journal(Deliveries.differing, _MOST_SUMS)))
    service.context.emit(message)
    return message


async def read_todo(service: ShopService) -> list[TodoItem]:
    """Return all that waits for a person, the most urgent first; the orders as last polled.

    Raises ShopError, JournalError.
    """
    language = service.context.settings.ui.language
    views = {view.uid: view for view in (*(await read_conflicts(service)).orders, *service.order_index.open)}
    found = [
        *(of_order(view, language) for view in views.values()),
        *(of_sum(one, language) for one in (await read_sums(service)).deliveries),
        *(of_drift(line, language) for line in (await service.read_drift()).lines),
        *(of_stock_row(row, language) for row in await service.stock_rows()),
        *(of_number(bad, language) for bad in (await service.check_numbers()).problems),
    ]
    if service.emergency_stop.stop is not None:
        found.append(of_stop(service.emergency_stop.stop, service.emergency_stop.why, language))
    if service.account.halted:
        found.append(of_halt("specter", service.account.halted, language))
    if (gap := service.auto_export.first_look.gap) is not None:
        found.append(of_gap(gap, language))
    return in_order(item for item in found if item is not None)

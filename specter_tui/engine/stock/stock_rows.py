"""Rows of Specter's batches that a person settles: found by name, settled with a reason, reopened."""

from specter_tui.engine.context import ShopContext
from specter_tui.engine.decisions import InvalidDecision, NothingChanged
from specter_tui.engine.events import StockRowsChanged
from specter_tui.engine.outcome_texts import outcome_text
from specter_tui.journal.goods_models import RowForPerson
from specter_tui.journal.repositories.goods.stock_rows import StockRows
from specter_tui.text.sanitize import uid_in


async def settle_row(context: ShopContext, name: str, reason: str) -> RowForPerson:
    """Record that the operator has handled a row. Raises NothingChanged, InvalidDecision, JournalError."""
    language = context.settings.ui.language
    if not reason.strip():
        raise InvalidDecision(outcome_text("row_reason", language))
    row = await _find(context, name)
    if not await context.journal(StockRows.settle, row.batch_no, row.position, reason.strip()[:500]):
        (row,) = await context.journal(StockRows.named, row.batch_no, row.position)
        raise NothingChanged(outcome_text("row_done", language, name=row.name, reason=row.done_reason))
    return await _told(context, row)


async def reopen_row(context: ShopContext, name: str) -> RowForPerson:
    """Reopen a settled row. Raises NothingChanged, InvalidDecision, JournalError."""
    row = await _find(context, name)
    if not await context.journal(StockRows.reopen, row.batch_no, row.position):
        raise NothingChanged(outcome_text("row_open", context.settings.ui.language, name=row.name))
    return await _told(context, row)


async def tell_rows(context: ShopContext) -> StockRowsChanged:
    """Emit all open rows."""
    told = StockRowsChanged(tuple(await context.journal(StockRows.listed)))
    context.emit(told)
    return told


async def _find(context: ShopContext, name: str) -> RowForPerson:
    """Return the only row with this beginning of its batch number and this position. Raises InvalidDecision."""
    batch, dash, place = name.strip().rpartition("-")
    position = uid_in(place)
    found = await context.journal(StockRows.named, batch, position) if dash and position is not None else []
    if len(found) != 1:
        raise InvalidDecision(
            outcome_text("ambiguous_row" if found else "no_row", context.settings.ui.language, name=name)
        )
    return found[0]


async def _told(context: ShopContext, row: RowForPerson) -> RowForPerson:
    await tell_rows(context)
    return (await context.journal(StockRows.named, row.batch_no, row.position))[0]

"""Compare the numbers that the shop shows for exported orders with ours at every poll.

Another program, or another machine with its own journal, may overwrite ours; that is reported and never reverted.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence

from specter_tui.abicart.models import Order, UnreadableOrder
from specter_tui.engine.context import ShopContext
from specter_tui.engine.events import Notice
from specter_tui.engine.outcome_texts import outcome_text
from specter_tui.journal.models import Entry
from specter_tui.journal.repositories.orders import Orders
from specter_tui.journal.repositories.write_backs import WriteBacks
from specter_tui.planning.orders.plan import Plan

_REMEMBERED = 10_000


class ShownNumbers:
    """Compares each number once, until the shop shows another.

    `show` applies the journal's entries of changed orders.
    """

    def __init__(self, context: ShopContext, show: Callable[[Iterable[Entry]], None]) -> None:
        self._context = context
        self._show = show
        self._compared: OrderedDict[int, str] = OrderedDict()
        """The numbers last compared, the oldest first, until an event concerns their order."""

    async def compare_documents(
        self, orders: Iterable[Order | UnreadableOrder], entries: Mapping[int, Entry], plans: Mapping[int, Plan]
    ) -> None:
        """Compare the numbers of documents just read. Raises ShopError, JournalError."""
        del plans
        await self._compare({order.uid: order.external_order_number for order in orders}, entries)

    async def compare(self, shown: Mapping[int, str]) -> None:
        """Compare the shown numbers of orders that are not read in full. Raises ShopError, JournalError."""
        news = {uid: number for uid, number in shown.items() if self._compared.get(uid) != number}
        if news:
            known = await self._context.journal(Orders.entries, list(news))
            await self._compare(news, {entry.uid: entry for entry in known})

    async def confirm(self, uids: Sequence[int]) -> None:
        """Check that the shop shows the numbers that it said it stored. Raises ShopError, JournalError."""
        await self._judge(uids)

    def forget(self, uids: Iterable[int]) -> None:
        """Compare these orders again at the next poll, since something happened to them."""
        for uid in uids:
            self._compared.pop(uid, None)

    async def _compare(self, shown: Mapping[int, str], entries: Mapping[int, Entry]) -> None:
        suspects = [uid for uid, number in shown.items() if uid in entries and _differs(entries[uid], number)]
        if suspects:
            await self._judge(suspects)
        for uid, number in shown.items():
            self._compared[uid] = number
            self._compared.move_to_end(uid)
        while len(self._compared) > _REMEMBERED:
            self._compared.popitem(last=False)

    async def _judge(self, uids: Sequence[int]) -> None:
        """Read both sides again, the journal first: our write may have been in flight when the shop was read."""
        entries = await self._context.journal(Orders.entries, uids)
        shown = await self._context.shop.external_numbers(uids)
        changed = [entry.uid for entry in entries if entry.uid in shown and await self._write(entry, shown[entry.uid])]
        if changed:
            self._show(await self._context.journal(Orders.entries, changed))

    async def _write(self, entry: Entry, shown: str) -> bool:
        """Record the number that the shop shows, if it is news; return whether something was changed."""
        journal, ours = self._context.journal, entry.specter_number or ""
        if not _differs(entry, shown):
            return False
        if shown == ours:
            if ours:
                return await journal(WriteBacks.done, entry.uid, ours)
            return bool(await journal(WriteBacks.cleared, [entry.uid]))
        if not shown:
            return await journal(WriteBacks.lost, entry.uid, ours)
        if not await journal(WriteBacks.conflict, entry.uid, shown, ours):
            return False
        tell_conflict(self._context, entry, shown)
        return True


def _differs(entry: Entry, shown: str) -> bool:
    """Return whether the shop's number contradicts the journal."""
    ours = entry.specter_number
    if ours is None:
        # It was taken back: until it is cleared the write-back compares it; later another's number is not our concern.
        return entry.write_back == "conflict" and shown == ""
    if shown == ours:
        return entry.write_back == "conflict"
    if shown == "":
        return entry.write_back in ("done", "conflict")
    if entry.write_back == "due" and shown == entry.shown_number:
        return False
    return entry.write_back != "conflict" or entry.message != shown


def tell_conflict(context: ShopContext, entry: Entry, shown: str) -> None:
    """Report that the shop shows another number than ours, or does not clear one that was taken back."""
    key = "conflict_told" if entry.specter_number else "conflict_left"
    text = outcome_text(
        key, context.settings.ui.language, order=entry.order_number, number=entry.specter_number, shown=shown
    )
    context.emit(Notice("warning", text))

"""The numbers that the shop shows for exported orders, compared with ours at every look.

Another program, or another machine with a journal of its own, may write over ours; that is told and never undone.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence

from specter_tui.abicart.models import Order, UnreadableOrder
from specter_tui.engine.context import ShopContext
from specter_tui.engine.events import Notice
from specter_tui.engine.outcome_texts import outcome_text
from specter_tui.journal.journal import Journal
from specter_tui.journal.models import Entry
from specter_tui.planning.orders.plan import Plan

_REMEMBERED = 10_000


class ShownNumbers:
    """Compares each number once, until the shop shows another. `show` takes in what the journal says of an order."""

    def __init__(self, context: ShopContext, show: Callable[[Iterable[Entry]], None]) -> None:
        self._context = context
        self._show = show
        self._compared: OrderedDict[int, str] = OrderedDict()
        """What was shown when it was compared last, the oldest first, until something happens to the order."""

    async def compare_documents(
        self, orders: Iterable[Order | UnreadableOrder], entries: Mapping[int, Entry], plans: Mapping[int, Plan]
    ) -> None:
        """Take in documents just read. Raises ShopError, JournalError."""
        del plans
        await self._compare({order.uid: order.external_order_number for order in orders}, entries)

    async def compare(self, shown: Mapping[int, str]) -> None:
        """Take in what the shop shows for orders that are not read in full. Raises ShopError, JournalError."""
        news = {uid: number for uid, number in shown.items() if self._compared.get(uid) != number}
        if news:
            known = await self._context.journal(Journal.entries, list(news))
            await self._compare(news, {entry.uid: entry for entry in known})

    async def confirm(self, uids: Sequence[int]) -> None:
        """See that the shop shows what it said that it stored. Raises ShopError, JournalError."""
        await self._judge(uids)

    def forget(self, uids: Iterable[int]) -> None:
        """Something happened to these orders: they are compared again."""
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
        """Read both sides again, the journal first: ours may have been on its way when the shop was read."""
        entries = await self._context.journal(Journal.entries, uids)
        shown = await self._context.shop.external_numbers(uids)
        changed = [entry.uid for entry in entries if entry.uid in shown and await self._write(entry, shown[entry.uid])]
        if changed:
            self._show(await self._context.journal(Journal.entries, changed))

    async def _write(self, entry: Entry, shown: str) -> bool:
        """Write down what the shop shows, where it is not what it was; whether something was changed."""
        journal, ours = self._context.journal, entry.specter_number or ""
        if not _differs(entry, shown):
            return False
        if shown == ours:
            if ours:
                return await journal(Journal.write_back_done, entry.uid, ours)
            return bool(await journal(Journal.write_backs_cleared, [entry.uid]))
        if not shown:
            return await journal(Journal.write_back_lost, entry.uid, ours)
        if not await journal(Journal.write_back_conflict, entry.uid, shown, ours):
            return False
        tell_conflict(self._context, entry, shown)
        return True


def _differs(entry: Entry, shown: str) -> bool:
    """Whether what the shop shows is not what the journal knows of it."""
    ours = entry.specter_number
    if ours is None:
        # Taken back: until it is cleared the write-back compares; then another's number is the order's own matter.
        return entry.write_back == "conflict" and shown == ""
    if shown == ours:
        return entry.write_back == "conflict"
    if shown == "":
        return entry.write_back in ("done", "conflict")
    if entry.write_back == "due" and shown == entry.shown_number:
        return False
    return entry.write_back != "conflict" or entry.message != shown


def tell_conflict(context: ShopContext, entry: Entry, shown: str) -> None:
    """Tell that the shop shows another number than ours, or does not let go of one that was taken back."""
    key = "conflict_told" if entry.specter_number else "conflict_left"
    text = outcome_text(
        key, context.settings.ui.language, order=entry.order_number, number=entry.specter_number, shown=shown
    )
    context.emit(Notice("warning", text))

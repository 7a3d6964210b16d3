"""A person's decisions about an order, and their undoing: its number, or closing it.

A repeat is an export with a reason.
"""

from collections.abc import Sequence

from specter_tui.engine.context import ShopContext
from specter_tui.engine.events import ExportEnded, OrderView
from specter_tui.engine.orders.order_index import OrderIndex
from specter_tui.engine.outcome_texts import outcome_text
from specter_tui.i18n import Language
from specter_tui.journal.errors import NumberTaken
from specter_tui.journal.models import Entry, NumberBy, ShopOrder
from specter_tui.journal.repositories.operator_decisions import OperatorDecisions
from specter_tui.journal.repositories.orders import Orders
from specter_tui.specter.replies import LONGEST_NUMBER, is_number

_NOT_REOPENED: dict[NumberBy, str] = {
    "answer": "reopen_answer",
    "text": "reopen_answer",
    "person": "reopen_corrected",
}
"""The text that says why a number cannot be taken back, by its source."""


class InvalidDecision(Exception):
    """A decision that cannot be made; the text says why."""


class NothingChanged(InvalidDecision):
    """A decision that had nothing to change; the text says why."""


class Decisions:
    """Makes decisions in the journal, and updates the order index."""

    def __init__(self, context: ShopContext, order_index: OrderIndex) -> None:
        self._context = context
        self._order_index = order_index
        self._language: Language = context.settings.ui.language

    async def enter_number(self, view: OrderView, number: str, reason: str) -> None:
        """Settle an order by the Specter number that a person typed, or correct its number, with a reason.

        Raises NothingChanged, InvalidDecision, JournalError.
        """
        number, reason, order = number.strip(), reason.strip(), _of_shop(view)
        if not is_number(number):
            raise InvalidDecision(self._why_no_number(number))
        entry = await self._context.journal(Orders.entry, view.uid)
        try:
            if entry is None or entry.state != "exported":
                changed = await self._context.journal(OperatorDecisions.enter_number, order, number)
            elif entry.specter_number == number:
                raise NothingChanged(self._say("number_same", number=number))
            elif not reason:
                raise InvalidDecision(self._say("correction_reason", number=entry.specter_number))
            else:
                changed = await self._context.journal(OperatorDecisions.correct_number, order, number, reason)
        except NumberTaken:
            other = await self._context.journal(Orders.by_specter_number, number)
            named = other.order_number if other else "?"
            raise NothingChanged(self._say("number_taken", order=named, number=number)) from None
        if not changed:
            raise NothingChanged(self._being_sent(await self._context.journal(Orders.entry, view.uid)))
        await self._show([view.uid])

    async def close(self, views: Sequence[OrderView], reason: str) -> list[int]:
        """Close orders for good, with the reason; return the closed uids. Raises InvalidDecision, JournalError.

        Raises NothingChanged for a single order that cannot be closed.
        """
        if not reason.strip():
            raise InvalidDecision(self._say("close_reason"))
        orders = [_of_shop(view) for view in views]
        closed = await self._context.journal(OperatorDecisions.close_many, orders, reason.strip())
        if len(views) == 1 and not closed:
            raise NothingChanged(await self._why_not_closed(views[0].uid))
        await self._show(closed)
        return closed

    async def reopen(self, view: OrderView, reason: str) -> None:
        """Undo a closing, or a number that a person entered. Raises NothingChanged, InvalidDecision, JournalError."""
        if not reason.strip():
            raise InvalidDecision(self._say("reopen_reason"))
        if not await self._context.journal(OperatorDecisions.reopen, _of_shop(view), reason.strip()):
            raise NothingChanged(await self._why_not_reopened(view.uid))
        await self._show([view.uid])

    async def why_not_sent(self, uid: int, ended: Sequence[ExportEnded]) -> str:
        """Return why an order was not sent when a person repeated it, by its outcome. Raises JournalError."""
        entry = await self._context.journal(Orders.entry, uid)
        if entry is not None and entry.state == "closed":
            return self._say("repeat_closed", reason=entry.reason)
        if entry is not None and entry.state == "exported":
            return self._say("repeat_exported", number=entry.specter_number)
        view = ended[0].view if ended else self._order_index.view(uid)
        return self._say("repeat_open", message=view.why if view else "").rstrip()

    def _why_no_number(self, number: str) -> str:
        shown = repr(number[: 2 * LONGEST_NUMBER])
        if not (number.isascii() and number.isdecimal()):
            return self._say("number_bad", number=shown)
        if number.startswith("0"):
            return self._say("number_zero", number=shown)
        return self._say("number_long", number=shown, longest=LONGEST_NUMBER)

    async def _why_not_closed(self, uid: int) -> str:
        entry = await self._context.journal(Orders.entry, uid)
        if entry is not None and entry.state == "exported":
            return self._say("close_exported", number=entry.specter_number)
        if entry is not None and entry.state == "closed":
            return self._say("close_closed", reason=entry.reason)
        return self._being_sent(entry)

    async def _why_not_reopened(self, uid: int) -> str:
        entry = await self._context.journal(Orders.entry, uid)
        if entry is not None and entry.state == "exported":
            return self._say(_NOT_REOPENED.get(entry.number_by, "reopen_unknown"), number=entry.specter_number)
        return self._say("reopen_open")

    def _being_sent(self, entry: Entry | None) -> str:
        return self._say("number_sending", holder=entry.holder if entry else "?")

    def _say(self, key: str, **values: object) -> str:
        return outcome_text(key, self._language, **values)

    async def _show(self, uids: Sequence[int]) -> None:
        self._order_index.apply_entries(await self._context.journal(Orders.entries, uids))


def _of_shop(view: OrderView) -> ShopOrder:
    return ShopOrder(view.uid, view.number, view.ordered, view.total, view.currency, view.articles)

"""What a probe that was cut off left at Specter: a test address on a card, which is put right, and copies of orders.

From the test address on until the proper card was answered the journal stops every program (`Stops.current`).
"""

from specter_tui.abicart.errors import ShopError
from specter_tui.abicart.models import Order
from specter_tui.engine.context import ShopContext
from specter_tui.engine.events import Notice
from specter_tui.engine.orders.order_index import OrderIndex
from specter_tui.engine.orders.reference_data import ReferenceData
from specter_tui.engine.outcome_texts import outcome_text
from specter_tui.http.cancellable_reads import ReadCancelled
from specter_tui.journal.probe_models import PROPER_CARD, StepResult
from specter_tui.journal.repositories.halts import Stops
from specter_tui.journal.repositories.orders import Orders
from specter_tui.journal.repositories.probe_facts import ProbeSteps
from specter_tui.specter.errors import Refused, SpecterFailure
from specter_tui.specter.order_forms import CustomerForm


async def tell_copies(context: ShopContext) -> None:
    """Warn of each copy at Specter whose deletion no operator has confirmed. Raises JournalError."""
    for copy in await context.journal(ProbeSteps.copies_left, context.settings.accounts):
        text = outcome_text("copy_left", context.settings.ui.language, number=copy or "?")
        context.emit(Notice("warning", text))


class CardRestorer:
    """Restores cards; a call that was not answered is made again the next time."""

    def __init__(self, context: ShopContext, reference: ReferenceData, order_index: OrderIndex) -> None:
        self._context = context
        self._reference = reference
        self._order_index = order_index

    async def restore(self) -> None:
        """Restore the card that has a test address, if there is one; report why it could not be done.

        Raises JournalError.
        """
        journal = self._context.journal
        if journal.read_only or (uid := await journal(Stops.card_to_restore)) is None:
            return
        try:
            form = await self.proper_card(uid)
            result = "refused" if form is None else await self.write(uid, form)
        except ReadCancelled:
            return
        except (ShopError, SpecterFailure) as failure:
            self._tell("card_waits", uid, message=failure.message)
            return
        if form is None:
            await self._end(uid, "refused")
        entry = await journal(Orders.entry, uid)
        customer = entry.customer_number if entry else None
        self._tell("card_restored" if result == "done" else "card_by_hand", uid, customer=customer or "?")

    async def write(self, uid: int, form: CustomerForm) -> StepResult:
        """Write the card and record the answer: done, or refused. Raises SpecterFailure, JournalError."""
        accounts, subject = self._context.settings.accounts, str(uid)
        await self._context.journal(ProbeSteps.begin, accounts, PROPER_CARD, subject, again=True)
        await self._context.journal(ProbeSteps.count_call, accounts, PROPER_CARD, subject)
        result: StepResult = "done"
        try:
            await self._context.specter.submit_customer(form)
        except Refused:
            result = "refused"
        await self._end(uid, result)
        return result

    async def _end(self, uid: int, result: StepResult) -> None:
        accounts, subject = self._context.settings.accounts, str(uid)
        await self._context.journal(ProbeSteps.begin, accounts, PROPER_CARD, subject)
        await self._context.journal(ProbeSteps.end, accounts, PROPER_CARD, subject, result, {}, {})

    async def proper_card(self, uid: int) -> CustomerForm | None:
        """Read the order now; return its customer form, None if the shop does not have what the form needs."""
        await self._reference.refresh()
        async for page in self._context.shop.orders_by_uid([uid]):
            plans = await self._order_index.apply_documents(page)
            for order in page:
                if isinstance(order, Order):
                    return plans[order.uid][0].customer
        return None

    def _tell(self, key: str, uid: int, **values: object) -> None:
        text = outcome_text(key, self._context.settings.ui.language, uid=uid, **values)
        self._context.emit(Notice("information" if key == "card_restored" else "error", text))

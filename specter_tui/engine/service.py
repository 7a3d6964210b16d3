"""The commands of one shop, each once, for screens and the command line. They run on the engine's loop."""

from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Concatenate, ParamSpec, TypeVar

from specter_tui.abicart.errors import ShopError
from specter_tui.abicart.models import Order
from specter_tui.engine.articles.service_articles import create_service_articles
from specter_tui.engine.checks.method_mapping import read_methods
from specter_tui.engine.checks.rounding_check import RoundingComparison, compare_amounts
from specter_tui.engine.decisions import InvalidDecision, NothingChanged
from specter_tui.engine.events import (
    ActivityRead,
    ArticlesExported,
    CountGap,
    DriftChanged,
    ExportEnded,
    HistoryRead,
    MethodsRead,
    Notice,
    NumbersChecked,
    NumbersFixed,
    OrderView,
    PreviewReady,
    ReportReady,
    ServiceArticles,
    StockApplied,
    SumReady,
)
from specter_tui.engine.orders.bulk_totals import sum_orders
from specter_tui.engine.orders.exporter import ExportRequest
from specter_tui.engine.orders.history import history_of
from specter_tui.engine.orders.hourly_activity import activity_since
from specter_tui.engine.orders.missing_articles import orders_with_new_articles
from specter_tui.engine.orders.order_views import DONE, from_entry
from specter_tui.engine.orders.report_builder import report_of
from specter_tui.engine.outcome_texts import outcome_text
from specter_tui.engine.shop_parts import ShopParts
from specter_tui.engine.stock.stock_rows import reopen_row, settle_row, tell_rows
from specter_tui.http.cancellable_reads import ReadCancelled
from specter_tui.i18n import Language
from specter_tui.journal.errors import QueueWaits
from specter_tui.journal.goods_models import DeliveryRecord, DriftLine, RowForPerson
from specter_tui.journal.models import Overdue, Stop
from specter_tui.journal.repositories.goods.deliveries import Deliveries
from specter_tui.journal.repositories.goods.drift import Drift
from specter_tui.journal.repositories.goods.stock_rows import StockRows
from specter_tui.journal.repositories.halts import Stops
from specter_tui.journal.repositories.orders import Orders
from specter_tui.journal.repositories.overdue import OverdueWork
from specter_tui.planning.article_numbers import BadNumber
from specter_tui.planning.report_period import ReportPeriod
from specter_tui.planning.rounding_models import ShownAmounts
from specter_tui.text.sanitize import clean_line

P = ParamSpec("P")
T = TypeVar("T")
Command = Callable[Concatenate["ShopService", P], Coroutine[Any, Any, T]]
"""A method of ShopService, or a function with the same first parameter, called with the shop's service."""
_MOST_NOT_SHOWN = 500


class SendingInactive(Exception):
    """The settings forbid sending; the message says which."""


class ShopService(ShopParts):
    """The commands on one shop's parts."""

    @property
    def _language(self) -> Language:
        return self.context.settings.ui.language

    async def poll(self) -> None:
        """Poll the shop now, thoroughly; if auto export runs, it does the poll. Raises ShopError."""
        if self.auto_export.runs:
            self.auto_export.wake()
        else:
            await self.auto_export.poll(thorough=True)

    async def accept_count(self, reason: str, seen: CountGap | None = None) -> None:
        """Accept that the shop counts other orders than were found; `seen` is the difference that the person was shown.

        Raises NothingChanged, InvalidDecision, ShopError, JournalError.
        """
        if not (reason := clean_line(reason)):
            raise InvalidDecision(outcome_text("count_reason", self._language))
        if not await self.auto_export.accept_count(reason, seen):
            raise NothingChanged(outcome_text("count_not_accepted", self._language))
        self.auto_export.wake()

    async def export(self, uids: Sequence[int], seen: Mapping[int, str | None] | None = None) -> list[ExportEnded]:
        """Export these orders, those in `seen` only in the form whose hash was shown.

        Raises SendingInactive, ShopError, JournalError.
        """
        await self.refuse_if_inactive()
        request = ExportRequest(tuple(dict.fromkeys(uids)), seen or {}, by_name=True)
        with self.order_exporter.asked(request):
            await self._prepare_orders()
            ended = await self.order_exporter.run(request)
        await self._write_numbers_back()
        return ended

    async def begin_visit(self) -> None:
        """Report what happened since this operator left the console; from now on its end is recorded.

        Raises JournalError.
        """
        await self.visits.begin()

    async def end_rest(self) -> None:
        """Begin no further order of the exports that persons asked for in this process."""
        self.order_exporter.end_rest()

    async def export_all(self) -> list[ExportEnded]:
        """Export every order that is ready, due, or safe to repeat. Raises SendingInactive, ShopError, JournalError."""
        await self.refuse_if_inactive()
        await self._prepare_orders()
        ended = await self.auto_export.export_all()
        await self._write_numbers_back()
        return ended

    async def repeat(self, uids: Sequence[int], reason: str) -> list[ExportEnded]:
        """Send orders again on a person's decision.

        Raises SendingInactive, InvalidDecision, ShopError, JournalError.
        """
        await self.refuse_if_inactive()
        if not reason.strip():
            raise InvalidDecision(outcome_text("repeat_reason", self._language))
        return await self._send_again(uids, reason.strip())

    async def _send_again(self, uids: Sequence[int], reason: str) -> list[ExportEnded]:
        request = ExportRequest(tuple(dict.fromkeys(uids)), by_name=True, reason=reason)
        with self.order_exporter.asked(request):
            await self._prepare_orders()
            ended = await self.order_exporter.run(request)
        await self._write_numbers_back()
        return ended

    async def everything(self) -> list[OrderView]:
        """Return every known order, by number."""
        return sorted(self.order_index.views, key=lambda view: view.number)

    async def find(self, word: str) -> OrderView:
        """Return the order that a person names by order number, Specter number or uid.

        Raises InvalidDecision if there is none or more than one, ShopError, JournalError.
        """
        return await self.lookup.find(word)

    async def preview(self, uid: int) -> PreviewReady:
        """Read the order now and plan it. Raises ShopError, JournalError."""
        await self.reference.refresh()
        answer = PreviewReady(uid, None, None, outcome_text("gone", self._language))
        async for page in self.context.shop.orders_by_uid([uid]):
            plans = await self.order_index.apply_documents(page)
            for order in page:
                plan, _ = plans[order.uid]
                answer = PreviewReady(order.uid, plan, order if isinstance(order, Order) else None)
        self.context.emit(answer)
        return answer

    async def sum_up(self, uids: Sequence[int]) -> SumReady:
        """Read the orders now and add up what would be sent. Raises ShopError, JournalError."""
        await self.reference.refresh()
        return await sum_orders(self.context, self.order_index, uids)

    async def history(self, uid: int) -> HistoryRead:
        """Return the journal's record of one order: the forms sent, each try, and the answers. Raises JournalError."""
        return await history_of(self.context, uid)

    async def activity(self, since: datetime) -> ActivityRead:
        """Return the number of exports and of failed tries in each hour from `since` (aware) on.

        Raises JournalError.
        """
        return await activity_since(self.context, since)

    async def set_auto(self, *, on: bool) -> None:
        """Turn auto mode on or off. Raises SendingInactive."""
        if on:
            await self.refuse_if_inactive()
        self.auto_export.set_auto(on=on)
        await self.auto_export.give_lease_back()

    async def enter_number(self, uid: int, number: str, reason: str = "") -> OrderView:
        """Set an order's Specter number, or with a reason correct it; the shop's order is updated.

        Raises NothingChanged, InvalidDecision, JournalError.
        """
        await self.decisions.enter_number(await self.lookup.known(uid), number, reason)
        return await self._decided(uid)

    async def reopen(self, uid: int, reason: str) -> OrderView:
        """Take back a closing, or a number that a person entered; nothing is sent.

        Raises NothingChanged, InvalidDecision, JournalError.
        """
        await self.decisions.reopen(await self.lookup.known(uid), reason)
        return await self._decided(uid)

    async def compare(self, uid: int, shown: ShownAmounts) -> RoundingComparison:
        """Tell how Specter rounds by the amounts that it shows for an exported order.

        Raises InvalidDecision, JournalError.
        """
        return await compare_amounts(self.context, uid, shown)

    async def stop(self, reason: str) -> Stop:
        """Stop all sending on this journal, on every host; orders already claimed are completed.

        Raises NothingChanged if it is already stopped, InvalidDecision, JournalError.
        """
        if not reason.strip():
            raise InvalidDecision(outcome_text("stop_reason", self._language))
        begun = await self.context.journal(Stops.begin, reason.strip())
        await self.emergency_stop.look()
        if not begun or self.emergency_stop.stop is None:
            raise NothingChanged(outcome_text("stop_already", self._language))
        return self.emergency_stop.stop

    async def resume(self, reason: str) -> None:
        """Allow sending again: end a stop, a halt by an HTTP status, and the wait of a first start.

        Raises NothingChanged if there was none of them, InvalidDecision, JournalError.
        """
        if not reason.strip():
            raise InvalidDecision(outcome_text("stop_reason", self._language))
        ended = await self.context.journal(Stops.end, reason.strip())
        halt_ended = await self.account.resume(reason.strip())
        await self.emergency_stop.look()
        begun = await self.auto_export.begin()
        if not ended and not halt_ended and not begun:
            raise NothingChanged(outcome_text("not_stopped", self._language))
        self.auto_export.wake()

    async def close_orders(self, uids: Sequence[int], reason: str) -> list[int]:
        """Close orders, so that they are never sent. Raises InvalidDecision, JournalError."""
        return await self.decisions.close([await self.lookup.known(uid) for uid in uids], reason)

    async def overdue(self) -> list[Overdue]:
        """Return work that is due but not done; an attempt may be in progress. Raises JournalError."""
        return await self.context.journal(OverdueWork.found)

    async def count_under_way(self) -> int:
        """Return the number of orders that any program is sending. Raises JournalError."""
        return len(await self.context.journal(Orders.entries, None, ("sending",)))

    async def not_shown_in_shop(self) -> list[OrderView]:
        """Return the orders, also done ones, whose number the shop does not show correctly. Raises JournalError."""
        entries = [
            *await self.context.journal(Orders.due_write_backs, _MOST_NOT_SHOWN),
            *await self.context.journal(Orders.write_back_conflicts, _MOST_NOT_SHOWN),
        ]
        views = [self.order_index.view(entry.uid) or from_entry(entry, self.context.settings.ui) for entry in entries]
        return [view for view in views if view.state in DONE]

    async def check_numbers(self) -> NumbersChecked:
        """Check the article numbers of the whole catalogue. Raises ShopError."""
        return await self.number_fixer.check()

    async def fix_numbers(self, accepted: Sequence[BadNumber] | None) -> NumbersFixed:
        """Write suggested numbers to the shop, None for all of them. Raises ShopError."""
        fixed = await self.number_fixer.fix(accepted)
        if self.order_index.has_goods(await self.reference.numbers.freshen(oldest=timedelta(0))):
            await self.auto_export.poll(
                thorough=True
            )  # Orders that were held because of a shared number may now be ready.
        return fixed

    async def _decided(self, uid: int) -> OrderView:
        """Return the order after a decision, once the shop's number and the index follow it. Raises JournalError."""
        await self._write_numbers_back()
        await self.event_tailer()
        return await self.lookup.known(uid)

    async def _write_numbers_back(self) -> None:
        """Write all due Specter numbers to the shop, also those of earlier runs. Raises JournalError."""
        try:
            await self.write_back.settle()
        except ReadCancelled:
            return  # The program shuts down; they are written after the next start.
        except ShopError as error:
            # The journal has the numbers; they are written at the next poll.
            self.context.emit(Notice("warning", error.message))

    async def export_articles(self, *, everything: bool = False) -> ArticlesExported:
        """Send the articles that differ from what was sent; `everything`: all that have a valid number.

        Raises SendingInactive, LeaseHeld and the errors of its calls.
        """
        self.refuse_if_articles_inactive()
        await self._prepare()
        return await self.articles.run(everything=everything)

    async def pull_stock(self, *, everything: bool = False) -> StockApplied:
        """Write the changes in Specter's stock queue to the shop, or all stock.

        Raises LeaseHeld and the errors of its calls.
        """
        await self._prepare()
        with suppress(QueueWaits):  # Stored changes are written nevertheless.
            await self.stock.queue.claim()
        return await self.stock.pull(everything=everything)

    async def stock_rows(self) -> Sequence[RowForPerson]:
        """Return the stock rows that only a person can handle. Raises JournalError."""
        return (await tell_rows(self.context)).rows

    async def stock_row_history(self) -> list[RowForPerson]:
        """Return the same with the settled rows, by whom and when. Raises JournalError."""
        return await self.context.journal(StockRows.listed, open_only=False)

    async def settle_stock_row(self, name: str, reason: str) -> RowForPerson:
        """Record that a person handled a row of a batch. Raises NothingChanged, InvalidDecision, JournalError."""
        return await settle_row(self.context, name, reason)

    async def reopen_stock_row(self, name: str) -> RowForPerson:
        """Reopen a settled row of a batch. Raises NothingChanged, InvalidDecision, JournalError."""
        return await reopen_row(self.context, name)

    async def delivery_records(self, limit: int) -> list[DeliveryRecord]:
        """Return Specter's last statuses of orders: the newest, and those that need a person, at most `limit` of each.

        Raises JournalError.
        """
        return await self.context.journal(Deliveries.newest, limit)

    async def read_drift(self) -> DriftChanged:
        """Report all changes to be made in Specter by hand. Raises JournalError."""
        return await self.drift.tell()

    async def drift_history(self) -> list[DriftLine]:
        """Return the same with the ticked lines, by whom and when. Raises JournalError."""
        return await self.context.journal(Drift.lines, open_only=False)

    async def tick_drift(self, uid: int, article_number: str, reason: str = "") -> None:
        """Record that a person changed this article's stock in Specter. Raises NothingChanged, JournalError."""
        if not await self.drift.tick(uid, article_number, reason):
            raise NothingChanged(outcome_text("no_drift", self._language, number=article_number))
        await self.event_tailer()

    async def untick_drift(self, uid: int, article_number: str, reason: str = "") -> None:
        """Take back this article's last tick. Raises NothingChanged, JournalError."""
        if not await self.drift.untick(uid, article_number, reason):
            raise NothingChanged(outcome_text("unticked_none", self._language, number=article_number))
        await self.event_tailer()

    async def create_service_articles(self) -> ServiceArticles:
        """Create the service articles of the settings in Specter. Raises SendingInactive, SpecterFailure."""
        if self.context.settings.article.export_run == "inactive":
            raise SendingInactive(outcome_text("articles_inactive", self._language))
        return await create_service_articles(self.context, self.account, self._is_closing)

    async def read_methods(self) -> MethodsRead:
        """Return the shop's delivery and payment methods, with their counterparts in Specter. Raises ShopError."""
        return await read_methods(self.context)

    async def repeat_for_articles(self) -> list[ExportEnded]:
        """Send again the refused orders for which an article was sent to Specter since.

        Raises the errors of `repeat`.
        """
        await self.refuse_if_inactive()
        uids = await orders_with_new_articles(self.context, self.order_index)
        return await self._send_again(uids, outcome_text("article_came", self._language)) if uids else []

    async def report(self, period: ReportPeriod) -> ReportReady:
        """Return the report of a day, week or month. Raises ShopError, JournalError."""
        return await report_of(self.context, self.reference, period)

    def refuse_if_articles_inactive(self) -> None:
        """Raise SendingInactive if the settings forbid the export of articles."""
        if not self.articles.may_export:
            raise SendingInactive(outcome_text("articles_inactive", self._language))

    async def _prepare(self) -> None:
        """Before a person's export, update reference data, and test a halted account again.

        A person may have corrected the settings since. Raises SendingStopped.
        """
        await self.cards.restore()
        await self.emergency_stop.refuse_if_stopped()
        await self.reference.refresh()
        await self.account.refresh()

    async def _prepare_orders(self) -> None:
        """Do the same before an export of orders, and update the list of article numbers."""
        await self._prepare()
        if self.order_index.has_goods(await self.reference.numbers.freshen()):
            await self.auto_export.poll(thorough=True)

    async def refuse_if_inactive(self) -> None:
        """Raise SendingInactive if the settings forbid sending."""
        if not self.auto_export.may_export:
            raise SendingInactive(outcome_text("inactive", self._language))

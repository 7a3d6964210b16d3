"""All that can be asked of one shop, each once, for screens and commands. On the engine's own loop."""

from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any, Concatenate, ParamSpec, TypeVar

from specter_tui.abicart.errors import ShopError
from specter_tui.abicart.models import Order
from specter_tui.engine.articles.service_articles import create_service_articles
from specter_tui.engine.checks.method_mapping import read_methods
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
from specter_tui.text.sanitize import clean_line, uid_in

P = ParamSpec("P")
T = TypeVar("T")
Command = Callable[Concatenate["ShopService", P], Coroutine[Any, Any, T]]
"""A method of ShopService, or a function like one, to be called with the shop that it is for."""
_MOST_NOT_SHOWN = 500


class SendingInactive(Exception):
    """The settings let nothing be sent; the text says which."""


class ShopService(ShopParts):
    """The commands on one shop's parts."""

    @property
    def _language(self) -> Language:
        return self.context.settings.ui.language

    async def poll(self) -> None:
        """Look at the shop now, thoroughly; where auto export runs, it does so. Raises ShopError."""
        if self.watch.runs:
            self.watch.wake()
        else:
            await self.watch.poll(thorough=True)

    async def accept_count(self, reason: str, seen: CountGap | None = None) -> None:
        """Accept that the shop counts other orders than are found: by `seen`, where a person was shown a difference.

        Raises NothingChanged, InvalidDecision, ShopError, JournalError.
        """
        if not (reason := clean_line(reason)):
            raise InvalidDecision(outcome_text("count_reason", self._language))
        if not await self.watch.accept_count(reason, seen):
            raise NothingChanged(outcome_text("count_not_accepted", self._language))
        self.watch.wake()

    async def export(self, uids: Sequence[int], seen: Mapping[int, str | None] | None = None) -> list[ExportEnded]:
        """Export these orders, those in `seen` only in the form whose hash was shown.

        Raises SendingInactive, ShopError, JournalError.
        """
        await self.refuse_if_inactive()
        await self._prepare_orders()
        ended = await self.sending.run(ExportRequest(tuple(dict.fromkeys(uids)), seen or {}, by_name=True))
        await self._bring_home()
        return ended

    async def export_all(self) -> list[ExportEnded]:
        """Export every order that is ready, due, or safe to repeat. Raises SendingInactive, ShopError, JournalError."""
        await self.refuse_if_inactive()
        await self._prepare_orders()
        ended = await self.watch.export_all()
        await self._bring_home()
        return ended

    async def repeat(self, uids: Sequence[int], reason: str) -> list[ExportEnded]:
        """Send orders again on a person's word. Raises SendingInactive, InvalidDecision, ShopError, JournalError."""
        await self.refuse_if_inactive()
        if not reason.strip():
            raise InvalidDecision(outcome_text("repeat_reason", self._language))
        await self._prepare_orders()
        ended = await self.sending.run(ExportRequest(tuple(dict.fromkeys(uids)), by_name=True, reason=reason.strip()))
        await self._bring_home()
        return ended

    async def everything(self) -> list[OrderView]:
        """Every order that is known, by number."""
        return sorted(self.book.views, key=lambda view: view.number)

    async def find(self, word: str) -> OrderView:
        """The one order that a person means, by order number, Specter number or uid.

        Raises InvalidDecision when there is none or more than one, ShopError, JournalError.
        """
        found = self.book.find(word) or [
            from_entry(entry, self.context.settings.ui)
            for entry in await self.context.journal(Orders.by_order_number, word)
        ]
        if not found and (entry := await self.context.journal(Orders.by_specter_number, word)) is not None:
            found = [self.book.view(entry.uid) or from_entry(entry, self.context.settings.ui)]
        if not found:
            found = await self._find_in_shop(word)
        if len(found) > 1:
            uids = ", ".join(f"uid:{view.uid}" for view in found)
            raise InvalidDecision(outcome_text("ambiguous", self._language, number=word, uids=uids))
        if not found:
            raise InvalidDecision(outcome_text("not_found", self._language, number=word))
        return found[0]

    async def _find_in_shop(self, word: str) -> list[OrderView]:
        """An order outside the book, by order number, else by uid: one that is out of scope, for what it is."""
        shop, uid = self.context.shop, uid_in(word.removeprefix("uid:"))
        by_number = [] if word.startswith("uid:") else await shop.orders_by_number(word)
        by_uid = [order async for page in shop.orders_by_uid([uid]) for order in page] if uid and not by_number else []
        found = by_number or by_uid
        if by_number is None and not found:
            raise InvalidDecision(outcome_text("not_asked_by_number", self._language, number=word))
        if not found:
            return []
        await self.facts.refresh()
        await self.book.apply_documents(found)
        return [self.book.outside(order) for order in found]

    async def preview(self, uid: int) -> PreviewReady:
        """Read the order now and plan it. Raises ShopError, JournalError."""
        await self.facts.refresh()
        answer = PreviewReady(uid, None, None, outcome_text("gone", self._language))
        async for page in self.context.shop.orders_by_uid([uid]):
            plans = await self.book.apply_documents(page)
            for order in page:
                plan, _ = plans[order.uid]
                answer = PreviewReady(order.uid, plan, order if isinstance(order, Order) else None)
        self.context.emit(answer)
        return answer

    async def sum_up(self, uids: Sequence[int]) -> SumReady:
        """Read the orders now and add up what would be sent. Raises ShopError, JournalError."""
        await self.facts.refresh()
        return await sum_orders(self.context, self.book, uids)

    async def history(self, uid: int) -> HistoryRead:
        """Tell what the journal holds of one order: what was sent, each try, and what came. Raises JournalError."""
        return await history_of(self.context, uid)

    async def activity(self, since: datetime) -> ActivityRead:
        """Tell how many orders came to Specter, and how many tries failed, in each hour from `since` (aware) on.

        Raises JournalError.
        """
        return await activity_since(self.context, since)

    async def set_auto(self, *, on: bool) -> None:
        """Turn auto mode on or off. Raises SendingInactive."""
        if on:
            await self.refuse_if_inactive()
        self.watch.set_auto(on=on)
        await self.watch.give_lease_back()

    async def enter_number(self, uid: int, number: str, reason: str = "") -> OrderView:
        """Settle an order by its Specter number, or with a reason correct the one it has; the shop follows.

        Raises NothingChanged, InvalidDecision, JournalError.
        """
        await self.decisions.enter_number(await self._known(uid), number, reason)
        await self._bring_home()
        await self.follow()
        return await self._known(uid)

    async def reopen(self, uid: int, reason: str) -> OrderView:
        """Take back a closing, or a number that a person entered; nothing is sent.

        Raises NothingChanged, InvalidDecision, JournalError.
        """
        await self.decisions.reopen(await self._known(uid), reason)
        await self._bring_home()
        await self.follow()
        return await self._known(uid)

    async def stop(self, reason: str) -> Stop:
        """Stop every sender on this journal, on every host; what was claimed goes to its end.

        Raises NothingChanged when it is stopped, InvalidDecision, JournalError.
        """
        if not reason.strip():
            raise InvalidDecision(outcome_text("stop_reason", self._language))
        begun = await self.context.journal(Stops.begin, reason.strip())
        await self.stopping.look()
        if not begun or self.stopping.stop is None:
            raise NothingChanged(outcome_text("stop_already", self._language))
        return self.stopping.stop

    async def resume(self, reason: str) -> None:
        """Let sending go on: end a stop, a halt by an HTTP status, and the wait of the first start.

        Raises NothingChanged when nothing held it up, InvalidDecision, JournalError.
        """
        if not reason.strip():
            raise InvalidDecision(outcome_text("stop_reason", self._language))
        ended = await self.context.journal(Stops.end, reason.strip())
        halt_ended = await self.account.resume(reason.strip())
        await self.stopping.look()
        begun = await self.watch.begin()
        if not ended and not halt_ended and not begun:
            raise NothingChanged(outcome_text("not_stopped", self._language))
        self.watch.wake()

    async def close_orders(self, uids: Sequence[int], reason: str) -> list[int]:
        """Close orders for ever. Raises InvalidDecision, JournalError."""
        return await self.decisions.close([await self._known(uid) for uid in uids], reason)

    async def overdue(self) -> list[Overdue]:
        """Return what is due and was not done; a try may be under way. Raises JournalError."""
        return await self.context.journal(OverdueWork.found)

    async def count_under_way(self) -> int:
        """How many orders any program has claimed and brings to their end. Raises JournalError."""
        return len(await self.context.journal(Orders.entries, None, ("sending",)))

    async def not_shown_in_shop(self) -> list[OrderView]:
        """The orders, done ones too, whose number the shop does not show as it should. Raises JournalError."""
        entries = [
            *await self.context.journal(Orders.due_write_backs, _MOST_NOT_SHOWN),
            *await self.context.journal(Orders.write_back_conflicts, _MOST_NOT_SHOWN),
        ]
        views = [self.book.view(entry.uid) or from_entry(entry, self.context.settings.ui) for entry in entries]
        return [view for view in views if view.state in DONE]

    async def check_numbers(self) -> NumbersChecked:
        """Check the article numbers of the whole catalogue. Raises ShopError."""
        return await self.fixing.check()

    async def fix_numbers(self, accepted: Sequence[BadNumber] | None) -> NumbersFixed:
        """Write suggested numbers to the shop, None for all of them. Raises ShopError."""
        fixed = await self.fixing.fix(accepted)
        if self.book.has_goods(await self.facts.numbers.freshen(oldest=timedelta(0))):
            await self.watch.poll(thorough=True)  # Orders that a shared number held back may go.
        return fixed

    async def _bring_home(self) -> None:
        """Numbers that the shop does not have yet, those of earlier runs too. Raises JournalError."""
        try:
            await self.write_back.settle()
        except ReadCancelled:
            return  # It leaves; they go home at the next start.
        except ShopError as error:
            self.context.emit(Notice("warning", error.message))  # The numbers are kept; they go home at the next look.

    async def export_articles(self, *, everything: bool = False) -> ArticlesExported:
        """Send the articles that differ from what was sent; `everything`: all that have a good number.

        Raises SendingInactive, LeaseHeld and what its calls raise.
        """
        self.refuse_if_articles_inactive()
        await self._prepare()
        return await self.articles.run(everything=everything)

    async def pull_stock(self, *, everything: bool = False) -> StockApplied:
        """Bring home what Specter's stock queue holds, or all stock. Raises LeaseHeld and what its calls raise."""
        await self._prepare()
        with suppress(QueueWaits):  # What is known already is written nevertheless.
            await self.stock.queue.claim()
        return await self.stock.pull(everything=everything)

    async def stock_rows(self) -> Sequence[RowForPerson]:
        """Tell the rows that only a person can settle. Raises JournalError."""
        return (await tell_rows(self.context)).rows

    async def stock_row_history(self) -> list[RowForPerson]:
        """Return the same with those that were settled, by whom and when. Raises JournalError."""
        return await self.context.journal(StockRows.listed, open_only=False)

    async def settle_stock_row(self, name: str, reason: str) -> RowForPerson:
        """Note that a person has seen to a row of a batch. Raises InvalidDecision, JournalError."""
        return await settle_row(self.context, name, reason)

    async def reopen_stock_row(self, name: str) -> RowForPerson:
        """Let a row of a batch wait for a person again. Raises InvalidDecision, JournalError."""
        return await reopen_row(self.context, name)

    async def delivery_records(self, limit: int) -> list[DeliveryRecord]:
        """Return what Specter said last of orders: the newest and those that want a person, at most `limit` of each.

        Raises JournalError.
        """
        return await self.context.journal(Deliveries.newest, limit)

    async def read_drift(self) -> DriftChanged:
        """Tell all that is to be changed in Specter by hand. Raises JournalError."""
        return await self.drift.tell()

    async def drift_history(self) -> list[DriftLine]:
        """Return the same with the lines that were ticked off, by whom and when. Raises JournalError."""
        return await self.context.journal(Drift.lines, open_only=False)

    async def tick_drift(self, uid: int, article_number: str, reason: str = "") -> None:
        """Note that a person changed this article's stock in Specter. Raises InvalidDecision, JournalError."""
        if not await self.drift.tick(uid, article_number, reason):
            raise NothingChanged(outcome_text("no_drift", self._language, number=article_number))
        await self.follow()

    async def untick_drift(self, uid: int, article_number: str, reason: str = "") -> None:
        """Take back this article's last tick. Raises NothingChanged, JournalError."""
        if not await self.drift.untick(uid, article_number, reason):
            raise NothingChanged(outcome_text("unticked_none", self._language, number=article_number))
        await self.follow()

    async def create_service_articles(self) -> ServiceArticles:
        """Make the service articles that are set in Specter. Raises SendingInactive, SpecterFailure."""
        if self.context.settings.article.export_run == "inactive":
            raise SendingInactive(outcome_text("articles_inactive", self._language))
        return await create_service_articles(self.context, self.account, self._is_closing)

    async def read_methods(self) -> MethodsRead:
        """Tell the shop's delivery and payment methods, with what joins them to Specter's. Raises ShopError."""
        return await read_methods(self.context)

    async def repeat_for_articles(self) -> list[ExportEnded]:
        """Send the refused orders again of which an article came to Specter since. Raises as `repeat` does."""
        await self.refuse_if_inactive()
        uids = await orders_with_new_articles(self.context, self.book)
        return await self.repeat(uids, outcome_text("article_came", self._language)) if uids else []

    async def report(self, day: date) -> ReportReady:
        """The day's report. Raises ShopError, JournalError."""
        return await report_of(self.context, self.facts, day)

    def refuse_if_articles_inactive(self) -> None:
        """Raise SendingInactive where the settings let no article be sent."""
        if not self.articles.may_export:
            raise SendingInactive(outcome_text("articles_inactive", self._language))

    async def _prepare(self) -> None:
        """Before a person's export: shop facts at hand, and a halt looked into, since someone may have acted.

        Raises SendingStopped.
        """
        await self.stopping.refuse_if_stopped()
        await self.facts.refresh()
        await self.account.refresh()

    async def _prepare_orders(self) -> None:
        """The same before orders go: the list of article numbers is of now as well."""
        await self._prepare()
        if self.book.has_goods(await self.facts.numbers.freshen()):
            await self.watch.poll(thorough=True)

    async def _known(self, uid: int) -> OrderView:
        """An order in the list, or one that the journal alone knows. Raises InvalidDecision, JournalError."""
        view = self.book.view(uid)
        if view is not None:
            return view
        entry = await self.context.journal(Orders.entry, uid)
        if entry is None:
            raise InvalidDecision(outcome_text("not_found", self._language, number=uid))
        return from_entry(entry, self.context.settings.ui)

    async def refuse_if_inactive(self) -> None:
        """Raise SendingInactive where the settings let nothing be sent."""
        if not self.watch.may_export:
            raise SendingInactive(outcome_text("inactive", self._language))

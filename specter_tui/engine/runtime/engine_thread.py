"""The engine as screens and commands hold it: commands in, messages out, all work in a thread of its own."""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from specter_tui.config.settings import Settings
from specter_tui.engine.articles.service_articles import service_articles_set
from specter_tui.engine.checks.method_mapping import read_methods
from specter_tui.engine.concurrency.event_loop_thread import EventLoopThread
from specter_tui.engine.concurrency.limits import SharedResources
from specter_tui.engine.events import (
    ActivityRead,
    ArticlesExported,
    CountGap,
    DriftChanged,
    ExportEnded,
    HistoryRead,
    Message,
    MethodsRead,
    Notice,
    NumbersChecked,
    NumbersFixed,
    OrderView,
    PreviewReady,
    ReachChanged,
    ReportReady,
    ServiceArticles,
    StockApplied,
    Stopped,
    SumReady,
)
from specter_tui.engine.orders.history import history_of
from specter_tui.engine.orders.hourly_activity import activity_since
from specter_tui.engine.runtime.shop_worker import ShopWorker
from specter_tui.engine.service import ShopService
from specter_tui.engine.specter_circuit import back_off
from specter_tui.errors import translate_error
from specter_tui.http.cancellable_reads import ReadCancelled
from specter_tui.journal.errors import JournalError, JournalOtherVersion
from specter_tui.journal.goods_models import DeliveryRecord, DriftLine, RowForPerson
from specter_tui.journal.journal import Journal
from specter_tui.journal.location import journal_place
from specter_tui.journal.models import Stop
from specter_tui.planning.article_numbers import BadNumber

T = TypeVar("T")
Work = Callable[[ShopService], Coroutine[Any, Any, T]]


class Engine:
    """One shop and its Specter account at work. Every command returns at once, with a future for those who wait.

    A command that fails tells why in a Notice, too. `listener` is called in the engine's thread and must not block.
    """

    def __init__(
        self, settings: Settings, listener: Callable[[Message], None], shared: SharedResources | None = None
    ) -> None:
        self.settings = settings
        self.place = journal_place(settings.journal.address, settings.abicart.webshop, settings.journal.seen)
        self.journal_path: Path = self.place.path
        self._listener = listener
        self._shared = shared
        self._ready: Future[None] = Future()
        self._host: EventLoopThread
        self._loop: asyncio.AbstractEventLoop
        self._worker: asyncio.Future[ShopWorker]
        self._watching = False
        self._promised: set[Future[Any]] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._gate = threading.Lock()
        self._taking = False
        self._left = False
        self._leaving = asyncio.Event()
        self._known = ""
        """The id of the journal, once it was open."""
        self.outdated: JournalOtherVersion | None = None
        """Set where the engine stopped because another program had upgraded the journal."""

    def start(self, *, watch: bool) -> None:
        """Open journal and clients in a thread of its own, and watch if asked. Raises JournalError if that fails."""
        self._host = EventLoopThread(partial(self._alone, watch=watch), self._stopped)
        self._host.start()
        self._ready.result()

    def join(self, timeout: float | None = None) -> bool:
        """Wait until the engine that was started has stopped; whether it has."""
        return self._host.join(timeout)

    async def run(self, *, watch: bool, opened: Callable[[], None]) -> None:
        """Be at work on the running loop until `leave`; `opened` is called when the shop is open.

        Raises JournalError when it cannot be opened. It may live again after that.
        """
        self._watching = watch
        self._loop = asyncio.get_running_loop()
        self._worker = self._loop.create_future()
        with self._gate:
            self._taking = True
        worker = ShopWorker(self.settings, self._tell, self._shared or SharedResources())
        try:
            await worker.open(self.place, self._known, watch=watch)
        except Exception as error:
            self._worker.set_exception(error)
            self._worker.exception()  # asked for here, since nobody else may ask.
            raise
        self._known = worker.service.context.journal.salt
        self._worker.set_result(worker)
        opened()
        if self._left:
            worker.shut_down()
        await worker.serve(watch=watch)

    def close(self) -> None:
        """Take nothing any more; nobody waits for ever: what came too late to be begun is cancelled."""
        with self._gate:
            self._taking = False
            left = list(self._promised)
        for answer in left:
            answer.cancel()

    def poll(self) -> Future[None]:
        """Look at the shop now, thoroughly."""
        return self._command(lambda service: service.poll(watching=self._watching))

    def accept_count(self, reason: str, seen: CountGap) -> Future[None]:
        """Accept that the shop counts so many other orders than are found."""
        return self._command(lambda service: service.accept_count(reason, seen))

    def export(self, uids: Sequence[int], seen: Mapping[int, str | None] | None = None) -> Future[list[ExportEnded]]:
        """Export these orders; with `seen` only in the form whose hash was shown."""
        return self._command(lambda service: service.export(uids, seen or {}))

    def repeat(self, uids: Sequence[int], reason: str) -> Future[list[ExportEnded]]:
        """Export orders again that are unknown, refused or exist, on a person's word."""
        return self._command(lambda service: service.repeat(uids, reason))

    def preview(self, uid: int) -> Future[PreviewReady]:
        """Tell exactly what would be sent."""
        return self._command(lambda service: service.preview(uid))

    def sum_up(self, uids: Sequence[int]) -> Future[SumReady]:
        """Tell what these orders come to together, as they would be sent now."""
        return self._command(lambda service: service.sum_up(uids))

    def find(self, word: str) -> Future[OrderView]:
        """The one order that a person means, in the list or outside it; only the future has it, or says why not."""
        return self._begin(lambda service: service.find(word), tell=False)

    def history(self, uid: int) -> Future[HistoryRead]:
        """Tell what the journal holds of one order: what was sent, each try, and what came."""
        return self._command(lambda service: history_of(service.context, uid))

    def activity(self, since: datetime) -> Future[ActivityRead]:
        """Tell how many orders came to Specter, and how many tries failed, in each hour from `since` on (aware)."""
        return self._command(lambda service: activity_since(service.context, since))

    def set_auto(self, on: bool) -> Future[None]:
        """Turn auto mode on or off until the process ends."""
        return self._command(lambda service: service.set_auto(on=on))

    def enter_number(self, uid: int, number: str, reason: str = "") -> Future[OrderView]:
        """Settle an order by the Specter number that a person typed, or with a reason correct the one it has."""
        return self._command(lambda service: service.enter_number(uid, number, reason))

    def reopen(self, uid: int, reason: str) -> Future[OrderView]:
        """Take back a closing, or a number that a person entered; nothing is sent."""
        return self._command(lambda service: service.reopen(uid, reason))

    def stop(self, reason: str) -> Future[Stop]:
        """Stop every sender on this journal, on every host; what was claimed goes to its end."""
        return self._command(lambda service: service.stop(reason))

    def resume(self, reason: str) -> Future[None]:
        """Let sending go on."""
        return self._command(lambda service: service.resume(reason))

    def close_orders(self, uids: Sequence[int], reason: str) -> Future[list[int]]:
        """Close orders for ever, with the reason."""
        return self._command(lambda service: service.close_orders(uids, reason))

    def check_numbers(self) -> Future[NumbersChecked]:
        """Check the article numbers of the whole catalogue."""
        return self._command(ShopService.check_numbers)

    def fix_numbers(self, accepted: Sequence[BadNumber] | None) -> Future[NumbersFixed]:
        """Write suggested article numbers to the shop; None accepts all that there are now."""
        return self._command(lambda service: service.fix_numbers(accepted))

    def export_articles(self, *, everything: bool = False) -> Future[ArticlesExported]:
        """Send the articles that differ from what was sent; `everything`: all that have a good number."""
        return self._command(lambda service: service.export_articles(everything=everything))

    def pull_stock(self, *, everything: bool = False) -> Future[StockApplied]:
        """Bring home what Specter's stock queue holds, or all its stock, and write what the orders changed."""
        return self._command(lambda service: service.pull_stock(everything=everything))

    def stock_rows(self) -> Future[Sequence[RowForPerson]]:
        """Tell the rows of Specter's batches that only a person can settle."""
        return self._command(ShopService.stock_rows)

    def stock_row_history(self) -> Future[list[RowForPerson]]:
        """The same with those that were settled, by whom and when."""
        return self._command(lambda service: service.context.journal(Journal.stock_rows, open_only=False))

    def settle_stock_row(self, name: str, reason: str) -> Future[RowForPerson]:
        """Note that a person has seen to a row, by its name."""
        return self._command(lambda service: service.settle_stock_row(name, reason))

    def reopen_stock_row(self, name: str) -> Future[RowForPerson]:
        """Let a row that was settled wait for a person again."""
        return self._command(lambda service: service.reopen_stock_row(name))

    def tick_drift(self, uid: int, article_number: str) -> Future[None]:
        """Note that a person changed this article's stock in Specter for an edited order."""
        return self._command(lambda service: service.tick_drift(uid, article_number))

    def untick_drift(self, uid: int, article_number: str, reason: str = "") -> Future[None]:
        """Take back this article's last tick."""
        return self._command(lambda service: service.untick_drift(uid, article_number, reason))

    def read_drift(self) -> Future[DriftChanged]:
        """Tell all that is to be changed in Specter by hand."""
        return self._command(lambda service: service.drift.tell())

    def drift_history(self) -> Future[list[DriftLine]]:
        """The same, with the lines that were ticked off, by whom and when."""
        return self._command(lambda service: service.context.journal(Journal.drift_lines, open_only=False))

    def check_service_articles(self) -> ServiceArticles:
        """Which of the six service articles the settings name; at once, nothing is asked of anyone."""
        return service_articles_set(self.settings.order)

    def create_service_articles(self) -> Future[ServiceArticles]:
        """Make the service articles that are set in Specter, without stock, overwriting none."""
        return self._command(ShopService.create_service_articles)

    def repeat_for_articles(self) -> Future[list[ExportEnded]]:
        """Send the refused orders again of which an article came to Specter since."""
        return self._command(ShopService.repeat_for_articles)

    def read_methods(self) -> Future[MethodsRead]:
        """Read the shop's ways to send and to pay, with what joins them to Specter's."""
        return self._command(lambda service: read_methods(service.context))

    def report(self, day: date) -> Future[ReportReady]:
        """The report of one day."""
        return self._command(lambda service: service.report(day))

    def deliveries(self, limit: int) -> Future[list[DeliveryRecord]]:
        """What Specter said last of exported orders, the newest and those that want a person, so many of each."""
        return self._command(lambda service: service.context.journal(Journal.deliveries, limit))

    def ask(self, work: Work[T]) -> Future[T]:
        """Have the engine's thread do one piece of work; the future has its result or its failure."""
        return self._begin(work, tell=False)

    def _command(self, work: Work[T]) -> Future[T]:
        """The same for a screen, which waits for no future: a failure is told in a Notice, too."""
        return self._begin(work, tell=True)

    def _begin(self, work: Work[T], *, tell: bool) -> Future[T]:
        answer: Future[T] = Future()
        with self._gate:
            if not self._taking:
                answer.cancel()
                return answer
            self._promised.add(answer)
        answer.add_done_callback(self._promised.discard)
        self._post(lambda: self._take(work, answer, tell=tell))
        return answer

    def _post(self, act: Callable[[], None]) -> None:
        """Have the engine's loop do it; where the loop has closed, nothing is done any more."""
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(act)

    def shut_down(self) -> None:
        """Take no new work, finish the calls in flight, then stop. Safe to call from anywhere, also twice.

        While the engine opens it is remembered until there is something to stop.
        """
        self._left = True
        if self._taking:
            self._post(self._begin_to_leave)

    # What follows runs in the engine's thread.

    def _begin_to_leave(self) -> None:
        self._leaving.set()
        if self._worker.done() and self._worker.exception() is None:
            self._worker.result().shut_down()

    def _take(self, work: Work[T], answer: Future[T], *, tell: bool) -> None:
        task = self._loop.create_task(self._answer(work, answer, tell=tell))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _answer(self, work: Work[T], answer: Future[T], *, tell: bool) -> None:
        try:
            worker = await asyncio.shield(self._worker)
            if worker.leaving:
                answer.cancel()
                return
            with worker.asked():
                answer.set_result(await work(worker.service))
        except ReadCancelled:  # it leaves.
            answer.cancel()
        except Exception as error:  # noqa: BLE001  # Whoever waits gets the error itself, and everyone its sentence.
            if tell:
                self._tell(Notice("error", str(error) or type(error).__name__))
            answer.set_exception(error)

    def _tell(self, message: Message) -> None:
        if isinstance(message, Notice | ReachChanged):
            message = replace(message, text=translate_error(message.text, self.settings.ui.language))
        self._listener(message)

    async def _alone(self, *, watch: bool) -> None:
        failures = 0
        while True:
            try:
                await self.run(watch=watch, opened=self._opened)
            except JournalOtherVersion as error:
                self.outdated = error
            except Exception as error:
                if not self._ready.done():
                    self._ready.set_exception(error)
                elif not isinstance(error, JournalError):
                    raise
                elif not self._left:
                    failures += 1
                    self._tell(Notice("error", str(error)))
                    with suppress(TimeoutError):
                        await asyncio.wait_for(self._leaving.wait(), back_off(failures))
                    continue
            return

    def _opened(self) -> None:
        if not self._ready.done():
            self._ready.set_result(None)

    def _stopped(self, error: str) -> None:
        self.close()
        if self.outdated is None:
            self._tell(Stopped(error))
        else:
            self._tell(Stopped(translate_error(str(self.outdated), self.settings.ui.language), outdated=True))

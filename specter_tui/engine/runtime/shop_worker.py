"""The work for one shop on the running loop: opening, serving until shutdown, closing."""

import asyncio
import traceback
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from specter_tui.abicart.errors import ShopError
from specter_tui.abicart.fields import Reading
from specter_tui.abicart.jsonrpc import JsonRpcClient
from specter_tui.abicart.shop import ShopClient
from specter_tui.config.settings import Settings, queue_user
from specter_tui.engine.concurrency.journal_queue import JournalQueue
from specter_tui.engine.concurrency.limits import SharedResources
from specter_tui.engine.context import ShopContext
from specter_tui.engine.events import Draining, Message, Notice, ReachChanged
from specter_tui.engine.outcome_texts import outcome_text
from specter_tui.engine.service import ShopService
from specter_tui.engine.specter_circuit import back_off
from specter_tui.errors import ErrorText
from specter_tui.journal.errors import JournalError, JournalGone, JournalReadOnly, QueueWaits
from specter_tui.journal.location import JournalLocation, seen_folder
from specter_tui.journal.repositories.specter_account import SpecterAccount
from specter_tui.specter.client import SpecterClient


class ShopWorker:
    """Owns the journal and the clients of a shop. `service` exists once it is open."""

    def __init__(self, settings: Settings, tell: Callable[[Message], None], shared: SharedResources) -> None:
        self._settings = settings
        self._tell = tell
        self._shared = shared
        self._leaving = asyncio.Event()
        self._held = AsyncExitStack()
        self._asked: set[asyncio.Task[Any] | None] = set()
        self.service: ShopService

    @property
    def leaving(self) -> bool:
        """True if no new work is accepted."""
        return self._leaving.is_set()

    async def open(self, place: JournalLocation, known: str = "", *, watch: bool = True) -> None:
        """Open everything and repair what earlier runs left. Raises JournalError; then all is closed again.

        `known`: the id of the journal that was open before. `watch`: the shop's queues are emptied automatically.
        """
        settings = self._settings
        async with AsyncExitStack() as held, self._shared.opening:
            journal = JournalQueue(
                place,
                settings.abicart.webshop,
                seen_folder(settings.journal.seen),
                known,
                read_only=self._shared.read_only,
            )
            held.push_async_callback(journal.close)
            await journal.open()
            if not journal.read_only:
                await self._belong(journal, held, watch=watch)
            rpc = await held.enter_async_context(JsonRpcClient(settings.abicart, settings.http))
            specter = await held.enter_async_context(SpecterClient(settings.specter, settings.limits, settings.http))
            reading = Reading((settings.abicart.language,), settings.order.package_types)
            self.service = ShopService(
                ShopContext(settings, ShopClient(rpc, reading), specter, journal, self._tell, self._shared)
            )
            stop = self.service.emergency_stop
            rpc.before_write = specter.before_write = _refuse if journal.read_only else stop.refuse_if_stopped
            journal.when_outdated = self.shut_down
            journal.when_reached = self._tell_journal
            if journal.read_only:
                await self.service.begin_to_look()
            else:
                await self._recover(held)
            self._held = held.pop_all()

    async def _belong(self, journal: JournalQueue, held: AsyncExitStack, *, watch: bool) -> None:
        """Claim the journal for the Specter account, and the account's queues for the shop. Raises JournalError."""
        settings, queues = self._settings, self._shared.queues
        await journal(SpecterAccount.belong_to, settings.specter.account)
        held.callback(queues.give_up, settings.abicart.webshop)
        if watch or not queue_user(settings):
            with suppress(QueueWaits):  # It is reported when the queue is to be emptied.
                await queues.claim(settings, journal)

    async def _recover(self, held: AsyncExitStack) -> None:
        await self.service.recover()
        for queue in (self.service.stock.queue, self.service.deliveries.queue):
            self._shared.queues.join(queue)
            held.push_async_callback(self._shared.queues.leave, queue)

    def _tell_journal(self, away: str) -> None:
        self._tell(ReachChanged("journal", "out_of_reach" if away else "ok", away))

    def shut_down(self, *, hung_up: bool = False) -> None:
        """Take no new work, finish the calls in flight, then end."""
        if not self._leaving.is_set():
            self.service.visits.hung_up = hung_up
            self.service.order_exporter.leave()
            self._tell(Draining(tuple(self.service.order_exporter.in_flight.values())))
            self._leaving.set()
            # Reading calls are no longer needed; writing calls are finished and recorded.
            self.service.context.shop.rpc.cancel_reads()
            self.service.context.specter.cancel_reads()

    @contextmanager
    def asked(self) -> Iterator[None]:
        """Mark the running task as a command that must be finished before the end."""
        task = asyncio.current_task()
        self._asked.add(task)
        try:
            yield
        finally:
            self._asked.discard(task)

    async def serve(self, *, watch: bool) -> None:
        """Work until shutdown and until calls in flight have ended, then close.

        Raises JournalOtherVersion if it ended because another program upgraded the journal, JournalGone if the
        journal's file was gone.
        """
        async with self._held:
            service, works = self.service, [self._follow]
            if watch and self._shared.read_only:
                works.append(self._look)
            elif watch:
                works += [
                    service.auto_export.run,
                    lambda: service.background.run(self._leaving),
                    lambda: service.monitoring.run(self._leaving),
                ]
            background = [asyncio.create_task(self._go_on(work)) for work in works]
            await self._leaving.wait()
            service.auto_export.wake()
            await asyncio.gather(*filter(None, self._asked), return_exceptions=True)
            try:
                await service.shut_down()
            except JournalError as error:
                self._tell(Notice("error", error.message))
            await asyncio.gather(*background, return_exceptions=True)
            if (outdated := service.context.journal.outdated) is not None:
                raise outdated

    async def _go_on(self, work: Callable[[], Awaitable[None]]) -> None:
        """Run a piece of work; report an unexpected error and run it again after a pause, so that it stops no other."""
        stumbled = 0
        while True:
            try:
                await work()
            except JournalGone:
                return  # The worker ends with it, and reports it.
            except Exception as error:  # noqa: BLE001  # Its words could hold a person: its kind and place are told.
                stumbled += 1
                text = outcome_text("stumbled", self._settings.ui.language, error=_kind_and_place(error))
                self._tell(Notice("error", text))
                if await self._left_within(back_off(stumbled)):
                    return
            else:
                return

    async def _follow(self) -> None:
        trouble, left = "", asyncio.create_task(self._leaving.wait())
        while not self.leaving:
            before, trouble = trouble, ""
            if self._shared.serves(self._settings.abicart.webshop):
                try:
                    await self.service.event_tailer()
                    await self.service.emergency_stop.look()
                except JournalError as error:
                    trouble = error.message
                    if trouble != before:
                        self._tell(Notice("error", trouble))
            news = asyncio.create_task(self.service.context.journal.news(self._shared.follow_seconds))
            await asyncio.wait({news, left}, return_when=asyncio.FIRST_COMPLETED)
            news.cancel()

    async def _look(self) -> None:
        """Poll at the usual pauses, without writing anything."""
        interval = self._settings.watch.interval
        while not self.leaving:
            try:
                await self.service.auto_export.look(datetime.now(UTC) + interval)
            except ShopError:
                pass  # It was reported as the shop's reach.
            except JournalError as error:
                self._tell(Notice("error", error.message))
            await self._left_within(interval.total_seconds())

    async def _left_within(self, seconds: float) -> bool:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._leaving.wait(), seconds)
        return self.leaving


async def _refuse() -> None:
    """Refuse every write to the shop and to Specter. Raises JournalReadOnly."""
    raise JournalReadOnly(ErrorText("journal_only_shown"))


def _kind_and_place(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__}, {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else repr(error)

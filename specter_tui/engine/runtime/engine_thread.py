"""The engine as screens and commands hold it: commands in, messages out, all work in a thread of its own."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from specter_tui.config.settings import Settings
from specter_tui.engine.concurrency.event_loop_thread import EventLoopThread
from specter_tui.engine.concurrency.limits import SharedResources
from specter_tui.engine.events import Message, Notice, ReachChanged, Stopped
from specter_tui.engine.runtime.shop_worker import ShopWorker
from specter_tui.engine.service import Command
from specter_tui.engine.specter_circuit import back_off
from specter_tui.errors import text_of_error, translate_error
from specter_tui.http.cancellable_reads import ReadCancelled
from specter_tui.journal.errors import JournalError, JournalOtherVersion
from specter_tui.journal.location import journal_place

P = ParamSpec("P")
T = TypeVar("T")


class Engine:
    """One shop and its Specter account at work: it takes the commands of a ShopService to its thread.

    `listener` is called in the engine's thread and must not block.
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

    def submit(self, command: Command[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Have the engine's thread do a command, for a screen, which waits for no future: a failure is told, too."""
        return self._begin(lambda service: command(service, *args, **kwargs), tell=True)

    def ask(self, command: Command[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Have the engine's thread do a command, for a caller that waits: only the future has result or failure."""
        return self._begin(lambda service: command(service, *args, **kwargs), tell=False)

    def _begin(self, work: Command[[], T], *, tell: bool) -> Future[T]:
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

    def _take(self, work: Command[[], T], answer: Future[T], *, tell: bool) -> None:
        task = self._loop.create_task(self._answer(work, answer, tell=tell))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _answer(self, work: Command[[], T], answer: Future[T], *, tell: bool) -> None:
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
                self._tell(Notice("error", text_of_error(error) or type(error).__name__))
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
                    self._tell(Notice("error", error.message))
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
            self._tell(Stopped(translate_error(self.outdated.message, self.settings.ui.language), outdated=True))

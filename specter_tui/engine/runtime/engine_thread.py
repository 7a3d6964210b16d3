"""The engine for screens and commands: it accepts commands, sends messages, and works on a thread of its own."""

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
    """One shop with its Specter account: runs the commands of a ShopService on its thread.

    `listener` is called on the engine's thread and must not block.
    """

    def __init__(
        self,
        settings: Settings,
        listener: Callable[[Message], None],
        shared: SharedResources | None = None,
        *,
        read_only: bool = False,
    ) -> None:
        """Make it; without `shared` it is the only shop of the process, and `read_only` if asked."""
        self.settings = settings
        self.place = journal_place(settings.journal.address, settings.abicart.webshop, settings.journal.seen)
        self.journal_path: Path = self.place.path
        self._listener = listener
        self._shared = shared or SharedResources(read_only=read_only)
        self._ready: Future[None] = Future()
        self._host: EventLoopThread
        self._loop: asyncio.AbstractEventLoop
        self._worker: asyncio.Future[ShopWorker]
        self._promised: set[Future[Any]] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._gate = threading.Lock()
        self._taking = False
        self._left = self._hung_up = False
        self._leaving = asyncio.Event()
        self._known = ""
        """The id of the journal, once it was open."""
        self.outdated: JournalOtherVersion | None = None
        """Set if the engine stopped because another program upgraded the journal."""

    def start(self, *, watch: bool) -> None:
        """Open journal and clients on a new thread, and watch if asked. Raises JournalError if that fails."""
        self._host = EventLoopThread(partial(self._alone, watch=watch), self._stopped)
        self._host.start()
        self._ready.result()

    def join(self, timeout: float | None = None) -> bool:
        """Wait until the started engine has stopped; return whether it has."""
        return self._host.join(timeout)

    async def run(self, *, watch: bool, opened: Callable[[], None]) -> None:
        """Work on the running loop until `shut_down`; `opened` is called when the shop is open.

        Raises JournalError if it cannot be opened. It may be run again afterwards.
        """
        self._loop = asyncio.get_running_loop()
        self._worker = self._loop.create_future()
        with self._gate:
            self._taking = True
        worker = ShopWorker(self.settings, self._tell, self._shared)
        try:
            await worker.open(self.place, self._known, watch=watch)
        except Exception as error:
            self._worker.set_exception(error)
            self._worker.exception()  # Retrieved here, since nobody else may do so.
            raise
        self._known = worker.service.context.journal.salt
        self._worker.set_result(worker)
        opened()
        if self._left:
            worker.shut_down(hung_up=self._hung_up)
        await worker.serve(watch=watch)

    def close(self) -> None:
        """Accept no more commands; cancel those that were not begun, so that nobody waits forever."""
        with self._gate:
            self._taking = False
            left = list(self._promised)
        for answer in left:
            answer.cancel()

    def submit(self, command: Command[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run a command on the engine's thread for a screen: a failure is also sent as a message."""
        return self._begin(lambda service: command(service, *args, **kwargs), tell=True)

    def ask(self, command: Command[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run a command on the engine's thread for a caller that waits: only the future has its result or failure."""
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
        """Run a function on the engine's loop; do nothing if the loop has closed."""
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(act)

    def shut_down(self, *, hung_up: bool = False) -> None:
        """Take no new work, finish the calls in flight, then stop. May be called from any thread, also twice.

        While the engine opens, the request is kept until it is open. `hung_up`: the terminal is gone.
        """
        self._left, self._hung_up = True, self._hung_up or hung_up
        if self._taking:
            self._post(self._begin_to_leave)

    # The methods below run on the engine's thread.

    def _begin_to_leave(self) -> None:
        self._leaving.set()
        if self._worker.done() and self._worker.exception() is None:
            self._worker.result().shut_down(hung_up=self._hung_up)

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
        except ReadCancelled:  # The program shuts down.
            answer.cancel()
        except Exception as error:  # noqa: BLE001  # The caller gets the error, every listener its text.
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

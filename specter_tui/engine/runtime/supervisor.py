"""Runs many shops on one loop: each opens, works and fails independently."""

import asyncio
import resource
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial

from specter_tui.config.shops import ShopFile
from specter_tui.engine.concurrency.event_loop_thread import EventLoopThread
from specter_tui.engine.concurrency.limits import SharedResources
from specter_tui.engine.events import Message, ShopOpened, Stopped
from specter_tui.engine.queues.shared_queues import SharedQueues
from specter_tui.engine.runtime.engine_thread import Engine
from specter_tui.engine.runtime.shop_assignment import ShopAssignment
from specter_tui.engine.specter_circuit import back_off
from specter_tui.errors import translate_error
from specter_tui.journal.errors import JournalError

_MANY_FILES = 16_384
ALL_SHOPS = 0
"""Used instead of a shop's number in messages of the supervisor itself."""


class Supervisor:
    """Runs an engine for each shop. `listener` gets every message with the shop's number.

    For ALL_SHOPS it gets ShopOpened once every shop is open, or was tried, and Stopped at the very end. `shared`: other
    processes have the same shops, and each serves its part, without a screen; consoles do not share, since they show
    all.
    """

    def __init__(
        self,
        shops: Sequence[ShopFile],
        listener: Callable[[int, Message], None],
        *,
        shared: bool = False,
        read_only: bool = False,
    ) -> None:
        numbers = [shop.number for shop in shops]
        self._listener = listener
        assignment = ShopAssignment(numbers) if shared else None
        queues = SharedQueues([shop.settings for shop in shops])
        self._shared = SharedResources(
            len(shops), assignment, keeps_done=not shared, queues=queues, read_only=read_only
        )
        self.engines: dict[int, Engine] = {}
        self.closed: dict[int, str] = {}
        """The reasons for which shops could not be opened."""
        for shop in shops:
            self._add(shop)
        self._loop: asyncio.AbstractEventLoop
        self._leaving: asyncio.Event
        self._left = False
        self._host: EventLoopThread

    def _add(self, shop: ShopFile) -> None:
        try:
            tell = partial(self._listener, shop.number)
            self.engines[shop.number] = Engine(shop.settings, tell, self._shared)
        except JournalError as error:
            self._shared.queues.tried(shop.number)
            self.closed[shop.number] = str(error)

    def start(self, *, watch: bool) -> None:
        """Begin to open the shops; returns at once."""
        _let_open_many_files()
        self._host = EventLoopThread(partial(self._live, watch=watch), self._stopped)
        self._host.start()

    def shut_down(self, *, hung_up: bool = False) -> None:
        """Take no new work in any shop, finish the calls in flight, then stop.

        May be called from any thread, also twice.
        """
        self._left = self._shared.queues.ending = True
        for engine in self.engines.values():
            engine.shut_down(hung_up=hung_up)
        with suppress(AttributeError, RuntimeError):  # Not begun yet, or over already.
            self._loop.call_soon_threadsafe(self._leaving.set)

    def join(self, timeout: float | None = None) -> bool:
        """Wait until the supervisor has stopped; return whether it has."""
        return self._host.join(timeout)

    async def _live(self, *, watch: bool) -> None:
        self._leaving = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        for number, trouble in self.closed.items():
            self._listener(number, ShopOpened(trouble))
        tried = [asyncio.Event() for _ in self.engines]
        lives = [
            asyncio.create_task(self._keep(engine, first, watch=watch))
            for engine, first in zip(self.engines.values(), tried, strict=True)
        ]
        for first in tried:
            await first.wait()
        self._listener(ALL_SHOPS, ShopOpened())
        await asyncio.gather(*lives)

    async def _keep(self, engine: Engine, tried: asyncio.Event, *, watch: bool) -> None:
        """Run one shop; if it cannot be opened, or ends by an error, try again after increasing pauses."""
        number, failures = engine.settings.abicart.webshop, 0

        def opened() -> None:
            self._shared.queues.tried(number)
            self.closed.pop(number, None)
            self._listener(number, ShopOpened())
            tried.set()

        while not self._left:
            try:
                await engine.run(watch=watch, opened=opened)
            except Exception as error:  # noqa: BLE001  # Whatever it is, it stops no other shop.
                failures += 1
                why = error.message if isinstance(error, JournalError) else type(error).__name__
                self._shared.queues.tried(number)
                self.closed[number] = translate_error(why, engine.settings.ui.language)
                self._listener(number, ShopOpened(self.closed[number]))
                tried.set()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._leaving.wait(), back_off(failures))
        tried.set()
        engine.close()

    def _stopped(self, error: str) -> None:
        for engine in self.engines.values():
            engine.close()
        self._listener(ALL_SHOPS, Stopped(error))


def _let_open_many_files() -> None:
    """Raise the limit of open files: a shop takes about ten, and a login's limit is often 1024."""
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    enough = _MANY_FILES if most == resource.RLIM_INFINITY else min(most, _MANY_FILES)
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(now, enough), most))

"""The engine's access to the journal: operations are queued, and the event loop never waits for the disk."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from specter_tui.engine.concurrency.journal_executor import Executor, Job, LoopExecutor, ThreadExecutor
from specter_tui.errors import ErrorText
from specter_tui.journal.errors import (
    JournalAway,
    JournalCorrupt,
    JournalError,
    JournalGone,
    JournalOtherVersion,
    JournalRefusesUs,
)
from specter_tui.journal.journal import GROUPABLE, Journal, outcome
from specter_tui.journal.journal_reader import JournalReader
from specter_tui.journal.location import JournalLocation
from specter_tui.journal.opening import on_loop, open_again, open_journal, open_to_look
from specter_tui.journal.repositories.repository import Repository
from specter_tui.journal.repositories.restore_repair import Restored, RestoreRepair
from specter_tui.journal.safety.high_water_log import log_path
from specter_tui.journal.safety.operators import Operator, current_operator
from specter_tui.journal.schema_version import Upgraded

J = TypeVar("J", bound=JournalReader | Repository)
P = ParamSpec("P")
T = TypeVar("T")
_DEAF_SECONDS = 10.0
"""A journal that reports its changes is read after this time in any case, since a report may be lost."""
_SILENT_SECONDS = 5.0
_SILENT = ErrorText("journal_server_silent")


class JournalQueue:
    """Runs the journal's operations one after another: `await journal(Claims.claim, intent, lease)`.

    Queued operations share one commit where possible, since the commit takes the time. A file has a thread of its own.
    A server is waited for on the engine's loop, so that hundreds of shops need no more threads.
    """

    def __init__(
        self, place: JournalLocation, shop: int, seen_folder: Path, known: str = "", *, read_only: bool = False
    ) -> None:
        self.read_only = read_only
        """True if every operation that writes is refused."""
        self.place = place
        self.path = place.path
        self.shop = shop
        self.salt = known
        """The journal's id. `known` is the id of the journal that was open before; another one is refused."""
        self.upgraded: Upgraded | None = None
        """The upgrade made when the journal was opened, if any."""
        self.outdated: JournalOtherVersion | JournalGone | None = None
        """Set when another program has upgraded the journal, or its file is gone: nothing may be sent any more."""
        self.when_outdated: Callable[[], None] = lambda: None
        self.when_reached: Callable[[str], None] = lambda _: None
        """Called with the reason why the journal cannot be used, unless the operation caused it; empty when it can
        again."""
        self._away = ""
        self.restored: Restored | None = None
        """The data restored when the journal was opened, which showed that it is an older copy."""
        self.seen_path = log_path(seen_folder, place.path, shop)
        """The high-water log of what this machine saw in the journal; it may be on another disk."""
        self._seen_folder = seen_folder
        self._journal: Journal | None = None
        self._soon: list[Callable[[], None]] = []
        self._runner: Executor | None = None
        self._moved = asyncio.Event()
        self._is_told = False

    async def open(self) -> None:
        """Open the journal; restore missing data if it is an older copy. Raises JournalError."""
        opening: Callable[[JournalLocation, int, Operator], Journal]
        opening = partial(open_again, known=self.salt) if self.salt else open_journal
        if self.read_only:
            opening = open_to_look
        self._journal = await self._run(partial(opening, self.place, self.shop, current_operator()))
        self.salt = self._journal.id
        self.upgraded = self._journal.upgraded
        if not self.read_only:
            self.restored = await self(RestoreRepair.watch_over, self._seen_folder)
        self._is_told = await self(Journal.listen, partial(_wake, asyncio.get_running_loop(), self._moved))

    async def news(self, pause: float) -> None:
        """Wait until the journal may have changed: `pause` seconds, and for a server until it reports a change."""
        await asyncio.sleep(pause)
        if not self._is_told:
            return
        with suppress(TimeoutError):
            await asyncio.wait_for(self._moved.wait(), _DEAF_SECONDS)
        self._moved.clear()

    async def __call__(self, verb: Callable[Concatenate[J, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return the operation's result, once it is on disk. Raises JournalError."""
        if self._journal is None:
            raise RuntimeError("the journal is not open")
        silent = partial(self._reached, _SILENT) if self.place.server else _nothing
        waits = asyncio.get_running_loop().call_later(_SILENT_SECONDS, silent)
        try:
            answer = await self._run(self._journal.bind(verb, *args, **kwargs), shares=verb in GROUPABLE)
        except (JournalOtherVersion, JournalGone) as error:
            self.outdated = error
            self.when_outdated()
            raise
        except JournalError as error:
            if isinstance(error, JournalAway | JournalRefusesUs | JournalCorrupt) or type(error) is JournalError:
                self._reached(error.message)
            raise
        finally:
            waits.cancel()
        self._reached("")
        return answer

    def _reached(self, away: str) -> None:
        if away != self._away:
            self._away = away
            self.when_reached(away)

    def enqueue(self, verb: Callable[Concatenate[J, P], None], *args: P.args, **kwargs: P.kwargs) -> None:
        """Queue an operation that cannot fail, to run before the next one; nobody waits for it."""
        if self._journal is not None:
            self._soon.append(self._journal.bind(verb, *args, **kwargs))

    async def close(self) -> None:
        """Close the journal after the queued operations."""
        if self._journal is not None:
            await self._run(self._journal.close)
        if self._runner is not None:
            await self._runner.close()

    async def _run(self, work: Callable[[], T], *, shares: bool = False) -> T:
        if self._runner is None:
            run = on_loop(self.place)
            self._runner = ThreadExecutor(self._do) if run is None else LoopExecutor(self._do, run)
        answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        first, self._soon = self._soon, []
        self._runner.submit(Job(work, answer, first, shares))
        return await answer

    def _do(self, asked: Sequence[Job]) -> Sequence[object]:
        for one in asked:
            for before in one.first:
                before()
        if len(asked) == 1 or self._journal is None:
            return [outcome(one.work) for one in asked]
        answers = outcome(partial(self._journal.group_commit, [one.work for one in asked]))
        return answers if isinstance(answers, list) else [answers] * len(asked)


def _nothing() -> None:
    """Do nothing: a file that does not answer is working on a long operation."""


def _wake(loop: asyncio.AbstractEventLoop, moved: asyncio.Event) -> None:
    """Set the event from another thread; ignore a closed loop."""
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(moved.set)

"""The journal as the engine asks it: its loop never waits for the disk, and verbs queue for the journal."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from specter_tui.engine.concurrency.journal_executor import Executor, Job, LoopExecutor, ThreadExecutor
from specter_tui.journal.errors import (
    JournalAway,
    JournalCorrupt,
    JournalError,
    JournalGone,
    JournalOtherVersion,
    JournalRefusesUs,
)
from specter_tui.journal.journal import GROUPABLE, Journal, outcome
from specter_tui.journal.location import JournalLocation
from specter_tui.journal.opening import on_loop, open_again, open_journal
from specter_tui.journal.repositories.restore_repair import Restored
from specter_tui.journal.safety.high_water_log import log_path
from specter_tui.journal.safety.operators import current_operator
from specter_tui.journal.schema_version import Upgraded

P = ParamSpec("P")
T = TypeVar("T")
_DEAF_SECONDS = 10.0
"""A journal that says when it changed is looked at nevertheless, should what it said have been lost."""
_SILENT_SECONDS = 5.0
_SILENT = "the journal's server does not answer; nothing is sent until it does"


class JournalQueue:
    """Does the journal's verbs one after another: `await journal(Journal.claim, intent, lease)`.

    Verbs that wait at the same time share one commit where they may: it is the commit that takes time. A file has a
    thread of its own; a server is waited for on the engine's loop, and hundreds of shops need no more threads.
    """

    def __init__(self, place: JournalLocation, shop: int, seen_folder: Path, known: str = "") -> None:
        self.place = place
        self.path = place.path
        self.shop = shop
        self.salt = known
        """The journal's id; `known`: of the one that was open before, and no other may be opened for it."""
        self.upgraded: Upgraded | None = None
        """The upgrade that opening the journal made, if it made one."""
        self.outdated: JournalOtherVersion | JournalGone | None = None
        """Set once another program has upgraded the journal, or its file is gone: then nothing may be sent from here.
        """
        self.when_outdated: Callable[[], None] = lambda: None
        self.when_reached: Callable[[str], None] = lambda _: None
        """Is told why the journal cannot be used, where that is not the verb's own fault; empty when it can again."""
        self._away = ""
        self.restored: Restored | None = None
        """What the journal lacked, and was given back, when it was opened: it is an older copy."""
        self.seen_path = log_path(seen_folder, place.path, shop)
        """The record of what this machine has seen the journal say; it may lie on another disk."""
        self._seen_folder = seen_folder
        self._journal: Journal | None = None
        self._soon: list[Callable[[], None]] = []
        self._runner: Executor | None = None
        self._moved = asyncio.Event()
        self._is_told = False

    async def open(self) -> None:
        """Open the journal, and make good what it lacks if it is an older copy. Raises JournalError."""
        opening = partial(open_again, known=self.salt) if self.salt else open_journal
        self._journal = await self._run(partial(opening, self.place, self.shop, current_operator()))
        self.salt = self._journal.id
        self.upgraded = self._journal.upgraded
        self.restored = await self(Journal.watch_over, self._seen_folder)
        self._is_told = await self(Journal.listen, partial(_wake, asyncio.get_running_loop(), self._moved))

    async def news(self, pause: float) -> None:
        """Wait until someone may have changed the journal: `pause` seconds; a server is waited for until it says so."""
        await asyncio.sleep(pause)
        if not self._is_told:
            return
        with suppress(TimeoutError):
            await asyncio.wait_for(self._moved.wait(), _DEAF_SECONDS)
        self._moved.clear()

    async def __call__(self, verb: Callable[Concatenate[Journal, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What the verb returns, once it is on the disk. Raises JournalError."""
        if self._journal is None:
            raise RuntimeError("the journal is not open")
        silent = partial(self._reached, _SILENT) if self.place.server else _nothing
        waits = asyncio.get_running_loop().call_later(_SILENT_SECONDS, silent)
        try:
            answer = await self._run(partial(verb, self._journal, *args, **kwargs), shares=verb in GROUPABLE)
        except (JournalOtherVersion, JournalGone) as error:
            self.outdated = error
            self.when_outdated()
            raise
        except JournalError as error:
            if isinstance(error, JournalAway | JournalRefusesUs | JournalCorrupt) or type(error) is JournalError:
                self._reached(str(error))
            raise
        finally:
            waits.cancel()
        self._reached("")
        return answer

    def _reached(self, away: str) -> None:
        if away != self._away:
            self._away = away
            self.when_reached(away)

    def enqueue(self, verb: Callable[Concatenate[Journal, P], None], *args: P.args, **kwargs: P.kwargs) -> None:
        """Have a verb that cannot fail run before the next that is asked for; nobody waits for it."""
        if self._journal is not None:
            self._soon.append(partial(verb, self._journal, *args, **kwargs))

    async def close(self) -> None:
        """Close the journal after the verbs that were asked for before."""
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
    """A file is never silent: a long verb is at work."""


def _wake(loop: asyncio.AbstractEventLoop, moved: asyncio.Event) -> None:
    """From another thread; a loop that is closed has nobody left to wake."""
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(moved.set)

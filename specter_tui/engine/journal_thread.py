"""The journal on a thread of its own, so that the engine's loop never waits for the disk."""

import asyncio
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, Concatenate, ParamSpec, TypeVar

from specter_tui.journal.journal import SHARING, Journal, outcome
from specter_tui.journal.location import Place
from specter_tui.journal.opening import open_journal
from specter_tui.journal.operators import current_operator
from specter_tui.journal.restoring import Restored
from specter_tui.journal.seen import seen_path

P = ParamSpec("P")
T = TypeVar("T")
_DEAF_SECONDS = 10.0
"""A journal that says when it changed is looked at nevertheless, should what it said have been lost."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A piece of work for the thread, and who waits for it. `first`: what is to be done before, for nobody."""

    work: Callable[[], object]
    answer: asyncio.Future[Any]
    first: Sequence[Callable[[], None]] = ()
    shares: bool = False
    """Whether it may share its commit with others."""


class JournalThread:
    """Runs the journal's verbs one after another: `await journal(Journal.claim, intent, lease)`.

    Verbs that wait at the same time share one commit where they may: it is the commit that takes time.
    """

    def __init__(self, place: Place, shop: int, seen_folder: Path) -> None:
        self.place = place
        self.path = place.path
        self.shop = shop
        self.salt = ""
        self.restored: Restored | None = None
        """What the journal lacked, and was given back, when it was opened: it is an older copy."""
        self.seen_path = seen_path(seen_folder, place.path, shop)
        """The record of what this machine has seen the journal say; it may lie on another disk."""
        self._seen_folder = seen_folder
        self._journal: Journal | None = None
        self._asked: SimpleQueue[_Asked | None] = SimpleQueue()
        self._soon: list[Callable[[], None]] = []
        self._thread: threading.Thread | None = None
        self._moved = asyncio.Event()
        self._is_told = False

    async def open(self) -> None:
        """Open the journal, and make good what it lacks if it is an older copy. Raises JournalError."""
        self._journal = await self._run(partial(open_journal, self.place, self.shop, current_operator()))
        self.salt = self._journal.id
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
        return await self._run(partial(verb, self._journal, *args, **kwargs), shares=verb in SHARING)

    def soon(self, verb: Callable[Concatenate[Journal, P], None], *args: P.args, **kwargs: P.kwargs) -> None:
        """Have a verb that cannot fail run before the next that is asked for; nobody waits for it."""
        if self._journal is not None:
            self._soon.append(partial(verb, self._journal, *args, **kwargs))

    async def close(self) -> None:
        """Close the journal after the verbs that were asked for before."""
        if self._journal is not None:
            await self._run(self._journal.close)
        if self._thread is not None:
            self._asked.put(None)
            self._thread.join()

    async def _run(self, work: Callable[[], T], *, shares: bool = False) -> T:
        if self._thread is None:
            self._thread = threading.Thread(target=self._serve, name="journal", daemon=True)
            self._thread.start()
        answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        first, self._soon = self._soon, []
        self._asked.put(_Asked(work, answer, first, shares))
        return await answer

    def _serve(self) -> None:
        while asked := self._next():
            for shares, some in groupby(asked, attrgetter("shares")):
                self._do(list(some), together=shares)

    def _next(self) -> list[_Asked]:
        """All that waits now, at least one; none when nothing will come any more."""
        asked = [self._asked.get()]
        with suppress(Empty):
            while asked[-1] is not None:
                asked.append(self._asked.get_nowait())
        if asked[-1] is None and len(asked) > 1:
            self._asked.put(None)
        return [one for one in asked if one is not None]

    def _do(self, asked: Sequence[_Asked], *, together: bool) -> None:
        for one in asked:
            for before in one.first:
                before()
        if together and self._journal is not None and len(asked) > 1:
            answers = outcome(partial(self._journal.together, [one.work for one in asked]))
            _tell(asked, answers if isinstance(answers, list) else [answers] * len(asked))
        else:
            for one in asked:
                _tell([one], [outcome(one.work)])


def _wake(loop: asyncio.AbstractEventLoop, moved: asyncio.Event) -> None:
    """From another thread; a loop that is closed has nobody left to wake."""
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(moved.set)


def _tell(asked: Sequence[_Asked], answers: Sequence[object]) -> None:
    """Let those who wait know, in their own thread; a loop that is closed has nobody left who waits."""
    with suppress(RuntimeError):
        asked[0].answer.get_loop().call_soon_threadsafe(_settle, asked, answers)


def _settle(asked: Sequence[_Asked], answers: Sequence[object]) -> None:
    for one, answer in zip(asked, answers, strict=True):
        if one.answer.cancelled():
            continue
        if isinstance(answer, BaseException):
            one.answer.set_exception(answer)
        else:
            one.answer.set_result(answer)

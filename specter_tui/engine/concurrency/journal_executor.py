"""Who does what a journal is asked, one piece after another: a thread for a file, a task on the loop for a server."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from operator import attrgetter
from queue import Empty, SimpleQueue
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of work, and who waits for it. `first`: what is to be done before, for nobody."""

    work: Callable[[], object]
    answer: asyncio.Future[Any]
    first: Sequence[Callable[[], None]] = ()
    shares: bool = False
    """Whether it may be done together with others that wait."""


Do = Callable[[Sequence[Job]], Sequence[object]]
"""Does pieces together, or one by itself, and returns what each returned, or the exception that it raised."""


class Executor(Protocol):
    """Pieces of work that are done in the order in which they are put in."""

    def submit(self, asked: Job) -> None:
        """Have it done; its answer is set on the loop that waits for it."""

    async def close(self) -> None:
        """No more will be put in; all that was has been answered."""


class ThreadExecutor:
    """For what blocks whoever does it, as a file does."""

    def __init__(self, do: Do) -> None:
        self._do = do
        self._asked: SimpleQueue[Job | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._serve, name="journal", daemon=True)
        self._thread.start()

    def submit(self, asked: Job) -> None:
        """Have the thread do it."""
        self._asked.put(asked)

    async def close(self) -> None:
        """End the thread."""
        self._asked.put(None)
        self._thread.join()

    def _serve(self) -> None:
        while asked := self._next():
            for some in _together(asked):
                _tell(some, self._do(some))

    def _next(self) -> list[Job]:
        """All that waits now, at least one; none when nothing will come any more."""
        asked = [self._asked.get()]
        with suppress(Empty):
            while asked[-1] is not None:
                asked.append(self._asked.get_nowait())
        if asked[-1] is None and len(asked) > 1:
            self._asked.put(None)
        return [one for one in asked if one is not None]


class LoopExecutor:
    """For what lets the loop go on where it waits, when `run` does it."""

    def __init__(self, do: Do, run: Callable[[Callable[[], Sequence[object]]], Awaitable[Sequence[object]]]) -> None:
        self._do = do
        self._run = run
        self._asked: list[Job] = []
        self._serving: asyncio.Task[None] | None = None

    def submit(self, asked: Job) -> None:
        """Have a task do it, which lasts as long as there is work."""
        self._asked.append(asked)
        if self._serving is None:
            self._serving = asyncio.get_running_loop().create_task(self._serve())

    async def close(self) -> None:
        """The task has ended by itself."""

    async def _serve(self) -> None:
        try:
            while self._asked:
                asked, self._asked = self._asked, []
                for some in _together(asked):
                    _settle(some, await self._run(partial(self._do, some)))
        finally:
            self._serving = None


def _together(asked: Sequence[Job]) -> Iterator[list[Job]]:
    """What follows one another and may be done together, in one list; any other by itself."""
    for shares, some in groupby(asked, attrgetter("shares")):
        group = list(some)
        yield from [group] if shares else ([one] for one in group)


def _tell(asked: Sequence[Job], answers: Sequence[object]) -> None:
    """Let those who wait know, on their own loop; one that is closed has nobody left who waits."""
    with suppress(RuntimeError):
        asked[0].answer.get_loop().call_soon_threadsafe(_settle, asked, answers)


def _settle(asked: Sequence[Job], answers: Sequence[object]) -> None:
    for one, answer in zip(asked, answers, strict=True):
        if one.answer.cancelled():
            continue
        if isinstance(answer, BaseException):
            one.answer.set_exception(answer)
        else:
            one.answer.set_result(answer)

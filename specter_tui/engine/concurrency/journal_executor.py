"""Executors for the journal's operations, one after another: a thread for a file, a task on the loop for a server."""

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
    """An operation with the future of its answer. `first` are operations to be done before it, without an answer."""

    work: Callable[[], object]
    answer: asyncio.Future[Any]
    first: Sequence[Callable[[], None]] = ()
    shares: bool = False
    """True if it may be grouped with other queued jobs."""


Do = Callable[[Sequence[Job]], Sequence[object]]
"""Does jobs together, or one alone, and returns the result or exception of each."""


class Executor(Protocol):
    """Runs jobs in the order in which they are submitted."""

    def submit(self, asked: Job) -> None:
        """Queue a job; its answer is set on the event loop that waits for it."""

    async def close(self) -> None:
        """End the executor; all jobs have been answered, and none will follow."""


class ThreadExecutor:
    """For operations that block, as on a file."""

    def __init__(self, do: Do) -> None:
        self._do = do
        self._asked: SimpleQueue[Job | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._serve, name="journal", daemon=True)
        self._thread.start()

    def submit(self, asked: Job) -> None:
        """Queue a job for the thread."""
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
        """Return all queued jobs, waiting for at least one; none after the end."""
        asked = [self._asked.get()]
        with suppress(Empty):
            while asked[-1] is not None:
                asked.append(self._asked.get_nowait())
        if asked[-1] is None and len(asked) > 1:
            self._asked.put(None)
        return [one for one in asked if one is not None]


class LoopExecutor:
    """For operations that `run` does without blocking the loop."""

    def __init__(self, do: Do, run: Callable[[Callable[[], Sequence[object]]], Awaitable[Sequence[object]]]) -> None:
        self._do = do
        self._run = run
        self._asked: list[Job] = []
        self._serving: asyncio.Task[None] | None = None

    def submit(self, asked: Job) -> None:
        """Queue a job for a task, which runs while there are jobs."""
        self._asked.append(asked)
        if self._serving is None:
            self._serving = asyncio.get_running_loop().create_task(self._serve())

    async def close(self) -> None:
        """Do nothing: the task ends by itself."""

    async def _serve(self) -> None:
        try:
            while self._asked:
                asked, self._asked = self._asked, []
                for some in _together(asked):
                    _settle(some, await self._run(partial(self._do, some)))
        finally:
            self._serving = None


def _together(asked: Sequence[Job]) -> Iterator[list[Job]]:
    """Yield consecutive jobs that may be grouped as one list, and each other job alone."""
    for shares, some in groupby(asked, attrgetter("shares")):
        group = list(some)
        yield from [group] if shares else ([one] for one in group)


def _tell(asked: Sequence[Job], answers: Sequence[object]) -> None:
    """Set the answers on the loop that waits for them; ignore a closed loop."""
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

"""The journal on a thread of its own, so that the engine's loop never waits for the disk."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from specter_tui.journal.journal import Journal
from specter_tui.journal.operators import current_operator
from specter_tui.journal.restoring import Restored
from specter_tui.journal.seen import seen_path

P = ParamSpec("P")
T = TypeVar("T")


class JournalThread:
    """Runs the journal's verbs one after another: `await journal(Journal.claim, intent, lease)`."""

    def __init__(self, path: Path, shop: int, seen_folder: Path) -> None:
        self.path = path
        self.shop = shop
        self.salt = ""
        self.restored: Restored | None = None
        """What the journal lacked, and was given back, when it was opened: it is an older copy."""
        self.seen_path = seen_path(seen_folder, path, shop)
        """The record of what this machine has seen the journal say; it may lie on another disk."""
        self._seen_folder = seen_folder
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="journal")
        self._journal: Journal | None = None

    async def open(self) -> None:
        """Open the journal, and make good what it lacks if it is an older copy. Raises JournalError."""
        self._journal = await self._run(partial(Journal.open, self.path, self.shop, current_operator()))
        self.salt = self._journal.id
        self.restored = await self(Journal.watch_over, self._seen_folder)

    async def __call__(self, verb: Callable[Concatenate[Journal, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What the verb returns, once it is on the disk. Raises JournalError."""
        if self._journal is None:
            raise RuntimeError("the journal is not open")
        return await self._run(partial(verb, self._journal, *args, **kwargs))

    def soon(self, verb: Callable[Concatenate[Journal, P], None], *args: P.args, **kwargs: P.kwargs) -> None:
        """Have a verb that cannot fail run before all that are asked for later; nobody waits for it."""
        if self._journal is not None:
            self._pool.submit(verb, self._journal, *args, **kwargs)

    async def close(self) -> None:
        """Close the journal after the verbs that were asked for before."""
        if self._journal is not None:
            await self._run(self._journal.close)
        self._pool.shutdown()

    async def _run(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._pool, work)

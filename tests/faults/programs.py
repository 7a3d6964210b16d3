"""Programs in separate processes, started at once and ended by signals.

They are forked from a server that has imported all modules already.
"""

import json
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from itertools import count
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from tests.support.waiting import PATIENCE, wait_for

_FILES = count(1)


@cache
def _context() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(
        [
            "anyio._backends._asyncio",
            "specter_tui.cli.app",
            "specter_tui.console.after_first_frame",
            "specter_tui.console.run",
            "specter_tui.journal.postgres.postgres_store",
            "tests.faults.programs",
            "tests.faults.dying",
        ]
    )
    return context


def ready() -> None:
    """Start the server, so that no test's first program waits for it."""
    process = _context().Process(target=_nothing)
    process.start()
    process.join(PATIENCE)


def _nothing() -> None:
    pass


class Program:
    """A running specter-tui with these arguments and exactly this environment; its output is in files in `folder`.

    `first` runs in its process before it; `place` is its working folder, if not the test's own.
    """

    def __init__(
        self,
        folder: Path,
        words: tuple[str, ...],
        environment: Mapping[str, str],
        first: Callable[[], None] | None = None,
        place: Path | None = None,
    ) -> None:
        self._files = folder / f"out-{next(_FILES)}", folder / f"err-{next(_FILES)}"
        for file in self._files:
            file.touch()
        self._process = _context().Process(
            target=_become, args=(words, dict(environment), [str(file) for file in self._files], first, place)
        )
        self._process.start()
        self._pid = self._process.pid or sys.maxsize

    @property
    def running(self) -> bool:
        return self._process.is_alive()

    def signal(self, number: signal.Signals) -> None:
        """Send a signal, if it still runs."""
        with suppress(ProcessLookupError):
            os.kill(self._pid, number)

    def end(self) -> int:
        """Wait for its end; return its exit status, below 0 for the signal that killed it."""
        self._process.join(PATIENCE)
        assert not self.running, f"does not end: {self.err[-2000:]}"
        assert self._process.exitcode is not None
        return self._process.exitcode

    def kill(self) -> None:
        """Kill it, as a power cut would."""
        self.signal(signal.SIGKILL)
        assert self.end() == -signal.SIGKILL, self.err

    def close(self) -> None:
        """End it, whatever it does."""
        if self.running:
            self._process.kill()
            self._process.join(PATIENCE)

    @property
    def out(self) -> str:
        return self._files[0].read_text()

    @property
    def err(self) -> str:
        return self._files[1].read_text()

    @property
    def views(self) -> dict[int, dict[str, Any]]:
        """Return the lines of --json, by uid; of a repeated order the last."""
        return {line["uid"]: line for line in map(json.loads, self.out.splitlines())}

    def wait_for_view(self, uid: int) -> dict[str, Any]:
        """Wait for the order's line and return it."""
        wait_for(lambda: f'"uid": {uid},' in self.out, lambda: f"order {uid}: {self.out} {self.err}")
        return self.views[uid]


def forked(work: Callable[[], None]) -> int:
    """Run a function in a separate process; return its exit status, negative for the signal that killed it."""
    process = _context().Process(target=work)
    process.start()
    process.join(PATIENCE)
    assert process.exitcode is not None
    return process.exitcode


def in_terminal(
    terminal: str,
    environment: Mapping[str, str],
    words: tuple[str, ...] = (),
    folder: Path | None = None,
    run: Callable[[], int] | None = None,
    *,
    is_borrowed: bool = False,
) -> BaseProcess:
    """Start the program, or `run`, in a session of its own, with that terminal, in that folder.

    `is_borrowed`: the terminal is not the session's own, so that no signal tells of its end.
    """
    process = _context().Process(
        target=_become_in_terminal, args=(terminal, is_borrowed, dict(environment), words, folder, run)
    )
    process.start()
    return process


def _become(
    words: tuple[str, ...],
    environment: dict[str, str],
    files: list[str],
    first: Callable[[], None] | None,
    place: Path | None,
) -> None:
    if place is not None:
        os.chdir(place)
    for handle, file in enumerate(files, start=1):
        os.dup2(os.open(file, os.O_WRONLY | os.O_APPEND), handle)
    _be(words, environment, first)


def _become_in_terminal(
    terminal: str,
    is_borrowed: bool,
    environment: dict[str, str],
    words: tuple[str, ...],
    folder: Path | None,
    run: Callable[[], int] | None,
) -> None:
    os.setsid()
    os.chdir(folder or ".")
    # The first terminal that a session's leader opens is its own: SIGHUP tells of its end.
    line = os.open(terminal, os.O_RDWR | (os.O_NOCTTY if is_borrowed else 0))
    for handle in (0, 1, 2):
        os.dup2(line, handle)
    os.close(line)
    sys.stdin = sys.__stdin__ = os.fdopen(0, closefd=False)  # type: ignore[misc]
    sys.stdout = sys.__stdout__ = os.fdopen(1, "w", closefd=False)  # type: ignore[misc]
    sys.stderr = sys.__stderr__ = os.fdopen(2, "w", closefd=False)  # type: ignore[misc]
    _be(words, environment, None, run)


def _be(
    words: tuple[str, ...],
    environment: dict[str, str],
    first: Callable[[], None] | None,
    run: Callable[[], int] | None = None,
) -> None:
    os.environ.clear()
    os.environ.update(environment)
    for number in (signal.SIGHUP, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)  # Whoever runs the tests may have set them to be ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.argv[1:] = words
    if first is not None:
        first()
    if run is not None:
        sys.exit(run())
    from specter_tui.__main__ import main  # noqa: PLC0415 - as late as it is in its own process

    main()

"""Shut down without interrupting a call: on a key, a signal, or when the terminal is gone.

A signal may find the screen's loop blocked in a write to a dead terminal, so a thread of its own asks the engine to
stop, waits for it, and kills the process if the screen has not ended by then.
"""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from specter_tui.console.engine_ports import EngineLike, SupervisorLike

_SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
_SCREEN_GRACE = 3.0
"""Seconds for the screen to restore the terminal, after the engine has stopped."""
_PROCESS_GRACE = 2.0
"""Seconds for the process to end, after the screen."""
OUTDATED = 2
"""Exit code where another program has upgraded the journal: the installed version no longer fits."""
INTERRUPTED = 130


class GracefulShutdown:
    """Knows the engine, whether it has stopped, and why the process shuts down."""

    def __init__(self, grace: float) -> None:
        self.grace = grace
        self.stopped = threading.Event()
        self.ended = threading.Event()
        """Set when the screen has restored the terminal."""
        self.by_signal: int | None = None
        self.error = ""
        self.outdated = False
        self._lock = threading.RLock()
        self._engine: EngineLike | SupervisorLike | None = None
        self._asked = False
        self._tell_screen: Callable[[], None] = lambda: None
        self._end_screen: Callable[[], None] = lambda: None

    @property
    def asked(self) -> bool:
        """True if the engine was asked to stop, or will be as soon as it is open."""
        return self._asked

    @property
    def code(self) -> int:
        """The exit code for the reason of the shutdown."""
        if self.outdated:
            return OUTDATED
        return INTERRUPTED if self.by_signal == signal.SIGINT else 0

    def watch_screen(self, tell: Callable[[], None], end: Callable[[], None]) -> None:
        """Set the functions that ask the screen to end, and that end it.

        Both are called on other threads and must not wait.
        """
        self._tell_screen, self._end_screen = tell, end

    def hear(self, message: Any) -> None:
        """Record the engine's end; called on its thread."""
        if type(message).__name__ == "Stopped":  # The class itself is not imported in the first frame.
            self.error, self.outdated = message.error, message.outdated
            self.stopped.set()

    def engine_is(self, engine: EngineLike | SupervisorLike) -> None:
        """Set the engine. If the shutdown has begun already, it stops at once."""
        with self._lock:
            self._engine = engine
            asked = self._asked
        if asked:
            engine.shut_down(hung_up=self.hung_up)

    def no_engine(self) -> None:
        """Record that there will be no engine to wait for."""
        self.stopped.set()

    def ask(self) -> None:
        """Ask the engine to begin no new work, finish and stop."""
        with self._lock:
            first, self._asked, engine = not self._asked, True, self._engine
        if first and engine is not None:
            engine.shut_down(hung_up=self.hung_up)

    def finish(self) -> bool:
        """Ask the engine to stop, and wait; return whether it did."""
        self.ask()
        return self.stopped.wait(self.grace)

    def hang_up(self) -> None:
        """Shut down because the terminal is gone."""
        self.leave_by(signal.SIGHUP)

    @property
    def hung_up(self) -> bool:
        """True if the terminal is gone."""
        return self.by_signal == signal.SIGHUP

    def leave_by(self, signum: int) -> None:
        """Shut down because of a signal; only the first one counts."""
        with self._lock:
            if self.by_signal is not None:
                return
            self.by_signal = signum
        if signum == signal.SIGHUP:
            _let_go_of_line()
        threading.Thread(target=self._drain_and_end, name="leaving", daemon=True).start()
        if signum != signal.SIGHUP:  # Nobody would see it.
            self._tell_screen()

    @contextmanager
    def signals(self) -> Iterator[None]:
        """Handle the signals that end the program; for the main thread."""
        before = {signum: signal.signal(signum, self._on_signal) for signum in _SIGNALS}
        try:
            yield
        finally:
            for signum, handler in before.items():
                signal.signal(signum, handler)

    def _on_signal(self, signum: int, _frame: FrameType | None) -> None:
        self.leave_by(signum)

    def _drain_and_end(self) -> None:
        drained = self.finish()
        # The screen ends normally, so that everything is closed. After a hang-up that may fail: Textual's output can
        # wait for ever for a dead terminal.
        self._end_screen()
        self.ended.wait(_SCREEN_GRACE)
        time.sleep(_PROCESS_GRACE)  # A daemon thread: normally the process has ended before this time.
        os._exit(self.code if drained else 1)


def _let_go_of_line() -> None:
    """Redirect standard streams to nowhere: each read or write of a dead terminal would fail."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for handle in (0, 1, 2):
        os.dup2(nowhere, handle)
    os.close(nowhere)

"""The event loop for all work of this process, in a thread of its own."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from typing import Any


class EventLoopThread:
    """A loop that runs `main`, for one shop or a supervisor of many.

    `ended` receives the error that ended it, or "".
    """

    def __init__(self, main: Callable[[], Coroutine[Any, Any, None]], ended: Callable[[str], None]) -> None:
        self._main = main
        self._ended = ended
        self._thread = threading.Thread(target=self._run, name="engine", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def join(self, timeout: float | None = None) -> bool:
        """Wait until `main` has ended; return whether it has."""
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _run(self) -> None:
        error = ""
        try:
            asyncio.run(self._main())
        except Exception as crash:
            error = f"{type(crash).__name__}: {crash}"
            raise
        finally:
            self._ended(error)

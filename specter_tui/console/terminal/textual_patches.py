"""Work around faults of Textual's Linux driver; each has a condition for its removal.

1. A byte that is not UTF-8 on stdin (old-style mouse reports when tmux re-attaches, a stray 0xFF) ends the app with a
traceback and exit code 0. Remove when the driver decodes with errors replaced (Textualize/textual#6668).

2. When the terminal is gone, the input thread reads nothing for ever at full speed, or fails and ends the app. Remove
when the driver ends its input thread at the end of the input and tells the app.

3. A hang-up also brings SIGCONT, on which it starts its threads a second time and then waits for the first ones for
ever. Remove when it starts again only after it was stopped.

4. Keys get their time when they are parsed, which on a busy machine is long after they were read: an Enter typed before
a question was shown would answer it. Remove when a key's time is that of its read.

5. It draws on stderr, even if that is a file (`2>errors.log`). Remove when it draws on a terminal if there is one.
"""

import sys
import time
from codecs import getincrementaldecoder
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual.drivers import linux_driver
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from specter_tui.console.shutdown import GracefulShutdown

if TYPE_CHECKING:
    from textual.app import App

_PAUSE = 0.2


class LenientDecoder:
    """Decodes UTF-8 with invalid bytes replaced, and reports the end of the input."""

    def __init__(self, gone: Callable[[], None]) -> None:
        self._decoder = getincrementaldecoder("utf-8")(errors="replace")
        self._gone = gone
        self.read_at = time.monotonic()
        """The time when the bytes being parsed were read."""

    def decode(self, data: bytes, final: bool = False) -> str:
        """Decode; the selector reported input, so an empty read means that the other end is gone."""
        if data:
            self.read_at = time.monotonic()
        elif not final:
            self._gone()
            time.sleep(_PAUSE)
        return self._decoder.decode(data, final)


def driver_class(leaving: GracefulShutdown, crashed: Callable[[Exception], None]) -> type[LinuxDriver]:
    """Return the driver class with these workarounds; `crashed` is called on the input thread."""

    class ForgivingDriver(LinuxDriver):
        def __init__(self, app: "App[Any]", **options: Any) -> None:
            super().__init__(app, **options)
            if not sys.__stderr__.isatty():  # type: ignore[union-attr]  # errors go to a file: draw on the terminal.
                self._file = sys.__stdout__
            self._decoder = LenientDecoder(leaving.hang_up)
            # The module's own name, which is looked up when the input thread starts.
            vars(linux_driver)["getincrementaldecoder"] = lambda _: lambda: self._decoder

        def process_message(self, message: Message) -> None:
            message.time = self._decoder.read_at
            super().process_message(message)

        def _sigcont_application(self, *signal_and_frame: Any) -> None:
            if not leaving.hung_up:
                super()._sigcont_application(*signal_and_frame)

        def _run_input_thread(self) -> None:
            try:
                self.run_input_thread()
            except OSError:
                leaving.hang_up()
            except Exception as error:  # noqa: BLE001 - whatever it is, the app must hear of it
                crashed(error)

    return ForgivingDriver

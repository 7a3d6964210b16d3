"""Round faults of Textual's Linux driver, each with the condition for its removal.

1. A byte that is no UTF-8 on stdin (old-style mouse reports when tmux re-attaches, a stray 0xFF) ends the app with a
   traceback and exit code 0. Remove when the driver decodes with errors replaced (Textualize/textual#6668).
2. When the terminal is gone, the input thread reads nothing for ever at full speed, or dies of the error and takes the
   app along. Remove when the driver ends its input thread at the end of the input and tells the app.
3. A hang-up also brings SIGCONT, on which it starts its threads a second time and then waits for the first ones for
   ever. Remove when it starts again only after it was stopped.
4. Keys get their time when they are parsed, which on a busy machine is long after they were read: an enter that was
   typed before a question was there would answer it. Remove when a key's time is that of its read.
5. It draws on stderr, also where that is a file (`2>errors.log`). Remove when it draws on a terminal if there is one.
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
    """Decodes UTF-8 with what is none replaced, and tells of the end of the input."""

    def __init__(self, gone: Callable[[], None]) -> None:
        self._decoder = getincrementaldecoder("utf-8")(errors="replace")
        self._gone = gone
        self.read_at = time.monotonic()
        """When the bytes were read that are parsed now."""

    def decode(self, data: bytes, final: bool = False) -> str:
        """Decode; the selector said that there is something, so nothing at all means that the other end is gone."""
        if data:
            self.read_at = time.monotonic()
        elif not final:
            self._gone()
            time.sleep(_PAUSE)
        return self._decoder.decode(data, final)


def driver_class(leaving: GracefulShutdown, crashed: Callable[[Exception], None]) -> type[LinuxDriver]:
    """The driver with these faults gone round; `crashed` is called on the input thread."""

    class ForgivingDriver(LinuxDriver):
        def __init__(self, app: "App[Any]", **options: Any) -> None:
            super().__init__(app, **options)
            if not sys.__stderr__.isatty():  # type: ignore[union-attr]  # errors go to a file: draw on the terminal.
                self._file = sys.__stdout__
            self._decoder = LenientDecoder(leaving.hang_up)
            # The module's own name, looked up when the input thread starts.
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

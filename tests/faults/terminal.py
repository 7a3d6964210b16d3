"""A console in a pseudo-terminal of its own: its end is a SIGHUP, as when an SSH window is closed."""

import os
import pty
import re
import select
import struct
import termios
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from fcntl import ioctl
from multiprocessing.process import BaseProcess
from pathlib import Path

import pyte
from pyte.screens import Char

from tests.faults.programs import in_terminal

PATIENCE = 60.0
Size = tuple[int, int]
"""Columns and lines."""
_LARGE: Size = (160, 40)
_NOT_PYTES = re.compile(rb"\x1b\[[<>=][0-9;]*[a-zA-Z]")
"""Sequences of newer terminals, which the emulator would show as text."""
_CONTROLS = re.compile(rb"\x1b\[[0-9;?<>=$]*[a-zA-Z@`]|\x1b[()][A-Z0-9]|\x1b[=>]|\x1b\][^\x07\x1b]*(\x07|\x1b\\)")


def _as_seen(cell: Char) -> Char:
    if cell.data != " " or cell.underscore or cell.reverse or cell.strikethrough:
        return cell
    return cell._replace(fg="default", bold=False, italics=False)


class Terminal:
    """The user's end."""

    def __init__(self, process: BaseProcess, name: str, handle: int, size: Size) -> None:
        self.process = process
        self.name = name
        """The system's name of it: pts/3."""
        self.size = size
        self.writes: list[tuple[float, int]] = []
        """The times of output, with their numbers of bytes."""
        self._handle: int | None = handle
        self._seen = b""
        self._emulated = 0
        self.blank()

    @property
    def running(self) -> bool:
        return self.process.is_alive()

    def blank(self) -> None:
        """Replace it by another terminal of the same size, which shows nothing yet."""
        self._screen = pyte.Screen(*self.size)
        self._stream = pyte.ByteStream(self._screen)
        self._emulated = len(self._seen)

    @property
    def screen(self) -> list[str]:
        """Return the terminal's screen after all output, line by line."""
        new, self._emulated = self._seen[self._emulated :], len(self._seen)
        self._stream.feed(_NOT_PYTES.sub(b"", new))
        return self._screen.display

    @property
    def inked(self) -> list[list[tuple[str, ...]]]:
        """Return the screen's cells with their colours and styles, of a space those that show."""
        lines = [self._screen.buffer[y] for y in range(self.size[1])] if self.screen else []
        return [[tuple(map(str, _as_seen(line[x]))) for x in range(self.size[0])] for line in lines]

    @property
    def sent(self) -> int:
        """Return the number of bytes written so far."""
        return len(self._seen)

    def resize(self, size: Size) -> None:
        """Change the window's size."""
        assert self._handle is not None
        ioctl(self._handle, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self.size = size
        self.blank()

    @property
    def written(self) -> str:
        """Return all output so far, unchanged."""
        return self._seen.decode(errors="replace")

    @property
    def text(self) -> str:
        """Return all output so far, without moves and colours."""
        return _CONTROLS.sub(b"", self._seen).decode(errors="replace")

    def read(self, seconds: float = 0.05) -> bool:
        """Read the available output; return whether there was any."""
        if self._handle is None:
            time.sleep(seconds)
            return False
        ready, _, _ = select.select([self._handle], [], [], seconds)
        data = b""
        if ready:
            with suppress(OSError):
                data = os.read(self._handle, 65536)
        self._seen += data
        if data:
            self.writes.append((time.monotonic(), len(data)))
        return bool(data)

    def wait_for(self, text: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while text not in self.text:
            assert time.monotonic() < deadline, f"{text!r} is not shown: {self.text[-3000:]}"
            assert self.running, f"ended without {text!r}: {self.text[-3000:]}"
            self.read()

    def shows(self, *words: str) -> bool:
        """Return whether a line of the screen has all of these texts."""
        return any(all(word in line for word in words) for line in self.screen)

    def wait_for_screen(self, shown: str) -> None:
        """Wait until the screen has this text in a line."""
        self.wait_until(lambda: self.shows(shown), shown)

    def wait_until(self, seen: Callable[[], bool], what: str) -> None:
        """Wait until the screen is as expected."""
        deadline = time.monotonic() + PATIENCE
        while not seen():
            assert time.monotonic() < deadline, f"{what!r} is not shown:\n" + "\n".join(self.screen)
            assert self.running, f"ended without {what!r}: {self.text[-3000:]}"
            self.read()

    def wait_quietly(self, seconds: float = 0.3) -> None:
        """Wait until nothing has been written for a moment."""
        while self.read(seconds):
            pass

    def type(self, keys: str) -> None:
        assert self._handle is not None
        os.write(self._handle, keys.encode())

    def hang_up(self) -> None:
        """Close the window."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def end(self) -> int:
        """Wait for the program's end; return its exit status."""
        deadline = time.monotonic() + PATIENCE
        while self.running:
            assert time.monotonic() < deadline, f"does not end: {self.text[-3000:]}"
            self.read()
        while self.read(0.1):
            pass
        assert self.process.exitcode is not None
        return self.process.exitcode

    def close(self) -> None:
        """End it, whatever it does."""
        if self.running:
            self.process.kill()
        self.process.join()
        self.hang_up()


def read_all(terminals: Sequence[Terminal], until: Callable[[Terminal], bool]) -> float:
    """Read from all at once until each shows the expected text; return when the last one did, by the wall clock."""
    waiting, at = list(terminals), time.time()
    deadline = time.monotonic() + PATIENCE
    while waiting:
        assert time.monotonic() < deadline, "\n".join(waiting[0].screen)
        for one in list(waiting):
            one.read(0.005)
            if until(one):
                waiting.remove(one)
                at = time.time()
    return at


@contextmanager
def open_terminal(
    environment: Mapping[str, str], size: Size = _LARGE, words: tuple[str, ...] = (), folder: Path | None = None
) -> Iterator[Terminal]:
    """Run the console, or a command, in a new terminal; it is killed at the end of the block if it still runs."""
    master, slave = pty.openpty()
    ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
    name = os.ttyname(slave)
    terminal = Terminal(in_terminal(name, environment, words, folder), name.removeprefix("/dev/"), master, size)
    try:
        yield terminal
    finally:
        terminal.close()
        os.close(slave)

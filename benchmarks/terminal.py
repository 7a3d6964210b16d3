"""A program in its own pseudo-terminal, watched until its first frame is drawn."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_LONGEST = 30.0
_ALTERNATE_SCREEN = b"\x1b[?1049h"
_CONTROL = re.compile(rb"\x1b\[[0-9;?<>=$]*[a-zA-Z]|\x1b\][^\x07]*\x07|[\r\n]")


@dataclass(frozen=True, slots=True)
class Size:
    """Columns and rows."""

    columns: int
    rows: int

    def __str__(self) -> str:
        return f"{self.columns}x{self.rows}"


def seconds_to_first_frame(
    command: Sequence[str], size: Size, environment: Mapping[str, str], words: Sequence[bytes] = ()
) -> float:
    """Return the seconds from exec until as many characters as the screen has cells, and all words, were drawn."""
    ready, go = os.pipe()
    pid, terminal = pty.fork()
    if pid == 0:
        os.read(ready, 1)  # until the terminal has its size.
        os.execve(command[0], list(command), dict(environment))
    try:
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", size.rows, size.columns, 0, 0))
        started = time.perf_counter()
        os.write(go, b".")
        _watch(terminal, size, words, started + _LONGEST)
        return time.perf_counter() - started
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        for one in (terminal, ready, go):
            os.close(one)


def _watch(terminal: int, size: Size, words: Sequence[bytes], until: float) -> None:
    seen = b""
    while not _is_painted(seen, size, words):
        if not select.select([terminal], [], [], max(0.0, until - time.perf_counter()))[0]:
            raise TimeoutError(f"no first frame after {_LONGEST:.0f} seconds: {seen[-500:]!r}")
        seen += os.read(terminal, 65536)


def _is_painted(seen: bytes, size: Size, words: Sequence[bytes]) -> bool:
    painted = seen.partition(_ALTERNATE_SCREEN)[2]
    if len(painted) < size.columns * size.rows or not all(word in painted for word in words):
        return False
    return len(_CONTROL.sub(b"", painted).decode(errors="replace")) >= size.columns * size.rows

"""The console with many waiting orders and a long journal: its memory, and its response time to a key."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import tempfile
import termios
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.first_frame import fill, settings_file
from benchmarks.sandboxes import sandbox
from benchmarks.table import Line
from benchmarks.terminal import Size

SIZE = Size(120, 40)
MEGABYTES, KEY_SECONDS, STALL_SECONDS = 120.0, 0.05, 0.05
_PATIENCE = 180.0
_DELAY = 0.2
DOWN, _PAGE_DOWN = b"\x1b[B", b"\x1b[6~"


@dataclass
class Console:
    """A console in a pseudo-terminal, and the records of the probe on its loop."""

    pid: int
    terminal: int
    notes: Path
    seen: bytes = field(default=b"")
    sent: int = 0
    """The number of bytes read so far."""

    def read(self, seconds: float) -> bool:
        """Read the next output; return whether there was any."""
        if not select.select([self.terminal], [], [], seconds)[0]:
            return False
        data = os.read(self.terminal, 65536)
        self.seen, self.sent = (self.seen + data)[-200_000:], self.sent + len(data)
        return True

    def rest(self, seconds: float) -> None:
        """Read all output for that many seconds."""
        until = time.perf_counter() + seconds
        while (left := until - time.perf_counter()) > 0:
            self.read(left)

    def wait_for(self, what: bytes) -> None:
        """Read until the text was written."""
        until = time.perf_counter() + _PATIENCE
        while re.search(what, self.seen) is None:
            assert time.perf_counter() < until, self.seen[-1500:].decode(errors="replace")
            self.read(1.0)

    def type(self, keys: bytes, seconds: float = 0.3) -> None:
        """Press keys, and read the answers."""
        os.write(self.terminal, keys)
        self.rest(seconds)

    def answer_seconds(self, keys: int) -> list[float]:
        """Return the seconds from each key to the first byte of its answer."""
        found = []
        for number in range(keys):
            while self.read(0):
                pass
            pressed = time.perf_counter()
            os.write(self.terminal, _PAGE_DOWN if number % 10 == 9 else DOWN)
            assert self.read(10.0), "a key was not answered"
            found.append(time.perf_counter() - pressed)
            self.rest(0.05)
        return found

    def megabytes(self) -> float:
        """Return its peak memory so far."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        found = re.search(r"VmHWM:\s+(\d+) kB", status)
        assert found is not None
        return int(found[1]) / 1024

    def longest_stall(self, since: float) -> float:
        """Return the longest delay of the screen's loop, in seconds."""
        lines = [line.split() for line in self.notes.read_text(encoding="ascii").splitlines()]
        return max((float(late) for at, late in lines if float(at) >= since), default=0.0)


def console_of_many_orders(orders: int, rows: int, keys: int, exports: int = 50) -> list[Line]:
    """Measure moves and pages of the cursor while some of the orders are exported.

    More than 25, which are confirmed.
    """
    with sandbox(orders, _DELAY) as pointers, tempfile.TemporaryDirectory(prefix="bench-") as folder:
        fill(Path(folder) / "journal.db", int(pointers["ABICART__WEBSHOP"]), rows)
        file = settings_file(Path(folder), {**pointers, "WATCH__INTERVAL": "60", "UI__LANGUAGE": "en"})
        with console(file) as running:
            running.wait_for(rb"updated [0-9]")
            running.rest(3.0)
            loaded = time.perf_counter()
            for _ in range(exports):
                running.type(b" ", 0.05)
            running.type(b"e", 1.0)
            running.type(str(exports).encode(), 0.5)
            running.seen = b""
            running.type(b"\r", 0.0)
            running.wait_for(rb"exported")
            answers = sorted(running.answer_seconds(keys))
            memory, stall = running.megabytes(), running.longest_stall(loaded)
    name = f"console, {orders} orders, {rows} rows"
    return [
        _limit(f"{name}: memory", "MB", memory, MEGABYTES),
        _limit(f"{name}: key, 95 of 100, {exports} exports", "s", answers[int(len(answers) * 0.95)], KEY_SECONDS),
        _limit(f"{name}: longest stall, {exports} exports", "s", stall, STALL_SECONDS),
    ]


def _limit(name: str, unit: str, measured: float, limit: float) -> Line:
    return Line.of(name, unit, [measured], [limit], beside="limit", demanded=1.0, at_most=True)


@contextmanager
def console(settings: Path) -> Iterator[Console]:
    notes = settings.parent / "notes"
    notes.touch()
    command = [sys.executable, "-m", "benchmarks.probed_console", str(notes), "--settings", str(settings)]
    pid, terminal = pty.fork()
    if pid == 0:
        os.execve(command[0], command, _environment(settings.parent))
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", SIZE.rows, SIZE.columns, 0, 0))
    try:
        yield Console(pid, terminal, notes)
    finally:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(terminal)


def _environment(home: Path) -> Mapping[str, str]:
    root = str(Path(__file__).parents[1])
    own = {"HOME": str(home), "PYTHONPATH": root, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    return {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **own}

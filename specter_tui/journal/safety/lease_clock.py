"""Times and leases. A lease is judged by the machine's boot clock and by whether its process lives, never by wall time.

The wall clock only says when a thing happened. It jumps; a lease that trusted it could end while its call is in flight.
"""

import os
import subprocess
import time
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

_PROC = Path("/proc")
_STATE, _STARTED = 0, 19  # positions in /proc/PID/stat, counted after the command's closing parenthesis.
_DEAD = "ZX"


@dataclass(frozen=True, slots=True)
class Process:
    """A process so named that no later one has the same name.

    boot: the machine's boot; space: its process-id namespace (empty where there is none); started: in ticks since boot
    (empty where it cannot be known).
    """

    boot: str
    space: str
    pid: int
    started: str

    def __str__(self) -> str:
        return f"{self.boot}/{self.space}/{self.pid}/{self.started}"

    @classmethod
    def parse(cls, text: str) -> "Process":
        """Read back what str() wrote."""
        boot, space, pid, started = text.split("/")
        return cls(boot, space, int(pid), started)


class LeaseClock:
    """The clock of leases, in milliseconds since boot, and the process that holds them: this one."""

    def __init__(self) -> None:
        self.process = this_process()
        self.me = str(self.process)

    def now(self) -> int:
        """Return the milliseconds since boot, time asleep included where the system tells it."""
        return boottime_ns() // 1_000_000

    def end(self, lease: timedelta) -> int:
        """Return when a lease that begins now is over."""
        return self.now() + lease // timedelta(milliseconds=1)

    def over(self, holder: str, until: int) -> bool:
        """Return whether a lease has ended: another boot, its time, or its process gone from this host.

        A process of another namespace (a container on the same host) cannot be looked up: there only time ends a lease.
        """
        process = Process.parse(holder)
        if process.boot != self.process.boot or self.now() >= until:
            return True
        return process.space == self.process.space and process_gone(process)


def wall_us() -> int:
    """Return the time of day as microseconds since 1970, UTC."""
    return time.time_ns() // 1_000


def this_process() -> Process:
    """Return the name of the process that asks."""
    try:
        space = str((_PROC / "self/ns/pid").readlink())
    except OSError:
        space = ""
    stat = _stat(os.getpid())
    return Process(_boot_id(), space, os.getpid(), stat[_STARTED] if stat else "")


def process_gone(process: Process) -> bool:
    """Return whether the process has ended, be its number used again or not. When in doubt it lives."""
    try:
        os.kill(process.pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        pass
    stat = _stat(process.pid)
    if stat is None or not process.started:
        return False
    return stat[_STATE] in _DEAD or stat[_STARTED] != process.started


def _stat(pid: int) -> list[str] | None:
    try:
        text = (_PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    return text.rpartition(")")[2].split()


@cache
def _boot_id() -> str:
    try:
        return (_PROC / "sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        command = ["/usr/sbin/sysctl", "-n", "kern.bootsessionuuid"]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()  # noqa: S603


def boottime_ns() -> int:
    """Nanoseconds since some beginning, by a clock that nobody sets; time asleep counts where the system tells it."""
    boottime = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic_ns() if boottime is None else time.clock_gettime_ns(boottime)

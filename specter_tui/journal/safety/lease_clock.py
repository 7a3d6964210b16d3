"""Clocks. A lease is judged by the machine's boot clock and by whether its process lives, never by wall time.

The wall clock only dates events. It can jump, and a lease that used it could end while its call is in flight.
"""

import os
import subprocess
import time
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

_PROC = Path("/proc")
_STATE, _STARTED = 0, 19  # Positions in /proc/PID/stat, counted after the command's closing parenthesis.
_DEAD = "ZX"


@dataclass(frozen=True, slots=True)
class Process:
    """The identity of a process, which no later process has.

    boot: the machine's boot; space: its process-id namespace (empty if there is none); started: in ticks since boot
    (empty if it cannot be known).
    """

    boot: str
    space: str
    pid: int
    started: str

    def __str__(self) -> str:
        return f"{self.boot}/{self.space}/{self.pid}/{self.started}"

    @classmethod
    def parse(cls, text: str) -> "Process":
        """Parse the result of str()."""
        boot, space, pid, started = text.split("/")
        return cls(boot, space, int(pid), started)


class LeaseClock:
    """The clock of leases, in milliseconds since boot, and this process as their holder."""

    def __init__(self) -> None:
        self.process = this_process()
        self.me = str(self.process)

    def now(self) -> int:
        """Return the milliseconds since boot, including sleep if the system counts it."""
        return boottime_ns() // 1_000_000

    def end(self, lease: timedelta) -> int:
        """Return the time at which a lease that begins now ends."""
        return self.now() + lease // timedelta(milliseconds=1)

    def over(self, holder: str, until: int) -> bool:
        """Return whether a lease has ended: by a reboot, by its time, or because its process is gone from this host.

        A process of another namespace (a container on the same host) cannot be looked up: its leases end only by time.
        """
        process = Process.parse(holder)
        if process.boot != self.process.boot or self.now() >= until:
            return True
        return process.space == self.process.space and process_gone(process)


def wall_us() -> int:
    """Return the current time as microseconds since 1970 UTC."""
    return time.time_ns() // 1_000


def this_process() -> Process:
    """Return the identity of this process."""
    return process_of(os.getpid())


def process_of(pid: int) -> Process:
    """Return the identity of a process in this namespace."""
    try:
        space = str((_PROC / "self/ns/pid").readlink())
    except OSError:
        space = ""
    stat = _stat(pid)
    return Process(boot_id(), space, pid, stat[_STARTED] if stat else "")


def process_gone(process: Process) -> bool:
    """Return whether the process has ended, even if its id is in use again. When in doubt, False."""
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
def boot_id() -> str:
    """Return the id of the machine's present boot."""
    try:
        return (_PROC / "sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        command = ["/usr/sbin/sysctl", "-n", "kern.bootsessionuuid"]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()  # noqa: S603


def boottime_ns() -> int:
    """Return nanoseconds of a clock that cannot be set, including sleep if the system counts it."""
    boottime = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic_ns() if boottime is None else time.clock_gettime_ns(boottime)

"""Messages to systemd: ready, alive, stopping. Nothing is sent where systemd does not listen."""

import os
import socket
from contextlib import suppress

_PATIENCE = 1.0
"""Seconds."""


def notify(*states: str) -> None:
    """Send states such as READY=1 to systemd's socket (sd_notify)."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if address[:1] not in ("/", "@"):
        return
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as line:
        line.settimeout(_PATIENCE)  # Do not wait for a systemd that does not read.
        line.connect(f"\0{address[1:]}" if address[0] == "@" else address)
        line.sendall("\n".join(states).encode())


def watchdog_seconds() -> float | None:
    """Return the longest time between signs of life for systemd; None when it wants none from this process."""
    wanted, pid = os.environ.get("WATCHDOG_USEC", ""), os.environ.get("WATCHDOG_PID", "")
    if not wanted.isdecimal() or int(wanted) == 0 or (pid and pid != str(os.getpid())):
        return None
    return int(wanted) / 1_000_000

"""`watch` in a process of its own, with systemd's environment."""

import json
import os
import signal
import socket
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.faults.hurried import Beating
from tests.faults.programs import Program
from tests.support.environment import in_environment
from tests.support.waiting import PATIENCE, wait_for


class Systemd:
    """The socket that a service notifies."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._line = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._line.bind(str(path))

    def wait_for(self, state: str, patience: float = PATIENCE) -> bool:
        """Return whether the state arrived in time; earlier ones are skipped."""
        end = time.monotonic() + patience
        while (left := end - time.monotonic()) > 0:
            self._line.settimeout(left)
            try:
                if state in self._line.recv(1000).decode().splitlines():
                    return True
            except TimeoutError:
                break
        return False

    def close(self) -> None:
        self._line.close()

    def forget(self) -> None:
        """Drop the states received so far."""
        self._line.setblocking(False)
        try:
            while self._line.recv(1000):
                pass
        except BlockingIOError:
            pass


class Service:
    def __init__(self, process: Program, systemd: Systemd) -> None:
        self.process = process
        self.systemd = systemd

    @property
    def log(self) -> str:
        return self.process.err

    def events(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.log.splitlines()]

    def wait_for(self, text: str) -> None:
        wait_for(lambda: text in self.log, lambda: f"{text!r}: {self.log}")

    def stop(self) -> int:
        self.process.signal(signal.SIGTERM)
        return self.process.end()


@contextmanager
def service(sandbox, folder: Path, watchdog: float = 0.0, **settings: str) -> Iterator[Service]:
    """Start `watch` on a sandbox; it has ended at the end."""
    with watching(folder, watchdog, (), settings_of_service(sandbox, folder, **settings)) as running:
        yield running


@contextmanager
def beating(sandbox, folder: Path, seconds: float, **settings: str) -> Iterator[Program]:
    """Start one that writes metrics and checks for alerts that often."""
    environment = outside() | in_environment(settings_of_service(sandbox, folder, **settings))
    program = Program(folder, ("watch",), environment, first=Beating(seconds))
    try:
        yield program
    finally:
        program.close()


def settings_of_service(sandbox, folder: Path, **settings: str) -> dict[str, str]:
    """Return settings with a journal in the folder, and polls that do not delay a test."""
    return {
        **sandbox.settings,
        "JOURNAL__URL": f"sqlite:///{folder / 'data' / 'journal.db'}",
        "JOURNAL__SEEN": str(folder / "seen"),
        "ORDER__EXPORT": "registered",
        "WATCH__INTERVAL": "0.3",
        "UI__LANGUAGE": "en",
        **settings,
    }


def outside() -> dict[str, str]:
    """Return the environment of the tests without any setting."""
    return {name: value for name, value in os.environ.items() if "__" not in name}


@contextmanager
def watching(folder: Path, watchdog: float, words: Sequence[str], settings: Mapping[str, str]) -> Iterator[Service]:
    """Start `watch` with these arguments and settings, in systemd's environment; it has ended at the end."""
    systemd = Systemd(folder / "notify")
    environment = {
        **outside(),
        **in_environment(settings),
        "NOTIFY_SOCKET": str(systemd.path),
        **({"WATCHDOG_USEC": str(int(watchdog * 1_000_000))} if watchdog else {}),
    }
    program = Program(folder, ("watch", *words), environment)
    try:
        yield Service(program, systemd)
    finally:
        program.close()
        systemd.close()

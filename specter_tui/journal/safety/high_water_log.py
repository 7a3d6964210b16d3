"""A record of this machine's events, kept outside the journal's folder, by which an older copy is noticed.

It has one line for each event that changed an order's state, written before anything is sent. An older copy lacks later
events; their lines tell which orders must not be sent as if they were new. An event id is never used twice, not even
after a copy was put back. The file (0600) has only keys and numbers.
"""

import errno
import hashlib
import json
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from specter_tui.journal.database import chunked
from specter_tui.journal.files import private_folder
from specter_tui.journal.models import State

_TAIL = 64 * 1024


@dataclass(frozen=True, slots=True)
class LogRecord:
    """One event: the order, and its new state. `to_state` None: the order was removed from the journal."""

    event: int
    uid: int
    order_number: str
    to_state: State | None
    external_no: str | None = None
    specter_number: str | None = None


@dataclass(frozen=True, slots=True)
class LostRecords:
    """The records that the journal lacks: orders with their Specter numbers, closed orders, and orders in doubt."""

    numbers: tuple[LogRecord, ...]
    closed: tuple[LogRecord, ...]
    doubtful: tuple[LogRecord, ...]

    def __bool__(self) -> bool:
        return bool(self.numbers or self.closed or self.doubtful)


def log_path(folder: Path, journal: Path, shop: int) -> Path:
    """Return the file for a shop's journal, in a folder other than the journal's own."""
    place = hashlib.sha256(os.fsencode(journal.resolve())).hexdigest()[:12]
    return folder / f"{shop}-{place}.seen"


class HighWaterLog:
    """The open file, for appending. Records that cannot be written wait in memory for the next write."""

    def __init__(self, path: Path) -> None:
        private_folder(path.parent)
        self.path = path
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        os.fchmod(self._file, 0o600)
        self._waiting: list[LogRecord] = []

    def close(self) -> None:
        """Close the file."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def last(self) -> LogRecord | None:
        """Return the newest recorded event with its order; None if there is none."""
        size = os.fstat(self._file).st_size
        tail = os.pread(self._file, _TAIL, max(0, size - _TAIL)).splitlines()
        return max((sight for line in tail if (sight := _parse(line)) is not None), key=_event, default=None)

    def missing(self, held: Callable[[Iterable[int]], dict[int, int]]) -> LostRecords:
        """Return everything that a journal lacks, by the last record of each order.

        `held` returns, of the given events, those that the journal has, each with its order's uid.
        """
        lacking: dict[int, LogRecord] = {}
        with self.path.open("rb") as file:
            seen = (sight for line in file if (sight := _parse(line)) is not None)
            for some in chunked(seen):
                known = held(sight.event for sight in some)
                for sight in some:
                    if known.get(sight.event) != sight.uid:
                        lacking[sight.uid] = sight
        return LostRecords(
            tuple(sight for sight in lacking.values() if sight.to_state == "exported" and sight.specter_number),
            tuple(sight for sight in lacking.values() if sight.to_state == "closed"),
            tuple(sight for sight in lacking.values() if sight.to_state in ("sending", "unknown", "exists")),
        )

    def note(self, sights: list[LogRecord]) -> None:
        """Add records, and write them if possible; a caller that needs them on disk calls `keep`."""
        self._waiting += sights
        with suppress(OSError):
            self.keep(sync=False)

    def keep(self, *, sync: bool = True) -> None:
        """Write all waiting records; with `sync` they are on the disk afterwards. Raises OSError."""
        for sight in list(self._waiting):
            self._append(json.dumps(_list(sight)))
            self._waiting.remove(sight)
        if sync:
            getattr(os, "fdatasync", os.fsync)(self._file)

    def _append(self, line: str) -> None:
        # One write for each line, so that lines of two processes never mix; the next write ends an incomplete line.
        data = f"{line}\n".encode()
        if os.write(self._file, data) != len(data):
            with suppress(OSError):
                os.write(self._file, b"\n")
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _event(sight: LogRecord) -> int:
    return sight.event


def _list(sight: LogRecord) -> list[object]:
    return [
        sight.event, sight.uid, sight.order_number, sight.to_state, sight.external_no, sight.specter_number,
    ]  # fmt: skip


def _parse(line: bytes) -> LogRecord | None:
    """Return a line's record, or None for an incomplete line."""
    try:
        return LogRecord(*json.loads(line))
    except (ValueError, TypeError):
        return None

"""The result spool: Specter numbers received while the journal could not be written. JSON lines, 0600, synced.

The file is `<journal>.unrecorded.jsonl` beside the journal or, if that disk is full, beside the high-water log, which
may be on another disk. Both operations lock the file, so that two processes do not lose each other's lines.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from specter_tui.journal.files import sync


@dataclass(frozen=True, slots=True)
class SpooledResult:
    """A Specter number with the keys of its order; `at` is the time of the answer, UTC."""

    shop: int
    uid: int
    order_number: str
    external_no: str
    specter_number: str
    at: datetime


def spool_path(journal: Path) -> Path:
    """Return the path of a journal's result spool."""
    return journal.with_name(f"{journal.name}.unrecorded.jsonl")


def append_result(journal: Path, number: SpooledResult) -> Path:
    """Append a line to the result spool and sync it; return the file's path, for the message. Raises OSError."""
    path = spool_path(journal)
    line = json.dumps({**asdict(number), "at": number.at.isoformat()}).encode() + b"\n"
    with _locked(path) as file:
        end = os.lseek(file, 0, os.SEEK_END)
        if end and os.pread(file, 1, end - 1) != b"\n":
            line = b"\n" + line  # An incomplete line before this one must not spoil it.
        while line:
            line = line[os.write(file, line) :]
        os.fsync(file)
    sync(path.parent)  # The name of a new file must be on the disk, too.
    return path


@contextmanager
def take_results(journal: Path, shop: int) -> Iterator[list[SpooledResult]]:
    """Yield the numbers of a shop, and remove them from the spool if the block succeeds; other lines stay."""
    path = spool_path(journal)
    if not path.exists():
        yield []
        return
    with _locked(path) as file:
        numbers, rest = _read(os.pread(file, os.fstat(file).st_size, 0), shop)
        yield numbers
        os.ftruncate(file, 0)
        os.pwrite(file, rest, 0)
        os.fsync(file)


@contextmanager
def _locked(path: Path) -> Iterator[int]:
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        os.fchmod(file, 0o600)
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file
    finally:
        os.close(file)


def _read(content: bytes, shop: int) -> tuple[list[SpooledResult], bytes]:
    numbers, rest = [], b""
    for line in content.splitlines(keepends=True):
        number = _parse(line)
        if number is not None and number.shop == shop:
            numbers.append(number)
        else:
            rest += line
    return numbers, rest


def _parse(line: bytes) -> SpooledResult | None:
    try:
        found = json.loads(line)
        return SpooledResult(**{**found, "at": datetime.fromisoformat(found["at"])})
    except (ValueError, KeyError, TypeError):
        return None

"""The side file: Specter numbers that came when the journal could not be written. One JSON line each, 0600, synced.

It lies beside the journal as `<journal>.unrecorded.jsonl`, and where that disk is full beside the record of what was
seen, which may lie on another. Whoever appends or takes holds its lock meanwhile, so that two processes lose no line to
each other.
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
    """A Specter number, with what is needed to find its order again; `at` is the answer's time, UTC."""

    shop: int
    uid: int
    order_number: str
    external_no: str
    specter_number: str
    at: datetime


def spool_path(journal: Path) -> Path:
    """Return where the side file of a journal lies."""
    return journal.with_name(f"{journal.name}.unrecorded.jsonl")


def append_result(journal: Path, number: SpooledResult) -> Path:
    """Add a line to the journal's side file and sync it; return the file's path, to be shown. Raises OSError."""
    path = spool_path(journal)
    line = json.dumps({**asdict(number), "at": number.at.isoformat()}).encode() + b"\n"
    with _locked(path) as file:
        end = os.lseek(file, 0, os.SEEK_END)
        if end and os.pread(file, 1, end - 1) != b"\n":
            line = b"\n" + line  # the line before was cut short; it must not spoil this one.
        while line:
            line = line[os.write(file, line) :]
        os.fsync(file)
    sync(path.parent)  # the name of a file just made is to be on the disk, too.
    return path


@contextmanager
def take_results(journal: Path, shop: int) -> Iterator[list[SpooledResult]]:
    """Give the numbers of a shop, and clear the side file of them when the block ends well; other lines stay."""
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

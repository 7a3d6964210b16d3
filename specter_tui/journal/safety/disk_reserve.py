"""The reserve: space kept on the disk beside the journal, so that an answer can be stored when the disk is full.

A claim needs the reserve. Operations that end a claim may use it: the call was made, and its result must be stored.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from specter_tui.errors import ErrorText
from specter_tui.journal.errors import JournalFull

SIZE = 2 * 1024 * 1024
"""Enough for the answers of all calls that can be in flight, and for SQLite's own files."""

P = ParamSpec("P")
T = TypeVar("T")


class HasPath(Protocol):
    """An object with a journal's path."""

    path: Path


J = TypeVar("J", bound=HasPath)


def reserve_path(journal: Path) -> Path:
    """Return the path of a journal's reserve."""
    return journal.with_name(f"{journal.name}.reserve")


def has_reserve(journal: Path) -> bool:
    """Return whether the reserve exists in full size."""
    try:
        return reserve_path(journal).stat().st_size == SIZE
    except FileNotFoundError:
        return False


def make_reserve(journal: Path) -> None:
    """Create the reserve. Raises JournalFull if the disk has no room for it."""
    path = reserve_path(journal)
    try:
        _allocate(path)
    except OSError as error:
        give_up_reserve(journal)
        raise JournalFull(ErrorText("journal_no_room", path=path.parent, why=error.strerror)) from error


def give_up_reserve(journal: Path) -> bool:
    """Remove the reserve to free its space; return whether there was one."""
    try:
        reserve_path(journal).unlink()
    except OSError:
        return False
    return True


def may_use_reserve(verb: Callable[Concatenate[J, P], T]) -> Callable[Concatenate[J, P], T]:
    """Retry an operation that stores an answer once, with the reserve's space, if the disk is full."""

    @wraps(verb)
    def with_reserve(journal: J, /, *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return verb(journal, *args, **kwargs)
        except JournalFull:
            if not give_up_reserve(journal.path):
                raise
            return verb(journal, *args, **kwargs)

    return with_reserve


def _allocate(path: Path) -> None:
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        os.fchmod(file, 0o600)
        allocate = getattr(os, "posix_fallocate", None)
        if allocate is not None:
            allocate(file, 0, SIZE)
        else:  # macOS. Zeros could be stored as a hole.
            os.pwrite(file, os.urandom(SIZE), 0)
        os.fsync(file)
    except OSError:
        with suppress(OSError):
            os.ftruncate(file, 0)
        raise
    finally:
        os.close(file)

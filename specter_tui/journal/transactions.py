"""A change on a journal: all of it kept, or none."""

from collections.abc import Callable
from types import TracebackType
from typing import Protocol


class Transactional(Protocol):
    """What a store does for its changes. Each may raise the driver's own error."""

    def begin(self) -> None:
        """Begin, so that what is read from now on still holds when it is written."""

    def commit(self) -> None:
        """Keep what was executed, on the disk."""

    def rollback(self) -> None:
        """Undo what was executed; does not fail."""

    def translated(self, error: BaseException) -> BaseException:
        """The journal's own error for one of the driver's; any other is returned as it is."""


class Transaction:
    """One change: `with` it, and what is executed inside is kept whole and synced, or not at all.

    Raises JournalError, from begin to commit; after that nothing was written. `ended` is told whether it was committed,
    and may not fail.
    """

    __slots__ = ("_ended", "_store")

    def __init__(self, store: Transactional, ended: Callable[[bool], None]) -> None:
        self._store = store
        self._ended = ended

    def __enter__(self) -> None:
        try:
            self._store.begin()
        except Exception as error:
            self._raise(error)
            raise

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            try:
                self._store.commit()
            except Exception as refused:  # noqa: BLE001  # It is raised as the journal's own when all is undone.
                error = refused
            else:
                self._ended(True)
                return
        self._store.rollback()
        self._ended(False)
        self._raise(error)

    def _raise(self, error: BaseException) -> None:
        """Raise the journal's own error for one of the driver's; any other is on its way already."""
        own = self._store.translated(error)
        if own is not error:
            raise own from error

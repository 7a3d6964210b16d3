"""A change of a journal: everything in it is committed, or nothing."""

from collections.abc import Callable
from types import TracebackType
from typing import Protocol


class Transactional(Protocol):
    """The operations of a store for its changes. Each may raise the driver's own error."""

    def begin(self) -> None:
        """Begin, so that values read from now on are still valid when the change writes."""

    def commit(self) -> None:
        """Commit, synced to the disk."""

    def rollback(self) -> None:
        """Undo the change; does not fail."""

    def translated(self, error: BaseException) -> BaseException:
        """Return the JournalError for an error of the driver; return any other error unchanged."""


class Transaction:
    """One change, as a context manager: everything executed inside is committed and synced together, or nothing is.

    Raises JournalError, from begin to commit; nothing was written then. `ended` is called with whether the change was
    committed, and must not fail.
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
        """Raise the JournalError for an error of the driver; any other error is already being raised."""
        own = self._store.translated(error)
        if own is not error:
            raise own from error

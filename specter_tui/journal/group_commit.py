"""Changes that share a commit: the operations of a group are committed together, or none is."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from types import TracebackType

from specter_tui.errors import ErrorText
from specter_tui.journal.errors import JournalReadOnly


class GroupCommitFailed(Exception):
    """One of the changes of a shared commit failed, so that all were undone."""


class RefusedTransaction(AbstractContextManager[None]):
    """The change of a journal that is only looked at: nothing is written, whatever the database would allow."""

    def __enter__(self) -> None:
        raise JournalReadOnly(ErrorText("journal_only_shown"))

    def __exit__(self, *error: object) -> None:
        """Do nothing: nothing was begun."""


class GroupableTransaction:
    """A reusable change of a database; inside `shared` all changes are one, with one commit."""

    __slots__ = ("_change", "_failed", "is_shared")

    def __init__(self, change: AbstractContextManager[None]) -> None:
        self._change = change
        self._failed = False
        self.is_shared = False
        """True if changes made now are committed later, together with others."""

    @contextmanager
    def shared(self) -> Iterator[None]:
        """Group all changes made inside; if one fails, even with its error caught, none is committed.

        Raises that error, or GroupCommitFailed.
        """
        with self._change:
            self.is_shared, self._failed = True, False
            try:
                yield
                if self._failed:
                    raise GroupCommitFailed
            finally:
                self.is_shared = False

    def __enter__(self) -> None:
        if not self.is_shared:
            self._change.__enter__()
        elif self._failed:
            # After an error the database may have undone the other changes already; a later one would be committed
            # alone.
            raise GroupCommitFailed

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.is_shared:
            self._failed = self._failed or error is not None
        else:
            self._change.__exit__(kind, error, trace)

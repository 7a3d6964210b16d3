"""Changes that share a commit: what several verbs do is kept whole, or nothing of it."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from types import TracebackType


class GroupCommitFailed(Exception):
    """One of the changes that were to share a commit failed, so that all of them were undone."""


class GroupableTransaction:
    """A database's change, to be entered again and again; inside `shared` the changes made are one, with one commit."""

    __slots__ = ("_change", "_failed", "is_shared")

    def __init__(self, change: AbstractContextManager[None]) -> None:
        self._change = change
        self._failed = False
        self.is_shared = False
        """Whether what is changed now is committed later, with others."""

    @contextmanager
    def shared(self) -> Iterator[None]:
        """When a change inside fails, be its error caught or not, none is kept; its error is raised, or NotTogether."""
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
            # After an error the database may have undone the others already: what went on would be kept by itself.
            raise GroupCommitFailed

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.is_shared:
            self._failed = self._failed or error is not None
        else:
            self._change.__exit__(kind, error, trace)

"""The marked rows of a list, and the range that the cursor marks. Without Textual."""

from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

Row = TypeVar("Row", bound=Hashable)


@dataclass(frozen=True, slots=True)
class _Range(Generic[Row]):
    rows: Sequence[Row]
    """The list's rows when the range began."""
    anchor: Row
    reach: Row
    before: frozenset[Row]
    """The rows that were marked without the range."""
    by_shift: bool

    def span(self) -> set[Row]:
        """Return the rows from the first one to the cursor."""
        first, last = sorted((self.rows.index(self.anchor), self.rows.index(self.reach)))
        return set(self.rows[first : last + 1])


class Marks(dict[Row, None]):
    """The marked rows, in the order of marking.

    A range marks each row between its first one and the cursor, and takes its own marks back when the cursor returns.
    It ends when the list's rows change, since other rows would then be between: the marks stay.
    """

    __slots__ = ("_range",)

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        super().__init__(dict.fromkeys(rows))
        self._range: _Range[Row] | None = None

    @property
    def ranging(self) -> bool:
        """True while a range is marked."""
        return self._range is not None

    def begin_range(self, rows: Sequence[Row], cursor: Row, *, by_shift: bool = False) -> None:
        """Begin a range at the cursor. One by shift ends with the first move of the cursor without shift."""
        self._range = _Range(rows, cursor, cursor, frozenset(self), by_shift)
        self[cursor] = None

    def end_range(self) -> bool:
        """End the range; its marks stay. Return whether there was one."""
        was, self._range = self.ranging, None
        return was

    def follow(self, rows: Sequence[Row], cursor: Row | None) -> Collection[Row]:
        """Extend the range to a cursor that moved; return the rows whose marks have changed."""
        if self._range is not None and self._range.by_shift and cursor != self._range.reach:
            self.end_range()
        return self.extend(rows, cursor)

    def extend(self, rows: Sequence[Row], cursor: Row | None) -> Collection[Row]:
        """Extend the range to the cursor; return the rows whose marks have changed.

        A row that lost its mark meanwhile, by the outcome of an export, gets none until the cursor passes it again.
        """
        old = self._range
        if old is None or cursor == old.reach:
            return ()
        if cursor is None or rows != old.rows:
            self.end_range()
            return ()
        self._range = new = replace(old, reach=cursor)
        was, now = old.span(), new.span()
        for row in was - now - old.before:
            self.pop(row, None)
        self.update(dict.fromkeys(row for row in rows if row in now - was))
        return was ^ now

    def add(self, rows: Iterable[Row]) -> None:
        """Mark rows."""
        self.update(dict.fromkeys(rows))

    def invert(self, rows: Iterable[Row]) -> None:
        """Mark those of the rows that are not marked, and unmark the others."""
        for row in rows:
            if row in self:
                del self[row]
            else:
                self[row] = None

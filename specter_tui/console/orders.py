"""The orders on the screen: what is known, what is shown, in which order, marked, chosen. No Textual in it.

The list never moves under the cursor: cursor and marks go by uid, rows keep their places until the person sorts,
and while a filter, a mark or a question is open no row comes or goes; new ones are counted instead.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from specter_tui.console import filters
from specter_tui.console.states import LOOKS

if TYPE_CHECKING:
    from specter_tui.engine.messages import OrderState, OrderView

    Key = Callable[[OrderView], Any]

_NEVER = datetime.min.replace(tzinfo=UTC)
_FEW = 64
"""Up to so many new rows are put in one by one; more of them are sorted in at once."""


def _number_key(view: "OrderView") -> tuple[int, int, str]:
    """Order numbers as numbers where they are, else as text after them."""
    return (0, int(view.number), "") if view.number.isdecimal() else (1, 0, view.number)


def _placed(view: "OrderView") -> float:
    return (view.ordered or _NEVER).timestamp() if view.ordered else 0.0


SORTS: "dict[str, Key]" = {
    "newest": lambda view: (-_placed(view), -view.uid),
    "oldest": lambda view: (_placed(view), view.uid),
    "attention": lambda view: (LOOKS[view.state].rank, _placed(view), view.uid),
    "number": lambda view: (*_number_key(view), view.uid),
    "customer": lambda view: (view.customer.casefold(), view.uid),
    "total": lambda view: (-(view.total or Decimal(0)), view.uid),
}


@dataclass(slots=True)
class Orders:
    """The model of the orders pane. Methods answer whether rows came, went or moved."""

    views: "dict[int, OrderView]" = field(default_factory=dict)
    shown: list[int] = field(default_factory=list)
    marks: dict[int, None] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)
    """Orders that left the list while it was held still; their last view stays on the screen."""
    held_back: set[int] = field(default_factory=set)
    """Orders that came while the list was held still."""
    cursor: int | None = None
    filter_text: str = ""
    sort: str = "newest"
    question_open: bool = False

    @property
    def still(self) -> bool:
        """Whether rows are held where they are."""
        return bool(self.filter_text or self.marks or self.question_open)

    @property
    def current(self) -> "OrderView | None":
        """The order under the cursor."""
        return None if self.cursor is None else self.views.get(self.cursor)

    @property
    def marked(self) -> "tuple[OrderView, ...]":
        """The marked orders that are shown: nothing is done to an order that nobody sees."""
        return tuple(self.views[uid] for uid in self.shown if uid in self.marks)

    @property
    def targets(self) -> "tuple[OrderView, ...]":
        """What a key acts on: the marked orders, else the one under the cursor."""
        if self.marks:
            return self.marked
        return () if self.current is None else (self.current,)

    @property
    def new_waiting(self) -> int:
        """How many orders that pass the filter came while the list was held still."""
        passes = filters.parse(self.filter_text)
        return sum(passes(self.views[uid]) for uid in self.held_back)

    def counts(self) -> "Counter[OrderState]":
        """How many orders stand in each state."""
        return Counter(view.state for uid, view in self.views.items() if uid not in self.gone)

    def ready(self) -> "tuple[OrderView, ...]":
        """Every order that is ready, shown or not."""
        return tuple(view for uid, view in self.views.items() if view.state == "ready" and uid not in self.gone)

    def apply(self, changed: "Iterable[OrderView]", gone: Collection[int] = ()) -> bool:
        """Take what the engine tells."""
        fresh = []
        for view in changed:
            if view.uid not in self.views:
                fresh.append(view.uid)
            self.views[view.uid] = view
            self.gone.discard(view.uid)
        left = {uid for uid in gone if uid in self.views}
        if self.still:
            self.held_back.update(fresh)
            self.held_back -= left
            self.gone |= left
            for uid in left - set(self.shown):
                del self.views[uid]
            return False
        moved = self._take_out(left)
        return self._put_in(fresh) or moved

    def arrange(self, sort: str | None = None, filter_text: str | None = None) -> None:
        """Build the list anew: the person asked for it, so rows may move."""
        self.sort = self.sort if sort is None else sort
        self.filter_text = self.filter_text if filter_text is None else filter_text
        for uid in self.gone - set(self.marks):
            del self.views[uid]
        self.gone &= set(self.views)
        self.held_back.clear()
        passes = filters.parse(self.filter_text)
        old_place = self._place_of_cursor()
        self.shown = sorted(
            (uid for uid, view in self.views.items() if passes(view)), key=lambda uid: SORTS[self.sort](self.views[uid])
        )
        self._keep_cursor(old_place)

    def to_top(self) -> bool:
        """Put the cursor on the first order; whether there is one."""
        self.cursor = self.shown[0] if self.shown else None
        return bool(self.shown)

    def next_sort(self) -> str:
        """Sort in the next way; answers its name."""
        names = list(SORTS)
        self.arrange(sort=names[(names.index(self.sort) + 1) % len(names)])
        return self.sort

    def toggle_mark(self, uid: int) -> None:
        """Mark an order, or take its mark away; with the last mark the list is let go."""
        if uid in self.marks:
            self.unmark((uid,))
        else:
            self.marks[uid] = None

    def mark_all(self) -> None:
        """Mark all shown; when all are, take all marks away."""
        if len(self.marks) == len(self.shown):
            self.unmark(tuple(self.marks))
        else:
            self.marks = dict.fromkeys(self.shown)

    def unmark(self, uids: Iterable[int]) -> None:
        """Take marks away."""
        for uid in uids:
            self.marks.pop(uid, None)
        self.let_go()

    def let_go(self) -> bool:
        """Let in what was held back, if nothing holds the list still any more."""
        if self.still or not (self.held_back or self.gone):
            return False
        left, fresh = set(self.gone), sorted(self.held_back)
        self.gone.clear()
        self.held_back.clear()
        moved = self._take_out(left)
        return self._put_in([uid for uid in fresh if uid in self.views]) or moved

    def find(self, number: str) -> "OrderView | None":
        """The order with this order number, Specter number or uid."""
        for name in ("number", "specter_number", "uid"):
            for view in self.views.values():
                if str(getattr(view, name)) == number:
                    return view
        return None

    def _take_out(self, left: set[int]) -> bool:
        if not left:
            return False
        place = self._place_of_cursor()
        for uid in left:
            self.views.pop(uid, None)
            self.marks.pop(uid, None)
        before = len(self.shown)
        self.shown = [uid for uid in self.shown if uid not in left]
        self._keep_cursor(place)
        return len(self.shown) != before

    def _put_in(self, fresh: Sequence[int]) -> bool:
        key = SORTS[self.sort]
        place = self._place_of_cursor()
        if len(fresh) > _FEW:
            self.shown = sorted((*self.shown, *fresh), key=lambda uid: key(self.views[uid]))
        else:
            for uid in fresh:
                at = bisect_left(self.shown, key(self.views[uid]), key=lambda other: key(self.views[other]))
                self.shown.insert(at, uid)
        self._keep_cursor(place)
        return bool(fresh)

    def _place_of_cursor(self) -> int:
        return self.shown.index(self.cursor) if self.cursor in self.shown else 0

    def _keep_cursor(self, place: int) -> None:
        """The cursor stays on its order; when that is not shown any more, at the same place."""
        if self.cursor in self.shown and self.cursor is not None:
            return
        self.cursor = self.shown[min(place, len(self.shown) - 1)] if self.shown else None


def sum_of(views: "Iterable[OrderView]") -> dict[str, Decimal]:
    """What orders come to, by currency."""
    sums: dict[str, Decimal] = {}
    for view in views:
        if view.total is not None:
            currency = view.currency or "SEK"
            sums[currency] = sums.get(currency, Decimal(0)) + view.total
    return sums

"""The orders on the screen: known, shown, sorted, marked and selected. Without Textual.

Rows never move under the cursor: cursor and marks refer to uids, and rows keep their places until the user sorts. While
there is a filter, a mark or an open question, no row is added or removed; new orders are counted instead. An outcome
keeps its own row only.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from specter_tui.console.viewmodel.filtering.filter_parser import Searched
from specter_tui.console.viewmodel.filtering.filter_text import filter_of
from specter_tui.console.viewmodel.filtering.list_filter import Filter
from specter_tui.console.viewmodel.filtering.sorting import Sort, key_of
from specter_tui.console.viewmodel.filtering.text_index import TextIndex
from specter_tui.console.viewmodel.list_view import ListView
from specter_tui.console.viewmodel.marks import Marks
from specter_tui.console.viewmodel.order_fields import BY_KEY, FIELDS

if TYPE_CHECKING:
    from specter_tui.engine.events import OrderView

NEWEST = Sort("placed", descending=True)
HOME = ListView(sort=NEWEST, hidden=("currency", "paid", "sku", "uid"))
"""The view of the orders that applies until the user changes it."""
_PREPARED = 500


@dataclass(slots=True)
class OrderList:
    """The model of the orders pane. Some methods return whether rows were added, removed or moved."""

    views: "dict[int, OrderView]" = field(default_factory=dict)
    shown: list[int] = field(default_factory=list)
    marks: Marks[int] = field(default_factory=Marks)
    gone: set[int] = field(default_factory=set)
    """Orders removed while the rows were fixed, or that have an outcome; their last view stays on the screen."""
    held_back: set[int] = field(default_factory=set)
    """Orders that arrived while the rows were fixed."""
    outcomes: dict[int, bool] = field(default_factory=dict)
    """Outcomes of the last bulk export, by uid: True for success. They stay until they are cleared."""
    cursor: int | None = None
    visiting: "OrderView | None" = None
    """An order outside the list that is shown in full."""
    look: ListView = HOME
    zone: tzinfo | None = None
    question_open: bool = False
    version: int = 0
    """A number that changes with every added, removed or changed order, to invalidate cached results."""
    _filter: Filter = field(default_factory=Filter)
    _rank: "Callable[[OrderView], Any]" = field(
        default_factory=lambda: key_of(BY_KEY[NEWEST.field], descending=NEWEST.descending)
    )
    _ranks: dict[int, Any] = field(default_factory=dict)
    """The sort key of each shown row when it got its place; a changed row keeps its place."""
    _sorted: tuple[Sort, dict[int, Any]] | None = None
    """The sort key of every order in sorted order, until an order changes."""
    _texts: TextIndex = field(default_factory=lambda: TextIndex(FIELDS, lambda view: view.uid))

    @property
    def filter_text(self) -> str:
        """The filter as typed."""
        return self.look.filter_text

    @property
    def filter(self) -> Filter:
        """The active filter."""
        return self._filter

    @property
    def sort(self) -> Sort:
        """The sort of the rows."""
        return self.look.sort if self.look.sort and self.look.sort.field in BY_KEY else NEWEST

    @property
    def still(self) -> bool:
        """True if no row may be added, removed or moved."""
        return bool(self.filter_text or self.marks or self.question_open)

    @property
    def current(self) -> "OrderView | None":
        """The selected order: one from outside the list, else the one under the cursor."""
        if self.visiting is not None:
            return self.views.get(self.visiting.uid, self.visiting)
        return None if self.cursor is None else self.views.get(self.cursor)

    @property
    def marked(self) -> "tuple[OrderView, ...]":
        """The marked orders that are shown: no action applies to an order that the user cannot see."""
        shown = (uid for uid in self.marks if uid in self._ranks)
        return tuple(
            self.views[uid] for uid in sorted(shown, key=self._ranks.__getitem__, reverse=self.sort.descending)
        )

    @property
    def targets(self) -> "tuple[OrderView, ...]":
        """The orders for a key: the marked ones, else the one under the cursor."""
        if self.marks:
            return self.marked
        return () if self.current is None else (self.current,)

    @property
    def new_waiting(self) -> int:
        """The number of waiting new orders that pass the filter."""
        return sum(self._filter.passes(self.views[uid]) for uid in self.held_back)

    @property
    def present(self) -> "Iterator[OrderView]":
        """All present orders, shown or not."""
        return (view for uid, view in self.views.items() if uid not in self.gone)

    def ready(self) -> "tuple[OrderView, ...]":
        """Return every ready order, the shown ones first in their order."""
        uids = dict.fromkeys((*self.shown, *self.views))
        views = (self.views[uid] for uid in uids if uid not in self.gone)
        return tuple(view for view in views if view.state == "ready")

    def for_auto(self) -> "tuple[OrderView, ...]":
        """Return every order that auto mode would send at once."""
        again = (view for view in self.present if view.state == "retry_later" and not view.by_hand)
        return (*(view for view in self.ready() if not view.by_hand), *again)

    def apply(self, changed: "Iterable[OrderView]", gone: Collection[int] = ()) -> bool:
        """Apply changed and removed orders."""
        self.version += 1
        self._sorted = None
        fresh = []
        for view in changed:
            if view.uid not in self.views:
                fresh.append(view.uid)
            self.views[view.uid] = view
            self._texts.drop(view.uid)
            self.gone.discard(view.uid)
        left = {uid for uid in gone if uid in self.views}
        if self.still:
            self.held_back.update(fresh)
            self.held_back -= left
            self.gone |= left
            for uid in left - set(self.shown):
                self._forget(uid)
            return False
        self.gone |= left & self.outcomes.keys()
        moved = self._take_out(left - self.gone)
        return self._put_in(fresh) or moved

    def arrange(self, look: ListView | None = None) -> None:
        """Filter and sort again at the user's request; rows may move."""
        self.version += 1
        self.look = self.look if look is None else look
        self._rank = key_of(BY_KEY[self.sort.field], descending=self.sort.descending)
        for uid in self.gone - set(self.marks):
            self._forget(uid)
        self.gone &= set(self.views)
        self.held_back.clear()
        searched = Searched(self.views.values(), self._texts.text, self._texts.words)
        self._filter = filter_of(self.filter_text, FIELDS, self.zone, searched)
        old_place = self._place_of_cursor()
        ranks = self._every_rank()
        self.shown = [view.uid for view in self._filter.select(map(self.views.__getitem__, ranks))]
        self._ranks = {uid: ranks[uid] for uid in self.shown}
        self._keep_cursor(old_place)

    def prepare_filter(self) -> Iterator[None]:
        """Compute the searched texts in parts of a few milliseconds, so that the first key of a filter finds them."""
        for place, view in enumerate(tuple(self.views.values()), start=1):
            self._texts.text(view)
            if place % _PREPARED == 0:
                yield

    def _every_rank(self) -> dict[int, Any]:
        """Return the sort key of every order, in sorted order; each key of a filter uses it again."""
        if self._sorted is None or self._sorted[0] != self.sort:
            ranks = {uid: self._key(view) for uid, view in self.views.items()}
            uids = sorted(ranks, key=ranks.__getitem__, reverse=self.sort.descending)
            self._sorted = self.sort, {uid: ranks[uid] for uid in uids}
        return self._sorted[1]

    def to_top(self) -> bool:
        """Move the cursor to the first order; return whether there is one."""
        self.cursor = self.shown[0] if self.shown else None
        return bool(self.shown)

    def toggle_mark(self, uid: int) -> None:
        """Mark or unmark an order; without marks, waiting orders are added."""
        if uid in self.marks:
            self.unmark((uid,))
        else:
            self.marks[uid] = None

    def mark_all(self) -> None:
        """Mark the shown orders that the last bulk export left, else all shown ones; if all are marked, unmark all."""
        left = [uid for uid in self.shown if self.outcomes.get(uid) is False]
        if left and not self.marks:
            self.marks.add(left)
        elif all(uid in self.marks for uid in self.shown):
            self.unmark(tuple(self.marks))
        else:
            self.marks.add(self.shown)

    def unmark(self, uids: Iterable[int]) -> None:
        """Unmark orders."""
        for uid in uids:
            self.marks.pop(uid, None)
        self.let_go()

    def clear_outcomes(self) -> None:
        """Clear the outcomes of the last bulk export; orders removed meanwhile disappear."""
        self.outcomes.clear()
        self.let_go()

    def let_go(self) -> bool:
        """Add waiting orders and remove old ones, unless the rows are still fixed."""
        if self.still or not (self.held_back or self.gone):
            return False
        left, fresh = self.gone - self.outcomes.keys(), sorted(self.held_back)
        self.gone -= left
        self.held_back.clear()
        moved = self._take_out(left)
        return self._put_in([uid for uid in fresh if uid in self.views]) or moved

    def find(self, number: str) -> "OrderView | None":
        """Return the order with this order number, Specter number or uid."""
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
            self._forget(uid)
            self.marks.pop(uid, None)
        before = len(self.shown)
        self.shown = [uid for uid in self.shown if uid not in left]
        self._keep_cursor(place)
        return len(self.shown) != before

    def _put_in(self, fresh: Sequence[int]) -> bool:
        """Add new rows at their sorted places. No filter is active here, since new rows wait then."""
        self._ranks |= {uid: self._key(self.views[uid]) for uid in fresh}
        # Sorting a nearly sorted list takes little time.
        self.shown = sorted((*self.shown, *fresh), key=self._ranks.__getitem__, reverse=self.sort.descending)
        self._keep_cursor(0)
        return bool(fresh)

    def _key(self, view: "OrderView") -> tuple[Any, int]:
        """Return the sort key; the uid decides between equal rows, so that none moves."""
        return self._rank(view), view.uid

    def _forget(self, uid: int) -> None:
        self._sorted = None
        self.views.pop(uid, None)
        self._ranks.pop(uid, None)
        self._texts.drop(uid)
        self.outcomes.pop(uid, None)

    def _place_of_cursor(self) -> int:
        return self.shown.index(self.cursor) if self.cursor is not None and self.cursor in self._ranks else 0

    def _keep_cursor(self, place: int) -> None:
        """Keep the cursor on its order, or at the same place if that is no longer shown."""
        if self.cursor is not None and self.cursor in self._ranks:
            return
        self.cursor = self.shown[min(place, len(self.shown) - 1)] if self.shown else None


def sum_of(views: "Iterable[OrderView]") -> dict[str, Decimal]:
    """Return the sum of orders by currency."""
    sums: dict[str, Decimal] = {}
    for view in views:
        if view.total is not None:
            currency = view.currency or "SEK"
            sums[currency] = sums.get(currency, Decimal(0)) + view.total
    return sums

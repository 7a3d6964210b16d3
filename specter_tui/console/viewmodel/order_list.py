"""The orders on the screen: what is known, what is shown, in which order, marked, chosen. No Textual in it.

The list never moves under the cursor: cursor and marks go by uid, rows keep their places until the person sorts,
and while a filter, a mark or a question is open no row comes or goes; new ones are counted instead. An
outcome is no mark: it holds nothing but its own row.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from specter_tui.console.viewmodel.filtering.filter_text import filter_of
from specter_tui.console.viewmodel.filtering.list_fields import search_text
from specter_tui.console.viewmodel.filtering.list_filter import Filter
from specter_tui.console.viewmodel.filtering.sorting import Sort, key_of
from specter_tui.console.viewmodel.list_view import ListView
from specter_tui.console.viewmodel.order_fields import BY_KEY, FIELDS

if TYPE_CHECKING:
    from specter_tui.engine.events import OrderView

NEWEST = Sort("placed", descending=True)
HOME = ListView(sort=NEWEST, hidden=("currency", "paid", "sku", "why", "uid"))
"""How the orders are looked at unless the person says otherwise."""
_search = search_text(FIELDS)


@dataclass(slots=True)
class OrderList:
    """The model of the orders pane. Methods answer whether rows came, went or moved."""

    views: "dict[int, OrderView]" = field(default_factory=dict)
    shown: list[int] = field(default_factory=list)
    marks: dict[int, None] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)
    """Orders that left the list while it was held still, or with an outcome; their last view stays on the screen."""
    held_back: set[int] = field(default_factory=set)
    """Orders that came while the list was held still."""
    outcomes: dict[int, bool] = field(default_factory=dict)
    """What the last push brought, by uid: whether it went well. It stays until it is cleared."""
    cursor: int | None = None
    visiting: "OrderView | None" = None
    """An order from outside the list that is looked at in full."""
    look: ListView = HOME
    zone: tzinfo | None = None
    question_open: bool = False
    version: int = 0
    """Another one whenever an order came, went or changed: what was worked out before holds no more."""
    _filter: Filter = field(default_factory=Filter)
    _rank: "Callable[[OrderView], Any]" = field(
        default_factory=lambda: key_of(BY_KEY[NEWEST.field], descending=NEWEST.descending)
    )
    _ranks: dict[int, Any] = field(default_factory=dict)
    """What each row that is shown was compared by when it got its place; a row that changes keeps its place."""
    _texts: dict[int, str] = field(default_factory=dict)
    """What plain text in a filter looks at, of each order that a filter has looked at."""

    @property
    def filter_text(self) -> str:
        """The filter as it was typed."""
        return self.look.filter_text

    @property
    def filter(self) -> Filter:
        """The filter that is on."""
        return self._filter

    @property
    def sort(self) -> Sort:
        """In which order the rows stand."""
        return self.look.sort if self.look.sort and self.look.sort.field in BY_KEY else NEWEST

    @property
    def still(self) -> bool:
        """Whether rows are held where they are."""
        return bool(self.filter_text or self.marks or self.question_open)

    @property
    def current(self) -> "OrderView | None":
        """The order that is looked at: from outside the list, else the one under the cursor."""
        if self.visiting is not None:
            return self.views.get(self.visiting.uid, self.visiting)
        return None if self.cursor is None else self.views.get(self.cursor)

    @property
    def marked(self) -> "tuple[OrderView, ...]":
        """The marked orders that are shown: nothing is done to an order that nobody sees."""
        shown = (uid for uid in self.marks if uid in self._ranks)
        return tuple(
            self.views[uid] for uid in sorted(shown, key=self._ranks.__getitem__, reverse=self.sort.descending)
        )

    @property
    def targets(self) -> "tuple[OrderView, ...]":
        """What a key acts on: the marked orders, else the one under the cursor."""
        if self.marks:
            return self.marked
        return () if self.current is None else (self.current,)

    @property
    def new_waiting(self) -> int:
        """How many orders that pass the filter came while the list was held still."""
        return sum(self._filter.passes(self.views[uid]) for uid in self.held_back)

    @property
    def present(self) -> "Iterator[OrderView]":
        """Every order that is there, shown or not."""
        return (view for uid, view in self.views.items() if uid not in self.gone)

    def ready(self) -> "tuple[OrderView, ...]":
        """Every order that is ready, shown or not; those that are shown first, as they stand."""
        uids = dict.fromkeys((*self.shown, *self.views))
        views = (self.views[uid] for uid in uids if uid not in self.gone)
        return tuple(view for view in views if view.state == "ready")

    def for_auto(self) -> "tuple[OrderView, ...]":
        """Every order that auto mode would send as soon as it is on."""
        again = (view for view in self.present if view.state == "retry_later" and not view.by_hand)
        return (*(view for view in self.ready() if not view.by_hand), *again)

    def apply(self, changed: "Iterable[OrderView]", gone: Collection[int] = ()) -> bool:
        """Take what the engine tells."""
        self.version += 1
        fresh = []
        for view in changed:
            if view.uid not in self.views:
                fresh.append(view.uid)
            self.views[view.uid] = view
            self._texts.pop(view.uid, None)
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
        """Build the list anew: the person asked for it, so rows may move."""
        self.version += 1
        self.look = self.look if look is None else look
        self._rank = key_of(BY_KEY[self.sort.field], descending=self.sort.descending)
        for uid in self.gone - set(self.marks):
            self._forget(uid)
        self.gone &= set(self.views)
        self.held_back.clear()
        self._filter = filter_of(self.filter_text, FIELDS, self.zone, self._text_of)
        old_place = self._place_of_cursor()
        found = [view.uid for view in self._filter.select(self.views.values())]
        self._ranks = {uid: self._key(self.views[uid]) for uid in found}
        self.shown = sorted(found, key=self._ranks.__getitem__, reverse=self.sort.descending)
        self._keep_cursor(old_place)

    def to_top(self) -> bool:
        """Put the cursor on the first order; whether there is one."""
        self.cursor = self.shown[0] if self.shown else None
        return bool(self.shown)

    def toggle_mark(self, uid: int) -> None:
        """Mark an order, or take its mark away; with the last mark the list is let go."""
        if uid in self.marks:
            self.unmark((uid,))
        else:
            self.marks[uid] = None

    def mark_all(self) -> None:
        """Mark those shown that the last push left, else all shown; when all are marked, take all marks away."""
        left = [uid for uid in self.shown if self.outcomes.get(uid) is False]
        if left and not self.marks:
            self.marks |= dict.fromkeys(left)
        elif all(uid in self.marks for uid in self.shown):
            self.unmark(tuple(self.marks))
        else:
            self.marks |= dict.fromkeys(self.shown)

    def unmark(self, uids: Iterable[int]) -> None:
        """Take marks away."""
        for uid in uids:
            self.marks.pop(uid, None)
        self.let_go()

    def clear_outcomes(self) -> None:
        """What the last push brought was seen: what left the list meanwhile goes."""
        self.outcomes.clear()
        self.let_go()

    def let_go(self) -> bool:
        """Let in what was held back, if nothing holds the list still any more."""
        if self.still or not (self.held_back or self.gone):
            return False
        left, fresh = self.gone - self.outcomes.keys(), sorted(self.held_back)
        self.gone -= left
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
            self._forget(uid)
            self.marks.pop(uid, None)
        before = len(self.shown)
        self.shown = [uid for uid in self.shown if uid not in left]
        self._keep_cursor(place)
        return len(self.shown) != before

    def _put_in(self, fresh: Sequence[int]) -> bool:
        """Rows that came, each where it belongs; it is not asked whether a filter is on: then they are held back."""
        self._ranks |= {uid: self._key(self.views[uid]) for uid in fresh}
        # Of a list that stands nearly in order only what is new takes time.
        self.shown = sorted((*self.shown, *fresh), key=self._ranks.__getitem__, reverse=self.sort.descending)
        self._keep_cursor(0)
        return bool(fresh)

    def _key(self, view: "OrderView") -> tuple[Any, int]:
        """What rows are compared by; of equal ones the uid decides, so that none jumps."""
        return self._rank(view), view.uid

    def _text_of(self, view: "OrderView") -> str:
        text = self._texts.get(view.uid)
        if text is None:
            text = self._texts[view.uid] = _search(view)
        return text

    def _forget(self, uid: int) -> None:
        self.views.pop(uid, None)
        self._ranks.pop(uid, None)
        self._texts.pop(uid, None)
        self.outcomes.pop(uid, None)

    def _place_of_cursor(self) -> int:
        return self.shown.index(self.cursor) if self.cursor is not None and self.cursor in self._ranks else 0

    def _keep_cursor(self, place: int) -> None:
        """The cursor stays on its order; when that is not shown any more, at the same place."""
        if self.cursor is not None and self.cursor in self._ranks:
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

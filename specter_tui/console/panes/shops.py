"""All shops as rows: what waits where, and what is wrong."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from specter_tui.console import words
from specter_tui.console.columns import Column
from specter_tui.console.counters import Counter, Counters
from specter_tui.console.formats import age, clock
from specter_tui.console.ink import Line, Span, Tone, span
from specter_tui.console.status import is_test, mode_span

if TYPE_CHECKING:
    from specter_tui.engine.messages import OrderState, OrderView

_OPEN: "frozenset[OrderState]" = frozenset(
    {"waiting", "blocked", "ready", "sending", "retry_later", "unknown", "refused", "exists"}
)
_TO_SETTLE: "frozenset[OrderState]" = frozenset({"unknown", "refused", "exists"})


def columns() -> tuple[Column, ...]:
    """The columns, in the language that is spoken."""
    return (
        Column("shop", words.COLUMN_SHOP, 6, align="right"),
        Column("name", words.COLUMN_SHOP_NAME, 10, flex=1),
        Column("kind", words.COLUMN_KIND, 6),
        Column("waiting", words.COLUMN_WAITING, 7, align="right"),
        Column("ready", words.COLUMN_READY, 5, align="right"),
        Column("to_settle", words.COLUMN_TO_SETTLE, 10, align="right"),
        Column("oldest", words.COLUMN_OLDEST, 6, align="right"),
        Column("looked", words.COLUMN_LOOKED, 9, drop=1),
        Column("mode", words.COLUMN_MODE, 12, drop=2),
        Column("trouble", words.COLUMN_TROUBLE, 10, flex=4),
    )


class ShopRows:
    """What the overview shows. Rows stand in the order of the files and never move; files without a shop come last."""

    empty = ""

    def __init__(self, counters: Counters) -> None:
        self._counters = counters

    @property
    def title(self) -> str:
        """How many shops, and how many of them are in trouble."""
        troubled = sum(bool(trouble_of(counter)) for counter in self._counters.all.values())
        title = f"{words.SHOPS} · {len(self._counters.all)}"
        return f"{title} · {words.SHOPS_TROUBLED.format(count=troubled)}" if troubled else title

    @property
    def keys(self) -> Sequence[Hashable]:
        """Shop numbers, then the names of the files that were refused."""
        return (*self._counters.all, *self._counters.refused)

    @property
    def marks(self) -> Collection[Hashable]:
        """Nothing can be marked here."""
        return ()

    def cells(self, key: Hashable) -> Mapping[str, Span]:
        """One shop."""
        if isinstance(key, str):
            first = self._counters.refused[key][0]
            # Which file it is, its row says; in full the line below.
            return {"name": span(key, "muted"), "trouble": span(f"✗ {first.partition(': ')[2] or first}", "bad")}
        counter = self._counters.all[key]  # type: ignore[index]  # numbers are.
        desk, views = counter.desk, tuple(counter.desk.orders.views.values())
        frame = self._counters.current.desk.frame
        is_front: Tone = "title" if counter is self._counters.current else "plain"
        to_settle = sum(view.state in _TO_SETTLE for view in views)
        trouble = trouble_of(counter)
        return {
            "shop": span(str(counter.number), is_front),
            "name": span(counter.name, is_front),
            "kind": _kind(counter),
            "waiting": _count(sum(view.state in _OPEN for view in views), "plain"),
            "ready": _count(sum(view.state == "ready" for view in views), "ready"),
            "to_settle": _count(to_settle, "bad"),
            "oldest": span(_oldest(views, frame.now), "muted"),
            "looked": span(clock(desk.looked_at, frame.zone) if desk.looked_at else "–", "muted"),
            "mode": mode_span(desk) if desk.settings else span(""),
            "trouble": span(f"✗ {trouble}", "bad") if trouble else span(f"✓ {words.SHOP_WELL}", "good"),
        }

    def explain(self, key: Hashable) -> Line:
        """One shop's trouble in full; of a single shop how to have more."""
        if isinstance(key, str):
            return span("✗ ", "bad"), span("  ".join(self._counters.refused[key]))
        counter = self._counters.all.get(key)  # type: ignore[call-overload]  # numbers are.
        if counter is None:
            return ()
        if trouble := trouble_of(counter):
            return span(f"✗ {counter.called}: ", "bad"), span(trouble)
        if not self._counters.several:
            return (span(words.SHOPS_ONE, "muted"),)
        return span(f"{counter.called}  "), span(words.SHOPS_ENTER, "muted")

    def copy(self, key: Hashable) -> tuple[str, str]:
        """The shop's number, or the sentence about a file."""
        text = "\n".join(self._counters.refused[key]) if isinstance(key, str) else str(key)
        return text, words.COPIED_KEY.format(text=text)


def _kind(counter: Counter) -> Span:
    """Test and production are told apart by a word."""
    settings = counter.desk.settings
    if settings is None:
        return span("")
    return span(words.TEST, "warn") if is_test(settings) else span(words.PRODUCTION)


def trouble_of(counter: Counter) -> str:
    """What keeps a shop from its work, or nothing."""
    if counter.trouble:
        return counter.trouble
    for told in counter.desk.reach.values():
        if told.reach not in ("ok", "not_tried"):
            return told.text
    return ""


def _count(number: int, tone: Tone) -> Span:
    return span(str(number), tone) if number else span("·", "muted")


def _oldest(views: "Sequence[OrderView]", now: datetime) -> str:
    """How long the oldest order that is not done has waited."""
    placed = [view.ordered for view in views if view.state in _OPEN and view.ordered is not None]
    return age(now - min(placed)) if placed else "–"

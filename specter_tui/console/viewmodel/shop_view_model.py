"""All that the console knows of a shop: the models of the panes, and the contents of the status line.

Without Textual.
"""

from collections import OrderedDict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from math import inf
from time import monotonic
from typing import TYPE_CHECKING, Literal, Protocol, TypeVar

from specter_tui.console.viewmodel.activity_chart import ActivityChart
from specter_tui.console.viewmodel.detail.finding_texts import translated_error
from specter_tui.console.viewmodel.detail.order_detail import describe
from specter_tui.console.viewmodel.detail.order_sides import service_numbers
from specter_tui.console.viewmodel.display_context import DisplayContext
from specter_tui.console.viewmodel.export_log import ExportLog
from specter_tui.console.viewmodel.formats import when
from specter_tui.console.viewmodel.order_list import OrderList
from specter_tui.console.viewmodel.order_pages import pages_of
from specter_tui.console.viewmodel.order_summary import OrderSummary, summarize_orders
from specter_tui.console.viewmodel.sync_state import PostExportInfo, SyncState
from specter_tui.console.viewmodel.todo_list import TodoList
from specter_tui.console.widgets.row_sources.number_rows import NumberList
from specter_tui.i18n import ngettext, t

if TYPE_CHECKING:
    from specter_tui.config.settings import Settings
    from specter_tui.console.viewmodel.styled_text import Line
    from specter_tui.engine.events import (
        CountGap,
        HistoryRead,
        OrderView,
        PreviewReady,
        Progress,
        ReachChanged,
        ShopCount,
        SinceLeft,
        SumReady,
    )
    from specter_tui.engine.order_states import OrderState
    from specter_tui.journal.models import Stop

_PREVIEWS_KEPT = 40
ANSWER_STANDS = 5.0
"""Seconds during which news does not replace an answer to a key."""
MOST_MESSAGES = 1000
Level = Literal["information", "warning", "error"]


@dataclass(slots=True)
class BulkExport:
    """The orders of a requested export, and their outcomes so far."""

    asked: frozenset[int] = frozenset()
    good: int = 0
    failed: "list[OrderView]" = field(default_factory=list)
    last: "OrderView | None" = None
    ended: bool = False
    """True if the user ended the rest of it."""

    @property
    def left(self) -> int:
        """The number of orders without an outcome, of an export of several."""
        return len(self.asked) - self.done if self.many else 0

    @property
    def done(self) -> int:
        """The number of orders with an outcome."""
        return self.good + len(self.failed)

    @property
    def many(self) -> bool:
        """True if each row keeps its outcome until that is cleared."""
        return len(self.asked) > 1

    @property
    def over(self) -> bool:
        """True if all orders have an outcome."""
        return bool(self.asked) and self.done >= len(self.asked)


@dataclass(slots=True)
class ShopViewModel:
    """The state of the screen."""

    banner: str = ""
    read_only: bool = False
    """True if this console only shows: nothing is sent, decided, copied or written."""
    shop: str = ""
    """The shop's number and name, where there are several shops."""
    orders: OrderList = field(default_factory=OrderList)
    log: ExportLog = field(default_factory=ExportLog)
    numbers: NumberList = field(default_factory=NumberList)
    goods: SyncState = field(default_factory=SyncState)
    todo: TodoList = field(default_factory=TodoList)
    activity: ActivityChart = field(default_factory=ActivityChart)
    frame: DisplayContext = field(default_factory=DisplayContext)
    settings: "Settings | None" = None
    reach: "dict[str, ReachChanged]" = field(default_factory=dict)
    auto_on: bool = False
    auto_by: str = ""
    stop: "Stop | None" = None
    """The emergency stop that is in force, begun on any host."""
    stop_under_way: tuple[str, ...] = ()
    """Orders that were claimed before the stop and are still finished."""
    looked_at: datetime | None = None
    next_at: datetime | None = None
    count: "ShopCount | None" = None
    """The shop's own count."""
    doubt: str = ""
    """The doubt whether the first polls found all orders; empty if there is none."""
    gap: "CountGap | None" = None
    """The counts, where a person may accept that they differ."""
    _standing: "tuple[object, OrderSummary]" = (None, OrderSummary())
    since_left: "SinceLeft | None" = None
    """What happened since the operator left; None if nothing did."""
    touched: bool = False
    """True if any key was pressed yet."""
    look_asked: bool = False
    """True if the user asked for the coming poll."""
    lean: bool = False
    """True if the screen may change only to show new information."""
    progress: "dict[str, Progress]" = field(default_factory=dict)
    batch: BulkExport = field(default_factory=BulkExport)
    wanted: "dict[int, OrderState]" = field(default_factory=dict)
    """Orders that the user asked to send and that have no outcome yet, with their state when they were asked for."""
    held: int = 0
    """The number of orders about to be sent, and the seconds left to undo it."""
    held_seconds: int = 0
    sum: "SumReady | None" = None
    """The totals of the orders in an open question."""
    previews: "OrderedDict[int, PreviewReady]" = field(default_factory=OrderedDict)
    histories: "OrderedDict[int, HistoryRead]" = field(default_factory=OrderedDict)
    words: str = ""
    """The last message, until the next key."""
    level: Level = "information"
    begun: bool = False
    """True if the message says what a key began: its progress and result replace the message."""
    news_from: float = 0.0
    """The time from which news may replace the message (monotonic)."""
    news: "tuple[str, Level] | None" = None
    """News that is not shown yet; newer news replaces it."""
    messages: "deque[tuple[datetime, Level, str]]" = field(default_factory=lambda: deque(maxlen=MOST_MESSAGES))
    """All messages since the start, in memory alone; of very many the newest."""
    leaving: bool = False
    leaving_asked_again: bool = False
    leaving_since: float | None = None
    """The time when shutdown began (monotonic)."""
    in_flight: tuple[str, ...] = ()

    @property
    def unsent(self) -> int:
        """The number of orders that were to be sent, by the user or auto mode, and are unchanged."""
        asked = {uid for uid, state in self.wanted.items() if self._stands(uid, state)}
        if self.auto_on and not self.auto_by:
            asked.update(view.uid for view in self.orders.ready() if view.number not in self.in_flight)
        return len(asked)

    def _stands(self, uid: int, state: "OrderState") -> bool:
        view = None if uid in self.orders.gone else self.orders.views.get(uid)
        return view is not None and view.state == state and view.number not in self.in_flight

    @property
    def leaving_for(self) -> float:
        """The seconds since shutdown began."""
        return 0.0 if self.leaving_since is None else monotonic() - self.leaving_since

    @property
    def standing(self) -> OrderSummary:
        """The orders' summary; cached until one changes, since it is needed at every key."""
        stamp = (self.orders.version, self.count)
        if self._standing[0] != stamp:
            self._standing = (stamp, summarize_orders(self.orders.present, self.count))
        return self._standing[1]

    @property
    def started(self) -> bool:
        """True if the engine has started."""
        return self.settings is not None

    @property
    def awaits_look(self) -> bool:
        """True if the progress of a poll is shown: the user asked for it, or it is the first one."""
        return self.look_asked or self.looked_at is None

    @property
    def inactive(self) -> bool:
        """True if the settings forbid sending."""
        return self.settings is not None and "inactive" in (self.settings.order.export, self.settings.order.export_run)

    @property
    def articles_stopped(self) -> bool:
        """True if the settings forbid sending any article."""
        return self.settings is not None and self.settings.article.export_run == "inactive"

    @property
    def articles_off(self) -> bool:
        """True if the settings forbid the export of articles."""
        return self.articles_stopped or (self.settings is not None and self.settings.article.export == "inactive")

    @property
    def halted(self) -> str:
        """Why nothing is sent until a person acts; empty if sending works."""
        return next((reach.text for reach in self.reach.values() if reach.halted), "")

    @property
    def stopped(self) -> str:
        """The text about a stop of all sending, with operator, time and reason; empty if there is none."""
        stop = self.stop
        if stop is None:
            return ""
        by = f"{stop.operator}@{stop.host}"
        text = t("All sending was stopped by {by} {at}: {reason}.").format(
            by=by, at=when(stop.begun_at, self.frame.now, self.frame.zone), reason=stop.reason
        )
        count = len(self.stop_under_way)
        if not count:
            return text
        return (
            text
            + " "
            + ngettext(
                "{count} order under way goes to its end.", "{count} orders under way go to their end.", count
            ).format(count=count)
        )

    def sum_of(self, uids: tuple[int, ...]) -> "SumReady | None":
        """Return the totals of these orders, if they were calculated."""
        return self.sum if self.sum is not None and self.sum.uids == uids else None

    def after(self, uid: int) -> PostExportInfo:
        """Return the data after the export of one order."""
        history = self.histories.get(uid)
        delivery = self.goods.deliveries.get(uid) or (history.delivery if history else None)
        return PostExportInfo(self.goods.drift.of(uid), delivery)

    def note(self, text: str, level: Level = "information") -> None:
        """Add to the messages; the same text again only after another one."""
        if not self.messages or self.messages[-1][2] != text:
            self.messages.append((datetime.now().astimezone(), level, text))

    def tell(self, text: str, level: Level = "information") -> None:
        """Show an answer to a key until the next key; an error is not replaced by other messages.

        A failure is shown in the screen's language.
        """
        text = translated_error(text)
        self.note(text, level)
        if not (self.words and self.level == "error" and level != "error"):
            self.words, self.level, self.begun = text, level, False
            self.news_from = inf if level == "error" else monotonic() + ANSWER_STANDS

    def retract(self, text: str) -> None:
        """Clear this answer if it is still shown, since it is no longer true."""
        if self.words == text:
            self.words = ""

    def tell_begun(self, text: str) -> None:
        """Show at once what a key began."""
        self.note(text)
        if not (self.words and self.level == "error"):
            self.words, self.level, self.begun, self.news_from = text, "information", True, 0.0

    def end_begun(self) -> None:
        """Clear the message of what a key began, since it is done."""
        if self.begun:
            self.words = ""

    def tell_news(self, text: str, level: Level) -> None:
        """Show news when no answer to a key is shown; an error at once."""
        if level == "error":
            self.tell(text, level)
        else:
            self.note(text, level)
            self.news = text, level
            self.bring_news()

    def bring_news(self) -> float:
        """Show waiting news, or return the seconds until then; 0 where there is none or a key must come first."""
        if self.news is None:
            return 0.0
        wait = self.news_from - monotonic() if self.words else 0.0
        if wait <= 0:
            (self.words, self.level), self.news, self.news_from, self.begun = self.news, None, 0.0, False
        return wait if 0 < wait < inf else 0.0

    def want(self, views: "Iterable[OrderView]") -> None:
        """Record that the user asked to send these orders."""
        self.wanted.update((view.uid, view.state) for view in views)

    def keep_preview(self, preview: "PreviewReady") -> None:
        """Keep a form; the oldest are dropped, and built again when needed."""
        _keep(self.previews, preview)

    def keep_history(self, history: "HistoryRead") -> None:
        """Keep the journal's data of an order; the oldest are dropped, and read again when needed."""
        _keep(self.histories, history)

    def lines_of(self, view: "OrderView", width: int, *, whole: bool) -> "list[Line]":
        """Return the detail of one order as lines."""
        return describe(
            view,
            self.previews.get(view.uid),
            width,
            self.frame,
            whole=whole,
            marked=0 if whole else len(self.orders.marks),
            after=self.after(view.uid),
            history=self.histories.get(view.uid),
            pages=pages_of(view, self.settings),
            services=service_numbers(self.settings.order) if self.settings else {},
        )


class _OfOrder(Protocol):
    @property
    def uid(self) -> int: ...


_T = TypeVar("_T", bound=_OfOrder)


def _keep(kept: "OrderedDict[int, _T]", one: _T) -> None:
    kept[one.uid] = one
    kept.move_to_end(one.uid)
    while len(kept) > _PREVIEWS_KEPT:
        kept.popitem(last=False)

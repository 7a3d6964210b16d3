"""Conditions of commands: each returns the sentence that says why not, or an empty text."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from specter_tui.console.viewmodel.state_styles import CURES, STATE_STYLES
from specter_tui.i18n import t

if TYPE_CHECKING:
    from specter_tui.engine.events import OrderView
    from specter_tui.engine.order_states import OrderState

PaneName = Literal["orders", "log", "numbers"]
Front = Literal[
    "orders",
    "log",
    "numbers",
    "detail",
    "drift",
    "methods",
    "deliveries",
    "report",
    "stock",
    "stock_rows",
    "page",
    "shops",
    "todo",
    "morning",
]
"""The front view: a pane, or a full screen."""
LISTS: frozenset[Front] = frozenset(
    {"orders", "log", "numbers", "drift", "methods", "deliveries", "stock_rows", "shops", "todo"}
)
"""The front views that are lists of rows."""

SENDABLE: "frozenset[OrderState]" = frozenset({"ready", "retry_later", "refused"})
NUMBERABLE: "frozenset[OrderState]" = frozenset({"unknown", "refused", "exists"})
CORRECTABLE = NUMBERABLE | {"exported"}
"""The same key enters a number and corrects one."""
REPEATABLE: "frozenset[OrderState]" = frozenset({"unknown", "refused"})
CLOSABLE: "frozenset[OrderState]" = frozenset(
    {"waiting", "blocked", "ready", "retry_later", "unknown", "refused", "exists"}
)
ACTS_ON = {"export": SENDABLE, "repeat": REPEATABLE, "close": CLOSABLE}
"""The commands on several orders, with the states in which an order qualifies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandSituation:
    """The facts by which conditions decide."""

    started: bool = True
    several: bool = False
    """True where there is more than one shop."""
    leaving: bool = False
    read_only: bool = False
    """True in a console that only shows."""
    front: Front = "orders"
    targets: "tuple[OrderView, ...]" = ()
    """The marked orders, else the one under the cursor."""
    current: "OrderView | None" = None
    """The order under the cursor, or the open one, for commands on one order."""
    marked: int = 0
    ready: int = 0
    auto_on: bool = False
    auto_by: str = ""
    inactive: bool = False
    articles_off: bool = False
    """True where the settings forbid exporting articles; `articles_stopped`: sending any article."""
    articles_stopped: bool = False
    halted: str = ""
    stopped: str = ""
    """The operator and reason of the emergency stop."""
    gap: bool = False
    """True where a person may accept that the shop's count differs from the orders found."""
    held: bool = False
    """True during the countdown before orders are sent."""
    rows: int = 0
    numbers: int = 0
    """The number of bad article numbers in the list; `number_targets`: those that `x` would accept."""
    number_targets: int = 0
    listed: int = 0
    """The number of rows in the front list."""
    drift: int = 0
    """The number of open drift lines; `drift_item`: the item of the line under the cursor, ticked or not."""
    drift_item: str = ""
    stock_row: bool = False
    """True where the cursor is on a stock row that a person must decide about."""
    todo: str = ""
    """The kind of the item under the cursor of the work queue, if it is of the front shop."""
    todo_shop: str = ""
    """The shop of that item, where it is another one."""

    @property
    def elsewhere(self) -> bool:
        """True where commands act on marked orders instead of the one under the cursor."""
        return bool(self.marked) and self.targets != (self.current,)

    @property
    def in_orders(self) -> bool:
        """True where the orders, the detail of one, or an order of the work queue is in front."""
        return self.front in ("orders", "detail") or (self.front == "todo" and self.current is not None)


Condition = Callable[[CommandSituation], str]
"""Returns an empty text where it holds, else the sentence that says why not."""


def usable(states: "frozenset[OrderState]", situation: CommandSituation) -> "tuple[OrderView, ...]":
    """Return the targets in one of the states."""
    return tuple(view for view in situation.targets if _acts_as(view) in states)


def _acts_as(view: "OrderView") -> "OrderState":
    """Return the state that commands see: a `retry_later` with problems waits for a person, as `refused` does."""
    return "refused" if view.state == "retry_later" and view.problems else view.state


def always(_: CommandSituation) -> str:
    """Hold everywhere."""
    return ""


def at_work(situation: CommandSituation) -> str:
    """Hold once the engine is there, and until the console quits."""
    if situation.leaving:
        return t("The console is leaving.")
    return "" if situation.started else t("The console is still starting.")


def in_one_shop(situation: CommandSituation) -> str:
    """Hold outside the overview, and for items of the front shop: it need not be the one under the cursor."""
    if situation.todo_shop:
        return t("That is in shop {shop}: enter goes there.").format(shop=situation.todo_shop)
    return t("Go to a shop first: enter.") if situation.front == "shops" else at_work(situation)


def may_send(situation: CommandSituation) -> str:
    """Hold where the settings, the stop, the countdown and the Specter account let orders be sent."""
    if situation.inactive:
        return t("Sending is switched off by ORDER__EXPORT or ORDER__EXPORT_RUN; previews work.")
    if situation.stopped:
        return f"{situation.stopped} {t('S lets it go on.')}"
    if situation.held:
        return t("Orders are about to be sent: esc stops that first.")
    return t("Nothing is sent: {text}").format(text=situation.halted) if situation.halted else ""


def on_orders(situation: CommandSituation) -> str:
    """Hold where orders are in front, and one of them under the cursor or marked."""
    if not situation.in_orders:
        return _not_of(situation) or t("That is for orders: press 1 first.")
    return "" if situation.targets or situation.current or situation.marked else t("No order is chosen.")


def in_states(states: "frozenset[OrderState]") -> Condition:
    """Hold where a target is in one of the states."""

    def why_not(situation: CommandSituation) -> str:
        if usable(states, situation):
            return ""
        if situation.marked:
            return t("None of the {count} marked can be used for that.").format(count=situation.marked)
        return _not_in_state(situation.targets[0]) if situation.targets else t("No order is chosen.")

    return why_not


def reopenable(situation: CommandSituation) -> "tuple[OrderView, ...]":
    """Return the targets whose closing, or number entered by a person, can be taken back."""
    return tuple(view for view in situation.targets if view.reopenable)


def repeatable(situation: CommandSituation) -> str:
    """Hold where a target can be sent again or taken back."""
    if usable(REPEATABLE, situation):
        return may_send(situation)
    return "" if reopenable(situation) else in_states(REPEATABLE)(situation)


def numberable(situation: CommandSituation) -> str:
    """Hold where the order takes a Specter number, or has one to correct."""
    view = situation.current
    if view is None:
        return t("No order is chosen.")
    return "" if view.state in CORRECTABLE else _not_in_state(view)


def _not_in_state(view: "OrderView") -> str:
    cure = CURES.get(view.state, "").format(number=view.number)
    return (
        t("Order {number} is {state}. {cure}")
        .format(number=view.number, state=STATE_STYLES[view.state].word, cure=cure)
        .rstrip()
    )


def all_of(*reasons: Condition) -> Condition:
    """Hold where all of these do; the first that does not says why not."""

    def why_not(situation: CommandSituation) -> str:
        return next((why for reason in reasons if (why := reason(situation))), "")

    return why_not


def some_ready(situation: CommandSituation) -> str:
    """Hold where an order is ready."""
    return "" if situation.ready else t("No order is ready.")


def may_turn_auto(situation: CommandSituation) -> str:
    """Hold where auto mode can be turned off here, or on."""
    if situation.auto_by:
        return t("Auto mode is run by {by}. S stops all sending.").format(by=situation.auto_by)
    return "" if situation.auto_on else may_send(situation)


def _not_of(situation: CommandSituation) -> str:
    """Return that the item of the work queue is of another kind than the key is for; empty in another list."""
    if situation.front == "todo" and not situation.todo:
        return t("There is nothing to do about it any more.")
    return t("That key is for other items; the row names those for this one.") if situation.front == "todo" else ""


def markable(situation: CommandSituation) -> str:
    """Hold where the list in front has rows to mark."""
    if situation.front == "numbers":
        return "" if situation.numbers else t("There is no bad article number.")
    return order_listed(situation)


def in_marked_list(situation: CommandSituation) -> str:
    """Hold where a list with rows to mark is itself in front, not one of its rows in full."""
    if situation.front in ("orders", "numbers"):
        return markable(situation)
    return t("That is for orders and article numbers: press 1 or 3 first.")


def fixable(situation: CommandSituation) -> str:
    """Hold where suggested article numbers can be accepted."""
    if situation.front != "numbers" and situation.todo != "number":
        return _not_of(situation) or t("That is for article numbers: press 3 first.")
    return "" if situation.number_targets else t("There is no bad article number.")


def may_export_articles(situation: CommandSituation) -> str:
    """Hold where settings and account let articles be exported."""
    if situation.articles_off:
        return t("Articles are not sent: ARTICLE__EXPORT or ARTICLE__EXPORT_RUN is inactive.")
    return t("Nothing is sent: {text}").format(text=situation.halted) if situation.halted else ""


def may_make_services(situation: CommandSituation) -> str:
    """Hold where settings and account let service articles be made."""
    if situation.articles_stopped:
        return t("Articles are not sent: ARTICLE__EXPORT or ARTICLE__EXPORT_RUN is inactive.")
    return t("Nothing is sent: {text}").format(text=situation.halted) if situation.halted else ""


def tickable(situation: CommandSituation) -> str:
    """Hold where the cursor is on something to tick off."""
    if "stock_row" in (situation.todo, situation.front.removesuffix("s")):
        return "" if situation.stock_row else t("Nothing is to be ticked off here.")
    if "drift" not in (situation.todo, situation.front):
        return _not_of(situation) or t(
            "That is for changes to make by hand and stock rows: press d first, or ctrl+p for stock rows."
        )
    return "" if situation.drift_item else t("Nothing is to be ticked off here.")


def on_report(situation: CommandSituation) -> str:
    """Hold in the report."""
    return "" if situation.front == "report" else t("That is for the day's report: press b first.")


def some_bad_number(situation: CommandSituation) -> str:
    """Hold where a bad article number is listed."""
    return "" if situation.numbers else t("There is no bad article number.")


def order_listed(situation: CommandSituation) -> str:
    """Hold where the list of orders is in front, and has rows."""
    if not situation.in_orders or situation.front == "todo":
        return t("That is for orders: press 1 first.")
    return "" if situation.rows else t("No order is chosen.")


def in_list(situation: CommandSituation) -> str:
    """Hold in a list."""
    return "" if situation.front in LISTS else t("That is for lists: open one first.")


def sortable(situation: CommandSituation) -> str:
    """Hold in a list; in the report the same key changes the time by which orders count."""
    return on_report(situation) and in_list(situation)


def writable(situation: CommandSituation) -> str:
    """Hold where a list or the report is in front, and has rows."""
    not_listed = "" if situation.front == "report" else in_list(situation)
    return at_work(situation) or not_listed or ("" if situation.listed else t("The list is empty."))


def several_shops(situation: CommandSituation) -> str:
    """Hold where there are several shops."""
    return "" if situation.several else t("There is only one shop here; o says how to have more.")

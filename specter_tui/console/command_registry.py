"""Every action once: its key, its words, when it is possible and why not now. Keys, footer, help and palette use it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from specter_tui.console import words
from specter_tui.console.viewmodel.state_styles import STATE_STYLES
from specter_tui.i18n import t

if TYPE_CHECKING:
    from specter_tui.engine.events import OrderState, OrderView

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
]
"""What is in front of the person: a pane, or what fills the screen."""
LISTS: frozenset[Front] = frozenset(
    {"orders", "log", "numbers", "drift", "methods", "deliveries", "stock_rows", "shops"}
)
"""Those that are lists of rows."""
Group = Literal["orders", "goods", "find", "panes", "console"]

SENDABLE: "frozenset[OrderState]" = frozenset({"ready", "retry_later", "refused"})
NUMBERABLE: "frozenset[OrderState]" = frozenset({"unknown", "refused", "exists"})
CORRECTABLE = NUMBERABLE | {"exported"}
"""A number that an order has is corrected by the same key."""
REPEATABLE: "frozenset[OrderState]" = frozenset({"unknown", "refused"})
CLOSABLE: "frozenset[OrderState]" = frozenset(
    {"waiting", "blocked", "ready", "retry_later", "unknown", "refused", "exists"}
)
_BY_PERSON = ("exported", "person")
ACTS_ON = {"export": SENDABLE, "repeat": REPEATABLE, "close": CLOSABLE}
"""The actions on several orders, and the states in which an order is for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandSituation:
    """All that decides whether an action is possible."""

    started: bool = True
    several: bool = False
    """Whether there is more than one shop."""
    leaving: bool = False
    front: Front = "orders"
    targets: "tuple[OrderView, ...]" = ()
    """The marked orders, else the one under the cursor."""
    current: "OrderView | None" = None
    """The order under the cursor, or the one that is open: keys for one order are for this one."""
    marked: int = 0
    ready: int = 0
    auto_on: bool = False
    auto_by: str = ""
    inactive: bool = False
    articles_off: bool = False
    """Whether the settings forbid the export of articles; stopped: sending any at all."""
    articles_stopped: bool = False
    halted: str = ""
    stopped: str = ""
    """By whom and why all sending was stopped."""
    gap: bool = False
    """Whether a person may accept that the shop counts other orders than are found."""
    held: bool = False
    """Whether orders are about to be sent."""
    rows: int = 0
    numbers: int = 0
    """How many bad article numbers are listed, and how many of them `x` would accept."""
    number_targets: int = 0
    listed: int = 0
    """How many rows the list in front shows."""
    drift: int = 0
    """How many drift lines are open, and what the one under the cursor, open or ticked off, is called."""
    drift_item: str = ""
    stock_row: bool = False
    """Whether the cursor is on a row of stock for a person."""

    @property
    def elsewhere(self) -> bool:
        """Whether keys for several orders act on others than the one that is looked at: on marked ones."""
        return bool(self.marked) and self.targets != (self.current,)

    @property
    def in_orders(self) -> bool:
        """Whether the orders, or one order's detail, are in front of the person."""
        return self.front in ("orders", "detail")


WhyNot = Callable[[CommandSituation], str]


@dataclass(frozen=True, slots=True)
class CommandSpec:
    """`name` is the method that does it; `footer` ranks it for the footer, 0: never there."""

    name: str
    keys: tuple[str, ...]
    key: str
    group: Group
    why_not: WhyNot
    footer: int = 0

    @property
    def sign(self) -> str:
        """Its key as people call it."""
        return words.KEY_NAMES.get(self.key, self.key)

    @property
    def short(self) -> str:
        """Its word where it stands alone."""
        return words.SHORT[self.name]

    def label(self, situation: CommandSituation) -> str:
        """Its words in the footer, with the orders that it would act on now."""
        if self.name == "look" and situation.gap and not self.why_not(situation):
            return words.SHORT_FOR["accept_count"]
        if self.name not in words.SHORT_FOR or self.why_not(situation):
            return self.short
        name = "reopen" if self.name == "repeat" and not usable(REPEATABLE, situation) else self.name
        return words.SHORT_FOR[name].format(orders=_named(name, situation))

    @property
    def sentence(self) -> str:
        """Its sentence in the help."""
        return words.SENTENCES[self.name]


def usable(states: "frozenset[OrderState]", situation: CommandSituation) -> "tuple[OrderView, ...]":
    """Those of the targets that are in one of the states."""
    return tuple(view for view in situation.targets if _acts_as(view) in states)


def _acts_as(view: "OrderView") -> "OrderState":
    """One that its document holds back after a failed call waits for a person, as a refused one does."""
    return "refused" if view.state == "retry_later" and view.problems else view.state


def _named(name: str, situation: CommandSituation) -> str:
    """The orders that an action would act on: one by its number, marked ones as such."""
    if name == "number" or not situation.elsewhere:
        return situation.current.number if situation.current else ""
    views = reopenable(situation) if name == "reopen" else usable(ACTS_ON[name], situation)
    return words.FOR_MARKED.format(count=len(views), number=views[0].number)


def _always(_: CommandSituation) -> str:
    return ""


def _here(situation: CommandSituation) -> str:
    if situation.leaving:
        return words.NOT_LEAVING
    return "" if situation.started else words.NOT_STARTED


def _running(situation: CommandSituation) -> str:
    """In the overview nothing is done to a shop: it could be another than the one under the cursor."""
    return t("Go to a shop first: enter.") if situation.front == "shops" else _here(situation)


def _sending(situation: CommandSituation) -> str:
    if situation.inactive:
        return words.NOT_INACTIVE
    if situation.stopped:
        return f"{situation.stopped} {words.STOP_KEY}"
    if situation.held:
        return words.NOT_HOLDING
    return words.NOT_HALTED.format(text=situation.halted) if situation.halted else ""


def _on_orders(situation: CommandSituation) -> str:
    if not situation.in_orders:
        return words.NOT_IN_ORDERS
    return "" if situation.targets or situation.current or situation.marked else words.NOT_NO_ORDER


def _in_states(states: "frozenset[OrderState]") -> WhyNot:
    def why_not(situation: CommandSituation) -> str:
        if usable(states, situation):
            return ""
        if situation.marked:
            return words.NOT_NONE_MARKED.format(count=situation.marked)
        return _not_in_state(situation.targets[0]) if situation.targets else words.NOT_NO_ORDER

    return why_not


def reopenable(situation: CommandSituation) -> "tuple[OrderView, ...]":
    """Those of the targets whose closing, or whose number by a person, can be taken back."""
    views = situation.targets
    return tuple(view for view in views if view.state == "closed" or (view.state, view.number_by) == _BY_PERSON)


def _repeatable(situation: CommandSituation) -> str:
    if usable(REPEATABLE, situation):
        return _sending(situation)
    return "" if reopenable(situation) else _in_states(REPEATABLE)(situation)


def _numberable(situation: CommandSituation) -> str:
    view = situation.current
    if view is None:
        return words.NOT_NO_ORDER
    return "" if view.state in CORRECTABLE else _not_in_state(view)


def _not_in_state(view: "OrderView") -> str:
    cure = words.CURES.get(view.state, "").format(number=view.number)
    return words.NOT_STATE.format(number=view.number, state=STATE_STYLES[view.state].word, cure=cure).rstrip()


def _first(*reasons: WhyNot) -> WhyNot:
    def why_not(situation: CommandSituation) -> str:
        return next((why for reason in reasons if (why := reason(situation))), "")

    return why_not


def _none_ready(situation: CommandSituation) -> str:
    return "" if situation.ready else words.NOT_NONE_READY


def _auto(situation: CommandSituation) -> str:
    if situation.auto_by:
        return words.NOT_AUTO_BY.format(by=situation.auto_by)
    return "" if situation.auto_on else _sending(situation)


def _markable(situation: CommandSituation) -> str:
    if situation.front == "numbers":
        return "" if situation.numbers else words.NOT_NO_NUMBER
    return _listed(situation)


def _fixable(situation: CommandSituation) -> str:
    if situation.front != "numbers":
        return words.NOT_IN_NUMBERS
    return "" if situation.number_targets else words.NOT_NO_NUMBER


def _articles(situation: CommandSituation) -> str:
    if situation.articles_off:
        return words.NOT_ARTICLES
    return words.NOT_HALTED.format(text=situation.halted) if situation.halted else ""


def _services_off(situation: CommandSituation) -> str:
    if situation.articles_stopped:
        return words.NOT_ARTICLES
    return words.NOT_HALTED.format(text=situation.halted) if situation.halted else ""


def _tickable(situation: CommandSituation) -> str:
    if situation.front == "stock_rows":
        return "" if situation.stock_row else words.NOT_NO_DRIFT
    if situation.front != "drift":
        return words.NOT_IN_DRIFT
    return "" if situation.drift_item else words.NOT_NO_DRIFT


def _on_report(situation: CommandSituation) -> str:
    return "" if situation.front == "report" else words.NOT_IN_REPORT


def _any_number(situation: CommandSituation) -> str:
    return "" if situation.numbers else words.NOT_NO_NUMBER


def _listed(situation: CommandSituation) -> str:
    if not situation.in_orders:
        return words.NOT_IN_ORDERS
    return "" if situation.rows else words.NOT_NO_ORDER


def _in_list(situation: CommandSituation) -> str:
    return "" if situation.front in LISTS else words.NOT_IN_LIST


def _writable(situation: CommandSituation) -> str:
    in_list = "" if situation.front == "report" else _in_list(situation)
    return _here(situation) or in_list or ("" if situation.listed else words.NOT_EMPTY)


def _several(situation: CommandSituation) -> str:
    return "" if situation.several else t("There is only one shop here; o says how to have more.")


PALETTE_SIGN = ":"
"""For actions without a key of their own: the palette has them."""

ACTIONS: tuple[CommandSpec, ...] = (
    CommandSpec(
        "export", ("e",), "e", "orders",
        _first(_running, _on_orders, _sending, _in_states(SENDABLE)), 1,
    ),
    CommandSpec(
        "export_all", ("E", "shift+e"), "E", "orders",
        _first(_running, _sending, _none_ready), 2,
    ),
    CommandSpec(
        "auto", ("a",), "a", "orders", _first(_running, _auto), 7,
    ),
    CommandSpec(
        "number", ("n",), "n", "orders",
        _first(_running, _on_orders, _numberable),
    ),
    CommandSpec(
        "repeat", ("R", "shift+r"), "R", "orders",
        _first(_running, _on_orders, _repeatable),
    ),
    CommandSpec(
        "close", ("c",), "c", "orders",
        _first(_running, _on_orders, _in_states(CLOSABLE)),
    ),
    CommandSpec("stop", ("S", "shift+s"), "S", "orders", _here),
    CommandSpec("mark", ("space",), "space", "orders", _markable, 4),
    CommandSpec("mark_all", ("asterisk",), "*", "orders", _markable),
    CommandSpec("fix", ("x",), "x", "goods", _first(_running, _fixable)),
    CommandSpec(
        "fix_all", ("X", "shift+x"), "X", "goods",
        _first(_running, _any_number),
    ),
    CommandSpec("drift", ("d",), "d", "goods", _running),
    CommandSpec("tick", ("t",), "t", "goods", _first(_running, _tickable)),
    CommandSpec("methods", ("m",), "m", "goods", _running),
    CommandSpec(
        "export_articles", (), PALETTE_SIGN, "goods",
        _first(_running, _articles),
    ),
    CommandSpec(
        "export_all_articles", (), PALETTE_SIGN, "goods",
        _first(_running, _articles),
    ),
    CommandSpec("show_articles", (), PALETTE_SIGN, "goods", _always),
    CommandSpec("pull_stock", (), PALETTE_SIGN, "goods", _running),
    CommandSpec("pull_all_stock", (), PALETTE_SIGN, "goods", _running),
    CommandSpec("show_stock", (), PALETTE_SIGN, "goods", _always),
    CommandSpec("stock_rows", (), PALETTE_SIGN, "goods", _running),
    CommandSpec("check_numbers", (), PALETTE_SIGN, "goods", _running),
    CommandSpec(
        "create_services", (), PALETTE_SIGN, "goods",
        _first(_running, _services_off),
    ),
    CommandSpec(
        "show_deliveries", ("l",), "l", "goods", _always
    ),
    CommandSpec("today", ("i",), "i", "goods", _always),
    CommandSpec("report", ("b",), "b", "goods", _running),
    CommandSpec("day_before", ("left",), "←", "goods", _first(_running, _on_report)),
    CommandSpec("day_after", ("right",), "→", "goods", _first(_running, _on_report)),
    CommandSpec("open", ("enter",), "enter", "find", _always, 3),
    CommandSpec("filter", ("slash",), "/", "find", _in_list, 5),
    CommandSpec("sort", ("s",), "s", "find", _in_list),
    CommandSpec("views", ("v",), "v", "find", _in_list),
    CommandSpec("write", ("w",), "w", "find", _writable),
    CommandSpec("go", ("g",), "g", "find", _running),
    CommandSpec("copy", ("y",), "y", "find", _always),
    CommandSpec("look", ("r",), "r", "find", _running, 6),
    CommandSpec("back", ("escape",), "esc", "find", _always),
    CommandSpec("pane_orders", ("1",), "1", "panes", _always),
    CommandSpec("pane_log", ("2",), "2", "panes", _always),
    CommandSpec("pane_numbers", ("3",), "3", "panes", _always),
    CommandSpec("enlarge", ("z",), "z", "panes", _always),
    CommandSpec("theme", (), PALETTE_SIGN, "console", _always),
    CommandSpec("redraw", ("ctrl+l",), "ctrl+l", "console", _always),
    CommandSpec("help", ("question_mark",), "?", "console", _always),
    CommandSpec("palette", ("ctrl+p",), "ctrl+p", "console", _always),
    CommandSpec("overview", ("o",), "o", "console", _here),
    CommandSpec("next_shop", ("greater_than_sign",), ">", "console", _first(_here, _several)),
    CommandSpec("previous_shop", ("less_than_sign",), "<", "console", _first(_here, _several)),
    CommandSpec("leave", ("q", "ctrl+q", "ctrl+c"), "q", "console", _always),
)  # fmt: skip
BY_NAME = {action.name: action for action in ACTIONS}
MOST_IN_FOOTER = 7
OPENS_LINE = ("number", "repeat", "close", "stop", "go", "tick")
"""Actions whose keys people follow at once by what they type."""
BEHIND = 0.3
"""Seconds after such a key that opened no line for which what is typed does nothing: it was meant for the line."""

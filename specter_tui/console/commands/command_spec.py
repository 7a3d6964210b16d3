"""A command of the console: its handler, keys, condition and texts."""

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from typing import Generic, Literal, TypeVar

from specter_tui.console.commands.conditions import (
    ACTS_ON,
    REPEATABLE,
    CommandSituation,
    Condition,
    always,
    reopenable,
    usable,
)
from specter_tui.i18n import Texts, ngettext, t

SHORT = Texts(
    {
        "export": "export",
        "export_all": "all ready",
        "auto": "auto on/off",
        "number": "Specter number",
        "repeat": "repeat",
        "close": "close",
        "stop": "stop all",
        "todo": "to do",
        "morning": "since you left",
        "next_todo": "next to do",
        "previous_todo": "to do before",
        "mark": "mark",
        "mark_all": "mark all",
        "mark_range": "mark range",
        "mark_up": "mark upwards",
        "mark_down": "mark downwards",
        "mark_shown": "mark shown",
        "invert_marks": "invert marks",
        "fix": "accept",
        "fix_all": "accept all",
        "drift": "changes",
        "tick": "tick off",
        "methods": "methods",
        "export_articles": "export articles",
        "export_all_articles": "export all articles",
        "show_articles": "article export",
        "pull_stock": "pull stock",
        "pull_all_stock": "pull all stock",
        "show_stock": "stock",
        "stock_rows": "stock rows",
        "check_numbers": "check numbers",
        "create_services": "service articles",
        "show_deliveries": "deliveries",
        "today": "today",
        "report": "report",
        "day_before": "day before",
        "day_after": "day after",
        "report_span": "day, week, month",
        "report_basis": "placed or exported",
        "messages": "messages",
        "open": "detail",
        "filter": "filter",
        "sort": "sort",
        "views": "views",
        "write": "to a file",
        "go": "go to",
        "overview": "all shops",
        "next_shop": "next shop",
        "previous_shop": "shop before",
        "copy": "copy",
        "look": "refresh",
        "back": "back",
        "pane_orders": "orders",
        "pane_log": "log",
        "pane_numbers": "numbers",
        "enlarge": "enlarge",
        "theme": "colours",
        "redraw": "redraw",
        "help": "help",
        "palette": "commands",
        "leave": "leave",
    }
)
SHORT_FOR = Texts(
    {
        "export": "export {orders}",
        "number": "number for {orders}",
        "repeat": "repeat {orders}",
        "reopen": "take back {orders}",
        "close": "close {orders}",
        "accept_count": "accept the count",
    }
)
SENTENCES = Texts(
    {
        "export": "Export the order under the cursor; marked ones after their sum was shown.",
        "export_all": "Export everything that is ready, after its sum and forms were shown; asks first.",
        "auto": "Auto mode: send each order when it becomes ready; shows first what goes at once, as E does.",
        "number": "Type the Specter number of the order under the cursor, or correct it.",
        "repeat": "Send an unknown or refused order again; take back a closing or a number typed by hand. Needs "
        "a reason.",
        "close": "Close an order, or the marked ones, so that they are never sent; needs a reason.",
        "stop": "Emergency stop: every program on this journal stops sending, with a reason; again: lets it go on.",
        "todo": "Work queue: all that waits for a person, of every kind and shop, each with what to do and its keys.",
        "morning": "Since you left: what was exported, what is unknown or refused, what was not sent. enter: the work "
        "queue.",
        "next_todo": "To the next thing that waits for a person. At first, and after the last: the list of all.",
        "previous_todo": "To the thing before it.",
        "mark": "Mark the order or the article number, or take its mark away.",
        "mark_all": "Mark all shown, after an export first those that failed; or take all marks away.",
        "mark_range": "Mark a range: all rows from here to the cursor as it moves. Again, or esc, ends it; marks stay.",
        "mark_up": "Mark the row and the one above, and so on; back again takes the marks away.",
        "mark_down": "Mark the row and the one below, and so on; back again takes the marks away.",
        "mark_shown": "Mark all that the filter shows, beside what is marked already.",
        "invert_marks": "Invert the marks of the shown rows: mark the others, and take the marks of these away.",
        "fix": "Accept the suggested article number, or those of the marked ones; asks first.",
        "fix_all": "Accept every suggested article number; asks first.",
        "drift": "What is to be changed in Specter by hand, since orders were edited after their export.",
        "tick": "Tick off a change or a stock row when it is done; asks by name. Again: takes the tick back.",
        "methods": "Delivery methods with their Extern nyckel, payment methods with their types, service articles.",
        "export_articles": "Export articles: send all that are new or changed to Specter; asks first.",
        "export_all_articles": "Export all articles again, unchanged ones too: slow for a large catalogue; asks first.",
        "show_articles": "How far the article export is, and what the last one refused or skipped.",
        "pull_stock": "Fetch stock from Specter and write it to the shop; asks first.",
        "pull_all_stock": "Fetch all stock: ask Specter for the stock of every article again; slow; asks first.",
        "show_stock": "What the last stock brought, and which numbers have no place in the shop. enter: stock rows.",
        "stock_rows": "Stock rows: rows of Specter's stock that only a person can settle, each with what to do.",
        "check_numbers": "Check article numbers: read the whole catalogue again.",
        "create_services": "Create service articles in Specter, for delivery, fees, discounts and the like; "
        "asks first.",
        "show_deliveries": "What Specter says of exported orders: delivered, cancelled, tracking number.",
        "today": "Today: orders by state and whether they add up, the oldest that waits, exports and failures by "
        "the hour.",
        "report": "The report: totals per VAT rate and payment method, shop = in Specter + held, why each is held, "
        "what was cancelled or corrected, by whom. In it: another day.",
        "day_before": "In the report: the day, week or month before.",
        "day_after": "In the report: the day, week or month after.",
        "report_span": "In the report: the week, the month, or the day again.",
        "report_basis": "In the report: count orders by the day of their placing, or of their export.",
        "messages": "All messages of the message line since the start, whole and with their times.",
        "open": "The whole order, full screen. From the log: go to that order. From the numbers: all about them.",
        "filter": "Filter as you type: text, !text, state:unknown, total>500, customer:, sku:AB*, age>2h.",
        "sort": "Sort by any column, either way, and choose the columns.",
        "views": "Saved views: open one, save the list as it is shown now, or remove one.",
        "write": "Write what is shown to a CSV file, as it is filtered and sorted.",
        "go": "Go to an order by its order number, Specter number or uid, also outside the list.",
        "overview": "All shops: what waits, what is to be settled, what is wrong; enter goes to one.",
        "next_shop": "To the next shop; its list is as you left it.",
        "previous_shop": "To the shop before.",
        "copy": (
            "Copy the Specter number; again: the order number; again: the detail. Of marked orders all numbers. "
            "Works over SSH."
        ),
        "look": "Refresh: read the shop now and show new orders; accept the shop's count, with a reason, where that "
        "is asked.",
        "back": "Back: stops an export that is held, ends a range, clears the filter, closes what is open; then asks "
        "to end the rest of a running export; then clears outcomes and marks.",
        "pane_orders": "To the orders.",
        "pane_log": "To the export log.",
        "pane_numbers": "To the article numbers.",
        "enlarge": "Make the pane fill the screen, or put it back.",
        "theme": "Choose colours: the cursor shows each at once; enter takes them, also for the next start.",
        "redraw": "Draw the screen again, after something else has written on the terminal.",
        "help": "Every key, with words, and why one does nothing now.",
        "palette": "Find an action by its words and do it.",
        "leave": "Leave; waits for calls in flight and says so. ctrl+q and ctrl+c do the same.",
    }
)
KEY_NAMES = Texts({"space": "space", "shift+↑": "shift+↑", "shift+↓": "shift+↓"})


READS = frozenset(
    {"todo", "next_todo", "previous_todo", "drift", "methods", "show_articles", "show_stock", "stock_rows", "today"}
    | {"check_numbers", "show_deliveries", "report", "day_before", "day_after", "open", "filter", "sort", "go", "look"}
    | {"messages", "back", "pane_orders", "pane_log", "pane_numbers", "enlarge", "theme", "redraw", "help", "palette"}
    | {"overview", "next_shop", "previous_shop", "leave"}
)
"""The commands that only show; a console with `--read-only` has no others."""
Group = Literal["orders", "goods", "find", "panes", "console"]
PALETTE_SIGN = ":"
"""The sign of commands without a key; the palette has them."""
Owner_contra = TypeVar("Owner_contra", contravariant=True)


@dataclass(frozen=True, eq=False, slots=True)
class CommandSpec(Generic[Owner_contra]):
    """A registered command; `shown` is the sign of its key where that is not the first of `keys`."""

    handler: Callable[[Owner_contra], None]
    group: Group
    keys: tuple[str, ...] = ()
    when: Condition = always
    _: KW_ONLY
    footer: int = 0
    """The rank in the footer; 0 is never shown."""
    shown: str = ""
    own: tuple[str, ...] = ()
    """Those of its keys that the user's file of keys has added."""
    opens_line: bool = False
    """True where people type text directly after the key."""

    @property
    def name(self) -> str:
        """The handler's name, by which the texts are found."""
        return self.handler.__name__

    @property
    def sign(self) -> str:
        """The key as people write it."""
        key = self.shown or (self.keys[0] if self.keys else PALETTE_SIGN)
        return KEY_NAMES.get(key, key)

    @property
    def short(self) -> str:
        """The short name for footer and palette."""
        return SHORT[self.name]

    @property
    def sentence(self) -> str:
        """The sentence for help and palette."""
        return SENTENCES[self.name]

    def is_had(self, situation: CommandSituation) -> bool:
        """Return whether the console has the command at all: with --read-only only those that show."""
        return not situation.read_only or self.name in READS

    def why_not(self, situation: CommandSituation) -> str:
        """Return why the command is not possible, empty where it is."""
        if not self.is_had(situation):
            return t("This console only shows: it was opened with --read-only.")
        return self.when(situation)

    def label(self, situation: CommandSituation) -> str:
        """Return the text for the footer, with the orders that the command would act on."""
        if self.name == "look" and situation.gap and not self.why_not(situation):
            return SHORT_FOR["accept_count"]
        if self.name not in SHORT_FOR or self.why_not(situation):
            return self.short
        name = "reopen" if self.name == "repeat" and not usable(REPEATABLE, situation) else self.name
        return SHORT_FOR[name].format(orders=_named(name, situation))


def _named(name: str, situation: CommandSituation) -> str:
    """Return the text for the orders that a command would act on: a number, or the count of the marked ones."""
    if name == "number" or not situation.elsewhere:
        return situation.current.number if situation.current else ""
    views = reopenable(situation) if name == "reopen" else usable(ACTS_ON[name], situation)
    return ngettext("{count} marked: {number}", "{count} marked", len(views)).format(
        count=len(views), number=views[0].number
    )

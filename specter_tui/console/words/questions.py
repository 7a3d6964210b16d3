"""Questions, the filter, and messages about copies."""

from specter_tui.i18n import Count

# Questions.
CANCEL = "Cancel"
CANCEL_KEY = "esc"
ASK_EXPORT_ALL = "Export everything that is ready?"
ASK_AUTO = "Turn auto mode on?"
ASK_AUTO_NOW = "Turn auto mode on? These are sent at once, later ones when they become ready."
ASK_AUTO_TEXT = (
    "None is ready just now. Every order that becomes ready is sent by itself, until you turn it off or leave "
    "the console."
)
ASK_AUTO_YES = "Turn on"
NOT_TO_UNDO = "An order that is in Specter cannot be taken back from here."
YES_KEY = "y"
ASK_REASON_CLOSE = "Close {orders}"
ASK_REASON_CLOSE_TEXT = "A closed order is never sent from here. The reason is kept in the journal."
ASK_STOP = "Stop all sending: {shops}"
ASK_STOP_TEXT = (
    "Every program on this journal, on every host, sends and writes nothing until someone lets it go on. "
    "What is under way goes to its end."
)
ASK_RESUME = "Let sending go on: {shops}"
ASK_RESUME_TEXT = "Services go on by themselves; auto mode stays off in consoles. Nothing is sent by this key."
REASON_EXAMPLE_STOP = "wrong prices in the shop"
REASON_EXAMPLE_RESUME = "prices are right again"
THIS_SHOP = "this shop"
ALL_SHOPS = Count("{count} shop", "all {count} shops")
STOPPED = "All sending was stopped by {by} {at}: {reason}."
STOP_KEY = "S lets it go on."
STOP_UNDER_WAY = Count("{count} order under way goes to its end.", "{count} orders under way go to their end.")
RESUMED = "Sending goes on. Auto mode is off here: a turns it on."
ASK_REASON_REPEAT = "Send {orders} again"
ASK_REASON_REPEAT_TEXT = (
    "If it did reach Specter the first time, it may be there twice: look there first. "
    "The reason is kept in the journal."
)
REASON = "Why? For example: {example}"
REASON_EXAMPLE_CLOSE = "entered by hand"
REASON_EXAMPLE_REPEAT = "looked in Specter, it is not there"
ENTRY_EMPTY = "The line is empty."
REASON_SHORT = "Write at least three letters."
ASK_NUMBER = "Specter number of order {order}"
ASK_NUMBER_TEXT = "Type the number that Specter shows. The order then counts as exported, and the shop gets the number."
ASK_OTHER_NUMBER_TEXT = "It has {old}. Type the right one: the shop gets it, too, if it shows the old one or none."
ASK_CORRECTION = "Order {order}: {old} becomes {new}"
ASK_CORRECTION_TEXT = "The reason is kept in the journal."
REASON_EXAMPLE_CORRECTION = "typed wrong"
NUMBER_ENTERED = "Order {order} is in Specter as {number}. n corrects it, R takes it back."
NUMBER_CORRECTED = "Order {order} has {number} now. n corrects it again."
NUMBER_REFUSED = "{why} What you typed is kept: n on order {order}."
ASK_REOPEN = "Take back: {orders}"
ASK_REOPEN_TEXT = "A closing, or a number typed by hand, is taken back. Nothing is sent: e or R on the order does that."
REASON_EXAMPLE_REOPEN = "closed the wrong order"
REOPENED = "Order {order} was taken back: it is {state} again. Nothing was sent."
CLOSED_BACK = "R takes it back."
EXPORT_BEGUN = "Exporting {orders} …"
WAS_NOT_SENT = "Not sent: {orders}."
COUNT_GAP = "The shop counts {counted} orders, {found} are here."
COUNT_GAP_KEY = "r accepts that."
ASK_COUNT_TEXT = (
    "Three looks found the same. Accept it only if you know why: what is missing here is not exported. "
    "The difference stays a warning. The reason is kept in the journal."
)
REASON_EXAMPLE_COUNT = "two orders were deleted in the shop"
LOOK_BEGUN = "Asking the shop for orders …"
ASK_TICK = "{line}, done in Specter?"
ASK_TICK_TEXT = "{change}. t on the same line takes the tick back."
ASK_TICK_YES = "Done"
ASK_UNTICK = "{line}: not done after all?"
ASK_UNTICK_TEXT = "The tick is taken back, and the line is to do again. The reason is kept in the journal."
REASON_EXAMPLE_UNTICK = "wrong line"
NUMBER_HINT = "Digits only"
NUMBER_BAD = "A Specter number is digits only."
ASK_GO = "Go to an order"
ASK_GO_TEXT = "Its order number, Specter number or uid."
GO_HINT = "Number"
ENTRY_KEYS = "enter: OK   esc: Cancel"
ORDER_ONE = "order {number}"
ORDERS_MANY = "{count} orders"
AND_MORE = "and {count} more"

# Filter.
FILTER_IS = "Filter: {text}"

# Copies.
COPIED_SPECTER = "Copied Specter number {text}."
COPIED_ORDER = "Copied order number {text}."
COPIED_DETAIL = "Copied the detail as text."
COPIED_PAGE = "Copied the page as text."
COPIED_LINE = "Copied the line as text."
COPIED_NUMBER = "Copied article number {text}."
COPY_AGAIN = "y again: the {what}."
COPIED_WHY = "Copied what happened as text, for Specter's support; it holds no names."
WHATS: dict[str, str] = {
    "order": "order number",
    "detail": "detail as text",
    "specter": "Specter number",
    "why": "what happened as text",
}

"""Questions, the filter, and what is told of copies."""

# Questions.
CANCEL = "Cancel"
CANCEL_KEY = "esc"
ASK_EXPORT_ALL = "Export everything that is ready?"
ASK_AUTO = "Turn auto mode on?"
ASK_AUTO_TEXT = (
    "Every order that is ready is sent by itself, at once {count} ({total}), "
    "until you turn it off or leave the console."
)
ASK_AUTO_YES = "Turn on"
NOT_TO_UNDO = "An order that is in Specter cannot be taken back from here."
YES_KEY = "y"
ASK_REASON_CLOSE = "Close {orders}"
ASK_REASON_CLOSE_TEXT = "A closed order is never sent from here. The reason is kept in the journal."
ASK_REASON_REPEAT = "Send {orders} again"
ASK_REASON_REPEAT_TEXT = (
    "If it did reach Specter the first time, it may be there twice: look there first. "
    "The reason is kept in the journal."
)
REASON = "Why? For example: {example}"
REASON_EXAMPLE_CLOSE = "entered by hand"
REASON_EXAMPLE_REPEAT = "looked in Specter, it is not there"
REASON_SHORT = "Write at least three letters."
ASK_NUMBER = "Specter number of order {order}"
ASK_NUMBER_TEXT = "Type the number that Specter shows. The order then counts as exported, and the shop gets the number."
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

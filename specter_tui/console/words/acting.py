"""Acting: sums and questions before a push, filters, sorting, views, files, copies, and calling a person."""

from specter_tui.i18n import Count

# Before many orders are sent.
ASK_EXPORT_MARKED = Count("Export the marked order?", "Export the {count} marked orders?")
PUSH_ORDERS = Count("{count} order", "{count} orders")
PUSH_YES = Count("Export {count}", "Export {count}")
PUSH_KEYS = "↑ ↓ choose · f the exact form · esc cancel"
SUM_COMES = "Adding up what Specter will get …"
SUM_HELD = Count(
    "{count} cannot be sent as it is now, and stays here.", "{count} cannot be sent as they are now, and stay here."
)
TYPE_COUNT = "Type {count} to confirm."
TEST_MEANS = "nothing here is real"
PRODUCTION_MEANS = "shop {shop} and Specter {specter} are real"
HELD = Count("{count} order goes to Specter in {seconds} s.", "{count} orders go to Specter in {seconds} s.")
HELD_ESC = "esc stops it"
HELD_BACK = Count("{count} order was not sent: taken back.", "{count} orders were not sent: taken back.")
HELD_LEFT = Count(
    "{count} order of shop {shop} was not sent: taken back, since you left that shop.",
    "{count} orders of shop {shop} were not sent: taken back, since you left that shop.",
)
NOT_HOLDING = "Orders are about to be sent: esc stops that first."
OUTCOMES = "last: ✓ {good} ✗ {bad}"
CLOSED_OUTCOME = "Closed {good} of {all}."

# Filters, sorting, views.
FILTER_KEYS = "enter keeps · esc clears"
FILTER_TAB = "tab:"
BAD_WORDS: dict[str, str] = {
    "unknown": "{word}: no such word here",
    "amount": "{word} is no amount",
    "moment": "{word} is no day: 2026-11-26, today",
    "age": "{word} is no age: 2h, 3d",
    "sign": "that sign does not go with {word}",
}
ARRANGE_TITLE = "Sort and columns"
ARRANGE_COLUMN = "Column"
ARRANGE_SORTED = "Sorted"
ARRANGE_KEYS = "enter or digit sorts, again turns · s turns · space shows or hides · 0 as at first · esc"
RISING = "rising"
FALLING = "falling"
COLUMN_HIDDEN = "hidden"
COLUMN_CURRENCY = "Cur."
COLUMN_PAID = "Paid"
COLUMN_SKU = "Articles"
COLUMN_WHY = "Why not"
COLUMN_VIEW = "View"
COLUMN_FILTER = "Filter"
VIEWS_TITLE = "Views"
VIEWS_HINT = "Name of a view"
VIEWS_NONE = "None yet: type a name, and enter keeps the list as it is now."
VIEWS_KEEP_NEW = "enter keeps the list as it is now as “{name}”."
VIEWS_KEYS = "enter opens · F2 keeps as typed · F8 forgets · esc"
VIEWS_UNREADABLE = "The views cannot be used: {why}"
VIEW_OPENED = "View: {name}."
VIEW_KEPT = "The view {name} is kept."
VIEW_FORGOTTEN = "The view {name} is forgotten."

# Files.
ASK_WRITE = "Write to a CSV file"
ASK_WRITE_TEXT = Count("{count} row, as shown. Where?", "{count} rows, as shown. Where?")
ASK_WRITE_LOG = "The whole log, as it is filtered and sorted, also what is not on the screen. Where?"
WRITING_LOG = "Writing: {count} events looked at …"
ASK_REPLACE = "Replace the file?"
ASK_REPLACE_TEXT = "{path} is there already."
ASK_REPLACE_YES = "Replace"
WRITTEN_TO = Count("Wrote {count} row to {path}", "Wrote {count} rows to {path}")
WRITE_FAILED = "{path} was not written: {why}"
FILE_TROUBLE: dict[str, str] = {
    "ENOENT": "there is no such folder",
    "ENOTDIR": "there is no such folder",
    "EISDIR": "that is a folder",
    "EACCES": "you may not write there",
    "EPERM": "you may not write there",
    "EROFS": "that disk can only be read",
    "ENOSPC": "the disk is full",
    "ENAMETOOLONG": "the name is too long",
}

# Going to an order, copies.
GO_LOOKING = "Looking for {number} …"
GO_UNFILTERED = "The filter was cleared to show order {number}."
COPIED_MARKED = Count("Copied the number of {count} order.", "Copied the numbers of {count} orders.")
COPY_NOTHING = "There is nothing to copy here."
COPY_TOO_LONG = "That is more than a terminal can copy; w writes it to a file."

# Calling a person who looks elsewhere.
TITLE_FAILED = Count("▲ {count} not done", "▲ {count} not done")
TITLE_DONE = "✓ done"

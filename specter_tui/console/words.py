"""Every text of the screen, in one place, so that it can be translated. Values are put in with `str.format`."""

NAME = "specter-tui"

# States of an order.
STATE_READY = "ready"
STATE_WAITING = "waiting"
STATE_BLOCKED = "blocked"
STATE_SENDING = "sending"
STATE_RETRY_LATER = "retry later"
STATE_UNKNOWN = "unknown"
STATE_REFUSED = "refused"
STATE_EXISTS = "exists"
STATE_EXPORTED = "exported"
STATE_CLOSED = "closed"
STATE_OUT_OF_SCOPE = "not in scope"

# What each state means, when nothing more is known.
WHY: dict[str, str] = {
    "ready": "Ready to be sent to Specter.",
    "waiting": "Waits for its payment.",
    "blocked": "Cannot be sent as it is.",
    "sending": "Is being sent right now.",
    "retry_later": "Could not be sent; nothing reached Specter. It is tried again.",
    "unknown": "It may have reached Specter; the answer never came.",
    "refused": "Specter refused it; nothing was made there.",
    "exists": "Specter already has an order with this external number; its Specter number is not known here.",
    "exported": "Is in Specter.",
    "closed": "Closed by hand: it is not sent.",
    "out_of_scope": "Is not exported from here.",
}
CURES: dict[str, str] = {
    "ready": "e exports it.",
    "waiting": "It becomes ready by itself when the payment has come.",
    "retry_later": "e tries now.",
    "unknown": "n: type its Specter number. R: send it again, if it is not in Specter.",
    "refused": "R: send it again. c: close it.",
    "exists": "n: type its Specter number.",
}

FLAG_CONFLICT = "The shop already holds another number for this order; it was not overwritten."
FLAG_DRIFT = "The order was changed in the shop after its export; the copy in Specter is the old one."
FLAG_CANCELLED = "The order was cancelled in the shop after its export."
FLAG_DUE = "The Specter number has not been written to the shop yet; it is tried again."
FLAG_WARNINGS = "There are warnings; they are in the detail."

# Panes.
ORDERS = "Orders"
LOG = "Export log"
NUMBERS = "Article numbers"
DETAIL = "Detail"
HIDDEN_NAME = "•••••"

COLUMN_STATE = "State"
COLUMN_ORDER = "Order"
COLUMN_CUSTOMER = "Customer"
COLUMN_TOTAL = "Total"
COLUMN_PLACED = "Placed"
COLUMN_SPECTER = "Specter"
COLUMN_TIME = "Time"
COLUMN_EVENT = "What"
COLUMN_BY = "By"
COLUMN_TOOK = "Took"
COLUMN_TEXT = "Note"
COLUMN_CHANGE = "In Specter"
COLUMN_SENT = "Sent"
COLUMN_NOW = "Now"
COLUMN_SEEN = "Seen"
COLUMN_TICKED = "Ticked off by"
COLUMN_KIND = "Kind"
COLUMN_NAME = "Name in the shop"
COLUMN_UID = "Uid"
COLUMN_IN_SPECTER = "In Specter"
COLUMN_NUMBER = "Number"
COLUMN_ARTICLE = "Article"
COLUMN_PROBLEM = "What is wrong"
COLUMN_SUGGESTION = "Suggestion"

ORDERS_NONE = "No orders here. New ones appear by themselves; r looks now."
ORDERS_NOT_YET = "Looking at the shop for the first time …"
ORDERS_NONE_MATCH = "No order matches the filter. Esc shows all."
LOG_NONE = "Nothing has been exported yet."
NUMBERS_NOT_YET = "The article numbers are being read …"
NUMBERS_NONE = "All {checked} article numbers are good."
NO_NUMBER = "(none)"
NUMBER_PROBLEMS: dict[str, str] = {
    "empty": "missing",
    "spaces": "has spaces",
    "characters": "bad characters",
    "duplicate": "not unique",
    "too_long": "too long",
}
NUMBER_FAILED = "not written"
NUMBER_NOT_WRITTEN = "{new} was not written: {why}"
PACKAGES = "packages: {count}"
UNMANAGED = "no stock: {count}"
LISTED_ON_ENTER = "enter lists"
PACKAGES_TITLE = "Packages ({count})"
PACKAGES_WHY = "They consist of other articles and are not exported; an order with one is blocked."
UNMANAGED_TITLE = "Without stock management ({count})"
UNMANAGED_WHY = "The shop does not count their stock: none is written to them."
ACCEPT_BY_KEY = "x accepts it"
ASK_FIX = "Accept {count} article numbers?"
ASK_FIX_ONE = "Accept the article number?"
ASK_FIX_TEXT = "The new number is written to the shop in place of the old one:"
ASK_FIX_YES = "Write {count}"
ASK_FIX_WARNING = "Orders placed before keep the old number on their rows."
FIXED = "Wrote {good} of {all} article numbers to the shop."
FIX_FAILED = "{name}: {why}"
NO_ORDER = "Choose an order to see it here."
PREVIEW_COMES = "Working out what Specter will get …"

WHERE = "{place} of {count}"
MARKED = "{count} marked"
NEW_WAITING = "+{count} new"
FILTERED = "{shown} of {all}"
BAD = "{count} bad"
SORTS: dict[str, str] = {
    "newest": "newest first",
    "oldest": "oldest first",
    "attention": "needs you first",
    "number": "by order number",
    "customer": "by customer",
    "total": "largest first",
}

# Events of the journal.
VERBS: dict[str, str] = {
    "claimed": "sending",
    "reclaimed": "sending again",
    "released": "not sent after all",
    "expired": "answer never came",
    "customer_known": "customer in Specter",
    "exported": "exported",
    "retry_later": "not reached, later",
    "unknown": "outcome unknown",
    "refused": "refused",
    "exists": "exists in Specter",
    "late": "late answer",
    "number_entered": "number typed",
    "recovered": "number found",
    "imported": "imported",
    "closed": "closed",
    "reopened": "reopened",
    "write_back_done": "number in shop",
    "write_back_conflict": "shop holds another",
    "drift_seen": "changed in shop",
    "drift_settled": "change settled",
    "cancel_seen": "cancelled in shop",
    "cancel_withdrawn": "not cancelled",
    "drift_changed": "changed in shop again",
    "drift_ticked": "ticked off",
    "delivered": "delivered",
    "cancelled_in_specter": "cancelled in Specter",
    "delivery_marked": "marked sent in shop",
    "delivery_refused": "not marked sent",
    "restored": "found in the backup",
    "erased": "erased",
}
STEPS: dict[str, str] = {"customer": "customer", "order": "order"}

# Drift: orders that were edited after their export.
DRIFT = "To change in Specter by hand"
DRIFT_COUNT = "drift"
DRIFT_OPEN = "{count} to do"
DRIFT_TO_DO = "to do"
DRIFT_DONE = "done"
DRIFT_NONE = "No exported order was edited in the shop: nothing is to be changed."
DRIFT_CHANGE = "{change} in Specter"
DRIFT_SENT_NOW = "sent {sent}, now {now}"
DRIFT_EXPLAIN = "Change the stock of {article} in Specter by {change}: order {order} was edited after its export."
DRIFT_CURE = "t ticks it off when that is done."
DRIFT_TICKED = "{article}: {change} was ticked off."
SECTION_DRIFT = "Changed in the shop since"

# Deliveries.
SECTION_DELIVERY = "In Specter by now"
LABEL_TRACKING = "Tracking"
DELIVERED = "delivered"
NOT_DELIVERED = "not delivered"
DELIVERED_MARKED = "delivered, marked sent in the shop"
DELIVERED_NOT_MARKED = "delivered, but not marked sent in the shop"
CANCELLED_IN_SPECTER = "cancelled in Specter"
DELIVERED_AND_CANCELLED = "delivered and cancelled in Specter"
CANCELLED_CURE = "Nothing was done in the shop: cancel the order there, too, if that is meant."
SEEN = "seen {at}"

# Article export and stock.
ARTICLES = "Article export"
ARTICLES_NOT_YET = "No article export has run since the console was started."
LAST_RUN = "Last run"
SENT = "Sent"
UNCHANGED = "As sent before"
CALLS = "Calls"
ARTICLES_INCOMPLETE = "It was left before its end; the next run goes on from there."
ARTICLES_REFUSED = "Refused by Specter"
ARTICLES_REFUSED_CURE = "Each is sent again when it is changed in the shop."
ARTICLES_SKIPPED = "Cannot be sent as they are"
WITHOUT_STOCK = "In Specter without stock"
WITHOUT_STOCK_CURE = "They came there before the shop counted their stock: make each a stock article there by hand."
ARTICLES_ALL_WELL = "Every article that can be sent is in Specter as it is in the shop."
ARTICLES_OUTCOME = "Articles: {sent} sent, {unchanged} as sent before."
ARTICLES_OUTCOME_REFUSED = "{count} refused; ctrl+p lists them."
STOCK = "Stock from Specter"
STOCK_NOT_YET = "No stock has come since the console was started."
BATCHES = "Batches"
BATCH_ROWS = "Rows"
WRITTEN = "Written to the shop"
RIGHT_ALREADY = "Right already"
STOCK_INCOMPLETE = "It was left before its end; the rest comes again."
STOCK_UNKNOWN = "Without a place in the shop"
STOCK_IGNORED = "Lines that were no rows"
STOCK_ALL_WELL = "Every row had its article."
STOCK_OUTCOME = "Stock: {rows} rows came, {written} written to the shop."
STOCK_OUTCOME_UNKNOWN = "{count} have no place there; ctrl+p lists them."
CHECKING_NUMBERS = "The article numbers are being checked."
ASK_ARTICLES = "Export articles?"
ASK_ARTICLES_TEXT = (
    "Every article with a good number that is new or differs from what was sent goes to Specter: "
    "number, name, price, VAT, EAN, weight."
)
ASK_ARTICLES_BAD = "{count} with a bad number stay here."
ASK_ARTICLES_YES = "Export"
ASK_ARTICLES_WARNING = "What Specter holds of these articles is overwritten."
ASK_STOCK = "Pull stock?"
ASK_STOCK_TEXT = "What Specter's queue of stock holds is written to the shop, less what orders hold back."
ASK_STOCK_YES = "Pull"
ASK_SERVICES = "Create the service articles?"
ASK_SERVICES_TEXT = "These are made in Specter, without stock: {numbers}. One that exists there stays as it is."
ASK_SERVICES_YES = "Create"
SERVICES_NONE_SET = "No service article is set: ORDER__ARTICLE_DELIVERY and the others name them."
SERVICES_OUTCOME = "Specter has {good} of the service articles."
SERVICES_OUTCOME_BAD = "{count} were refused; m shows why."

# Methods.
METHODS = "Delivery methods, payment methods, service articles"
METHODS_NOT_YET = "Reading the shop's methods …"
UNMAPPED_COUNT = "{count} unmapped"
KIND_DELIVERY = "delivery"
KIND_PAYMENT = "payment"
KIND_SERVICE = "service"
EXTERNAL_KEY = "Extern nyckel: {uid}"
DELIVERY_EXPLAIN = "Enter {uid} as “Extern nyckel” of the delivery method in Specter that {name} is. y copies it."
PAYMENT_TYPE = "payment type {code}"
PAYMENT_NONE = "none sent"
PAYMENT_NONE_EXPLAIN = "No payment type is sent with {name}: ORDER__PAYMENT_TYPES is empty."
PAYMENT_OFF = "off in shop"
PAYMENT_OFF_EXPLAIN = "{name} is switched off in the shop."
PAYMENT_GIFT_CARD = "gift card"
PAYMENT_GIFT_CARD_EXPLAIN = "{name} becomes a row of its own, with the article for gift cards."
PAYMENT_UNMAPPED = "unmapped"
PAYMENT_UNMAPPED_EXPLAIN = "Orders paid with {name} are blocked: add {uid}=TYPE to ORDER__PAYMENT_TYPES."
PAYMENT_MAPPED = "mapped"
PAYMENT_MAPPED_EXPLAIN = "{name} is sent as payment type {code}."
SERVICES: dict[str, str] = {
    "delivery": "Delivery",
    "payment_fee": "Payment fee",
    "cod": "Cash on delivery",
    "discount": "Discount",
    "gift_card": "Gift card",
    "rounding": "Rounding",
}
SERVICE_SET = "set"
SERVICE_SET_EXPLAIN = "rows of this kind get the article {number}. ctrl+p creates it in Specter."
SERVICE_UNSET = "not set"
SERVICE_UNSET_EXPLAIN = "names none; orders that need such a row are blocked."
SERVICE_CREATED = "in Specter"
SERVICE_CREATED_EXPLAIN = "{number} is in Specter."
SERVICE_REFUSED = "refused"
COPIED_KEY = "Copied {text}."

# Deliveries and the day's report.
DELIVERIES = "Deliveries"
DELIVERIES_NONE = "Specter has said nothing of deliveries yet; DELIVERY__SYNC brings them home."
REPORT = "Report"
REPORT_NOT_YET = "The day's orders are being read …"
REPORT_IN = "In {currency}"
REPORT_SHOP = "Shop"
REPORT_EXPORTED = "In Specter"
REPORT_HELD = "Held"
REPORT_ORDERS = "{count} orders"
REPORT_BALANCED = "shop = in Specter + held, to the öre and for every VAT rate"
REPORT_UNBALANCED = "the shop's total is not what is in Specter and held; the orders below say why"
REPORT_HELD_TITLE = "Held ({count})"
REPORT_EDITED = "Edited after their export ({count})"
REPORT_DIFFERENCE = "shop {shop}, sent {sent}"
REPORT_BAD_DAY = "{typed} is no day; write it as 2026-11-23, or 1 for yesterday."
ASK_REPORT = "Report of a day"
ASK_REPORT_TEXT = "The day as YYYY-MM-DD, or how many days ago: 0 is today, 1 yesterday."
REPORT_HINT = "0 or {today}"

# Status line.
SHOP = "Shop"
SPECTER = "Specter"
REACH: dict[str, str] = {
    "not_tried": "not tried",
    "ok": "answers",
    "out_of_reach": "out of reach",
    "refused": "refuses",
}
HALTED = "halted"
AUTO_ON = "AUTO ON"
AUTO_OFF = "auto off"
AUTO_ELSEWHERE = "auto: {by}"
SENDING_OFF = "SENDING OFF"
TEST = "TEST"
PRODUCTION = "LIVE"
STARTING = "starting …"
LAST_LOOK = "looked {at}"
NEXT_LOOK = "next {at}"
NOT_LOOKED = "not looked yet"
NO_ORDERS = "no orders"
HIDDEN = "Names are hidden; press any key to see them."

TASKS: dict[str, str] = {
    "look": "Looking at the shop",
    "export": "Exporting",
    "articles": "Reading article numbers",
    "write_back": "Writing numbers to the shop",
    "article_export": "Exporting articles",
    "numbers": "Writing article numbers",
    "stock": "Writing stock to the shop",
}
PROGRESS = "{task}: {done}"
PROGRESS_OF = "{task}: {done} of {total}"
PROGRESS_RATE = "{rate}/s"
PROGRESS_LEFT = "{left} left"
PROGRESS_FAILED = "{failed} failed"
EXPORT_OUTCOME = "Exported {good} of {all}."
EXPORT_FAILED = "{failed} not exported: they stay marked, and each says why."
EXPORT_FAILED_ONE = "Order {number}: {why}"
EXPORTED_ONE = "Order {number} is in Specter as {specter}."

# Leaving.
LEAVING = "Leaving: no new work is taken …"
LEAVING_WITH = "Leaving when these are finished: {orders}. At most {seconds} s."
LEAVING_STILL = "Still finishing {orders}; cutting it off would leave it unknown. Please wait."
LEFT_EARLY = "Left while calls were in flight ({orders}). They are shown as unknown at the next start."
ENGINE_ENDED = "specter-tui ended: {error}"
CRASHED = "specter-tui ended by an error of its own ({kind}). The report is in {file}"
CRASHED_UNSAVED = "specter-tui ended by an error of its own ({kind}); no report could be written"
NO_TERMINAL = "specter-tui: the console needs a terminal; `specter-tui --help` lists the commands that do not"
DUMB_TERMINAL = "specter-tui: this terminal (TERM={term}) cannot draw a screen; use one such as xterm-256color"

# Questions.
CANCEL = "Cancel"
CANCEL_KEY = "esc"
ASK_EXPORT_ALL = "Export everything that is ready?"
ASK_EXPORT_ALL_TEXT = "{count} orders, in all {total}, are sent to Specter."
ASK_EXPORT_ALL_ONE = "One order, {total}, is sent to Specter."
ASK_EXPORT_ALL_YES = "Export {count}"
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
ASK_GO_TEXT = "Its order number or its Specter number."
GO_HINT = "Number"
GO_NONE = "There is no order {number} in the list."
GO_HIDDEN = "The filter hides order {number}; esc shows all."
SAVE = "enter"
ORDER_ONE = "order {number}"
ORDERS_MANY = "{count} orders"

# Filter.
FILTER_HINT = "Filter: text, number, state:blocked, !word – enter keeps it, esc clears"
FILTER_IS = "Filter: {text}"

# Copies.
COPIED_SPECTER = "Copied Specter number {text}."
COPIED_ORDER = "Copied order number {text}."
COPIED_DETAIL = "Copied the detail as text."
COPIED_PAGE = "Copied the page as text."
COPIED_LINE = "Copied the line as text."
COPIED_NUMBER = "Copied article number {text}."
COPY_AGAIN = "y again: the {what}."
WHAT_ORDER = "order number"
WHAT_DETAIL = "detail as text"
WHAT_SPECTER = "Specter number"

# The detail.
SECTION_WHY = "Why not"
SECTION_WARNINGS = "Worth knowing"
SECTION_ROWS = "Rows as Specter gets them"
SECTION_TOTALS = "Totals"
SECTION_CUSTOMER = "Customer as Specter gets it"
SECTION_FORM = "Order fields as Specter gets them"
LABEL_CUSTOMER = "Customer"
LABEL_PLACED = "Placed"
LABEL_PAYMENT = "Payment"
LABEL_SPECTER = "Specter no"
LABEL_BY = "By"
LABEL_RETRY = "Tried again"
LABEL_STEP = "At step"
ROW_ARTICLE = "Article"
ROW_TEXT = "Text"
ROW_QUANTITY = "Qty"
ROW_PRICE = "Net each"
ROW_VAT = "VAT"
ROW_DISCOUNT = "Disc."
ROW_SUM = "Sum"
TOTAL_RATE = "VAT {rate} %"
TOTAL_NET = "net"
TOTAL_VAT = "VAT"
TOTAL_EXPECTED = "The shop expects"
TOTAL_MODELLED = "Specter arrives at"
TOTAL_EQUAL = "equal to the öre"
TOTAL_DIFFERS = "differs by {gap}"
FORM_PARTIAL = "As far as it can be made; it is not sent like this."

# Actions: the words in the footer, and the sentence in the help.
GROUP_ORDERS = "Orders"
GROUP_GOODS = "Articles, stock and deliveries"
GROUP_FIND = "Find and see"
GROUP_PANES = "Panes"
GROUP_CONSOLE = "Console"
ACT_EXPORT = "export"
ACT_EXPORT_HELP = "Export the order, or the marked ones."
ACT_EXPORT_ALL = "all ready"
ACT_EXPORT_ALL_HELP = "Export everything that is ready; asks first."
ACT_AUTO = "auto on/off"
ACT_AUTO_HELP = "Auto mode: send each order when it becomes ready; asks before it turns on."
ACT_FIX = "accept"
ACT_FIX_HELP = "Accept the suggested article number, or those of the marked ones; asks first."
ACT_FIX_ALL = "accept all"
ACT_FIX_ALL_HELP = "Accept every suggested article number; asks first."
ACT_DRIFT = "drift"
ACT_DRIFT_HELP = "What is to be changed in Specter by hand, since orders were edited after their export."
ACT_TICK = "tick off"
ACT_TICK_HELP = "Tick a drift line off when the stock in Specter is changed; the journal keeps who and when."
ACT_METHODS = "methods"
ACT_METHODS_HELP = "Delivery methods with their Extern nyckel, payment methods with their types, service articles."
ACT_ARTICLES = "export articles"
ACT_ARTICLES_HELP = "Export articles: send all that are new or changed to Specter; asks first."
ACT_ARTICLES_SHOW = "article export"
ACT_ARTICLES_SHOW_HELP = "How far the article export is, and what the last one refused or skipped."
ACT_STOCK = "pull stock"
ACT_STOCK_HELP = "Pull stock: bring it home from Specter and write it to the shop; asks first."
ACT_STOCK_SHOW = "stock"
ACT_STOCK_SHOW_HELP = "What the last stock brought, and which numbers have no place in the shop."
ACT_CHECK = "check numbers"
ACT_CHECK_HELP = "Check article numbers: read the whole catalogue again."
ACT_SERVICES = "service articles"
ACT_SERVICES_HELP = "Create service articles in Specter, for delivery, fees, discounts and the like; asks first."
ACT_DELIVERIES = "deliveries"
ACT_DELIVERIES_HELP = "What Specter says of exported orders: delivered, cancelled, tracking number."
ACT_REPORT = "report"
ACT_REPORT_HELP = "The day's report: totals per VAT rate, shop = in Specter + held, and why each is held."
ACT_LOOK = "look now"
ACT_LOOK_HELP = "Look at the shop now and let new orders in."
ACT_MARK = "mark"
ACT_MARK_HELP = "Mark the order or the article number, or take its mark away."
ACT_MARK_ALL = "mark all"
ACT_MARK_ALL_HELP = "Mark all shown, or take all marks away."
ACT_OPEN = "detail"
ACT_OPEN_HELP = "The whole order, full screen. From the log: go to that order. From the numbers: all about them."
ACT_FILTER = "filter"
ACT_FILTER_HELP = "Filter as you type: order, customer, state word or Specter number; state:blocked, !word."
ACT_BACK = "back"
ACT_BACK_HELP = "Back: closes what is open, then clears the filter, then the marks."
ACT_NUMBER = "Specter number"
ACT_NUMBER_HELP = "Type the Specter number of an order that is unknown, refused or exists."
ACT_REPEAT = "repeat"
ACT_REPEAT_HELP = "Send an unknown or refused order again; needs a reason."
ACT_CLOSE = "close"
ACT_CLOSE_HELP = "Close an order, or the marked ones, so that they are never sent; needs a reason."
ACT_COPY = "copy"
ACT_COPY_HELP = "Copy the Specter number; again: the order number; again: the detail. Works over SSH."
ACT_GO = "go to"
ACT_GO_HELP = "Go to an order by its order number or Specter number."
ACT_SORT = "sort"
ACT_SORT_HELP = "Sort in the next way."
ACT_PANE_ORDERS = "orders"
ACT_PANE_ORDERS_HELP = "To the orders."
ACT_PANE_LOG = "log"
ACT_PANE_LOG_HELP = "To the export log."
ACT_PANE_NUMBERS = "numbers"
ACT_PANE_NUMBERS_HELP = "To the article numbers."
ACT_ENLARGE = "enlarge"
ACT_ENLARGE_HELP = "Make the pane fill the screen, or put it back."
ACT_HELP = "help"
ACT_HELP_HELP = "Every key, with words, and why one does nothing now."
ACT_PALETTE = "commands"
ACT_PALETTE_HELP = "Find an action by its words and do it."
ACT_QUIT = "leave"
ACT_QUIT_HELP = "Leave; waits for calls in flight and says so. ctrl+q and ctrl+c do the same."
MORE_KEYS = "{count} more"
HELP_TITLE = "Keys"
HELP_SIGNS = "Signs"
PALETTE_HINT = "Type what you want to do"
PALETTE_NONE = "No command has these words."
HELP_PALETTE = "Those with : have no key; ctrl+p does them."
HELP_CLOSE = "esc closes · ↑ ↓ scroll"

# Why an action is not possible now.
NOT_STARTED = "The console is still starting."
NOT_LEAVING = "The console is leaving."
NOT_NO_ORDER = "No order is chosen."
NOT_IN_ORDERS = "That is for orders: press 1 first."
NOT_INACTIVE = "Sending is switched off by ORDER__EXPORT or ORDER__EXPORT_RUN; previews work."
NOT_HALTED = "Nothing is sent: {text}"
NOT_NONE_READY = "No order is ready."
NOT_STATE = "Order {number} is {state}. {cure}"
NOT_NONE_MARKED = "None of the {count} marked can be used for that."
NOT_AUTO_BY = "Auto mode is run by {by}."
NOT_IN_NUMBERS = "That is for article numbers: press 3 first."
NOT_NO_NUMBER = "There is no bad article number."
NOT_IN_DRIFT = "That is for drift: press d first."
NOT_NO_DRIFT = "Nothing is to be ticked off here."
NOT_ARTICLES = "Articles are not sent: ARTICLE__EXPORT or ARTICLE__EXPORT_RUN is inactive."
NOT_HERE = "That does nothing here."

"""The lists of orders and of the export log: titles, columns, events."""

from specter_tui.i18n import Count

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
COLUMN_ROW = "Row"
COLUMN_SITE = "Site"
COLUMN_QUANTITY = "Quantity"
COLUMN_TICKED = "Ticked by"
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
NONE_MATCH = "Nothing matches the filter. Esc shows all."
LOG_BACK_TO = "back to {at}"
LOG_SEARCHING = "searching, back to {at} …"
LOG_NONE = "Nothing has been exported yet."
NO_ORDER = "Choose an order to see it here."
PREVIEW_COMES = "Working out what Specter will get …"

WHERE = "{place} of {count}"
MARKED = Count("{count} marked", "{count} marked")
NEW_WAITING = Count("+{count} new", "+{count} new")
FILTERED = "{shown} of {all}"

VERBS: dict[str, str] = {
    "claimed": "sending",
    "reclaimed": "sending again",
    "released": "not sent",
    "expired": "answer never came",
    "customer_known": "customer known",
    "exported": "exported",
    "retry_later": "not reached",
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
    "write_back_conflict": "another in shop",
    "drift_seen": "changed in shop",
    "drift_settled": "change settled",
    "cancel_seen": "cancelled in shop",
    "cancel_withdrawn": "not cancelled",
    "drift_changed": "changed again",
    "drift_ticked": "ticked off",
    "drift_unticked": "tick taken back",
    "number_corrected": "number corrected",
    "write_back_lost": "number gone in shop",
    "write_back_cleared": "cleared in shop",
    "delivered": "delivered",
    "cancelled_in_specter": "Specter cancelled",
    "delivery_marked": "marked sent",
    "delivery_refused": "not marked sent",
    "count_accepted": "count accepted",
    "restored": "found in backup",
    "erased": "erased",
}
STEPS: dict[str, str] = {"customer": "customer", "order": "order"}

"""Drift, deliveries, article export, stock and methods."""

from specter_tui.i18n import Count

# Drift: orders that were edited after their export.
DRIFT = "To change in Specter by hand"
DRIFT_OPEN = "{count} to do"
DRIFT_TO_DO = "to do"
DRIFT_DONE = "done"
DRIFT_NONE = "No exported order was edited in the shop: nothing is to be changed."
DRIFT_ALL_TICKED = "Nothing is left to change. What was ticked off: / ticked"
DRIFT_CHANGE = "{change} in Specter"
DRIFT_SENT_NOW = "sent {sent}, now {now}"
DRIFT_EXPLAIN = "Change the stock of {article} in Specter by {change}: order {order} was edited after its export."
DRIFT_ITEMS = {
    "address": "delivery address",
    "method": "delivery method",
    "fee": "delivery or payment fee",
    "vat": "VAT",
}
DRIFT_OTHER = "changed"
DRIFT_EXPLAIN_ITEM = {
    "address": "Change the delivery address of order {order} in Specter: it was changed in the shop since.",
    "method": "Change the delivery method of order {order} in Specter: it was changed in the shop since.",
    "fee": "Change the delivery or payment fee of order {order} in Specter: it was changed in the shop since.",
    "vat": "Check prices and VAT of order {order} in Specter: its VAT was changed in the shop since.",
}
DRIFT_UNKNOWN = "Address, delivery method, fees and VAT cannot be compared: nothing of them was kept at the export."
DRIFT_CURE = "t ticks it off when that is done."
DRIFT_TICKED = "{article}: {change} was ticked off."
SECTION_DRIFT = "Changed in the shop since"

# Deliveries.
SECTION_DELIVERY = "In Specter by now"
LABEL_TRACKING = "Tracking"
DELIVERED = "delivered"
NOT_DELIVERED = "not delivered"
DELIVERED_MARKED = "delivered, marked sent in the shop"
DELIVERED_NOT_MARKED = "delivered, not marked sent in the shop"
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
ARTICLES_OUTCOME_REFUSED = Count("{count} refused; ctrl+p lists it.", "{count} refused; ctrl+p lists them.")
STOCK = "Stock from Specter"
STOCK_NOT_YET = "No stock has come since the console was started."
BATCHES = "Batches"
BATCH_ROWS = "Rows"
WRITTEN = "Written to the shop"
RIGHT_ALREADY = "Right already"
STOCK_INCOMPLETE = "It was left before its end; the rest comes again."
STOCK_UNKNOWN = "Without a place in the shop"
STOCK_IGNORED = "Lines that were no rows"
STOCK_NOTHING = "Nothing waited in Specter's queue of stock."
STOCK_NOTHING_SINCE = "Specter has had nothing new since then."
STOCK_ALL_WELL = "Every row had its article."
STOCK_OUTCOME = "Stock: {rows} rows came, {written} written to the shop."
STOCK_OUTCOME_UNKNOWN = Count(
    "{count} has no place there; ctrl+p lists it.", "{count} have no place there; ctrl+p lists them."
)
STOCK_ROWS = "Stock rows to see to by hand"
STOCK_ROWS_NONE = "No stock row waits for a person. What was ticked off: / done"
STOCK_ROWS_CURE = "enter lists them, where t ticks off what is done."
STOCK_ROW = "row {name}, {article}"
ASK_ROW = "{row}: seen to?"
ASK_ROW_TEXT = "{why} The reason is kept in the journal, and t on the same row takes it back."
REASON_EXAMPLE_ROW = "set to 14 by hand in the shop"
ASK_ROW_BACK = "{row}: not seen to after all?"
ASK_ROW_BACK_TEXT = "It is to be seen to again. It was ticked off with: {reason}"
ASK_ROW_BACK_YES = "To do again"
CHECKING_NUMBERS = "The article numbers are being checked."
ASK_ARTICLES = "Export articles?"
ASK_ARTICLES_TEXT = (
    "Every article with a good number that is new or differs from what was sent goes to Specter: "
    "number, name, price, VAT, EAN, weight."
)
ASK_ARTICLES_BAD = Count("{count} with a bad number stays here.", "{count} with a bad number stay here.")
ASK_ARTICLES_YES = "Export"
ASK_ARTICLES_WARNING = "What Specter holds of these articles is overwritten."
ASK_ALL_ARTICLES = "Export all articles again?"
ASK_ALL_ARTICLES_TEXT = (
    "Every article with a good number goes to Specter, those that are there as they are, too: {count} numbers, "
    "100 in each call."
)
ASK_ALL_ARTICLES_YES = "Export all"
ASK_ALL_STOCK = "Pull all stock?"
ASK_ALL_STOCK_TEXT = (
    "Specter is asked to tell the stock of every article anew, not only what changed; all of it is written to the "
    "shop, less what orders hold back. For thousands of articles that takes a while."
)
ASK_ALL_STOCK_YES = "Pull all"
ASK_STOCK = "Pull stock?"
ASK_STOCK_TEXT = "What Specter's queue of stock holds is written to the shop, less what orders hold back."
ASK_STOCK_YES = "Pull"
ASK_SERVICES = "Create the service articles?"
ASK_SERVICES_TEXT = "These are made in Specter, without stock: {numbers}. One that exists there stays as it is."
ASK_SERVICES_YES = "Create"
SERVICES_NONE_SET = "No service article is set: ORDER__ARTICLE_DELIVERY and the others name them."
SERVICES_OUTCOME = "Specter has {good} of the service articles."
SERVICES_OUTCOME_BAD = Count("{count} refused; m shows why.", "{count} refused; m shows why.")

# Methods.
METHODS = "Delivery methods, payment methods, service articles"
METHODS_NOT_YET = "Reading the shop's methods …"
UNMAPPED_COUNT = Count("{count} unmapped", "{count} unmapped")
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
PAYMENT_UNMAPPED_EXPLAIN = (
    "Orders paid with {name} are blocked. y copies the setting, with its payment type in Specter for TYPE: {setting}"
)
PAYMENT_TYPE_HERE = "TYPE"
PAYMENT_SEEMS = "not recognised"
PAYMENT_SEEMS_EXPLAIN = {
    "gift_card": "{name} looks like a gift card. Orders paid so are blocked until {uid} is in "
    "ORDER__GIFT_CARD_METHODS, or in ORDER__PAYMENT_TYPES if it is an ordinary payment.",
    "unreadable": "Payment method {name} cannot be read in the shop. Orders paid so are blocked until {uid} is in "
    "ORDER__GIFT_CARD_METHODS or ORDER__COD_METHODS, or in ORDER__PAYMENT_TYPES if it is an ordinary payment.",
    "cod": "{name} looks like cash on delivery. Orders paid so are blocked until {uid} is in ORDER__COD_METHODS, or in "
    "ORDER__PAYMENT_TYPES if it is an ordinary payment.",
}
PAYMENT_MAPPED = "mapped"
PAYMENT_MAPPED_EXPLAIN = "{name} is sent as payment type {code}."
SERVICE_SET = "set"
SERVICE_SET_EXPLAIN = "rows of this kind get the article {number}. ctrl+p creates it in Specter."
SERVICE_UNSET = "not set"
SERVICE_UNSET_EXPLAIN = "names none; orders that need such a row are blocked."
SERVICE_CREATED = "in Specter"
SERVICE_CREATED_EXPLAIN = "{number} is in Specter."
SERVICE_REFUSED = "refused"
COPIED_KEY = "Copied {text}."

"""The list of deliveries and the day's report."""

from specter_tui.i18n import Count

DELIVERIES = "Deliveries"
DELIVERIES_NEWEST = "the newest {count}"
DELIVERIES_NONE = "Specter has said nothing of deliveries yet."
DELIVERIES_OFF = "Deliveries are not brought home: DELIVERY__SYNC is off."
REPORT = "Report"
REPORT_NOT_YET = "The day's orders are being read …"
REPORT_IN = "In {currency}"
REPORT_SHOP = "Shop"
REPORT_EXPORTED = "In Specter"
REPORT_HELD = "Held"
REPORT_ORDERS = Count("{count} order", "{count} orders")
REPORT_CHANGED = "Edited since"
REPORT_COLUMNS: dict[str, str] = {
    "date": "Date",
    "currency": "Currency",
    "part": "Part",
    "order": "Order",
    "state": "State",
    "rate": "VAT per cent",
    "net": "Net",
    "vat": "VAT",
    "total": "Total",
    "why": "Why not",
}
REPORT_BALANCED = "shop = in Specter + held + closed, to the öre and for every VAT rate"
REPORT_UNBALANCED = "the shop's total is not what is in Specter and held; the orders below say why"
REPORT_CLOSED = "of them closed"
REPORT_CANCELLED = "Cancelled"
REPORT_SPECTER = (
    "Specter {specter} = in Specter {exported} + cancelled after export {cancelled}; shop less Specter {gap}"
)
REPORT_CANCELLED_TITLE = "Cancelled in the shop after their export ({count})"
REPORT_VAT_EDITED = "Other VAT than was sent ({count})"
REPORT_VAT_NOTE = "The VAT at {rate} % of the exported orders is {shop} in the shop and {sent} in Specter."
REPORT_HELD_TITLE = "Held ({count})"
REPORT_EDITED = "Edited after their export ({count})"
REPORT_DIFFERENCE = "shop {shop}, sent {sent}"
REPORT_BAD_DAY = "{typed} is no day; write it as 2026-11-23 or 23/11, or 1 for yesterday."
REPORT_NO_LATER = "There is no later day yet."
ASK_REPORT = "Report of a day"
ASK_REPORT_TEXT = "The day as 2026-11-26, 26/11 or Thursday; or how many days ago: 0 is today, 1 yesterday."
REPORT_HINT = "0 or {today}"

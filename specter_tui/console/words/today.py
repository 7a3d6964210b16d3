"""The page of today: the sum, the oldest waiting order, exports and failures by hour."""

from specter_tui.i18n import Count

# In the status line.
SUM_SAME = "= {count}, as the shop counts"
SUM_SAME_SHORT = "= {count} ✓"
SUM_ALONE = "= {count}"
SUM_DIFFERS = "▲ {known} known, the shop counts {in_shop}"
SUM_DIFFERS_SHORT = "▲ {known}/{in_shop}"
OLDEST = "oldest {age}"
OLDEST_SINCE = "oldest since {at}"

# At the foot of the export log.
DAY_SO_FAR = Count("today {chart} {count} exported", "today {chart} {count} exported")
DAY_FAILED = Count("{chart} {count} not exported", "{chart} {count} not exported")

TODAY = "Today"
TODAY_ORDERS = "Orders in scope"
TODAY_SUM = "in all"
TODAY_OLDEST = "The oldest that waits"
TODAY_HOURS = "Exported and not exported by the hour"
COUNT_IN_SHOP = "The shop counts {count} placed since {since}:"
COUNT_PARTS = "{here} are here, {outside} are not in scope."
COUNT_NOT_KNOWN = "The shop does not tell how many orders it has."
COUNT_MISSING = Count(
    "{count} order of the shop is not here. r looks again; if it stays so, tell whoever looks after specter-tui.",
    "{count} orders of the shop are not here. r looks again; if it stays so, tell whoever looks after specter-tui.",
)
COUNT_TOO_MANY = Count(
    "{count} order here is not in the shop any more. r looks again.",
    "{count} orders here are not in the shop any more. r looks again.",
)
OLDEST_NONE = "No order waits to go to Specter."
OLDEST_PLACED = "placed {placed}"
OLDEST_LATE = "Longer than {after} (ALERT__AFTER)."
HOURS_NONE = "Nothing was exported today, and nothing was tried in vain."
HOUR_EXPORTED = Count("{count} exported", "{count} exported")
HOUR_FAILED = Count("{count} not exported", "{count} not exported")
HOURS_SUM = "In all {exported} and {failed}."

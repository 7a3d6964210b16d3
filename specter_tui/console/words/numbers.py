"""Article numbers: what is wrong, and what accepting a suggestion does."""

from specter_tui.i18n import Count

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
NOT_STOCKED = "▲ without stock in Specter: {count}"
WITHOUT_STOCK_TITLE = "In Specter without stock ({count})"
PACKAGES_TITLE = "Packages ({count})"
PACKAGES_WHY = "They consist of other articles and are not exported; an order with one is blocked."
UNMANAGED_TITLE = "Without stock management ({count})"
UNMANAGED_WHY = "The shop does not count their stock: none is written to them."
ACCEPT_BY_KEY = "x in the list accepts it"
ASK_FIX = Count("Accept the article number?", "Accept {count} article numbers?")
ASK_FIX_TEXT = "The new number is written to the shop in place of the old one:"
ASK_FIX_YES = "Write {count}"
ASK_FIX_WARNING = "Orders placed before keep the old number on their rows."
FIXED = "Wrote {good} of {all} article numbers to the shop."
FIX_FAILED = "{name}: {why}"
BAD = Count("{count} bad", "{count} bad")

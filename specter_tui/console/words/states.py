"""The states of an order, what each means, and the cure."""

from specter_tui.i18n import Count
from specter_tui.text.state_names import STATE_WORDS

STATES: dict[str, str] = {**STATE_WORDS, "drift": "drift", "stock_rows": "stock rows"}

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
    "ready": "e exports {number}.",
    "waiting": "It becomes ready by itself when the payment has come.",
    "retry_later": "e tries {number} now.",
    "unknown": "n: type the number of {number}. R: send it again.",
    "refused": "R: send {number} again. c: close it.",
    "closed": "R: take it back.",
    "exists": "n: type the Specter number of {number}.",
}
CURE_NUMBER = "n: type the number of {number}."
CURE_MARKED = Count("e, R and c are for the marked order.", "e, R and c are for the {count} marked orders.")

# What a sign after the state means.
FLAGS: dict[str, str] = {
    "conflict": "The shop already holds another number for this order; it was not overwritten.",
    "drift": "The order was changed in the shop after its export; the copy in Specter is the old one.",
    "cancelled": "The order was cancelled in the shop after its export.",
    "due": "The Specter number has not been written to the shop yet; it is tried again.",
    "warnings": "There are warnings; they are in the detail.",
}

"""Texts of what waits for a person: what to do about each kind."""

TODO_TEXTS: dict[str, str] = {
    "todo_stop": "Let sending go on when the reason for the stop is gone.",
    "todo_halt": "Check the address, the account and the keys. When they are right, let sending go on.",
    "todo_shop": "Check the address and the API key of the shop.",
    "todo_count": "The shop counts {counted} orders, {found} are here.",
    "todo_count_cure": "Update; if the difference stays and you know why, accept it.",
    "todo_no_answer": "It may be in Specter: no answer came.",
    "todo_answered": "It may be in Specter. {cause}.",
    "todo_exists_text": "Specter has {external} already; its number is not known here.",
    "todo_proposed_text": "Specter named the number {number} for {external}; nobody has confirmed it.",
    "todo_proposed_cure": "Look at order {number} in Specter. If it is this one, enter the number.",
    "todo_unknown": (
        "Search Specter for {external}. Found: enter its number. Not found after 15 minutes: send it again."
    ),
    "todo_unknown_customer": "Send it again.",
    "todo_exists": "Search Specter for {external}, and enter the number of the order there.",
    "todo_refused": "Correct what Specter names and send it again, or close the order.",
    "todo_conflict": "Look at both numbers in Specter, and correct the number here or in the shop.",
    "todo_blocked": "Look at the order, and correct it in the shop.",
    "todo_by_hand": "Export it, or close it.",
    "todo_sum": "The total in Specter is {shown}; {expected} was sent.",
    "todo_sum_cure": "Look at the order in Specter, and type its amounts: they tell whether Specter rounds otherwise.",
    "todo_drift": "{item}: {sent} was sent, the order has {now}.",
    "todo_drift_address": "The delivery address was changed in the shop after the export.",
    "todo_drift_method": "The delivery method was changed in the shop after the export.",
    "todo_drift_fee": "The delivery or payment fee was changed in the shop after the export.",
    "todo_drift_vat": "The VAT was changed in the shop after the export.",
    "todo_drift_cure": "Change it in Specter, then tick it off.",
    "todo_stock_row_cure": "Then tick the row off.",
    "todo_number_cure": "Accept {suggestion}, or give it another number in the shop.",
}

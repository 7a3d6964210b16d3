"""One word for each state of an order, and for each kind of thing to do.

It imports nothing, because the first frame uses it.
"""

from specter_tui.i18n import Texts

STATE_WORDS = Texts(
    {
        "ready": "ready",
        "waiting": "waiting",
        "blocked": "blocked",
        "sending": "sending",
        "retry_later": "retry later",
        "unknown": "unknown",
        "refused": "refused",
        "exists": "exists",
        "exported": "exported",
        "closed": "closed",
        "out_of_scope": "not in scope",
    },
    context="order state",
)
STATES_OF_SEVERAL = Texts(
    {
        "ready": "ready",
        "waiting": "waiting",
        "blocked": "blocked",
        "sending": "sending",
        "retry_later": "retry later",
        "unknown": "unknown",
        "refused": "refused",
        "exists": "exist",
        "exported": "exported",
        "closed": "closed",
        "out_of_scope": "not in scope",
        "drift": "changes",
        "stock_rows": "stock rows",
    },
    context="state of several orders",
)
TODO_KINDS = Texts(
    {
        "stop": "stopped",
        "halt": "nothing is sent",
        "count": "count differs",
        "proposed": "confirm number",
        "customer_changed": "customer changed",
        "conflict": "other number",
        "by_hand": "taken back",
        "sum": "sum differs",
        "drift": "change by hand",
        "stock_row": "stock row",
        "number": "article number",
    },
    context="to do",
)

"""One word for each state of an order. It imports nothing, because the first frame uses it."""

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

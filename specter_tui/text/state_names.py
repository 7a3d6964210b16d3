"""One word for each state of an order. It imports nothing, because the first frame uses it."""

STATE_WORDS: dict[str, str] = {
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
}

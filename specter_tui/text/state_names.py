"""The states of an order in a word each. It imports nothing: the screen's first frame has them."""

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

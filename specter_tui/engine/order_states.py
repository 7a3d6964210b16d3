"""The states of an order: those of the journal, and those that are derived from the shop's document."""

from typing import Literal

OrderState = Literal[
    "waiting",
    "blocked",
    "ready",
    "sending",
    "retry_later",
    "unknown",
    "refused",
    "exists",
    "exported",
    "closed",
    "out_of_scope",
]

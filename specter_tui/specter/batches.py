"""Specter's batches of changes: how they are asked for and acknowledged, and the refusal that names the open one.

A queue has at most one open batch, and its number is ours to choose; until it is acknowledged the same rows come again
under it (wires: S-batches).
"""

import re
import secrets
from typing import Literal

from specter_tui.specter.errors import Refused

BatchKind = Literal["stock", "orders"]
"""The two queues that are read; each has an open batch of its own."""

FETCH: dict[BatchKind, str] = {"stock": "getArticleExternalNeedUpdate", "orders": "getOrdersExternalNeedUpdate"}
ACKNOWLEDGE: dict[BatchKind, str] = {"stock": "updateArticlesFromBatch", "orders": "updateOrdersFromBatch"}
FETCH_WITH: dict[BatchKind, dict[str, str]] = {
    "stock": {"useXML": "2", "getMultipleStocksites": "1"},
    "orders": {"useXML": "2"},
}

_ANOTHER_IS_OPEN = "99"
_QUOTED = re.compile(r"'([^']+)'")


class BatchOpen(Refused):
    """Another batch of this kind is open; `open_number` is its number, None where the refusal does not tell."""

    def __init__(self, refusal: Refused, open_number: str | None) -> None:
        super().__init__(refusal.code, refusal.text)
        self.open_number = open_number


def new_batch_number() -> str:
    """A number that was never used: 32 hexadecimal digits."""
    return secrets.token_hex(16)


def told_apart(refusal: Refused, sent: str) -> Refused:
    """The refusal as BatchOpen, where it is one: of the numbers that it quotes, the one that was not sent is open."""
    if refusal.code != _ANOTHER_IS_OPEN:
        return refusal
    others = [quoted for quoted in _QUOTED.findall(refusal.text) if quoted != sent]
    return BatchOpen(refusal, others[0] if others else None)

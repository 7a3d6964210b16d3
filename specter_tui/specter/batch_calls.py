"""Specter's batches of changes: how they are fetched and acknowledged, and the refusal that names the open one.

A queue has at most one open batch, whose number we choose. Until it is acknowledged, the same rows are returned for it
(wires: S-batches).
"""

import re
import secrets
from dataclasses import dataclass
from typing import Literal

from specter_tui.specter.errors import Refused
from specter_tui.text.sanitize import clean_line

BatchKind = Literal["stock", "orders"]
"""The two queues that are fetched; each has an open batch of its own."""

FETCH: dict[BatchKind, str] = {"stock": "getArticleExternalNeedUpdate", "orders": "getOrdersExternalNeedUpdate"}
ACKNOWLEDGE: dict[BatchKind, str] = {"stock": "updateArticlesFromBatch", "orders": "updateOrdersFromBatch"}
FETCH_WITH: dict[BatchKind, dict[str, str]] = {
    "stock": {"useXML": "2", "getMultipleStocksites": "1"},
    "orders": {"useXML": "2"},
}
FETCH_TOTALS = {"useXML": "2"}
"""A stock batch with each article's quantity over all sites."""

LONGEST_KEPT = 64
"""Characters kept of a value that a person must decide about."""
Reason = Literal["number", "quantity", "kind", "batch", "order"]
"""Why a person must decide about a row: its number or quantity is unreadable, its kind is unknown, it is of another
batch, or it names no order."""
_ANOTHER_IS_OPEN = "99"
_QUOTED = re.compile(r"'([^']+)'")


class BatchOpen(Refused):
    """Another batch of this queue is open.

    `numbers` are those that the refusal quotes, without the one that was sent.
    """

    def __init__(self, refusal: Refused, numbers: tuple[str, ...]) -> None:
        super().__init__(refusal.code, refusal.raw)
        self.numbers = numbers


@dataclass(frozen=True, slots=True)
class UnreadRow:
    """A row that cannot be applied: its position in the batch, and its values as far as they can be shown."""

    position: int
    article_number: str
    site: str
    quantity: str
    reason: Reason


def kept(text: str) -> str:
    """Return a value for the journal and screens, cut before it is cleaned."""
    return clean_line(text[: 4 * LONGEST_KEPT])[:LONGEST_KEPT]


def new_batch_number() -> str:
    """Return a new batch number: 32 random hexadecimal digits."""
    return secrets.token_hex(16)


def told_apart(refusal: Refused, sent: str, *, fetching: bool = False) -> Refused:
    """Return the refusal as BatchOpen if its code says so. The open batch is among the other numbers that it quotes.

    When `fetching`, a refusal by another code that quotes some may mean the same: a fetch by them tells.
    """
    others = dict.fromkeys(quoted for quoted in _QUOTED.findall(refusal.raw) if quoted != sent)
    if refusal.code != _ANOTHER_IS_OPEN and not (fetching and others):
        return refusal
    return BatchOpen(refusal, tuple(others))

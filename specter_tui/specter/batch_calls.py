"""Specter's batches of changes: how they are asked for and acknowledged, and the refusal that names the open one.

A queue has at most one open batch, and its number is ours to choose; until it is acknowledged the same rows come again
under it (wires: S-batches).
"""

import re
import secrets
from dataclasses import dataclass
from typing import Literal

from specter_tui.specter.errors import Refused
from specter_tui.text.sanitize import clean_line

BatchKind = Literal["stock", "orders"]
"""The two queues that are read; each has an open batch of its own."""

FETCH: dict[BatchKind, str] = {"stock": "getArticleExternalNeedUpdate", "orders": "getOrdersExternalNeedUpdate"}
ACKNOWLEDGE: dict[BatchKind, str] = {"stock": "updateArticlesFromBatch", "orders": "updateOrdersFromBatch"}
FETCH_WITH: dict[BatchKind, dict[str, str]] = {
    "stock": {"useXML": "2", "getMultipleStocksites": "1"},
    "orders": {"useXML": "2"},
}

LONGEST_KEPT = 64
"""Characters kept of a value that only a person can settle."""
Reason = Literal["number", "quantity", "kind", "batch", "order"]
"""Why a row is left to a person: its number or quantity cannot be read, its kind is not known, it is of another batch,
it names no order.
"""
_ANOTHER_IS_OPEN = "99"
_QUOTED = re.compile(r"'([^']+)'")


class BatchOpen(Refused):
    """Another batch of this kind is open; `numbers` are those that the refusal quotes, less the one that was sent."""

    def __init__(self, refusal: Refused, numbers: tuple[str, ...]) -> None:
        super().__init__(refusal.code, refusal.raw)
        self.numbers = numbers


@dataclass(frozen=True, slots=True)
class UnreadRow:
    """A row that cannot be applied: its place in the batch, and what of it can be shown, cleaned and cut."""

    position: int
    article_number: str
    site: str
    quantity: str
    reason: Reason


def kept(text: str) -> str:
    """A value fit for the journal and a screen, cut before it is cleaned."""
    return clean_line(text[: 4 * LONGEST_KEPT])[:LONGEST_KEPT]


def new_batch_number() -> str:
    """A number that was never used: 32 hexadecimal digits."""
    return secrets.token_hex(16)


def told_apart(refusal: Refused, sent: str) -> Refused:
    """The refusal as BatchOpen, where it is one: of the numbers that it quotes, the one that was not sent is open."""
    if refusal.code != _ANOTHER_IS_OPEN:
        return refusal
    others = dict.fromkeys(quoted for quoted in _QUOTED.findall(refusal.raw) if quoted != sent)
    return BatchOpen(refusal, tuple(others))

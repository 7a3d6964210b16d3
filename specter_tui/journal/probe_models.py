"""The journal's records of the probe: facts about the two accounts, and the steps that found them. No personal data."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

FactName = Literal[
    "base_currency", "gift_card_types", "cod_types", "payment_types", "unknown_query_keys", "filter.ordered",
    "filter.changed", "filter.uid", "filter.order_number", "ends_inclusive", "count", "limit_largest", "batch_largest",
    "error_http_status", "methods_selection", "company_key", "own_fields", "article_types", "total_before_gift_card",
    "number_writable", "stock_writable", "delivery_status_writable", "changed_moves_on_write", "wrong_key_answer",
    "duplicate", "customer_matched", "rounding", "price_decimals", "address_on", "unknown_article", "batch_again",
    "code_99_text",
]  # fmt: skip
"""The name of a fact."""

TEST_CARD, PROPER_CARD = "D5", "D5b"
"""The step that writes a test address on a customer's card, and the step that writes the proper one again.

From the beginning of the first to the end of the second no program on the journal sends anything.
"""

COPY_STEPS = {"D3": "D3b", "D6": "D6b"}
"""The steps that may make a copy of an order at Specter, each with the step that holds it until it is deleted."""
KEPT_COPY, NO_COPY = "copy", "-"
"""The copy's number among the values that a step keeps; a dash if there is none."""

StepResult = Literal["done", "refused", "skipped", "broken_off"]
"""The end of a step: refused means that the other side is unwelcoming, broken_off that the step has no end."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: its value as JSON has it, the step that found it, when (UTC) and by whom."""

    name: FactName
    value: Any
    step: str
    at: datetime
    operator: str


@dataclass(frozen=True, slots=True)
class ProbeStep:
    """A step of the probe that was begun. `subject` is the order that it is about, empty for the whole account.

    `calls` counts the calls that were begun. A step without `ended_at` is under way, or was broken off. `record` is
    what the protocol says of it, without personal data.
    """

    step: str
    subject: str
    begun_at: datetime
    operator: str
    calls: int
    ended_at: datetime | None
    result: StepResult
    record: Any

"""The answer to one request as it is, whatever its HTTP status: what the probe learns about a shop."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from specter_tui.abicart.errors import ShopError, ShopOutOfReach, ShopRefusesUs
from specter_tui.abicart.jsonrpc_results import matched, parsed
from specter_tui.errors import ErrorText
from specter_tui.text.sanitize import clean_line

_SIGNS_OF_REFUSAL = (401, 403)
_LONGEST_TYPE = 60


@dataclass(frozen=True, slots=True)
class Observation:
    """An answer: its HTTP status and content type, and the result of each call, or its error.

    `codes` are the JSON-RPC error codes of the calls, None where one has none. `in_order`: the answers of a batch came
    in the order of its calls.
    """

    status: int
    content_type: str
    outcomes: list[Any]
    codes: list[int | None]
    in_order: bool = True

    @property
    def outcome(self) -> Any:
        """The result of the first call, or its error."""
        return self.outcomes[0]

    @property
    def passes(self) -> bool:
        """True if no call failed."""
        return not any(isinstance(one, ShopError) for one in self.outcomes)

    @property
    def unwelcome(self) -> str:
        """The reason for which the shop refuses every call of ours; empty if it does not."""
        return next((one.message for one in self.outcomes if isinstance(one, ShopRefusesUs)), "")


async def observed(ids: Sequence[int], status: int, content_type: str, body: bytes) -> Observation:
    """Read an answer. A body that is not the answer to these calls gives an error for each of them."""
    kind = clean_line(content_type.partition(";")[0].strip().lower())[:_LONGEST_TYPE]
    if 300 <= status < 400 or status in _SIGNS_OF_REFUSAL:
        refused = ShopRefusesUs(ErrorText("shop_keys", status=status))
        return Observation(status, kind, [refused] * len(ids), [None] * len(ids))
    answer: Any = None
    try:
        answer = await parsed(body)
        outcomes = matched(ids, answer)
    except ShopOutOfReach as failure:
        return Observation(status, kind, [failure] * len(ids), [_code(answer)] * len(ids))
    answers = answer if isinstance(answer, list) else [answer]
    codes = {one.get("id"): _code(one) for one in answers}
    return Observation(
        status, kind, outcomes, [codes.get(one) for one in ids], [one.get("id") for one in answers] == list(ids)
    )


def _code(answer: object) -> int | None:
    error = answer.get("error") if isinstance(answer, Mapping) else None
    code = error.get("code") if isinstance(error, Mapping) else None
    return code if type(code) is int else None

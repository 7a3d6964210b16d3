"""Read a shop's answer for a step: rows, and the kind of a failure in words that may be kept."""

from collections.abc import Mapping
from typing import Any, Literal

from specter_tui.abicart.errors import RpcError, ShopError
from specter_tui.abicart.observation import Observation
from specter_tui.engine.probe.run import ProbeRun

Verdict = Literal["passes", "refused", "ignored"]


def rows_of(answer: Observation) -> list[Any] | None:
    """Return the rows of a list, None for anything else."""
    return answer.outcome if isinstance(answer.outcome, list) else None


def failure_of(run: ProbeRun, answer: Observation) -> dict[str, str]:
    """Return HTTP status, code and text of a failed call, for a sentence of the protocol."""
    outcome, code = answer.outcome, answer.codes[0]
    text = run.told(outcome) if isinstance(outcome, ShopError) else type(outcome).__name__
    return {"status": str(answer.status), "code": "–" if code is None else str(code), "text": text}


def pointers_of(answer: Observation) -> list[str]:
    """Return the pointers of a refusal."""
    if not isinstance(answer.outcome, RpcError):
        return []
    return [problem.pointer for problem in answer.outcome.problems if problem.pointer]


def text_in(row: object, key: str) -> str:
    """Return a text of a row, empty where it has none."""
    value = row.get(key) if isinstance(row, Mapping) else None
    return value if isinstance(value, str) else ""

"""Calls of the probe to Specter: each counted in the journal before it is sent, and made once."""

from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

from specter_tui.engine.probe.run import ProbeEnded, ProbeRun, Unwelcome
from specter_tui.engine.probe.step import StepReport
from specter_tui.specter.errors import AccountHalted, NotSent, Refused, ServerFailed, SpecterFailure, UnexpectedStatus

T = TypeVar("T")
_SIGNS_OF_REFUSAL = (401, 403, 429)


async def to_specter(
    run: ProbeRun,
    report: StepReport,
    action: str,
    fields: Iterable[str],
    call: Callable[[], Awaitable[T]],
    *,
    may_refuse_key: bool = False,
) -> T:
    """Make a call and note its answer. Raises SpecterFailure; Unwelcome where the key or the account is refused.

    With `may_refuse_key` such a refusal is what the step asks for, and is raised as it is.
    """
    record = await run.begin_call(report, action, sorted(fields))
    try:
        answer = await call()
    except Refused as refusal:
        run.answered(record, status=200, code=refusal.code, text=refusal.text)
        raise
    except SpecterFailure as failure:
        status = failure.status if isinstance(failure, UnexpectedStatus | ServerFailed) else None
        run.answered(record, status=status, text=failure.message)
        refused = isinstance(failure, AccountHalted) or status in _SIGNS_OF_REFUSAL
        asked_to_wait = isinstance(failure, NotSent) and failure.retry_after is not None
        if (refused or asked_to_wait) and not may_refuse_key:
            raise Unwelcome("unwelcome_specter", why=run.privacy.sentence(failure.message)) from failure
        raise
    run.answered(record, status=200, code=1)
    return answer


def refuse_unless_alone(run: ProbeRun) -> None:
    """Raise ProbeEnded unless this probe keeps every other program from sending, without which it writes nothing."""
    if not run.holds:
        raise ProbeEnded("not_alone")

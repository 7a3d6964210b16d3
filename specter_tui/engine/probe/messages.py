"""The engine's messages about a probe."""

from concurrent.futures import Future
from dataclasses import dataclass

from specter_tui.engine.probe.step import Step, StepReport


@dataclass(frozen=True, slots=True)
class ProbeStepBegun:
    """A step begins; its first call has not been sent."""

    step: Step


@dataclass(frozen=True, slots=True)
class ProbeStepEnded:
    """A step ended, now or in an earlier run (`earlier`)."""

    report: StepReport
    earlier: bool = False


@dataclass(frozen=True, slots=True)
class ProbeAsked:
    """A question to the operator: `reply` takes the words that the operator types, which may be empty."""

    text: str
    reply: "Future[str]"

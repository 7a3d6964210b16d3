"""A step of the probe, and what it found.

A step is an entry of `table.STEPS`: a `Step` with the function that runs it. The function gets the `ProbeRun`, through
which it sends its calls and asks its questions, and a `StepReport`, into which it writes what it found:

    async def learn_currency(run: ProbeRun, report: StepReport) -> None:
        answer = await run.shop(report, "Webshop.get", uid, ["baseCurrency"])
        report.fact("base_currency", "SEK")
        report.setting("SPECTER__PRICE_DECIMALS", "2")    # for "set this now"
        report.note("currency", currency="SEK")           # said of the step; its text is in probe_texts.py
        report.tell("unknown_key", key="language")        # for "tell the developers"
        report.leave_open("no_orders")                    # for "still open"

The journal has the step before its first call, and each call before it is sent. A call that is not `run.shop` is
announced by `await run.begin_call(report, "newOrderSubmit", fields)`, and its answer noted by `report.answered(...)`.
What a step writes into its report is kept and mailed, so nothing in it may come from a person: words by a server pass
`privacy.py` first. `run.ask`, `run.confirm` and `report.own` are for the operator's eyes alone.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from specter_tui.config.setting_text import setting_text
from specter_tui.config.settings import Settings
from specter_tui.journal.probe_models import FactName, ProbeStep, StepResult

Does = Literal["reads", "writes the same value", "writes"]
Group = Literal["read", "account", "batches", "order"]
"""The part of the probe that a step belongs to; all but `read` are asked for by an option."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `title` is a key of PROBE_TEXTS; `asks` is the key of a question without whose yes it is skipped.

    `settles` is the step whose outcome this one settles: it follows that step in every run until it is done, also when
    the probe has ended.

    `run` gets the ProbeRun and the report.
    """

    name: str
    does: Does
    title: str
    run: Callable[[Any, "StepReport"], Awaitable[None]]
    group: Group = "read"
    asks: str = ""
    settles: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence of PROBE_TEXTS with its values."""

    code: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FoundFact:
    """A fact that a step found; not `sure` where the account has too little to prove it.

    `own`: names that the shop's people chose, which are not for the protocol.
    """

    name: FactName
    value: Any
    sure: bool = True
    own: bool = False


@dataclass(frozen=True, slots=True)
class ProposedSetting:
    """A line for the settings file, with the present value."""

    name: str
    old: str
    new: str


@dataclass(slots=True)
class CallRecord:
    """One call as the protocol has it: names of fields, no values; what came, without words of persons."""

    at: str
    method: str
    fields: list[str]
    status: int | None = None
    content_type: str = ""
    code: int | str | None = None
    text: str = ""
    rows: int | None = None


@dataclass(slots=True)
class StepReport:
    """What a step found. All but `own` is kept in the journal."""

    step: Step
    settings: Settings
    subject: str = ""
    result: StepResult = "done"
    facts: list[FoundFact] = field(default_factory=list)
    proposed: list[ProposedSetting] = field(default_factory=list)
    developers: list[Remark] = field(default_factory=list)
    open: list[Remark] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)
    details: list[Remark] = field(default_factory=list)
    """What only the protocol's files have room for."""
    calls: list[CallRecord] = field(default_factory=list)
    kept: dict[str, str] = field(default_factory=dict)
    """Values for a later step, which the journal keeps and the protocol leaves out."""
    own: list[str] = field(default_factory=list)
    """Lines for the operator's own copy, which may name orders and persons; never stored."""
    count: int = 0
    """The number of its calls, also of those that were sent before a restart."""

    def fact(self, name: FactName, value: Any, *, sure: bool = True, own: bool = False) -> None:
        """Write a fact; a later value of the same name replaces it."""
        self.facts = [one for one in self.facts if one.name != name]
        self.facts.append(FoundFact(name, value, sure, own))

    def setting(self, name: str, new: str) -> None:
        """Propose a value for a setting such as `ORDER__COD_METHODS`, unless it has it."""
        old = setting_text(self.settings, name)
        self.proposed = [one for one in self.proposed if one.name != name]
        if old != new:
            self.proposed.append(ProposedSetting(name, old, new))

    def note(self, code: str, /, **values: object) -> None:
        """Say something about the step."""
        self.notes.append(_note(code, values))

    def detail(self, code: str, /, **values: object) -> None:
        """Say something for the protocol's files alone."""
        self.details.append(_note(code, values))

    def tell(self, code: str, /, **values: object) -> None:
        """Say something to the developers: a fact that needs code."""
        self.developers.append(_note(code, values))

    def leave_open(self, code: str, /, **values: object) -> None:
        """Say what the step could not settle."""
        self.open.append(_note(code, values))

    def begin_call(self, method: str, fields: list[str]) -> CallRecord:
        """Write down a call before it is sent."""
        self.calls.append(CallRecord(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}", method, fields))
        self.count += 1
        return self.calls[-1]

    def record(self) -> dict[str, Any]:
        """Return what the journal keeps."""
        parts = ("facts", "proposed", "developers", "open", "notes", "details", "calls")
        return {**{name: [asdict(one) for one in getattr(self, name)] for name in parts}, "kept": self.kept}

    @classmethod
    def recorded(cls, step: Step, settings: Settings, kept: ProbeStep) -> "StepReport":
        """Return the report of a step that ran before; an empty one where it was broken off."""
        record = kept.record or {}
        report = cls(step, settings, kept.subject, kept.result, count=kept.calls)
        report.facts = [FoundFact(**one) for one in record.get("facts", ())]
        proposed = [ProposedSetting(**one) for one in record.get("proposed", ())]
        # What was set since, by a person or as proposed, is not proposed again.
        report.proposed = [one for one in proposed if setting_text(settings, one.name) == one.old]
        report.calls = [CallRecord(**one) for one in record.get("calls", ())]
        report.kept = dict(record.get("kept", {}))
        for name in ("developers", "open", "notes", "details"):
            setattr(report, name, [Remark(**one) for one in record.get(name, ())])
        return report


def _note(code: str, values: Mapping[str, object]) -> Remark:
    return Remark(code, {name: str(value) for name, value in values.items()})

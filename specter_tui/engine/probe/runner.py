"""Runs the probe's steps one after another: each is in the journal before its first call, and none is sent twice.

A step that was begun, in this run or an earlier one, is not run again; only `again` repeats a step that reads. The
probe ends at the first sign that it is not welcome. It keeps every other program on the journal from sending, from
before its first call until its end, which its death is, too.
"""

import asyncio
import traceback
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from specter_tui.abicart.errors import RpcError, ShopError, ShopRefusesUs
from specter_tui.engine.probe.messages import ProbeStepBegun, ProbeStepEnded
from specter_tui.engine.probe.privacy import Privacy
from specter_tui.engine.probe.run import ProbeEnded, ProbeRun, Unwelcome
from specter_tui.engine.probe.step import Group, Step, StepReport
from specter_tui.engine.probe.table import STEPS
from specter_tui.engine.service import ShopService
from specter_tui.http.cancellable_reads import ReadCancelled
from specter_tui.journal.probe_models import ProbeStep, StepResult
from specter_tui.journal.repositories.probe_facts import ProbeSteps
from specter_tui.specter.errors import Refused, SpecterFailure


@dataclass(frozen=True, slots=True)
class ProbeWish:
    """What is to be probed. `groups` besides `read`; `again`: names of reading steps to repeat.

    `order` is the uid of the order of the group `order`, as text: the subject of its steps.
    """

    groups: frozenset[Group] = frozenset()
    again: frozenset[str] = frozenset()
    order: str = ""
    interactive: bool = False
    pause: float = 1.0


@dataclass(frozen=True, slots=True)
class ProbeEnd:
    """The end of the probe: the reports of all steps, in their order, and why it ended before its last step.

    `out_of_reach`: a side could not be reached. `privacy` knows the persons' words that were met.
    """

    reports: Sequence[StepReport]
    privacy: Privacy
    why: str = ""
    values: tuple[tuple[str, str], ...] = ()
    out_of_reach: bool = False


async def run_probe(service: ShopService, wish: ProbeWish) -> ProbeEnd:
    """Run the steps of a wish that were not begun before. Raises OrderUnderWay, ReadCancelled, JournalError."""
    run = ProbeRun(service, pause=wish.pause, interactive=wish.interactive)
    before = {(kept.step, kept.subject): kept for kept in await run.context.journal(ProbeSteps.all, run.accounts)}
    try:
        await run.hold()
    except ProbeEnded as end:
        return ProbeEnd((), run.privacy, end.code, tuple(end.values.items()))
    holding = asyncio.create_task(run.keep_holding())
    rpc, specter = run.context.shop.rpc, run.context.specter
    try:
        rpc.before_request = lambda methods: run.count_request(methods[0])
        specter.announce_to(run.count_request)
        return await _Runner(run, wish, before).all()
    finally:
        run.begin_step(None)  # What the program asks for later is not the probe's.
        holding.cancel()
        with suppress(asyncio.CancelledError):
            await holding
        await run.release()


class _Runner:
    """Runs the steps of one wish."""

    def __init__(self, run: ProbeRun, wish: ProbeWish, before: dict[tuple[str, str], ProbeStep]) -> None:
        self._run = run
        self._wish = wish
        self._before = before
        self._reports: list[StepReport] = []
        self._end: ProbeEnded | None = None
        self._out_of_reach = False

    async def all(self) -> ProbeEnd:
        """Run every step of the wish, until the probe must end."""
        for step in self._steps():
            subject = self._subject(step)
            kept = self._before.get((step.name, subject))
            if kept is not None and not await self._repeats(step, kept):
                self._add(StepReport.recorded(step, self._run.settings, kept), earlier=True)
            elif (self._end is None or step.settles) and self._applies(step, subject):
                await self._one(step, subject, again=kept is not None)
        why = ("", ()) if self._end is None else (self._end.code, tuple(self._end.values.items()))
        return ProbeEnd(self._reports, self._run.privacy, *why, out_of_reach=self._out_of_reach)

    def _steps(self) -> Iterator[Step]:
        known = {name for name, _ in self._before}
        for step in STEPS:
            # Steps of an earlier run are shown again, so that the protocol is whole.
            if step.group == "read" or step.group in self._wish.groups or {step.name, step.settles} & known:
                yield step

    def _applies(self, step: Step, subject: str) -> bool:
        """Return whether the step that this one settles was begun; True for a step that settles none."""
        kept = self._before.get((step.settles, subject))
        if not step.settles or (kept is not None and kept.result != "skipped"):
            return True
        return any(
            report.step.name == step.settles and report.subject == subject and report.result != "skipped"
            for report in self._reports
        )

    def _subject(self, step: Step) -> str:
        if step.group != "order":
            return ""
        if self._wish.order:
            return self._wish.order
        named = {step.name, step.settles} - {""}
        return next((subject for name, subject in reversed(self._before) if name in named), "")

    async def _repeats(self, step: Step, kept: ProbeStep) -> bool:
        """Return whether a step that was begun before is repeated.

        One that settles another is, until it is done; of the others only reads are, and only on a person's word.
        """
        if step.settles:
            return kept.result not in ("done", "refused")
        if step.does != "reads" or self._end is not None:
            return False
        if step.name in self._wish.again:
            return True
        return kept.result != "done" and await self._run.confirm("ask_again", step=step.name)

    async def _one(self, step: Step, subject: str, *, again: bool) -> None:
        run, report = self._run, StepReport(step, self._run.settings, subject)
        run.context.emit(ProbeStepBegun(step))
        if step.asks and not await run.confirm(step.asks, user=run.settings.specter.api_user_id or "-"):
            report.result = "skipped"
            self._add(report)
            return
        if not await run.context.journal(ProbeSteps.begin, run.accounts, step.name, subject, again=again):
            self._end = ProbeEnded("begun_elsewhere", step=step.name)
            return
        run.begin_step(report)
        try:
            await step.run(run, report)
        except ProbeEnded as end:
            self._stop(report, "refused" if isinstance(end, Unwelcome) else "broken_off", end)
        except ReadCancelled:
            report.result = "broken_off"
            await self._keep(report)
            raise
        except (ShopError, SpecterFailure) as failure:
            refused, why = isinstance(failure, ShopRefusesUs), run.told(failure)
            is_answer = isinstance(failure, RpcError | Refused)
            self._out_of_reach = not (refused or is_answer)
            code = "call_refused" if is_answer else "out_of_reach"
            self._stop(report, "refused" if refused else "broken_off", ProbeEnded(code, why=why))
        except asyncio.CancelledError:
            raise
        except Exception as error:  # noqa: BLE001  # A document may break a step, but not the others.
            report.result = "broken_off"
            report.tell("own_error", step=step.name, kind=type(error).__name__, place=_place(error))
        await self._keep(report)
        self._add(report)

    def _stop(self, report: StepReport, result: StepResult, end: ProbeEnded) -> None:
        report.result, self._end = result, end
        report.note(end.code, **end.values)

    async def _keep(self, report: StepReport) -> None:
        """Write the end of a step, and the facts that it is sure of."""
        run = self._run
        facts = {one.name: one.value for one in report.facts if one.sure}
        end = (run.accounts, report.step.name, report.subject, report.result, report.record(), facts)
        await run.context.journal(ProbeSteps.end, *end)

    def _add(self, report: StepReport, *, earlier: bool = False) -> None:
        self._reports.append(report)
        self._run.context.emit(ProbeStepEnded(report, earlier))


def _place(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"

"""Step A4: which filters of a list of orders pass, are refused, or are ignored, judged by the rows that come."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from specter_tui.abicart.document_lists import PAGE, uid_in
from specter_tui.abicart.fields import moment_of
from specter_tui.abicart.shop import stamp
from specter_tui.engine.probe.answers import Verdict, failure_of, rows_of, text_in
from specter_tui.engine.probe.run import ProbeRun
from specter_tui.engine.probe.step import StepReport

_FIELDS = ["uid", "ordered", "changed", "orderNumber"]
_SECOND = timedelta(seconds=1)
_TIMES = ("ordered", "changed")
_FORM = "9999-99-99T99:99:99Z"


@dataclass(frozen=True, slots=True)
class _Head:
    uid: int
    ordered: datetime | None
    changed: datetime | None
    number: str

    def at(self, key: str) -> datetime | None:
        return self.ordered if key == "ordered" else self.changed


async def learn_filters(run: ProbeRun, report: StepReport) -> None:
    """A4: filter by what one order has, and look whether it comes, and others with it."""
    for fields in (_FIELDS, _FIELDS[:-1], _FIELDS[:1]):
        rows = rows_of(await run.shop(report, "Order.list", fields, {"limit": PAGE}))
        if rows is not None:
            break
    heads = _heads(rows or [])
    if not heads:
        report.leave_open("no_orders")
        return
    _look_at(run, report, rows or [])
    trial = _Trial(run, report, heads, fields)
    inclusive = [await trial.time(key) for key in _TIMES]
    known = {one for one in inclusive if one is not None}
    if known:
        report.fact("ends_inclusive", known == {True})
        report.note("ends_inclusive" if known == {True} else "ends_exclusive")
        if known != {True}:
            report.tell("ends_exclusive")
    await trial.uid()
    await trial.number()
    await trial.sort()
    await trial.count()


def _heads(rows: Sequence[object]) -> list[_Head]:
    return [
        _Head(uid_in(row), _second(row.get("ordered")), _second(row.get("changed")), _number(row.get("orderNumber")))
        for row in rows
        if isinstance(row, Mapping) and uid_in(row)
    ]


def _look_at(run: ProbeRun, report: StepReport, rows: Sequence[object]) -> None:
    """Look at the form of the times, and whether carts are listed among the orders."""
    for key in _TIMES:
        forms = {_form(text_in(row, key)) for row in rows} - {"", _FORM}
        if forms:
            report.tell("time_form", key=key, form=min(forms), expected=_FORM)
    carts = sum(isinstance(row, Mapping) and "ordered" in row and row["ordered"] is None for row in rows)
    if carts:
        report.tell("carts_listed", count=carts)
    nameless = sum(not uid_in(row) for row in rows)
    if nameless:
        report.tell("no_uids", count=nameless)


def _form(text: str) -> str:
    """Return the form of a time: a 9 for each digit, and nothing of what is no sign of times."""
    return re.sub(r"[^9:TZ+. /-]", "?", re.sub(r"\d", "9", text[:40]))


def _number(value: object) -> str:
    return value if isinstance(value, str) else str(value) if type(value) is int else ""


def _second(value: object) -> datetime | None:
    at = moment_of(value)
    return None if at is None else at.replace(microsecond=0)


class _Trial:
    """The filters, tried with the orders that are known."""

    def __init__(self, run: ProbeRun, report: StepReport, heads: Sequence[_Head], fields: Sequence[str]) -> None:
        self._run = run
        self._report = report
        self._fields = list(fields)
        self._in_window: int | None = None
        """The number of orders in the window in which `count` counts, where it is known."""
        self._heads = sorted(heads, key=lambda head: head.uid)

    def _target(self, others: Callable[[_Head, _Head], bool], has: Callable[[_Head], object]) -> tuple[_Head, bool]:
        """Return an order to filter by, and whether the list has another that the filter must keep out."""
        fit = [head for head in self._heads if has(head)]
        for head in reversed(fit):
            if any(others(head, other) for other in self._heads):
                return head, True
        return (fit or self._heads)[-1], False

    async def _filtered(self, filters: Mapping[str, object]) -> list[_Head] | None:
        """Return the rows that a filter lets through; None where it is refused, of which the developers are told."""
        selection = {"filters": filters, "limit": PAGE}
        answer = await self._run.shop(self._report, "Order.list", self._fields, selection)
        rows = rows_of(answer)
        if rows is None:
            name = ", ".join(
                f"{key} {'/'.join(one) if isinstance(one, Mapping) else ''}" for key, one in filters.items()
            )
            self._report.tell("filter_refused", filter=name.strip(), **failure_of(self._run, answer))
            return None
        return _heads(rows)

    def _judge(self, name: str, verdict: Verdict, *, sure: bool) -> None:
        facts: dict[str, Any] = {
            "ordered": "filter.ordered",
            "changed": "filter.changed",
            "uid": "filter.uid",
            "orderNumber": "filter.order_number",
        }
        self._report.fact(facts[name], verdict, sure=sure)
        self._report.note(f"filter_{verdict}", filter=f"/{name}")
        if verdict == "ignored":
            self._report.tell("filter_ignored", filter=f"/{name}")
        if not sure:
            self._report.leave_open("filter_unsure", filter=f"/{name}")

    async def time(self, key: str) -> bool | None:
        """Try min and max at one order's own second; return whether both ends are included, None if unknown."""
        target, provable = self._target(
            lambda head, other: other.at(key) is not None and other.at(key) != head.at(key), lambda head: head.at(key)
        )
        at = target.at(key)
        if at is None:
            self._report.leave_open("no_times", key=key)
            return None
        rows = await self._filtered({f"/{key}": {"min": stamp(at), "max": stamp(at)}})
        if rows is None:
            self._judge(key, "refused", sure=True)
            return None
        if any(row.at(key) != at for row in rows):
            self._judge(key, "ignored", sure=True)
            return None
        if any(row.uid == target.uid for row in rows):
            if key == "ordered":
                self._in_window = len(rows)
            self._judge(key, "passes", sure=provable)
            return True
        wider = await self._filtered({f"/{key}": {"min": stamp(at - _SECOND), "max": stamp(at + _SECOND)}})
        if wider and any(row.uid == target.uid for row in wider):
            self._judge(key, "passes", sure=provable)
            return False
        self._report.tell("filter_finds_nothing", filter=f"/{key}")
        self._judge(key, "refused", sure=True)
        return None

    async def uid(self) -> None:
        """Try `min` at an order's uid and above it, and `in`."""
        target, provable = self._target(lambda head, other: other.uid < head.uid, lambda head: True)
        cases: list[tuple[str, object, Callable[[int], bool], bool]] = [
            ("min", target.uid, lambda uid: uid >= target.uid, True),
            ("min", target.uid + 1, lambda uid: uid > target.uid, False),
            ("in", [target.uid], lambda uid: uid == target.uid, True),
        ]
        verdicts: list[Verdict] = []
        for operator, value, fits, holds in cases:
            rows = await self._filtered({"/uid": {operator: value}})
            if rows is None:
                verdicts.append("refused")
            elif not all(fits(row.uid) for row in rows):
                verdicts.append("ignored")
                self._report.note("operator_ignored", filter="/uid", operator=operator)
            elif holds and not any(row.uid == target.uid for row in rows):
                verdicts.append("refused")
                self._report.tell("filter_finds_nothing", filter=f"/uid {operator}")
            else:
                verdicts.append("passes")
        verdict: Verdict = "ignored" if "ignored" in verdicts else "refused" if "refused" in verdicts else "passes"
        self._judge("uid", verdict, sure=provable or verdict != "passes")

    async def number(self) -> None:
        """Try `equals` on the number that people use."""
        target, provable = self._target(lambda head, other: other.number != head.number, lambda head: head.number)
        if not target.number:
            self._report.leave_open("no_numbers")
            return
        rows = await self._filtered({"/orderNumber": {"equals": target.number}})
        if rows is None:
            self._judge("orderNumber", "refused", sure=True)
        elif any(row.number != target.number for row in rows):
            self._judge("orderNumber", "ignored", sure=True)
        elif any(row.uid == target.uid for row in rows):
            self._judge("orderNumber", "passes", sure=provable)
        else:
            self._report.tell("filter_finds_nothing", filter="/orderNumber")
            self._judge("orderNumber", "refused", sure=True)

    async def sort(self) -> None:
        """Look whether `sort uid` sorts."""
        answer = await self._run.shop(self._report, "Order.list", ["uid"], {"sort": "uid", "limit": PAGE})
        rows = rows_of(answer)
        uids = [uid_in(row) for row in rows or []]
        if rows is None:
            self._report.tell("sort_refused", **failure_of(self._run, answer))
        elif uids != sorted(uids):
            self._report.tell("sort_ignored")
        else:
            self._report.note("sort_passes")

    async def count(self) -> None:
        """Count all orders, and those of one second: the two must differ where the orders do."""
        target, _ = self._target(
            lambda head, other: other.ordered is not None and other.ordered != head.ordered, lambda head: head.ordered
        )
        whole = await self._run.shop(self._report, "Order.count", {})
        if not _is_count(whole.outcome):
            self._report.tell("count_refused", **failure_of(self._run, whole))
            self._report.fact("count", "refused")
            return
        self._run.memory.total = whole.outcome
        if target.ordered is None:
            return
        window = {"/ordered": {"min": stamp(target.ordered), "max": stamp(target.ordered)}}
        part = await self._run.shop(self._report, "Order.count", window)
        same = sum(head.ordered == target.ordered for head in self._heads)
        if not _is_count(part.outcome):
            self._report.tell("count_refused", **failure_of(self._run, part))
            self._report.fact("count", "refused")
        elif part.outcome == whole.outcome and whole.outcome > same and len(self._heads) > same:
            self._report.tell("count_ignores_window")
            self._report.fact("count", "ignored")
        elif self._in_window is not None and part.outcome != self._in_window:
            self._report.tell("count_differs", counted=part.outcome, found=self._in_window)
            self._report.fact("count", "ignored")
        else:
            self._report.fact("count", "passes", sure=whole.outcome >= len(self._heads))
            self._report.note("count", total=whole.outcome)
            if whole.outcome < len(self._heads):
                self._report.tell("count_too_small", counted=whole.outcome, found=len(self._heads))


def _is_count(outcome: object) -> bool:
    return type(outcome) is int and outcome >= 0

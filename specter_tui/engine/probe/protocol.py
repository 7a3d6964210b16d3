"""The protocol of a probe: what was asked, what came, and three lists of what follows, fit to be mailed.

Everything in it comes from reports, which keep no person's words; words that turned out to be a person's in a later
step are replaced here.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from specter_tui.engine.probe.probe_texts import probe_text
from specter_tui.engine.probe.runner import ProbeEnd
from specter_tui.engine.probe.step import FoundFact, Remark, Step, StepReport
from specter_tui.i18n import Language, translated

PROTOCOL_HEADINGS = {
    "title": "Probe of a shop and a Specter account",
    "set_now": "Set this now",
    "for_developers": "Tell the developers",
    "open": "Still open",
    "used": "In use",
    "nothing": "Nothing.",
    "private": "For you alone: this copy names the shop, and orders by their numbers. Do not mail it.",
}


def does_text(step: Step, language: Language) -> str:
    """Return whether a step reads or writes, in words."""
    return probe_text(f"does_{step.does.replace(' ', '_')}", language)


def result_text(report: StepReport, language: Language) -> str:
    """Return how a step ended, in words."""
    return probe_text(f"result_{report.result}", language)


class Protocol:
    """The protocol in one language. `about` are the versions, hosts and settings in use, without secrets."""

    def __init__(self, end: ProbeEnd, language: Language, about: Mapping[str, Mapping[str, Any]]) -> None:
        self._end = end
        self._language = language
        self._about = about
        self._check = end.privacy.checked

    def said(self, note: Remark) -> str:
        """Return a sentence in the protocol's language."""
        values = {name: self._check(value) for name, value in note.values.items()}
        return probe_text(note.code, self._language, **values)

    def step(self, report: StepReport) -> dict[str, object]:
        """Return a step as `probe --json` prints it."""
        return {
            "step": report.step.name,
            "does": report.step.does,
            "calls": report.count,
            "result": report.result,
            "facts": [{"name": one.name, "value": one.value, "sure": one.sure} for one in report.facts],
            "settings": [{"name": one.name, "old": one.old, "new": self._check(one.new)} for one in report.proposed],
            "for_developers": [self.said(note) for note in report.developers],
            "text": " ".join(self.said(note) for note in report.notes),
        }

    def lists(self) -> dict[str, list[str]]:
        """Return the three lists: lines for the settings file, facts that need code, and what is not settled."""
        proposed = {one.name: one.new for report in self._end.reports for one in report.proposed}
        developers = [self.said(note) for report in self._end.reports for note in report.developers]
        return {
            "set_now": [f"{name}={self._check(value)}" for name, value in proposed.items()],
            "for_developers": list(dict.fromkeys(developers)),
            "open": list(dict.fromkeys(self._open())),
        }

    def _open(self) -> Iterator[str]:
        if self._end.why:
            yield self.said(Remark(self._end.why, dict(self._end.values)))
        for report in self._end.reports:
            yield from map(self.said, report.open)
            if report.result in ("broken_off", "refused"):
                code = "broken_off" if report.step.does == "reads" else "broken_off_writes"
                yield self.said(Remark(code, {"step": report.step.name}))

    def document(self) -> dict[str, object]:
        """Return the whole protocol for its JSON file."""
        steps = [
            {
                **self.step(report),
                "facts": [{"name": one.name, "value": self._value(one), "sure": one.sure} for one in report.facts],
                "details": [self.said(note) for note in report.details],
                "call_list": [
                    {
                        "at": call.at,
                        "method": call.method,
                        "fields": call.fields,
                        "status": call.status,
                        "content_type": call.content_type,
                        "code": call.code,
                        "text": self._check(call.text),
                        "rows": call.rows,
                    }
                    for call in report.calls
                ],
            }
            for report in self._end.reports
        ]
        return {"about": self._about, "steps": steps, **self.lists()}

    def markdown(self) -> str:
        """Return the whole protocol for people."""
        lines = [f"# {self._heading('title')}", ""]
        for name, values in self._about.items():
            lines += [f"## {self._heading('used')}: {name}", ""]
            lines += [*(f"- {key}: `{value}`" for key, value in values.items()), ""]
        for report in self._end.reports:
            lines += [*self._section(report), ""]
        for name, items in self.lists().items():
            said = items or [self._heading("nothing")]
            lines += [f"## {self._heading(name)}", "", *(f"- {item}" for item in said), ""]
        return "\n".join(lines)

    def _section(self, report: StepReport) -> Iterator[str]:
        title = probe_text(report.step.title, self._language)
        yield f"## {report.step.name}: {title}"
        yield ""
        does, result = does_text(report.step, self._language), result_text(report, self._language)
        yield probe_text("summary", self._language, does=does, result=result, count=report.count)
        yield ""
        for note in (*report.notes, *report.developers, *report.open, *report.details):
            yield f"- {self.said(note)}"
        for fact in report.facts:
            yield f"- `{fact.name}` = `{self._value(fact)}`{'' if fact.sure else ' ?'}"
        if report.calls:
            yield ""
        for call in report.calls:
            asked = f"{call.at} {call.method} [{', '.join(call.fields)}]"
            came = " ".join(str(part) for part in (call.status, call.content_type, call.code) if part)
            rows = "" if call.rows is None else f" ({call.rows})"
            yield f"    {asked} → {came}{rows} {self._check(call.text)}".rstrip()

    def _value(self, fact: FoundFact) -> Any:
        """Return the value of a fact for the protocol."""
        if fact.own:
            return len(fact.value)
        return json.loads(self._check(json.dumps(fact.value, ensure_ascii=False)))

    def own_copy(self) -> str:
        """Return the operator's own copy, which names the shop and orders; empty where there is nothing to add."""
        lines = [line for report in self._end.reports for line in report.own]
        if not lines:
            return ""
        return "\n".join([f"# {self._heading('private')}", "", *lines, "", self.markdown()])

    def _heading(self, name: str) -> str:
        return translated(self._language, f"protocol.{name}", PROTOCOL_HEADINGS[name])

"""The probe of an account and an order, with an operator who answers by what is asked."""

import threading
from collections.abc import Callable, Mapping

import pytest

from specter_tui.config.settings import Settings
from specter_tui.engine.events import Message
from specter_tui.engine.probe import runner
from specter_tui.engine.probe.messages import ProbeAsked
from specter_tui.engine.probe.protocol import Protocol
from specter_tui.engine.probe.runner import ProbeEnd, ProbeWish, run_probe
from specter_tui.engine.probe.table import STEPS
from tests.support.driven_engine import Driven

Answer = str | Callable[[str], str]
YES: Mapping[str, Answer] = {
    "Go on? [y/n]": "y",
    "again? [y/n]": "y",
    "same values? [y/n]": "y",
    "Are they as before": "y",
    "Is it yours alone": "y",
    "Type its order number": lambda text: text.split("order ")[1].split(" ")[0],
    "Type kopia": "kopia",
    "THE COPY": lambda text: text.split("ORDER ")[1].split(".")[0],
    "show TEST": "n",
    "Does that say": "y",
}
"""The answers of an operator who wants everything."""


class Operator(Driven):
    """An engine whose probe is answered; `asked` has every question, in order."""

    def __init__(self, settings: Settings, answers: Mapping[str, Answer]) -> None:
        self.asked: list[str] = []
        self._answers = answers
        super().__init__(settings)

    def _hear(self, message: Message) -> None:
        super()._hear(message)
        if isinstance(message, ProbeAsked):
            self.asked.append(message.text)
            found = next((one for part, one in self._answers.items() if part in message.text), "")
            said = found(message.text) if callable(found) else found
            threading.Thread(target=message.reply.set_result, args=(said,)).start()


def probe_order(
    monkeypatch: pytest.MonkeyPatch,
    engine: Operator,
    uid: int,
    *names: str,
    groups: frozenset[str] = frozenset({"order"}),
) -> ProbeEnd:
    """Run the named steps about an order, or about the account."""
    monkeypatch.setattr(runner, "STEPS", tuple(step for step in STEPS if step.name in names))
    wish = ProbeWish(groups=groups, order=str(uid) if uid else "", interactive=True, pause=0)  # type: ignore[arg-type]
    return engine.do(run_probe, wish)


def facts_of(end: ProbeEnd) -> dict[str, object]:
    return {fact.name: fact.value for report in end.reports for fact in report.facts if fact.sure}


def results_of(end: ProbeEnd) -> dict[str, str]:
    return {report.step.name: report.result for report in end.reports}


def lists_of(end: ProbeEnd) -> dict[str, list[str]]:
    return Protocol(end, "en", {}).lists()

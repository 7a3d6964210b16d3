"""Texts for stalled work after an export: numbers, stock and deliveries that do not reach the shop."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from specter_tui.engine.outcome_texts import outcome_text
from specter_tui.i18n import Language
from specter_tui.journal.models import Overdue


def overdue_text(one: Overdue, language: Language, zone: ZoneInfo) -> str:
    """Return one kind of overdue work as a sentence, with the time since when."""
    since = f"{one.since.astimezone(zone):%Y-%m-%d %H:%M}"
    return outcome_text(f"overdue_{one.kind}", language, count=one.count, since=since, message=one.why)


class OverdueNews:
    """Reports each kind of overdue work once, until it is no longer stalled."""

    def __init__(self) -> None:
        self._told: set[str] = set()

    def news(self, found: Iterable[Overdue], due_before: datetime) -> list[Overdue]:
        """Return the work that has been due since before `due_before` and was not reported yet."""
        still = {one.kind: one for one in found if one.since <= due_before}
        new = [one for kind, one in still.items() if kind not in self._told]
        self._told = set(still)
        return new

"""Conditions that a person must know of: orders stalled for too long, and a halted account. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from specter_tui.engine.monitoring.idle_orders import IdleOrder
from specter_tui.engine.monitoring.overdue import overdue_text
from specter_tui.engine.outcome_texts import outcome_text
from specter_tui.i18n import Language
from specter_tui.journal.models import Entry, Overdue
from specter_tui.text.state_names import STATE_WORDS

HALTED = "halted"
_UTC = ZoneInfo("UTC")


@dataclass(frozen=True, slots=True)
class Alarm:
    """One condition. `key` identifies it while it lasts; the text has order numbers and states, no person's name."""

    key: str
    text: str


def order_alarm(order: IdleOrder, language: Language) -> Alarm:
    """Return the alarm of an order that is idle for too long."""
    state = STATE_WORDS.in_language(language)[order.state]
    since = f"{order.since:%Y-%m-%d %H:%M} UTC"
    return Alarm(order.key, outcome_text("alarm", language, number=order.number, state=state, since=since))


def other_alarms(
    conflicts: Iterable[Entry],
    overdue: Iterable[Overdue],
    *,
    halted: bool,
    now: datetime,
    after: timedelta,
    language: Language,
) -> dict[str, Alarm]:
    """Return every other present condition, by key.

    `overdue` is stalled work after an export. `conflicts` are orders with another number than ours in the shop; each is
    reported at once.
    """
    found = [
        Alarm(f"conflict:{entry.uid}", outcome_text("alarm_conflict", language, number=entry.order_number))
        for entry in conflicts
    ]
    found += [
        Alarm(f"overdue:{one.kind}", overdue_text(one, language, _UTC))
        for one in overdue
        if one.kind != "conflict" and now - one.since >= after
    ]
    if halted:
        found.append(Alarm(HALTED, outcome_text("alarm_halted", language)))
    return {alarm.key: alarm for alarm in found}


def message_of(new: Mapping[str, Alarm], shop: int, language: Language) -> tuple[str, str]:
    """Return title and text of one alert for all new alarms."""
    return (
        outcome_text("alarm_title", language, count=len(new), shop=shop),
        "\n".join(new[key].text for key in sorted(new)),
    )

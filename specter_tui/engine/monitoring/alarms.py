"""Conditions that a person must know of: orders stalled for too long, and a halted account. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from specter_tui.engine.events import OrderState, OrderView
from specter_tui.engine.monitoring.overdue import overdue_text
from specter_tui.engine.outcome_texts import outcome_text
from specter_tui.i18n import Language, t
from specter_tui.journal.models import Entry, Overdue
from specter_tui.text.state_names import STATE_WORDS

HALTED = "halted"
_UTC = ZoneInfo("UTC")
_NEEDS_A_PERSON = ("unknown", "refused", "exists")


@dataclass(frozen=True, slots=True)
class Alarm:
    """One condition. `key` identifies it while it lasts; the text has order numbers and states, no person's name."""

    key: str
    text: str


def alarms(
    entries: Iterable[Entry],
    views: Iterable[OrderView],
    *,
    conflicts: Iterable[Entry] = (),
    overdue: Iterable[Overdue] = (),
    halted: bool,
    exporting: bool,
    now: datetime,
    after: timedelta,
    language: Language,
) -> dict[str, Alarm]:
    """Return every present condition, by key.

    `overdue` is stalled work after an export. `conflicts` are orders with another number than ours in the shop; each is
    reported at once. `entries` are the journal's unknown, refused and existing orders. `views` are the open ones; those
    that could be sent count as unexported, and so do those paid but blocked, whose buyer has heard nothing.
    `exporting`: the settings allow orders to be sent.
    """
    states = t(language, "STATES", STATE_WORDS)
    still: dict[tuple[int, OrderState], tuple[str, datetime]] = {
        (entry.uid, entry.state): (entry.order_number, entry.changed_at)
        for entry in entries
        if entry.state in _NEEDS_A_PERSON
    }
    if exporting:
        still |= {
            (view.uid, view.state): (view.number, max(view.ordered, view.changed or view.ordered))
            for view in views
            if view.ordered is not None and _is_unexported(view)
        }
    found = [
        Alarm(
            f"{state}:{uid}",
            outcome_text("alarm", language, number=number, state=states[state], since=f"{since:%Y-%m-%d %H:%M} UTC"),
        )
        for (uid, state), (number, since) in still.items()
        if now - since >= after
    ]
    found += [
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


def _is_unexported(view: OrderView) -> bool:
    return view.state in ("ready", "retry_later") or (view.state == "blocked" and view.payment_status == "paid")


def message_of(new: Mapping[str, Alarm], shop: int, language: Language) -> tuple[str, str]:
    """Return title and text of one alert for all new alarms."""
    return (
        outcome_text("alarm_title", language, count=len(new), shop=shop),
        "\n".join(new[key].text for key in sorted(new)),
    )

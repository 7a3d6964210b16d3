"""Whether an order may be sent now, and by which verb. Pure: the rules of repeating live here and nowhere else."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from specter_tui.engine.messages import OrderView
from specter_tui.export.plan import Plan
from specter_tui.journal.records import Entry
from specter_tui.settings import Settings

MOST_REFUSALS = 5
MOST_REPEATS = 5
MOST_DEATHS = 2
_FIRST_PAUSE = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Permission:
    """How an order may come into `sending`: a first or renewed claim, or a reclaim with its proof in words."""

    verb: Literal["claim", "reclaim"]
    reason: str = ""
    automatic: bool = False
    is_new: bool = False
    """Whether the journal has not seen the order yet, as far as is known here."""


def may_send(
    plan: Plan, digest: str | None, entry: Entry | None, settings: Settings, now: datetime, *, asked_by_name: bool
) -> Permission | None:
    """The permission to send, or None. `asked_by_name`: a person chose this very order (so it need not be due)."""
    if not plan.ready:
        return None
    if entry is None:
        return Permission("claim", is_new=True)
    if entry.by_hand:
        return _by_hand(plan, digest, entry, settings, now) if asked_by_name else None
    if entry.state == "retry_later":
        due = entry.retry_at is None or entry.retry_at <= now
        return Permission("claim") if due or asked_by_name else None
    if entry.state == "unknown" and is_safe_to_repeat(entry, digest, settings) and _repeat_due(entry, now):
        return Permission("reclaim", "repeated by itself: Specter cannot get it twice", automatic=True)
    if entry.state == "refused" and digest != entry.form_hash and entry.refusals < MOST_REFUSALS:
        return Permission("reclaim", "edited since it was refused", automatic=True)
    return None


def _by_hand(plan: Plan, digest: str | None, entry: Entry, settings: Settings, now: datetime) -> Permission | None:
    """A person names an order whose decision was taken back: it may go where it could have gone by itself before."""
    free = may_send(plan, digest, replace(entry, by_hand=False), settings, now, asked_by_name=True)
    return free and Permission("reclaim", "named after a decision was taken back")


def is_safe_to_repeat(entry: Entry, digest: str | None, settings: Settings) -> bool:
    """Whether an unknown call may be repeated without anyone asked.

    At the step customer no order was sent; a repeat finds the same customer if a match rule is on. At the step order
    it takes an account that refuses known numbers, and the same form.
    """
    if entry.step == "customer":
        return not (settings.customer.ignore_email and settings.customer.ignore_org_no)
    return settings.specter.refuses_duplicates and digest is not None and digest == entry.form_hash


def _repeat_due(entry: Entry, now: datetime) -> bool:
    """A repeat waits longer each time, and ends; sooner for an order on which the program itself died.

    The last try, on which it died, counts: an order that ends the program twice is not tried a third time.
    """
    most = MOST_DEATHS - 1 if entry.reason == "lease_over" else MOST_REPEATS
    if entry.repeats >= most or (entry.retry_at is not None and entry.retry_at > now):
        return False
    return entry.repeats == 0 or entry.changed_at + _FIRST_PAUSE * 2**entry.repeats <= now


def may_be_tried(view: OrderView, now: datetime) -> bool:
    """Whether a bulk export should read this order again and judge it; by what the book has, which may be old."""
    if view.by_hand:
        return False
    match view.state:
        case "ready" | "unknown" | "refused":
            return True
        case "retry_later":
            return view.retry_at is None or view.retry_at <= now
        case _:
            return False

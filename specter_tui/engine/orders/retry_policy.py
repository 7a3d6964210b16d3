"""Decide whether an order may be sent now, and how. Pure: all rules of repeating are here."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from specter_tui.config.settings import Settings
from specter_tui.engine.concurrency.keyed_locks import customer_keys
from specter_tui.engine.events import OrderView
from specter_tui.engine.orders.hashes import Hashes
from specter_tui.errors import ErrorText
from specter_tui.journal.models import Entry
from specter_tui.journal.repositories.halts import UNEXPECTED_STATUS
from specter_tui.planning.orders.plan import Plan

MOST_REFUSALS = 5
MOST_REPEATS = 5
MOST_DEATHS = 2
MOST_RESENDS = 5
_FIRST_PAUSE = timedelta(seconds=30)
_CLOCKS_DIFFER = timedelta(minutes=1)
"""More than the clocks of the hosts of one journal differ."""


@dataclass(frozen=True, slots=True)
class RetryDecision:
    """The way into `sending`: a first or repeated claim, or a reclaim with its reason."""

    verb: Literal["claim", "reclaim"]
    reason: str = ""
    automatic: bool = False
    is_new: bool = False
    """True if the journal has no entry of the order, as far as this process knows."""
    article_came: datetime | None = None
    """The time when a missing article came to Specter, for an order refused for it."""


def decide_retry(
    plan: Plan, hashes: Hashes | None, entry: Entry | None, settings: Settings, now: datetime, *, asked_by_name: bool
) -> RetryDecision | None:
    """Return the decision, or None where it may not be sent. `asked_by_name`: a person chose this very order.

    An order that was asked for by name need not be due.
    """
    if not plan.ready or hashes is None:
        return None
    if entry is None:
        return RetryDecision("claim", is_new=True)
    if entry.by_hand:
        return _by_hand(plan, hashes, entry, settings, now) if asked_by_name else None
    if entry.state == "retry_later":
        due = _pause_is_over(entry.changed_at, entry.retry_at, now)
        return RetryDecision("claim") if due or asked_by_name else None
    if entry.state == "unknown" and is_safe_to_repeat(plan, entry, hashes, settings) and _repeat_due(entry, now):
        return RetryDecision("reclaim", ErrorText("repeated_safely"), automatic=True)
    if entry.state == "refused" and was_edited(entry, hashes) and entry.refusals < MOST_REFUSALS:
        return RetryDecision("reclaim", ErrorText("edited_since"), automatic=True)
    return None


def _by_hand(plan: Plan, hashes: Hashes, entry: Entry, settings: Settings, now: datetime) -> RetryDecision | None:
    """Decide for an order taken back by a person and now named: as before it was taken back."""
    free = decide_retry(plan, hashes, replace(entry, by_hand=False), settings, now, asked_by_name=True)
    return free and RetryDecision("reclaim", "named after a decision was taken back")


def may_resend(entry: Entry, came: datetime) -> bool:
    """Return whether a refused order may be repeated automatically after an article came to Specter at that time."""
    if entry.state != "refused" or entry.by_hand or came <= entry.changed_at or entry.refusals >= MOST_REFUSALS:
        return False
    return entry.resends < MOST_RESENDS and (entry.resent_for is None or came > entry.resent_for)


def was_edited(entry: Entry, hashes: Hashes) -> bool:
    """Return whether the order differs from its last claim; older journals have no customer digest."""
    return hashes.form != entry.form_hash or bool(entry.customer_hash and entry.customer_hash != hashes.customer)


def is_safe_to_repeat(plan: Plan, entry: Entry, hashes: Hashes, settings: Settings) -> bool:
    """Return whether an unknown call may be repeated automatically.

    At the step customer no order was sent; a repeat finds the same customer where it is matched. The step order needs
    an account that refuses known numbers, and the same form. After an HTTP status that Specter never has, nothing is
    repeated: a page that fails after its work is done answers so.
    """
    if entry.reason == UNEXPECTED_STATUS:
        return False
    is_matched = plan.customer is not None and bool(customer_keys(plan.customer))
    if entry.step == "customer":
        return is_matched
    finds_customer = is_matched or entry.customer_number is not None
    return finds_customer and settings.specter.refuses_duplicates and hashes.form == entry.form_hash


def _repeat_due(entry: Entry, now: datetime) -> bool:
    """Return whether a repeat is due: each waits longer, and their number is limited; lower if the program itself died.

    The attempt on which it died counts: an order that ends the program twice is not tried a third time.
    """
    most = MOST_DEATHS - 1 if entry.reason == "lease_over" else MOST_REPEATS
    if entry.repeats >= most or not _pause_is_over(entry.changed_at, entry.retry_at, now):
        return False
    pause = _FIRST_PAUSE * 2**entry.repeats
    return entry.repeats == 0 or _pause_is_over(entry.changed_at, entry.changed_at + pause, now)


def _pause_is_over(begun: datetime, end: datetime | None, now: datetime) -> bool:
    """Return whether a stored pause is over; one that begins in the future is, since the clock was set back."""
    return end is None or end <= now or begun - now > _CLOCKS_DIFFER


def is_retry_due(view: OrderView, now: datetime) -> bool:
    """Return whether a bulk export should read and judge this order; the index may be out of date."""
    if view.by_hand:
        return False
    match view.state:
        case "ready" | "unknown" | "refused":
            return True
        case "retry_later":
            return _pause_is_over(view.since or now, view.retry_at, now)
        case _:
            return False

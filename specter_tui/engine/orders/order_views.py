"""An order as a person sees it: the shop's document and the journal's entry combined. Pure."""

import sys
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from specter_tui.abicart.models import Order, UnreadableOrder
from specter_tui.config.settings import Settings, UiSettings
from specter_tui.engine.events import OrderView
from specter_tui.engine.order_states import OrderState
from specter_tui.engine.orders.hashes import Hashes
from specter_tui.engine.outcome_texts import outcome_text
from specter_tui.errors import ErrorText, translate_error
from specter_tui.i18n import Language
from specter_tui.journal.models import Entry
from specter_tui.journal.repositories.restore_repair import RESTORED
from specter_tui.planning.orders.plan import Plan
from specter_tui.planning.problem_texts import payment_in_words
from specter_tui.planning.problems import text_of

_ANSWERED = frozenset({"specter_http", "specter_unexpected", "specter_unreadable", "specter_too_large", "specter_gave"})
_IN_WORDS = {"lease_over": "lease_over", RESTORED: "was_restored"}
DONE: frozenset[OrderState] = frozenset({"exported", "closed", "out_of_scope"})


def from_document(
    order: Order | UnreadableOrder,
    plan: Plan,
    hashes: Hashes | None,
    since: datetime,
    settings: Settings,
    ours: str | None = None,
) -> OrderView:
    """Return the view by the shop's document alone.

    `ours` is a number of ours that the shop may still show; it is no sign of another link.
    """
    language = settings.ui.language
    readable = order if isinstance(order, Order) else None
    outside = _outside(order, since, language, ours)
    state: OrderState
    if outside:
        state, message = "out_of_scope", outside
    elif plan.problems:
        state, message = "blocked", " ".join(text_of(problem, language) for problem in plan.problems)
    elif plan.waiting:
        asked = settings.order.payment_status
        status = (readable.payment_status if readable else "") or "unpaid"
        state, message = (
            "waiting",
            outcome_text("waiting", language, status=payment_in_words(status, language), asked=asked),
        )
    else:
        state, message = "ready", ""
    return OrderView(
        uid=order.uid,
        number=order.number,
        state=state,
        customer=_buyer(readable) if readable else "",
        total=plan.expected,
        currency=plan.currency,
        ordered=order.ordered,
        changed=order.changed,
        payment_status=readable.payment_status if readable else "",
        problems=plan.problems if state == "blocked" else (),
        warnings=plan.warnings,
        message=message,
        form_hash=hashes.form if hashes else None,
        seen_hash=hashes.seen if hashes else None,
        external_no=plan.external_no,
        shop_number=order.external_order_number,
        articles=_articles(plan),
    )


def with_entry(view: OrderView, entry: Entry | None, ui: UiSettings) -> OrderView:
    """Return the view with the journal's data; the journal's state takes precedence over the document's."""
    if entry is None:
        return view
    if entry.is_new and view.state != entry.state:
        return replace(
            view,
            message=_joined(view.message, outcome_text("by_hand", ui.language), _left_in_shop(entry, ui.language)),
            write_back=entry.write_back,
            by_hand=True,
            since=entry.changed_at,
        )
    problems = view.problems if entry.state in ("retry_later", "refused") else ()
    unknown = entry.state == "unknown"
    came = _what_came(entry, ui.language) if unknown else ""
    cause = _what_failed(entry, ui.language) if unknown else ""
    return replace(
        view,
        state=entry.state,
        step=entry.step if entry.state in ("sending", "unknown") else None,
        problems=problems,
        message=_journal_message(entry, view.form_hash, ui, view.message if problems else ""),
        came=came,
        cause="" if cause == came else cause,
        external_no=entry.external_no or view.external_no,
        specter_number=entry.specter_number,
        proposed_number=None if entry.specter_number else entry.seen_number,
        write_back=entry.write_back,
        holder=entry.holder,
        retry_at=entry.retry_at,
        drift=entry.drift,
        cancelled_in_shop=entry.cancelled_in_shop,
        by_hand=entry.by_hand,
        reopenable=entry.reopenable,
        since=entry.changed_at,
    )


def from_entry(entry: Entry, ui: UiSettings) -> OrderView:
    """Return the view of an order that is in the journal only."""
    bare = OrderView(
        uid=entry.uid,
        number=entry.order_number,
        state=entry.state,
        total=entry.total,
        currency=entry.currency or "",
        ordered=entry.ordered,
    )
    return with_entry(bare, entry, ui)


def withdrawn(order: Order | UnreadableOrder, language: Language, ours: str | None = None) -> str:
    """Return why the shop does not want the order sent, whatever the journal has; empty if it does.

    `ours` is a number of ours that was taken back, and that the shop may still show.
    """
    if order.discarded:
        return outcome_text("discarded", language)
    if order.external_order_number and order.external_order_number != ours:
        return outcome_text("number_in_shop", language, number=order.external_order_number)
    return ""


def _outside(order: Order | UnreadableOrder, since: datetime, language: Language, ours: str | None) -> str:
    """Return why the order is out of scope; empty if it is in scope."""
    if order.ordered is None:
        before = not (isinstance(order, UnreadableOrder) and order.placed)
    else:
        before = order.ordered < since
    return withdrawn(order, language, ours) or (outcome_text("before_since", language) if before else "")


def _articles(plan: Plan) -> tuple[str, ...]:
    """Return the article numbers of the goods; equal texts share memory between orders."""
    rows = plan.form.rows if plan.form else ()
    return tuple(dict.fromkeys(sys.intern(row.article_number) for row in rows if row.kind == "goods"))


def _buyer(order: Order) -> str:
    address = order.customer.address
    person = f"{address.first_name} {address.last_name}".strip()
    return address.company or person or address.name


def _journal_message(entry: Entry, form_hash: str | None, ui: UiSettings, held_by: str = "") -> str:
    """Return the message. `held_by` is why the present document cannot be sent; then nothing is sent automatically."""
    by_hand = outcome_text("by_hand", ui.language) if entry.by_hand and entry.state != "closed" else ""
    left = "" if entry.state == "exported" else _left_in_shop(entry, ui.language)
    return _joined("" if entry.is_new else _state_message(entry, form_hash, ui, held_by), held_by, by_hand, left)


def _joined(*sentences: str) -> str:
    return " ".join(filter(None, sentences))


def _left_in_shop(entry: Entry, language: Language) -> str:
    """Return the text about a number that was taken back and that the shop still shows."""
    match entry.write_back:
        case "due":
            return outcome_text("clearing", language, number=entry.shown_number)
        case "conflict":
            return outcome_text("not_cleared", language, number=entry.shown_number)
        case _:
            return ""


def _state_message(entry: Entry, form_hash: str | None, ui: UiSettings, held_by: str) -> str:
    language = ui.language
    message = _what_failed(entry, language)
    external = entry.external_no or entry.order_number
    match entry.state:
        case "sending":
            return outcome_text("sending", language, holder=entry.holder)
        case "retry_later":
            return outcome_text("not_sent" if entry.by_hand or held_by else "retry_later", language, message=message)
        case "unknown":
            key = "unknown_customer" if entry.step == "customer" else "unknown_order"
            came = _what_came(entry, language) or outcome_text("no_answer", language)
            return outcome_text(key, language, came=came, external=external)
        case "refused":
            changed = form_hash is not None and form_hash != entry.form_hash and not entry.by_hand and not held_by
            return outcome_text("refused_changed" if changed else "refused", language, message=message)
        case "exists":
            return outcome_text("exists", language, external=external)
        case "closed":
            return outcome_text("closed", language, reason=entry.reason)
        case _:
            return _on_its_way_home(entry, ui)


def _what_came(entry: Entry, language: Language) -> str:
    """Return what Specter answered in place of a result; empty if the call ended without an answer."""
    error = entry.message
    if not isinstance(error, ErrorText) or error.code not in _ANSWERED:
        return ""
    if "status" in error.values:
        return outcome_text("answered_status", language, status=error.values["status"])
    return outcome_text("answered_unusable", language)


def _what_failed(entry: Entry, language: Language) -> str:
    return (
        outcome_text(_IN_WORDS[entry.reason], language)
        if entry.reason in _IN_WORDS
        else translate_error(entry.message, language)
    )


def _on_its_way_home(entry: Entry, ui: UiSettings) -> str:
    """Return why an exported order's number is not in the shop; empty if it is."""
    if entry.write_back == "conflict":
        return outcome_text("write_back_conflict", ui.language, message=entry.message)
    if entry.write_back == "due" and entry.exported_at is not None:
        since = entry.exported_at.astimezone(ZoneInfo(ui.time_zone))
        return outcome_text("write_back_due", ui.language, since=f"{since:%Y-%m-%d %H:%M}")
    return ""

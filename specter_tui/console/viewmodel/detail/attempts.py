"""An order's history: what was expected, what was answered, and each attempt with time, duration and operator."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from specter_tui.console.viewmodel.detail.finding_texts import translated_error
from specter_tui.console.viewmodel.export_log import VERBS
from specter_tui.console.viewmodel.formats import day_and_second, number, price, took
from specter_tui.console.viewmodel.state_styles import STATE_STYLES
from specter_tui.console.viewmodel.styled_text import Line, span
from specter_tui.i18n import Texts, t

if TYPE_CHECKING:
    from specter_tui.config.settings import Settings
    from specter_tui.console.viewmodel.display_context import DisplayContext
    from specter_tui.engine.events import HistoryRead, OrderView
    from specter_tui.journal.models import Event
    from specter_tui.journal.repositories.api_calls import Call

EXPECTED = Texts(
    {
        "customer": "Specter answers with the customer's number.",
        "order": "Specter answers with the order's number.",
    }
)
STEPS = Texts({"customer": "customer", "order": "order"})


FAILED = frozenset({"unknown", "refused", "exists", "retry_later"})
"""The states in which an attempt failed."""
_LABEL = 16
_FEW = 3
_HTTP_OK = 200


def failure_lines(view: "OrderView", history: "HistoryRead", frame: "DisplayContext", cure: str) -> Iterator[Line]:
    """Yield lines for expected, answered, tried and next step; none where nothing failed."""
    if view.state not in FAILED:
        return
    yield ()
    yield (span(t("What happened"), "title"),)
    step = view.step or (history.entry.step if history.entry else None) or "order"
    yield span(f"{t('Expected answer'):<{_LABEL}}", "muted"), span(EXPECTED[step])
    yield span(f"{t('Answer'):<{_LABEL}}", "muted"), span(_came(history), STATE_STYLES[view.state].tone)
    yield span(f"{t('Tries'):<{_LABEL}}", "muted"), span(_tried(history, frame))
    if cure:
        yield span(f"{t('Do this'):<{_LABEL}}", "muted"), span(cure)
    yield (span(" " * _LABEL + t("y copies this as text, for Specter's support; it holds no names."), "muted"),)


def try_lines(history: "HistoryRead", frame: "DisplayContext", *, whole: bool) -> Iterator[Line]:
    """Yield the journal's history, newest first: each change of the order, and each call with its answer."""
    happened: list[tuple[object, Line]] = [(event.at, _event(event, frame)) for event in history.events]
    happened += [(call.at, _call(call, frame)) for call in history.calls]
    if not happened:
        return
    happened.sort(key=lambda pair: pair[0], reverse=True)  # type: ignore[arg-type, return-value]  # all are moments.
    shown = happened if whole else happened[:_FEW]
    yield ()
    yield (span(t("Each step, newest first"), "title"),)
    yield from (line for _, line in shown)
    if len(shown) < len(happened):
        yield (span(t("{count} more: enter shows all.").format(count=len(happened) - len(shown)), "muted"),)


def support_text(
    view: "OrderView", history: "HistoryRead", frame: "DisplayContext", settings: "Settings", cure: str
) -> str:
    """Return all of it as text for Specter's support, without names and addresses, which are never stored."""
    entry = history.entry
    lines = [
        t("Shop {shop}, Specter account {account}").format(
            shop=settings.abicart.webshop, account=settings.specter.sbm_id
        ),
        t("Order {number}, external number {external}: {state}").format(
            number=view.number,
            external=(entry.external_no if entry else None) or view.number,
            state=STATE_STYLES[view.state].word,
        ),
    ]
    for line in failure_lines(view, history, frame, cure):
        text = "".join(part for part, _ in line).rstrip()
        if text and text.strip() != t("y copies this as text, for Specter's support; it holds no names."):
            lines.append(text)
    if history.rows:
        lines += ["", t("Rows that were sent:")]
        lines += [
            f"  {row.article_number}  {number(row.quantity)} × {price(row.unit_price)}  {number(row.vat_percent)} %"
            for row in history.rows
        ]
    lines += ["", t("Each step, newest first")]
    for event in history.events:
        lines.append("  " + "".join(part for part, _ in _event(event, frame)).rstrip())
    for call in history.calls:
        lines += ["", "".join(part for part, _ in _call(call, frame)).rstrip()]
        lines.append("  " + " ".join(f"{name}={value}" for name, value in call.sent.items()))
    return "\n".join(lines)


def _came(history: "HistoryRead") -> str:
    """Return the last answer as received, else the journal's text about a missing one."""
    last = history.calls[-1] if history.calls else None
    if last is None:
        return translated_error(history.entry.message if history.entry else "") or t("nothing that is known of")
    if last.status == _HTTP_OK:
        return t("{answer} (after {took})").format(answer=last.answer, took=took(last.duration_ms))
    if last.status is not None:
        return t("HTTP {status}: {answer} (after {took})").format(
            status=last.status, answer=last.answer, took=took(last.duration_ms)
        )
    return t("no answer: {answer} (after {took})").format(
        answer=translated_error(last.answer), took=took(last.duration_ms)
    )


def _tried(history: "HistoryRead", frame: "DisplayContext") -> str:
    attempts = history.entry.attempts if history.entry else 0
    claims = [event for event in history.events if event.verb in ("claimed", "reclaimed")]
    if not claims:
        return str(attempts)
    last = claims[-1]
    return t("{count}, last {at} by {by}").format(
        count=max(attempts, len(claims)),
        at=day_and_second(last.at, frame.zone),
        by=f"{last.operator}@{last.host}",
    )


def _event(event: "Event", frame: "DisplayContext") -> Line:
    look = STATE_STYLES[event.to_state] if event.to_state else None
    note = translated_error(event.message or event.reason) or (event.specter_number or "")
    step = f" ({STEPS[event.step]})" if event.step and event.verb not in ("exported", "write_back_done") else ""
    spent = took(event.duration_ms)
    return (
        span(f"{day_and_second(event.at, frame.zone)}  ", "muted"),
        span(f"{look.sign if look else '·'} ", look.tone if look else "muted"),
        span(f"{VERBS.get(event.verb, event.verb)}{step}"),
        span(f"  {spent}" if spent else "", "muted"),
        span(f"  {note}" if note else ""),
        span(f"  {event.operator}@{event.host}", "muted"),
    )


def _call(call: "Call", frame: "DisplayContext") -> Line:
    status = t("HTTP {status}").format(status=call.status) if call.status is not None else t("no answer")
    return (
        span(f"{day_and_second(call.at, frame.zone)}  ", "muted"),
        span("↔ ", "muted"),
        span(call.action),
        span(f"  {status}  {took(call.duration_ms)}", "muted"),
        span(f"  {call.answer if call.status is not None else translated_error(call.answer)}"),
    )

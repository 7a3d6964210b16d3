"""The detail of one order as lines: the reason and cure, the history, the shop's order beside Specter's form."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from specter_tui.console.commands.conditions import ACTS_ON, NUMBERABLE
from specter_tui.console.viewmodel.detail import comparison, customer_lines
from specter_tui.console.viewmodel.detail.attempts import FAILED, STEPS, failure_lines, try_lines
from specter_tui.console.viewmodel.detail.finding_texts import payment_in_words, text_and_cure
from specter_tui.console.viewmodel.detail.post_export import post_export_lines
from specter_tui.console.viewmodel.display_context import DisplayContext
from specter_tui.console.viewmodel.formats import age, day_and_clock, money
from specter_tui.console.viewmodel.order_pages import OrderPages
from specter_tui.console.viewmodel.state_styles import CURES, FLAG_TEXTS, STATE_STYLES, WHY, flags_of
from specter_tui.console.viewmodel.styled_text import Line, Tone, linked, span
from specter_tui.console.viewmodel.sync_state import PostExportInfo
from specter_tui.i18n import ngettext, t

if TYPE_CHECKING:
    from specter_tui.engine.events import HistoryRead, OrderView, PreviewReady
    from specter_tui.planning.problems import Problem

_LABEL = 13
_NOTHING_AFTER = PostExportInfo()
_NO_PAGES = OrderPages()
_NO_SERVICES: Mapping[str, str] = MappingProxyType({})


def describe(
    view: "OrderView",
    preview: "PreviewReady | None",
    width: int,
    frame: DisplayContext,
    *,
    whole: bool = False,
    marked: int = 0,
    after: PostExportInfo = _NOTHING_AFTER,
    history: "HistoryRead | None" = None,
    services: Mapping[str, str] = _NO_SERVICES,
    pages: OrderPages = _NO_PAGES,
) -> list[Line]:
    """Return the lines of one order; `whole` adds both sides, the customer, the order's fields and each attempt.

    `services` are the article numbers of delivery, fees and the like, by kind; `marked` is the number of marked orders.
    """
    explained = history is not None and view.state in FAILED
    lines = [*_head(view, frame, pages), *_why(view, frame, marked, with_cure=not explained)]
    if history is not None:
        lines += failure_lines(view, history, frame, reason_and_cure(view, frame, marked)[1])
    lines += [*post_export_lines(after, frame), *_warnings(view, preview, frame)]
    if whole and history is not None and (entry := history.entry) is not None:
        lines += (
            [
                (),
                (
                    span(
                        t(
                            "Address, delivery method, fees and VAT cannot be compared: nothing of them was kept at "
                            "the export."
                        ),
                        "muted",
                    ),
                ),
            ]
            if entry.state == "exported" and not entry.comparable
            else []
        )
    told = {line.article_number for line in after.drift}
    lines += comparison.side_lines(view, preview, history, services, width, whole=whole, told=told)
    plan = None if preview is None else preview.plan
    if whole and plan is not None:
        if plan.customer is not None:
            lines += [(), (span(t("Customer as Specter gets it"), "title"),)]
            lines += customer_lines.customer_lines(
                preview.order if preview else None, plan.customer, hidden=frame.hide_names
            )
        if plan.form is not None:
            lines += [(), (span(t("Order as Specter gets it"), "title"),)]
            lines += customer_lines.order_lines(plan.form, hidden=frame.hide_names)
    if history is not None:
        lines += try_lines(history, frame, whole=whole)
    return lines


def why_line(view: "OrderView", frame: DisplayContext, marked: int = 0) -> Line:
    """Return the reason for the order's state in one line: sign, sentence, cure, and the cause, which may be cut."""
    look = STATE_STYLES[view.state]
    sentence, cure = reason_and_cure(view, frame, marked)
    return (
        span(f"{look.sign} {view.number} ", look.tone),
        span(sentence),
        span(f" {cure}" if cure else "", "muted"),
        span(_cause(view), "muted"),
    )


def reason_and_cure(view: "OrderView", frame: DisplayContext, marked: int = 0) -> tuple[str, str]:
    """Return why the order is not exported, and the cure for it or for the marked orders."""
    if view.problems:
        first = view.problems[0]
        more = f" (+{len(view.problems) - 1})" if len(view.problems) > 1 else ""
        text, cure = text_and_cure(first, frame.language)
        return text + more, cure
    flags = flags_of(view)
    if view.state == "exported" and flags:
        return flags[0][1], ""
    return view.message or WHY[view.state], _cure(view, marked)


def _cure(view: "OrderView", marked: int) -> str:
    """Return the keys that help, for the orders on which they act: with marks, those are mostly other orders."""
    if not marked or not any(view.state in states for states in ACTS_ON.values()):
        return CURES.get(view.state, "").format(number=view.number)
    own = t("n: type the number of {number}.").format(number=view.number) if view.state in NUMBERABLE else ""
    of_marked = ngettext(
        "e, R and c are for the marked order.", "e, R and c are for the {count} marked orders.", marked
    ).format(count=marked)
    return f"{own} {of_marked}".lstrip()


def _cause(view: "OrderView") -> str:
    return f" ({view.cause})" if view.cause else ""


def _head(view: "OrderView", frame: DisplayContext, pages: OrderPages) -> Iterator[Line]:
    look = STATE_STYLES[view.state]
    yield (
        span(f"{look.sign} ", look.tone),
        linked(view.number, pages.shop, "strong"),
        span(f"  {look.word}   ", look.tone),
        span(money(view.total, view.currency), "strong"),
    )
    customer = t("•••••") if frame.hide_names and view.customer else view.customer
    yield from _labelled(t("Customer"), customer)
    yield from _labelled(t("Placed"), day_and_clock(view.ordered, frame.zone))
    yield from _labelled(t("Payment"), payment_in_words(view.payment_status, frame.language))
    if view.specter_number:
        yield (
            span(f"{t('Specter no'):<{_LABEL}}", "muted"),
            linked(view.specter_number, pages.specter, "strong"),
        )
    if view.state in ("sending", "unknown", "retry_later"):
        yield from _labelled(t("Step"), STEPS.get(view.step or "", ""))
    if view.state == "sending":
        yield from _labelled(t("By"), view.holder)
    if view.retry_at is not None and view.state == "retry_later":
        wait = age(view.retry_at - frame.now)
        yield from _labelled(t("Tried again"), f"{day_and_clock(view.retry_at, frame.zone)} ({wait})")


def _labelled(label: str, text: str, tone: Tone = "plain") -> Iterator[Line]:
    if text:
        yield span(f"{label:<{_LABEL}}", "muted"), span(text, tone)


def _why(view: "OrderView", frame: DisplayContext, marked: int, *, with_cure: bool) -> Iterator[Line]:
    look = STATE_STYLES[view.state]
    flags = flags_of(view)
    if view.state == "exported" and not flags:
        return
    yield ()
    if view.problems:
        yield (span(t("Why not"), "title"),)
        yield from _problems(view.problems, look.tone, look.sign, frame)
    elif view.state != "exported":
        sentence, cure = reason_and_cure(view, frame, marked)
        yield span(f"{look.sign} ", look.tone), span(sentence + _cause(view))
        if cure and with_cure:
            yield span("  → ", "muted"), span(cure, "muted")
    for sign, sentence in flags:
        if sentence != FLAG_TEXTS["warnings"]:
            yield span(f"{sign} ", "warn"), span(sentence)


def _problems(problems: "Sequence[Problem]", tone: Tone, sign: str, frame: DisplayContext) -> Iterator[Line]:
    for problem in problems:
        text, cure = text_and_cure(problem, frame.language)
        yield span(f"{sign} ", tone), span(text)
        if cure:
            yield span("  → ", "muted"), span(cure, "muted")


def _warnings(view: "OrderView", preview: "PreviewReady | None", frame: DisplayContext) -> Iterator[Line]:
    plan = None if preview is None else preview.plan
    warnings = view.warnings if plan is None else plan.warnings
    if warnings and view.state not in ("exported", "closed"):  # The warnings are about sending it.
        yield ()
        yield (span(t("Worth knowing"), "title"),)
        yield from _problems(warnings, "warn", "△", frame)

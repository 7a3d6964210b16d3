"""The detail of one order in lines: why not and the cure, the rows and totals as Specter gets them, and the rest."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from specter_tui.console import words
from specter_tui.console.after import after_lines
from specter_tui.console.columns import Column, fit
from specter_tui.console.explain import payment_in_words, text_and_cure
from specter_tui.console.formats import age, day_and_clock, money, number, price
from specter_tui.console.goods import After
from specter_tui.console.ink import Line, Tone, span
from specter_tui.console.rows import cell
from specter_tui.console.states import LOOKS, flags_of

if TYPE_CHECKING:
    from specter_tui.engine.messages import OrderView, PreviewReady
    from specter_tui.export.plan import Plan
    from specter_tui.export.problems import Problem
    from specter_tui.specter.forms import OrderRow

_HUNDRED = Decimal(100)
_LABEL = 13
_NOTHING_AFTER = After()


@dataclass(frozen=True, slots=True)
class Frame:
    """How to write: the language of problems, the zone of times, whether names are hidden."""

    language: 'Literal["sv", "en"]' = "en"
    zone: tzinfo | None = None
    now: datetime = field(default_factory=lambda: datetime.now().astimezone())
    hide_names: bool = False


def describe(
    view: "OrderView",
    preview: "PreviewReady | None",
    width: int,
    frame: Frame,
    *,
    whole: bool = False,
    after: After = _NOTHING_AFTER,
) -> list[Line]:
    """The lines for one order; `whole` adds the customer and the order's fields."""
    lines = [*_head(view, frame), *_why(view, frame), *after_lines(after, frame), *_warnings(view, preview, frame)]
    plan = None if preview is None else preview.plan
    if preview is None:
        lines += [(), (span(words.PREVIEW_COMES, "muted"),)]
    elif plan is None or plan.form is None:
        lines += [(), (span(preview.text, "muted"),)] if preview.text else []
    else:
        lines += [*_rows(plan, width), *_totals(plan)]
        if whole:
            lines += [*_customer(plan, frame), *_order_fields(plan, frame)]
    return lines


def why_line(view: "OrderView", frame: Frame) -> Line:
    """Why one order is where it is, in one line: sign, sentence, cure."""
    look = LOOKS[view.state]
    sentence, cure = reason_and_cure(view, frame)
    return (
        span(f"{look.sign} {view.number} ", look.tone),
        span(sentence),
        span(f" {cure}" if cure else "", "muted"),
    )


def reason_and_cure(view: "OrderView", frame: Frame) -> tuple[str, str]:
    """The sentence that says why the order is not exported, and what to do about it."""
    if view.problems:
        first = view.problems[0]
        more = f" (+{len(view.problems) - 1})" if len(view.problems) > 1 else ""
        text, cure = text_and_cure(first, frame.language)
        return text + more, cure
    flags = flags_of(view)
    if view.state == "exported" and flags:
        return flags[0][1], ""
    return view.message or words.WHY[view.state], words.CURES.get(view.state, "")


def _head(view: "OrderView", frame: Frame) -> Iterator[Line]:
    look = LOOKS[view.state]
    yield (
        span(f"{look.sign} ", look.tone),
        span(view.number, "strong"),
        span(f"  {look.word}   ", look.tone),
        span(money(view.total, view.currency), "strong"),
    )
    customer = words.HIDDEN_NAME if frame.hide_names and view.customer else view.customer
    yield from _labelled(words.LABEL_CUSTOMER, customer)
    yield from _labelled(words.LABEL_PLACED, day_and_clock(view.ordered, frame.zone))
    yield from _labelled(words.LABEL_PAYMENT, payment_in_words(view.payment_status, frame.language))
    yield from _labelled(words.LABEL_SPECTER, view.specter_number or "", "strong")
    if view.state in ("sending", "unknown", "retry_later"):
        yield from _labelled(words.LABEL_STEP, words.STEPS.get(view.step or "", ""))
    if view.state == "sending":
        yield from _labelled(words.LABEL_BY, view.holder)
    if view.retry_at is not None and view.state == "retry_later":
        wait = age(view.retry_at - frame.now)
        yield from _labelled(words.LABEL_RETRY, f"{day_and_clock(view.retry_at, frame.zone)} ({wait})")


def _labelled(label: str, text: str, tone: Tone = "plain") -> Iterator[Line]:
    if text:
        yield span(f"{label:<{_LABEL}}", "muted"), span(text, tone)


def _why(view: "OrderView", frame: Frame) -> Iterator[Line]:
    look = LOOKS[view.state]
    flags = flags_of(view)
    if view.state == "exported" and not flags:
        return
    yield ()
    if view.problems:
        yield (span(words.SECTION_WHY, "title"),)
        yield from _problems(view.problems, look.tone, look.sign, frame)
    elif view.state != "exported":
        sentence, cure = reason_and_cure(view, frame)
        yield span(f"{look.sign} ", look.tone), span(sentence)
        if cure:
            yield span("  → ", "muted"), span(cure, "muted")
    for sign, sentence in flags:
        if sentence != words.FLAG_WARNINGS:
            yield span(f"{sign} ", "warn"), span(sentence)


def _problems(problems: "Sequence[Problem]", tone: Tone, sign: str, frame: Frame) -> Iterator[Line]:
    for problem in problems:
        text, cure = text_and_cure(problem, frame.language)
        yield span(f"{sign} ", tone), span(text)
        if cure:
            yield span("  → ", "muted"), span(cure, "muted")


def _warnings(view: "OrderView", preview: "PreviewReady | None", frame: Frame) -> Iterator[Line]:
    plan = None if preview is None else preview.plan
    warnings = view.warnings if plan is None else plan.warnings
    if warnings:
        yield ()
        yield (span(words.SECTION_WARNINGS, "title"),)
        yield from _problems(warnings, "warn", "△", frame)


def _rows(plan: "Plan", width: int) -> Iterator[Line]:
    assert plan.form is not None  # noqa: S101 - the caller looked
    yield ()
    yield (span(words.SECTION_ROWS, "title"),)
    if not plan.ready and plan.problems:
        yield (span(words.FORM_PARTIAL, "muted"),)
    rows = plan.form.rows
    texts = [_row_texts(row) for row in rows]
    fitted = fit(_row_columns(texts), width)
    yield tuple(
        span(f"{' ' if index else ''}{cell(column.title, size, column.align)}", "muted")
        for index, (column, size) in enumerate(fitted)
    )
    for row, words_of in zip(rows, texts, strict=True):
        yield tuple(
            span(f"{' ' if index else ''}{cell(words_of[column.key], size, column.align)}", _row_tone(row, column.key))
            for index, (column, size) in enumerate(fitted)
        )


def _row_columns(texts: list[dict[str, str]]) -> list[Column]:
    """Numbers as wide as they need to be; the text gets what is left; without discounts there is no such column."""

    def widest(key: str, title: str, most: int = 14) -> int:
        return min(most, max(len(title), *(len(row[key]) for row in texts))) if texts else len(title)

    discounts = any(row["discount"] for row in texts)
    return [
        Column("article", words.ROW_ARTICLE, widest("article", words.ROW_ARTICLE)),
        Column("text", words.ROW_TEXT, 8, flex=1, drop=1),
        Column("quantity", words.ROW_QUANTITY, widest("quantity", words.ROW_QUANTITY), align="right"),
        Column("price", words.ROW_PRICE, widest("price", words.ROW_PRICE), align="right"),
        *([Column("discount", words.ROW_DISCOUNT, 5, align="right", drop=3)] if discounts else []),
        Column("vat", words.ROW_VAT, 4, align="right"),
        Column("sum", words.ROW_SUM, widest("sum", words.ROW_SUM), align="right", drop=2),
    ]


def _row_texts(row: "OrderRow") -> dict[str, str]:
    net = row.unit_price * row.quantity
    if row.discount_percent is not None:
        net -= net * row.discount_percent / _HUNDRED
    return {
        "article": row.article_number or words.NO_NUMBER,
        "text": row.text,
        "quantity": number(row.quantity),
        "price": price(row.unit_price),
        "discount": "" if row.discount_percent is None else f"{number(row.discount_percent)}%",
        "vat": f"{row.vat_percent}%",
        "sum": number(net * (1 + Decimal(row.vat_percent) / _HUNDRED), 2),
    }


def _row_tone(row: "OrderRow", column: str) -> Tone:
    if not row.article_number and column == "article":
        return "bad"
    return "plain" if row.kind == "goods" or column in ("price", "sum", "quantity") else "muted"


def _totals(plan: "Plan") -> Iterator[Line]:
    yield ()
    yield (span(words.SECTION_TOTALS, "title"),)
    for rate in plan.rates:
        label = words.TOTAL_RATE.format(rate=rate.vat_percent)
        yield (
            span(f"{label:<11}", "muted"),
            span(f"{words.TOTAL_NET} ", "muted"),
            span(f"{number(rate.net, 2):>10}"),
            span(f"  {words.TOTAL_VAT} ", "muted"),
            span(f"{number(rate.vat, 2):>9}"),
        )
    for label, amount in ((words.TOTAL_EXPECTED, plan.expected), (words.TOTAL_MODELLED, plan.modelled)):
        if amount is not None:
            yield span(f"{label:<20}", "muted"), span(f"{money(amount, plan.currency):>18}", "strong")
    if plan.expected is not None and plan.modelled is not None:
        gap = plan.modelled - plan.expected
        if gap:
            yield (span(f"▲ {words.TOTAL_DIFFERS.format(gap=money(gap, plan.currency))}", "warn"),)
        else:
            yield (span(f"✓ {words.TOTAL_EQUAL}", "good"),)


def _customer(plan: "Plan", frame: Frame) -> Iterator[Line]:
    if plan.customer is None:
        return
    yield ()
    yield (span(words.SECTION_CUSTOMER, "title"),)
    for name, value in plan.customer.fields().items():
        if value:
            hidden = frame.hide_names and name not in ("customerOrganizationalForm", "currency", "language")
            yield span(f"{name:<27}", "muted"), span(words.HIDDEN_NAME if hidden else value)


def _order_fields(plan: "Plan", frame: Frame) -> Iterator[Line]:
    assert plan.form is not None  # noqa: S101 - the caller looked
    yield ()
    yield (span(words.SECTION_FORM, "title"),)
    shown_above = tuple(f"{name}_" for name in ("articleNo", "articleName", "priceExclVAT", "noOfItems", "vatPercent"))
    for name, value in plan.form.fields().items():
        if name.startswith((*shown_above, "discount_")):
            continue
        hidden = frame.hide_names and name == "internalComment"
        for index, part in enumerate((words.HIDDEN_NAME if hidden else value).split("\n")):
            yield span(f"{'' if index else name:<27}", "muted"), span(part)

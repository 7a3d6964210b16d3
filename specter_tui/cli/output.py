"""Output of commands: aligned text for people, or one JSON object a line for programs."""

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import UTC
from decimal import Decimal
from typing import TextIO

from specter_tui.cli.json_records.orders import OrderRecord, ProblemRecord
from specter_tui.engine.events import OrderView, PreviewReady
from specter_tui.i18n import Language, t
from specter_tui.planning.orders.plan import Plan, RateTotal
from specter_tui.planning.problems import Problem, cure_of, text_of
from specter_tui.specter.order_forms import decimal_text
from specter_tui.text.output_encoding import carries_unicode
from specter_tui.text.state_names import STATE_WORDS

_named_shop: ContextVar[int | None] = ContextVar("named_shop", default=None)


@contextmanager
def naming(shop: int) -> Iterator[None]:
    """Begin each line with the shop, since lines of several shops are mixed."""
    before = _named_shop.set(shop)
    try:
        yield
    finally:
        _named_shop.reset(before)


def named_shop() -> int | None:
    """Return the shop that lines begin with; None where there is only one."""
    return _named_shop.get()


class OutputLost(Exception):
    """The output cannot be written: its disk is full, or it was closed from the beginning."""


def print_text(text: str) -> None:
    """Print a message on stderr; ignore that stderr is closed or full."""
    if sys.stderr is not None:
        with suppress(OSError):
            _write(sys.stderr, f"{_prefix()}{text}\n")


def emit(line: str) -> None:
    """Print one line of data."""
    OUTPUT.write(f"{_prefix()}{line}\n")


def _prefix() -> str:
    shop = named_shop()
    return "" if shop is None else f"{shop}  "


def emit_json(value: Mapping[str, object]) -> None:
    """Print one JSON object on a line of its own."""
    shop = named_shop()
    named = value if shop is None else {"shop": shop, **value}
    escaped = not carries_unicode(sys.stdout)
    OUTPUT.write(f"{json.dumps(named, ensure_ascii=escaped, default=_plain)}\n")


class _Output:
    """Standard output, for whole lines. Raises OutputLost; BrokenPipeError when its reader has ended."""

    def write(self, lines: str) -> None:
        """Write lines with their line ends."""
        if sys.stdout is None:
            raise OutputLost(t("it is closed"))
        try:
            _write(sys.stdout, lines)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise OutputLost(error.strerror) from None


OUTPUT = _Output()


def leave_output() -> None:
    """Discard unwritten output, so that the interpreter does not try to write it at its end."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _write(stream: TextIO, lines: str) -> None:
    """Write a line with its end at once: `print` writes two parts, with room for another thread's line between."""
    stream.write(lines)
    stream.flush()


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return decimal_text(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")


def percent_number(percent: Decimal) -> int | float:
    """Return a VAT rate as a JSON number: 25, or 25.5."""
    return int(percent) if percent == percent.to_integral_value() else float(percent)


def order_json(view: OrderView, language: Language) -> OrderRecord:
    """Return an order as `orders --json` and `export --json` print it; the keys never change."""
    number = view.specter_number
    return {
        "order": view.number,
        "uid": view.uid,
        "state": view.state,
        "step": view.step,
        "specter_number": int(number) if number and number.isdecimal() else number,
        "written_back": view.write_back == "done",
        "problems": [problem_json(problem, language) for problem in view.problems],
        "message": view.why,
        "code": _code(view),
        "total": None if view.total is None else f"{view.total:.2f}",
        "currency": view.currency,
        "placed": None if view.ordered is None else f"{view.ordered.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "external_number": view.external_no or None,
        "proposed_number": view.proposed_number,
        "by_hand": view.by_hand,
        "write_back": view.write_back,
    }


def _code(view: OrderView) -> str | None:
    """Return the message's code, which is the same in every language; None where there is no message."""
    if view.problems:
        return view.problems[0].code
    if view.state == "exported" and view.write_back in ("due", "conflict"):
        return f"write_back_{view.write_back}"
    if not view.why:
        return None
    return "by_hand" if view.by_hand else view.state


def problem_json(problem: Problem, language: Language) -> ProblemRecord:
    """Return a problem with its texts."""
    return {
        "code": problem.code,
        "field": problem.field,
        "text": text_of(problem, language),
        "cure": cure_of(problem, language),
    }


def order_line(view: OrderView) -> str:
    """Return an order on one line for a person."""
    total = f"{view.total:.2f} {view.currency}" if view.total is not None else ""
    state = STATE_WORDS[view.state]
    return f"{view.number:<12} {state:<12} {view.specter_number or '':<10} {total:>16}  {view.why}".rstrip()


def preview_json(preview: PreviewReady, language: Language) -> dict[str, object]:
    """Return the exact form of an order."""
    plan = preview.plan
    if plan is None:
        return {"uid": preview.uid, "message": preview.text}
    return {
        "order": plan.number,
        "uid": plan.uid,
        "external_no": plan.external_no,
        "ready": plan.ready,
        "waiting": plan.waiting,
        "currency": plan.currency,
        "expected": plan.expected,
        "modelled": plan.modelled,
        "rates": _rates_json(plan.rates),
        "shop_rates": _rates_json(plan.shop_rates),
        "customer": plan.customer.fields() if plan.customer else None,
        "form": plan.form.fields() if plan.form else None,
        "problems": [problem_json(problem, language) for problem in plan.problems],
        "warnings": [problem_json(problem, language) for problem in plan.warnings],
    }


def _rates_json(rates: Iterable[RateTotal]) -> list[dict[str, object]]:
    return [{"vat_percent": percent_number(rate.vat_percent), "net": rate.net, "vat": rate.vat} for rate in rates]


def preview_lines(preview: PreviewReady, language: Language) -> list[str]:
    """Return the exact form of an order as lines for a person."""
    plan = preview.plan
    if plan is None:
        return [preview.text]
    told = t("Order {order} (uid {uid}), in Specter as {external}")
    lines = [told.format(order=plan.number, uid=plan.uid, external=plan.external_no)]
    if plan.customer is not None:
        lines += ["", t("Customer"), *(f"  {name:<26} {value}" for name, value in plan.customer.fields().items())]
    if plan.form is not None:
        rows = {
            name
            for position in range(1, len(plan.form.rows) + 1)
            for name in plan.form.rows[position - 1].fields(position)
        }
        head = {name: value for name, value in plan.form.fields().items() if name not in rows}
        lines += ["", t("Order"), *(f"  {name:<26} {value}" for name, value in head.items())]
        lines += ["", *_row_lines(plan)]
    lines += ["", *_total_lines(plan)]
    for title, problems in ((t("Problem"), plan.problems), (t("Note"), plan.warnings)):
        lines += [f"{title}: {text_of(problem, language)} {cure_of(problem, language)}" for problem in problems]
    return lines


def _row_lines(plan: Plan) -> list[str]:
    rows = plan.form.rows if plan.form else ()
    article, quantity, price, vat = t("Article"), t("Quantity"), t("Price excl."), t("VAT")
    head = f"  {article:<20} {quantity:>8} {price:>14} {vat:>5} {t('Disc.'):>6}  {t('Text')}"
    lines = [head]
    for row in rows:
        discount = "" if row.discount_percent is None else f"{decimal_text(row.discount_percent)} %"
        price, quantity, vat = map(decimal_text, (row.unit_price, row.quantity, row.vat_percent))
        lines.append(f"  {row.article_number:<20} {quantity:>8} {price:>14} {vat:>3} % {discount:>6}  {row.text}")
    return lines


def _total_lines(plan: Plan) -> list[str]:
    shop = {rate.vat_percent: rate for rate in plan.shop_rates}
    lines = []
    for rate in plan.rates:
        net, vat = t("net"), t("VAT")
        line = f"  {vat} {decimal_text(rate.vat_percent):>2} %  {net} {rate.net:>12.2f}  {vat} {rate.vat:>10.2f}"
        if (own := shop.get(rate.vat_percent)) is not None:
            line += f"   {t('in the shop')}  {net} {own.net:>12.2f}  {vat} {own.vat:>10.2f}"
        lines.append(line)
    for name, amount in ((t("The shop's total"), plan.expected), (t("Specter's total"), plan.modelled)):
        lines.append(f"  {name:<20} {'?' if amount is None else f'{amount:.2f} {plan.currency}':>20}")
    return lines

"""The command `report`: one day for the bookkeeper."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date
from decimal import Decimal

from specter_tui.cli import exit_codes
from specter_tui.cli.output import OUTPUT, emit, emit_json, named_shop, percent_number
from specter_tui.cli.session import Session
from specter_tui.config.settings import Settings
from specter_tui.engine.service import ShopService
from specter_tui.planning.day_report import CLOSED, RateSum, Report
from specter_tui.specter.order_forms import decimal_text
from specter_tui.text.sanitize import clean_line

_COLUMNS = ("date", "currency", "part", "order", "state", "vat_percent", "net", "vat", "total", "reason")


class CsvTable:
    """The reports of one shop or several as one CSV table with one heading."""

    def __init__(self) -> None:
        self._begun = False

    def print(self, reports: Iterable[Report]) -> None:
        """Print the rows of one shop's reports."""
        writer, shop = csv.writer(OUTPUT, lineterminator="\r\n"), named_shop()
        if not self._begun:
            writer.writerow(_COLUMNS if shop is None else ("shop", *_COLUMNS))
            self._begun = True
        named = [] if shop is None else [str(shop)]
        for one in reports:
            writer.writerows([*named, str(one.date), one.currency, *row] for row in _rows(one))


def report_day(settings: Settings, day: date, table: CsvTable | None, *, as_json: bool) -> int:
    """Print the day's sales, the part that is in Specter, and the held orders, each with its reason.

    With `table` the report is added to that CSV.
    """
    with Session(settings).open() as session:
        report = session.do(ShopService.report, day).report
    if as_json:
        emit_json(_json(report))
    elif table is not None:
        table.print((report, *report.foreign))
    else:
        for one in (report, *report.foreign):
            for line in _lines(one):
                emit(line)
    return exit_codes.DONE if all(one.balanced for one in (report, *report.foreign)) else exit_codes.SOME_FAILED


def _json(report: Report) -> dict[str, object]:
    rates = {
        name: [{**asdict(rate), "vat_percent": percent_number(rate.vat_percent)} for rate in getattr(report, name)]
        for name in ("shop_rates", "exported_rates", "held_rates", "closed_rates", "cancelled_rates", "vat_notes")
    }
    told = {**asdict(report), **rates, "date": str(report.date), "foreign": [_json(one) for one in report.foreign]}
    return {name: _amounts(value) for name, value in told.items()}


def _amounts(value: object) -> object:
    """Return the value with each amount in it as text with two decimals."""
    match value:
        case Decimal():
            return f"{value:.2f}"
        case dict():
            return {name: _amounts(part) for name, part in value.items()}
        case list() | tuple():
            return [_amounts(part) for part in value]
        case _:
            return value


def _rows(report: Report) -> Iterator[tuple[str, ...]]:
    parts = (
        ("shop", report.shop_total, report.shop_rates),
        ("exported", report.exported_total, report.exported_rates),
        ("held", report.held_total, report.held_rates),
        *((("closed", report.closed_total, report.closed_rates),) if report.closed_total else ()),
        *((("cancelled", report.cancelled_total, report.cancelled_rates),) if report.cancelled else ()),
    )
    for part, total, rates in parts:
        yield part, "", "", "", "", "", decimal_text(total), ""
        for rate in rates:
            gross = decimal_text(rate.net + rate.vat)
            yield (
                part,
                "",
                "",
                decimal_text(rate.vat_percent),
                decimal_text(rate.net),
                decimal_text(rate.vat),
                gross,
                "",
            )
    for held in report.held:
        yield "held", _plain(held.number), held.state, "", "", "", decimal_text(held.total), _plain(held.reason)
    for gone in report.cancelled:
        total, why = decimal_text(gone.total), "cancelled in the shop after its export"
        yield "cancelled", _plain(gone.number), "exported", "", "", "", total, why
    for moved in report.vat_edited:
        change = f"VAT in the shop {decimal_text(moved.shop)}, sent {decimal_text(moved.exported)}"
        yield "edited", _plain(moved.number), "exported", "", "", "", "0", change
    for one in report.edited:
        change = f"shop {decimal_text(one.shop)}, sent {decimal_text(one.exported)}"
        yield "edited", _plain(one.number), "exported", "", "", "", decimal_text(one.shop - one.exported), change


def _plain(text: str) -> str:
    """Return a text that spreadsheets do not read as a formula."""
    text = clean_line(text)
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


def _lines(report: Report) -> Iterator[str]:
    yield f"{report.date}  {report.currency}"
    yield from _part(f"shop      {report.shop_orders:>4} orders", report.shop_total, report.shop_rates)
    yield from _part(f"exported  {report.exported_orders:>4} orders", report.exported_total, report.exported_rates)
    yield from _part(f"held      {len(report.held):>4} orders", report.held_total, report.held_rates)
    if closed := sum(one.state == CLOSED for one in report.held):
        yield from _part(f"  of them closed {closed:>2}", report.closed_total, report.closed_rates)
    if report.cancelled:
        title = f"cancelled {len(report.cancelled):>4} orders"
        yield from _part(title, report.cancelled_total, report.cancelled_rates)
    for held in report.held:
        yield f"  {held.number:<12} {held.state:<12} {held.total:>12.2f}  {held.reason}".rstrip()
    for one in report.edited:
        yield f"  {one.number:<12} edited after its export: shop {one.shop:.2f}, sent {one.exported:.2f}"
    for moved in report.vat_edited:
        yield f"  {moved.number:<12} VAT edited after its export: shop {moved.shop:.2f}, sent {moved.exported:.2f}"
    for gone in report.cancelled:
        yield f"  {gone.number:<12} cancelled in the shop after its export; in Specter {gone.total:.2f}"
    for note in report.vat_notes:
        rate = decimal_text(note.vat_percent)
        yield f"  note: VAT {rate} % of the exported orders: shop {note.shop:.2f}, Specter {note.exported:.2f}"
    exported, open_total = report.exported_total, report.held_total - report.closed_total
    sides = f"{report.shop_total:.2f}, {exported:.2f} + {open_total:.2f} + {report.closed_total:.2f}"
    adds_up = report.shop_total == exported + report.held_total
    yield (
        f"shop = exported + held + closed: {sides}" if adds_up else f"shop and exported + held + closed DIFFER: {sides}"
    )
    yield (
        f"Specter = exported + cancelled after export: "
        f"{report.specter_total:.2f}, {exported:.2f} + {report.cancelled_total:.2f}"
    )
    yield f"shop less Specter: {report.specter_difference:.2f}"
    if not report.balanced:
        yield "NOT BALANCED: the orders above say why"


def _part(title: str, total: Decimal, rates: tuple[RateSum, ...]) -> Iterator[str]:
    yield f"{title} {total:>14.2f}"
    for rate in rates:
        yield f"    VAT {decimal_text(rate.vat_percent):>2} %  net {rate.net:>12.2f}  VAT {rate.vat:>10.2f}"

"""The day's report as a table: each sum with its VAT rates, then the orders that are held, and those that differ."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from specter_tui.console import words
from specter_tui.console.viewmodel.filtering.list_fields import Field
from specter_tui.console.viewmodel.list_table import Table
from specter_tui.console.viewmodel.state_styles import LOOKS

if TYPE_CHECKING:
    from specter_tui.planning.day_report import Difference, Report, VatDifference

_FIELDS = (
    Field("date", lambda row: row.date),
    Field("currency", lambda row: row.currency),
    Field("part", lambda row: row.part),
    Field("order", lambda row: row.order),
    Field("state", lambda row: row.state),
    Field("rate", lambda row: row.rate),
    Field("net", lambda row: row.net),
    Field("vat", lambda row: row.vat),
    Field("total", lambda row: row.total),
    Field("why", lambda row: row.why),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    date: str
    currency: str
    part: str
    order: str = ""
    state: str = ""
    rate: Decimal | None = None
    net: Decimal | None = None
    vat: Decimal | None = None
    total: Decimal
    why: str = ""


def report_table(report: "Report") -> Table:
    """SEK first, then the other currencies."""
    rows = [row for one in (report, *report.foreign) for row in _rows(one)]
    return Table(f"report-{report.date}", _FIELDS, words.REPORT_COLUMNS, rows)


def _rows(report: "Report") -> Iterator[_Row]:
    date, currency = str(report.date), report.currency
    for part, total, rates in (
        (words.REPORT_SHOP, report.shop_total, report.shop_rates),
        (words.REPORT_EXPORTED, report.exported_total, report.exported_rates),
        (words.REPORT_HELD, report.held_total, report.held_rates),
        *(((words.REPORT_CLOSED, report.closed_total, report.closed_rates),) if report.closed_total else ()),
        *(((words.REPORT_CANCELLED, report.cancelled_total, report.cancelled_rates),) if report.cancelled else ()),
    ):
        yield _Row(date=date, currency=currency, part=part, total=total)
        for rate in rates:
            yield _Row(
                date=date,
                currency=currency,
                part=part,
                rate=rate.vat_percent,
                net=rate.net,
                vat=rate.vat,
                total=rate.net + rate.vat,
            )
    for held in report.held:
        yield _Row(
            date=date,
            currency=currency,
            part=words.REPORT_HELD,
            order=held.number,
            state=next((look.word for state, look in LOOKS.items() if state == held.state), held.state),
            total=held.total,
            why=held.reason,
        )
    for gone in report.cancelled:
        yield _Row(date=date, currency=currency, part=words.REPORT_CANCELLED, order=gone.number, total=gone.total)
    changed: tuple[Difference | VatDifference, ...] = (*report.edited, *report.vat_edited)
    for one in changed:
        yield _Row(
            date=date,
            currency=currency,
            part=words.REPORT_CHANGED,
            order=one.number,
            total=one.shop - one.exported,
        )

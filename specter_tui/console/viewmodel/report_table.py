"""A report as a table: each sum with its VAT rates, payment methods, held and differing orders, and decisions."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from specter_tui.console.viewmodel.export_log import VERBS
from specter_tui.console.viewmodel.filtering.list_fields import ListField
from specter_tui.console.viewmodel.list_table import ListTable
from specter_tui.console.viewmodel.report_lines import BASES, method_name
from specter_tui.console.viewmodel.state_styles import STATE_STYLES
from specter_tui.i18n import Texts, pgettext, t

if TYPE_CHECKING:
    from specter_tui.planning.day_report import Report, TotalDifference, VatDifference

REPORT_COLUMNS = Texts(
    {
        "date": "Date",
        "until": "Until",
        "basis": "Counted",
        "currency": "Currency",
        "part": "Part",
        "method": "Payment",
        "order": "Order",
        "state": "State",
        "rate": "VAT per cent",
        "net": "Net",
        "vat": "VAT",
        "total": "Total",
        "why": "Why not",
        "by": "By",
    }
)


_FIELDS = (
    ListField("date", lambda row: row.date),
    ListField("until", lambda row: row.until),
    ListField("basis", lambda row: row.basis),
    ListField("currency", lambda row: row.currency),
    ListField("part", lambda row: row.part),
    ListField("method", lambda row: row.method),
    ListField("order", lambda row: row.order),
    ListField("state", lambda row: row.state),
    ListField("rate", lambda row: row.rate),
    ListField("net", lambda row: row.net),
    ListField("vat", lambda row: row.vat),
    ListField("total", lambda row: row.total),
    ListField("why", lambda row: row.why),
    ListField("by", lambda row: row.by),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _ReportRow:
    date: str
    until: str
    basis: str
    currency: str
    part: str
    method: str = ""
    order: str = ""
    state: str = ""
    rate: Decimal | None = None
    net: Decimal | None = None
    vat: Decimal | None = None
    total: Decimal | None = None
    why: str = ""
    by: str = ""


def report_table(report: "Report") -> ListTable:
    """Return the table: SEK first, then the other currencies."""
    rows = [row for one in (report, *report.foreign) for row in (*_rows(one), *_method_rows(one), *_changes(one))]
    days = str(report.date) if report.date == report.until else f"{report.date}--{report.until}"
    return ListTable(f"report-{days}-{report.basis}", _FIELDS, REPORT_COLUMNS, rows)


def _row_of(report: "Report") -> Callable[..., _ReportRow]:
    """Return a maker of rows with the report's days and currency."""
    return partial(
        _ReportRow,
        date=str(report.date),
        until=str(report.until),
        basis=BASES[report.basis],
        currency=report.currency,
    )


def _method_rows(report: "Report") -> Iterator[_ReportRow]:
    row = _row_of(report)
    for one in report.methods:
        method = method_name(one.method)
        yield row(part=pgettext("report shop", "Shop"), method=method, total=one.shop_total)
        for rate in one.rates:
            yield row(
                part=pgettext("report shop", "Shop"),
                method=method,
                rate=rate.vat_percent,
                net=rate.net,
                vat=rate.vat,
                total=rate.net + rate.vat,
            )
        yield row(part=t("In Specter"), method=method, total=one.exported_total)


def _changes(report: "Report") -> Iterator[_ReportRow]:
    row = _row_of(report)
    for one in report.changes:
        yield row(part=VERBS.get(one.verb, one.verb), order=one.number, why=one.reason, by=one.by)


def _rows(report: "Report") -> Iterator[_ReportRow]:
    row = _row_of(report)
    for part, total, rates in (
        (pgettext("report shop", "Shop"), report.shop_total, report.shop_rates),
        (t("In Specter"), report.exported_total, report.exported_rates),
        (t("Held"), report.held_total, report.held_rates),
        *(((t("of them closed"), report.closed_total, report.closed_rates),) if report.closed_total else ()),
        *(((t("Cancelled"), report.cancelled_total, report.cancelled_rates),) if report.cancelled else ()),
    ):
        yield row(part=part, total=total)
        for rate in rates:
            yield row(
                part=part,
                rate=rate.vat_percent,
                net=rate.net,
                vat=rate.vat,
                total=rate.net + rate.vat,
            )
    for held in report.held:
        yield row(
            part=t("Held"),
            order=held.number,
            state=next((look.word for state, look in STATE_STYLES.items() if state == held.state), held.state),
            total=held.total,
            why=held.reason,
        )
    for gone in report.cancelled:
        yield row(part=t("Cancelled"), order=gone.number, total=gone.total)
    changed: tuple[TotalDifference | VatDifference, ...] = (*report.edited, *report.vat_edited)
    for one in changed:
        yield row(
            part=t("Edited since"),
            order=one.number,
            total=one.shop - one.exported,
        )

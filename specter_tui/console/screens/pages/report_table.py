"""The day's report as a table: each sum with its VAT rates, the held orders, and the orders that differ."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from specter_tui.console.viewmodel.filtering.list_fields import ListField
from specter_tui.console.viewmodel.list_table import ListTable
from specter_tui.console.viewmodel.state_styles import STATE_STYLES
from specter_tui.i18n import Texts, pgettext, t

if TYPE_CHECKING:
    from specter_tui.planning.day_report import Report, TotalDifference, VatDifference

REPORT_COLUMNS = Texts(
    {
        "date": "Date",
        "currency": "Currency",
        "part": "Part",
        "order": "Order",
        "state": "State",
        "rate": "VAT per cent",
        "net": "Net",
        "vat": "VAT",
        "total": "Total",
        "why": "Why not",
    }
)


_FIELDS = (
    ListField("date", lambda row: row.date),
    ListField("currency", lambda row: row.currency),
    ListField("part", lambda row: row.part),
    ListField("order", lambda row: row.order),
    ListField("state", lambda row: row.state),
    ListField("rate", lambda row: row.rate),
    ListField("net", lambda row: row.net),
    ListField("vat", lambda row: row.vat),
    ListField("total", lambda row: row.total),
    ListField("why", lambda row: row.why),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _ReportRow:
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


def report_table(report: "Report") -> ListTable:
    """Return the table: SEK first, then the other currencies."""
    rows = [row for one in (report, *report.foreign) for row in _rows(one)]
    return ListTable(f"report-{report.date}", _FIELDS, REPORT_COLUMNS, rows)


def _rows(report: "Report") -> Iterator[_ReportRow]:
    date, currency = str(report.date), report.currency
    for part, total, rates in (
        (pgettext("report shop", "Shop"), report.shop_total, report.shop_rates),
        (t("In Specter"), report.exported_total, report.exported_rates),
        (t("Held"), report.held_total, report.held_rates),
        *(((t("of them closed"), report.closed_total, report.closed_rates),) if report.closed_total else ()),
        *(((t("Cancelled"), report.cancelled_total, report.cancelled_rates),) if report.cancelled else ()),
    ):
        yield _ReportRow(date=date, currency=currency, part=part, total=total)
        for rate in rates:
            yield _ReportRow(
                date=date,
                currency=currency,
                part=part,
                rate=rate.vat_percent,
                net=rate.net,
                vat=rate.vat,
                total=rate.net + rate.vat,
            )
    for held in report.held:
        yield _ReportRow(
            date=date,
            currency=currency,
            part=t("Held"),
            order=held.number,
            state=next((look.word for state, look in STATE_STYLES.items() if state == held.state), held.state),
            total=held.total,
            why=held.reason,
        )
    for gone in report.cancelled:
        yield _ReportRow(date=date, currency=currency, part=t("Cancelled"), order=gone.number, total=gone.total)
    changed: tuple[TotalDifference | VatDifference, ...] = (*report.edited, *report.vat_edited)
    for one in changed:
        yield _ReportRow(
            date=date,
            currency=currency,
            part=t("Edited since"),
            order=one.number,
            total=one.shop - one.exported,
        )

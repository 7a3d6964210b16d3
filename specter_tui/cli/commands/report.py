"""The command `report`: a day, a week or a month for the bookkeeper."""

from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from specter_tui.cli import exit_codes
from specter_tui.cli.output import OUTPUT, emit, emit_json, named_shop, percent_number
from specter_tui.cli.session import Session
from specter_tui.config.settings import Settings
from specter_tui.console.viewmodel.csv_sheet import CsvStyle, csv_lines
from specter_tui.console.viewmodel.filtering.list_fields import ListField
from specter_tui.console.viewmodel.report_lines import report_lines, report_title
from specter_tui.console.viewmodel.report_table import report_table
from specter_tui.engine.service import ShopService
from specter_tui.i18n import set_locale, t
from specter_tui.planning.day_report import Report
from specter_tui.planning.report_period import Basis, ReportPeriod, Span


@dataclass(frozen=True, slots=True)
class ReportWanted:
    """The day that a report includes, None for today; its span, and the time by which orders count."""

    day: date | None
    span: Span
    basis: Basis

    def period(self, zone: ZoneInfo) -> ReportPeriod:
        """Return the days, where the operator is."""
        return ReportPeriod.of(self.day or datetime.now(zone).date(), self.span, self.basis)


class CsvTable:
    """The reports of one shop or several as one CSV table with one heading, as the console writes it."""

    def __init__(self) -> None:
        self._begun = False

    def print(self, report: Report, style: CsvStyle) -> None:
        """Print the rows of one shop's reports."""
        table, shop = report_table(report), named_shop()
        if shop is not None:
            own = ListField("shop", lambda _: shop)
            table = replace(table, fields=(own, *table.fields), titles={"shop": t("Shop"), **table.titles})
        for line in csv_lines(table, style, with_head=not self._begun):
            OUTPUT.write(line if self._begun else f"\N{BYTE ORDER MARK}{line}")
            self._begun = True


def report_for(settings: Settings, wanted: ReportWanted, table: CsvTable | None, *, as_json: bool) -> int:
    """Print the sales, the part that is in Specter, and the held orders, each with its reason.

    With `table` the report is added to that CSV.
    """
    zone, language = ZoneInfo(settings.ui.time_zone), settings.ui.language
    set_locale(language)
    period = wanted.period(zone)
    with Session(settings).open() as session:
        report = session.do(ShopService.report, period).report
    if as_json:
        emit_json(_json(report))
    elif table is not None:
        table.print(report, CsvStyle(language, zone))
    else:
        emit(report_title(period))
        for line in report_lines(report, zone):
            emit("".join(text for text, _ in line).rstrip())
    return exit_codes.DONE if all(one.balanced for one in (report, *report.foreign)) else exit_codes.SOME_FAILED


def _json(report: Report) -> dict[str, object]:
    rates = {
        name: [{**asdict(rate), "vat_percent": percent_number(rate.vat_percent)} for rate in getattr(report, name)]
        for name in ("shop_rates", "exported_rates", "held_rates", "closed_rates", "cancelled_rates", "vat_notes")
    }
    rates["methods"] = [
        {
            **asdict(one),
            "rates": [{**asdict(rate), "vat_percent": percent_number(rate.vat_percent)} for rate in one.rates],
        }
        for one in report.methods
    ]
    told = {
        **asdict(report),
        **rates,
        "date": str(report.date),
        "until": str(report.until),
        "foreign": [_json(one) for one in report.foreign],
    }
    return {name: _amounts(value) for name, value in told.items()}


def _amounts(value: object) -> object:
    """Return the value with each amount in it as text with two decimals, and each time in UTC."""
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case Decimal():
            return f"{value:.2f}"
        case dict():
            return {name: _amounts(part) for name, part in value.items()}
        case list() | tuple():
            return [_amounts(part) for part in value]
        case _:
            return value

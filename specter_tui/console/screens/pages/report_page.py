"""The report of a day, week or month."""

from collections.abc import Sequence

from specter_tui.console.viewmodel.list_table import ListTable
from specter_tui.console.viewmodel.report_lines import report_lines, report_title
from specter_tui.console.viewmodel.report_table import report_table
from specter_tui.console.viewmodel.shop_view_model import ShopViewModel
from specter_tui.console.viewmodel.styled_text import Line, span
from specter_tui.i18n import t


class ReportPage:
    """One report."""

    def __init__(self, model: ShopViewModel) -> None:
        self._model = model

    @property
    def title(self) -> str:
        """The days, and whether orders count by their placing or by their export."""
        wanted = self._model.goods.report_period
        return t("Report") + (f" · {report_title(wanted)}" if wanted else "")

    def write(self, width: int) -> Sequence[Line]:
        """Return the report in lines."""
        report = self._model.goods.report
        if report is None:
            return ((span(t("The orders are being read …"), "muted"),),)
        return tuple(report_lines(report, self._model.frame.zone))

    def table(self) -> ListTable | None:
        """Return the report as a table for a file."""
        report = self._model.goods.report
        return None if report is None else report_table(report)

"""Handlers of the commands that open a view: today, the report, drift, methods, deliveries, articles, stock."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from specter_tui.console.commands.command_context import CommandContext
from specter_tui.console.screens.full_screen import ListScreen, PageScreen
from specter_tui.console.screens.modals import EntryDialog
from specter_tui.console.screens.pages.messages_page import MessagesPage
from specter_tui.console.screens.pages.number_page import NumbersPage
from specter_tui.console.screens.pages.report_page import ReportPage
from specter_tui.console.screens.pages.sync_pages import ArticlesPage, StockPage
from specter_tui.console.screens.pages.today_page import TodayPage
from specter_tui.console.viewmodel.filtering.typed_days import day_typed
from specter_tui.console.widgets.row_sources import delivery_rows, drift_rows, method_rows, stock_rows
from specter_tui.engine.articles.service_articles import service_articles_set
from specter_tui.engine.service import ShopService
from specter_tui.i18n import t
from specter_tui.planning.report_period import SPANS, ReportPeriod

if TYPE_CHECKING:
    from collections.abc import Iterable

    from specter_tui.console.commands.conditions import Front
    from specter_tui.console.screens.full_screen import Page
    from specter_tui.journal.goods_models import RowForPerson

_DIGITS_OF_DAYS = 4


class ViewCommands(CommandContext):
    """The handlers, registered in registry.py."""

    def today(self) -> None:
        """Open the page of today's orders by state and by hour."""
        self._open_page(TodayPage(self._model))

    def report(self) -> None:
        """Open today's report; in the report, ask for another day."""
        if self._app.front != "report":
            self._open_report(ReportPeriod.of(self._today()))
            return

        today = self._today()

        def answered(typed: str) -> None:
            day = day_of(typed, today)
            if day is None:
                self._model.tell(
                    t("{typed} is no day; write it as 2026-11-23 or 23/11, or 1 for yesterday.").format(typed=typed),
                    "warning",
                )
            else:
                self._open_report(ReportPeriod.of(day, self._period.span, self._period.basis))

        self._ask(
            EntryDialog(
                t("Report of a day"),
                t("The day as 2026-11-26, 26/11 or Thursday; or how many days ago: 0 is today, 1 yesterday."),
                t("0 or {today}").format(today=today),
            ),
            answered,
            does=False,
        )

    def day_before(self) -> None:
        """Open the report of the day, week or month before."""
        self._open_report(self._period.before)

    def day_after(self) -> None:
        """Open the report of the next day, week or month, up to today's."""
        after = self._period.after
        if after.first > self._today():
            self._model.tell(t("There is no later day yet."), "warning")
        else:
            self._open_report(after)

    def report_span(self) -> None:
        """Report the week instead of the day, then the month, then the day again."""
        period = self._period
        span = SPANS[(SPANS.index(period.span) + 1) % len(SPANS)]
        self._open_report(ReportPeriod.of(min(period.last, self._today()), span, period.basis))

    def report_basis(self) -> None:
        """Count by the day of export instead of the day of placing, or back."""
        period = self._period
        self._open_report(replace(period, basis="exported" if period.basis == "placed" else "placed"))

    @property
    def _period(self) -> ReportPeriod:
        return self._model.goods.report_period or ReportPeriod.of(self._today())

    def drift(self) -> None:
        """Open the list of changes to make in Specter by hand."""
        self._model.goods.drift.cursor = None  # until the list is there: what is not seen is not ticked off.
        self.past.read_drift()
        self._app.open_full(ListScreen("drift", drift_rows.DriftRows(self._model), drift_rows.columns()))

    def messages(self) -> None:
        """Open all messages since the start."""
        self._open_page(MessagesPage(self._model))

    def methods(self) -> None:
        """Open the list of delivery methods, payment methods and service articles, with their Specter codes."""
        self._engine.submit(ShopService.read_methods)
        if self._model.goods.services is None:
            self._model.goods.services = service_articles_set(self._engine.settings.order)
        self._app.open_full(ListScreen("methods", method_rows.MethodRows(self._model), method_rows.columns()))

    def show_deliveries(self) -> None:
        """Open the list of exported orders with Specter's last status."""
        self._app.open_full(ListScreen("deliveries", delivery_rows.DeliveryRows(self._model), delivery_rows.columns()))

    def show_articles(self) -> None:
        """Open the page of the article export: progress and last result."""
        self._open_page(ArticlesPage(self._model))

    def show_stock(self) -> None:
        """Open the page of the last stock pull."""
        self._open_page(StockPage(self._model), "stock")

    def stock_rows(self) -> None:
        """Open the list of stock rows that a person must decide about."""
        self._model.goods.stock_rows.cursor = None  # until the list is there: what is not seen is not ticked off.
        self._when(self._engine.submit(ShopService.stock_row_history), self._take_settled)
        self._app.open_full(ListScreen("stock_rows", stock_rows.StockRowList(self._model), stock_rows.columns()))

    def _take_settled(self, rows: "Iterable[RowForPerson]") -> None:
        self._model.goods.stock_rows.take_settled(rows)
        if self._app.full is not None:
            self._app.full.changed()

    def _open_numbers(self) -> None:
        self._open_page(NumbersPage(self._model))

    def _today(self) -> date:
        return datetime.now(self._model.frame.zone).date()

    def _open_report(self, period: ReportPeriod) -> None:
        goods = self._model.goods
        goods.report, goods.report_period = None, period
        self._engine.submit(ShopService.report, period)
        if self._app.front != "report":
            self._open_page(ReportPage(self._model), "report")

    def _open_page(self, page: "Page", front: "Front" = "page") -> None:
        self._app.open_full(PageScreen(front, page))


def day_of(typed: str, today: date) -> date | None:
    """Return the typed day, or the day so many days ago (0 is today); None for anything else."""
    if typed.isascii() and typed.isdecimal() and len(typed) <= _DIGITS_OF_DAYS:
        return today - timedelta(days=int(typed))
    return day_typed(typed, today)

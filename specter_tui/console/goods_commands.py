"""What the actions on articles, article numbers, stock, drift and deliveries do."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from specter_tui.console import words
from specter_tui.console.asking import Asking
from specter_tui.console.ink import Line, span
from specter_tui.console.lists.days import day_typed

if TYPE_CHECKING:
    from specter_tui.console.screens.full import Page
    from specter_tui.export.article_numbers import BadNumber


_DIGITS_OF_DAYS = 4


class GoodsCommands(Asking):
    """One method for each name in the registry of actions."""

    # --- article numbers ---

    def fix(self) -> None:
        """Accept the suggested number of the row, or of the marked ones."""
        self._ask_to_fix(self._desk.numbers.targets)

    def fix_all(self) -> None:
        """Accept every suggested number that is listed; what is found meanwhile was not asked about."""
        self._ask_to_fix(self._desk.numbers.listed)

    # --- drift ---

    def drift(self) -> None:
        """What is to be changed in Specter by hand."""
        from specter_tui.console.panes import drift  # noqa: PLC0415 - not in the first frame
        from specter_tui.console.screens.full import ListScreen  # noqa: PLC0415 - with it

        self._desk.goods.drift.cursor = None  # until the list is there: what is not seen is not ticked off.
        self._app.past.read_drift()
        self._app.open_full(ListScreen("drift", drift.DriftRows(self._desk), drift.columns()))

    def tick(self) -> None:
        """A person changed the stock in Specter: tick the line off and go to the next."""
        line = self._desk.goods.drift.current
        if line is not None:
            self._engine.tick_drift(line.uid, line.article_number)
            self._app.past.read_drift()
            self._app.action_cursor("down")

    # --- articles, stock, methods ---

    def export_articles(self) -> None:
        """Send articles to Specter, after asking; the page shows how far it is."""
        from specter_tui.console.screens.question import Question  # noqa: PLC0415 - not in the first frame

        def answered(_: str) -> None:
            self._engine.export_articles()
            self.show_articles()

        bad = len(self._desk.numbers.problems)
        text = words.ASK_ARTICLES_TEXT + (f" {words.ASK_ARTICLES_BAD.format(count=bad)}" if bad else "")
        self._ask(Question(words.ASK_ARTICLES, text, words.ASK_ARTICLES_YES, words.ASK_ARTICLES_WARNING), answered)

    def show_articles(self) -> None:
        """How far the article export is, and its last result."""
        from specter_tui.console.pages.runs import ArticlesPage  # noqa: PLC0415 - not in the first frame

        self._open_page(ArticlesPage(self._desk))

    def pull_stock(self) -> None:
        """Bring stock home; the page shows what it brought."""
        from specter_tui.console.screens.question import Question  # noqa: PLC0415 - not in the first frame

        def answered(_: str) -> None:
            self._engine.pull_stock()
            self.show_stock()

        self._ask(Question(words.ASK_STOCK, words.ASK_STOCK_TEXT, words.ASK_STOCK_YES), answered)

    def show_stock(self) -> None:
        """The last stock that came."""
        from specter_tui.console.pages.runs import StockPage  # noqa: PLC0415 - not in the first frame

        self._open_page(StockPage(self._desk))

    def check_numbers(self) -> None:
        """Check the article numbers of the whole catalogue."""
        self._engine.check_numbers()
        self._desk.tell(words.CHECKING_NUMBERS)

    def create_services(self) -> None:
        """Make the service articles that are set, in Specter, after asking."""
        from specter_tui.console.screens.question import Question  # noqa: PLC0415 - not in the first frame

        numbers = [one.number for one in self._engine.check_service_articles().articles if one.number]
        if not numbers:
            self._desk.tell(words.SERVICES_NONE_SET, "warning")
            return

        def answered(_: str) -> None:
            self._engine.create_service_articles()
            self.methods()

        text = words.ASK_SERVICES_TEXT.format(numbers=", ".join(dict.fromkeys(numbers)))
        self._ask(Question(words.ASK_SERVICES, text, words.ASK_SERVICES_YES), answered)

    def methods(self) -> None:
        """Delivery methods, payment methods and service articles, beside what joins them to Specter."""
        from specter_tui.console.panes import methods  # noqa: PLC0415 - not in the first frame
        from specter_tui.console.screens.full import ListScreen  # noqa: PLC0415 - with it

        self._engine.read_methods()
        if self._desk.goods.services is None:
            self._desk.goods.services = self._engine.check_service_articles()
        self._app.open_full(ListScreen("methods", methods.MethodRows(self._desk), methods.columns()))

    def show_deliveries(self) -> None:
        """What Specter said last of exported orders."""
        from specter_tui.console.panes import deliveries  # noqa: PLC0415 - not in the first frame
        from specter_tui.console.screens.full import ListScreen  # noqa: PLC0415 - with it

        self._app.open_full(ListScreen("deliveries", deliveries.DeliveryRows(self._desk), deliveries.columns()))

    def report(self) -> None:
        """The report of a day, today's unless another is typed."""
        from specter_tui.console.pages.report import ReportPage  # noqa: PLC0415 - not in the first frame
        from specter_tui.console.screens.question import Entry  # noqa: PLC0415 - not in the first frame

        today = datetime.now(self._desk.frame.zone).date()

        def answered(typed: str) -> None:
            day = day_of(typed, today)
            if day is None:
                self._desk.tell(words.REPORT_BAD_DAY.format(typed=typed), "warning")
                return
            self._desk.goods.report = None
            self._engine.report(day)
            self._open_page(ReportPage(self._desk))

        self._ask(
            Entry(words.ASK_REPORT, words.ASK_REPORT_TEXT, words.REPORT_HINT.format(today=today)), answered, does=False
        )

    # --- how it is done ---

    def _ask_to_fix(self, accepted: "tuple[BadNumber, ...]") -> None:
        from specter_tui.console.screens.question import ListQuestion  # noqa: PLC0415 - not in the first frame

        def answered(_: str) -> None:
            self._engine.fix_numbers(accepted)

        count = len(accepted)
        self._ask(
            ListQuestion(
                words.ASK_FIX.format(count=count),
                words.ASK_FIX_TEXT,
                words.ASK_FIX_YES.format(count=count),
                words.ASK_FIX_WARNING,
                tuple(map(_old_and_new, accepted)),
                self._app.inks,
            ),
            answered,
        )

    def _unmark_numbers(self) -> None:
        self._desk.numbers.marks.clear()
        self._app.rows.refresh()

    def _open_numbers(self) -> None:
        from specter_tui.console.pages.numbers import NumbersPage  # noqa: PLC0415 - not in the first frame

        self._open_page(NumbersPage(self._desk))

    def _open_page(self, page: "Page") -> None:
        from specter_tui.console.screens.full import PageScreen  # noqa: PLC0415 - not in the first frame

        self._app.open_full(PageScreen("page", page))


def _old_and_new(bad: "BadNumber") -> Line:
    return (
        span(bad.number or words.NO_NUMBER, "warn"),
        span(" → ", "muted"),
        span(bad.suggestion, "ready"),
        span(f"  {bad.name}", "muted"),
    )


def day_of(typed: str, today: date) -> date | None:
    """The day that was typed, or so many days ago (0 is today); None for what is no day."""
    if typed.isascii() and typed.isdecimal() and len(typed) <= _DIGITS_OF_DAYS:
        return today - timedelta(days=int(typed))
    return day_typed(typed, today)

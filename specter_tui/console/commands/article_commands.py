"""Handlers of the commands on articles, article numbers, stock and drift."""

from typing import TYPE_CHECKING

from specter_tui.console import words
from specter_tui.console.commands.view_commands import ViewCommands
from specter_tui.console.screens.modals import EntryDialog, ListQuestion, Question
from specter_tui.console.viewmodel.detail.post_export import change, item
from specter_tui.console.viewmodel.formats import number
from specter_tui.console.viewmodel.styled_text import Line, span
from specter_tui.engine.articles.service_articles import service_articles_set
from specter_tui.engine.goods_texts import why_for_person
from specter_tui.engine.service import ShopService

if TYPE_CHECKING:
    from specter_tui.planning.article_numbers import BadNumber


class ArticleCommands(ViewCommands):
    """The handlers, registered in registry.py."""

    # --- article numbers ---

    def fix(self) -> None:
        """Accept the suggested number of the row, or of the marked ones."""
        self._ask_to_fix(self._model.numbers.targets)

    def fix_all(self) -> None:
        """Accept all listed suggestions; later findings are not part of the question."""
        self._ask_to_fix(self._model.numbers.listed)

    # --- drift ---

    def tick(self) -> None:
        """Tick off the line or row under the cursor, after asking; a ticked one is reopened."""
        if self._app.front == "stock_rows":
            self._tick_row()
        else:
            self._tick_drift()

    def _tick_row(self) -> None:
        row = self._model.goods.stock_rows.current
        assert row is not None  # noqa: S101 - the registry asked
        called = words.STOCK_ROW.format(name=row.name, article=row.article_number or words.NO_NUMBER)

        def answered(reason: str) -> None:
            self._when(
                self._engine.submit(ShopService.settle_stock_row, row.full_name, reason),
                lambda done: self._take_settled((done,)),
            )

        def back(_: str) -> None:
            self._engine.submit(ShopService.reopen_stock_row, row.full_name)

        if row.done_at is None:
            text = words.ASK_ROW_TEXT.format(why=why_for_person(row.reason, self._model.frame.language))
            hint = words.REASON.format(example=words.REASON_EXAMPLE_ROW)
            self._ask(EntryDialog(words.ASK_ROW.format(row=called), text, hint, least=3), answered)
        else:
            text = words.ASK_ROW_BACK_TEXT.format(reason=row.done_reason)
            self._ask(Question(words.ASK_ROW_BACK.format(row=called), text, words.ASK_ROW_BACK_YES), back)

    def _tick_drift(self) -> None:
        line = self._model.goods.drift.current
        assert line is not None  # noqa: S101 - the registry asked
        name = f"{line.order_number}: {item(line)}"
        if line.kind == "article":
            name += f": {number(line.sent)} → {number(line.now)}"

        def ticked(_: str) -> None:
            self._engine.submit(ShopService.tick_drift, line.uid, line.item)
            self.past.read_drift()
            self._app.action_cursor("down")

        def unticked(reason: str) -> None:
            self._model.goods.drift.forget_ticked(line)
            self._engine.submit(ShopService.untick_drift, line.uid, line.item, reason)
            self.past.read_drift()

        if line.ticked_at is None:
            text = words.ASK_TICK_TEXT.format(change=change(line))
            self._ask(Question(words.ASK_TICK.format(line=name), text, words.ASK_TICK_YES), ticked)
        else:
            title = words.ASK_UNTICK.format(line=name)
            hint = words.REASON.format(example=words.REASON_EXAMPLE_UNTICK)
            self._ask(EntryDialog(title, words.ASK_UNTICK_TEXT, hint, least=3), unticked)

    # --- articles, stock, methods ---

    def export_articles(self) -> None:
        """Export new and changed articles after asking, and open the page with the progress."""

        def answered(_: str) -> None:
            self._engine.submit(ShopService.export_articles)
            self.show_articles()

        bad = len(self._model.numbers.problems)
        text = words.ASK_ARTICLES_TEXT + (f" {words.ASK_ARTICLES_BAD.format(count=bad)}" if bad else "")
        self._ask(Question(words.ASK_ARTICLES, text, words.ASK_ARTICLES_YES, words.ASK_ARTICLES_WARNING), answered)

    def export_all_articles(self) -> None:
        """Export every article again, after asking."""

        def answered(_: str) -> None:
            self._engine.submit(ShopService.export_articles, everything=True)
            self.show_articles()

        text = words.ASK_ALL_ARTICLES_TEXT.format(count=self._model.numbers.checked or "?")
        self._ask(
            Question(words.ASK_ALL_ARTICLES, text, words.ASK_ALL_ARTICLES_YES, words.ASK_ARTICLES_WARNING), answered
        )

    def pull_stock(self) -> None:
        """Pull stock from Specter after asking, and open the page with the result."""

        def answered(_: str) -> None:
            self._engine.submit(ShopService.pull_stock)
            self.show_stock()

        self._ask(Question(words.ASK_STOCK, words.ASK_STOCK_TEXT, words.ASK_STOCK_YES), answered)

    def pull_all_stock(self) -> None:
        """Pull the stock of every article from Specter, after asking."""

        def answered(_: str) -> None:
            self._engine.submit(ShopService.pull_stock, everything=True)
            self.show_stock()

        self._ask(Question(words.ASK_ALL_STOCK, words.ASK_ALL_STOCK_TEXT, words.ASK_ALL_STOCK_YES), answered)

    def check_numbers(self) -> None:
        """Check the article numbers of the whole catalogue."""
        self._engine.submit(ShopService.check_numbers)
        self._model.tell(words.CHECKING_NUMBERS)

    def create_services(self) -> None:
        """Create the service articles of the settings in Specter, after asking."""
        numbers = [one.number for one in service_articles_set(self._engine.settings.order).articles if one.number]
        if not numbers:
            self._model.tell(words.SERVICES_NONE_SET, "warning")
            return

        def answered(_: str) -> None:
            self._engine.submit(ShopService.create_service_articles)
            self.methods()

        text = words.ASK_SERVICES_TEXT.format(numbers=", ".join(dict.fromkeys(numbers)))
        self._ask(Question(words.ASK_SERVICES, text, words.ASK_SERVICES_YES), answered)

    # --- how it is done ---

    def _ask_to_fix(self, accepted: "tuple[BadNumber, ...]") -> None:
        def answered(_: str) -> None:
            self._engine.submit(ShopService.fix_numbers, accepted)

        count = len(accepted)
        self._ask(
            ListQuestion(
                words.ASK_FIX.format(count=count),
                words.ASK_FIX_TEXT,
                words.ASK_FIX_YES.format(count=count),
                words.ASK_FIX_WARNING,
                tuple(map(_old_and_new, accepted)),
                self._app.tones,
            ),
            answered,
        )

    def _unmark_numbers(self) -> None:
        self._model.numbers.marks.clear()
        self._app.rows.refresh()


def _old_and_new(bad: "BadNumber") -> Line:
    return (
        span(bad.number or words.NO_NUMBER, "warn"),
        span(" → ", "muted"),
        span(bad.suggestion, "ready"),
        span(f"  {bad.name}", "muted"),
    )

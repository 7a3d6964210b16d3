"""Handlers of the commands on articles, article numbers, stock and drift."""

from typing import TYPE_CHECKING

from specter_tui.console.commands.view_commands import ViewCommands
from specter_tui.console.screens.modals import EntryDialog, ListQuestion, Question
from specter_tui.console.viewmodel.detail.post_export import change, item
from specter_tui.console.viewmodel.formats import number
from specter_tui.console.viewmodel.styled_text import Line, span
from specter_tui.engine.articles.service_articles import service_articles_set
from specter_tui.engine.goods_texts import why_for_person
from specter_tui.engine.service import ShopService
from specter_tui.i18n import ngettext, t

if TYPE_CHECKING:
    from specter_tui.planning.article_numbers import BadNumber


class ArticleCommands(ViewCommands):
    """The handlers, registered in registry.py."""

    # --- article numbers ---

    def fix(self) -> None:
        """Accept the suggested number of the row, or of the marked ones."""
        if self._app.front == "todo":
            queued = self._model.numbers.queued(self._model.todo.current)
            self._ask_to_fix(() if queued is None else (queued,))
        else:
            self._ask_to_fix(self._model.numbers.targets)

    def fix_all(self) -> None:
        """Accept all listed suggestions; later findings are not part of the question."""
        self._ask_to_fix(self._model.numbers.listed)

    # --- drift ---

    def tick(self) -> None:
        """Tick off the line or row under the cursor, after asking; a ticked one is reopened."""
        if "stock_row" in (self._situation().todo, self._app.front.removesuffix("s")):
            self._tick_row()
        else:
            self._tick_drift()

    def _tick_row(self) -> None:
        row = self._model.goods.stock_rows.current
        assert row is not None  # noqa: S101 - the registry asked
        called = t("row {name}, {article}").format(name=row.name, article=row.article_number or t("(none)"))

        def answered(reason: str) -> None:
            self._when(
                self._engine.submit(ShopService.settle_stock_row, row.full_name, reason),
                lambda done: self._take_settled((done,)),
            )

        def back(_: str) -> None:
            self._engine.submit(ShopService.reopen_stock_row, row.full_name)

        if row.done_at is None:
            text = t("{why} The reason is kept in the journal, and t on the same row takes it back.").format(
                why=why_for_person(row.reason, self._model.frame.language)
            )
            hint = t("Why? For example: {example}").format(example=t("set to 14 by hand in the shop"))
            self._ask(EntryDialog(t("{row}: seen to?").format(row=called), text, hint, least=3), answered)
        else:
            text = t("It is to be seen to again. It was ticked off with: {reason}").format(reason=row.done_reason)
            self._ask(Question(t("{row}: not seen to after all?").format(row=called), text, t("To do again")), back)

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
            text = t("{change}. t on the same line takes the tick back.").format(change=change(line))
            self._ask(Question(t("{line}, done in Specter?").format(line=name), text, t("Done")), ticked)
        else:
            title = t("{line}: not done after all?").format(line=name)
            hint = t("Why? For example: {example}").format(example=t("wrong line"))
            self._ask(
                EntryDialog(
                    title,
                    t("The tick is taken back, and the line is to do again. The reason is kept in the journal."),
                    hint,
                    least=3,
                ),
                unticked,
            )

    # --- articles, stock, methods ---

    def export_articles(self) -> None:
        """Export new and changed articles after asking, and open the page with the progress."""

        def answered(_: str) -> None:
            self._engine.submit(ShopService.export_articles)
            self.show_articles()

        bad = len(self._model.numbers.problems)
        text = t(
            "Every article with a good number that is new or differs from what was sent goes to Specter: "
            "number, name, price, VAT, EAN, weight."
        )
        if bad:
            text += " " + ngettext(
                "{count} with a bad number stays here.", "{count} with a bad number stay here.", bad
            ).format(count=bad)
        self._ask(
            Question(
                t("Export articles?"), text, t("Export"), t("What Specter holds of these articles is overwritten.")
            ),
            answered,
        )

    def export_all_articles(self) -> None:
        """Export every article again, after asking."""

        def answered(_: str) -> None:
            self._engine.submit(ShopService.export_articles, everything=True)
            self.show_articles()

        text = t(
            "Every article with a good number goes to Specter, also those that have not changed: "
            "{count} numbers, 100 in each call."
        ).format(count=self._model.numbers.checked or "?")
        self._ask(
            Question(
                t("Export all articles again?"),
                text,
                t("Export all"),
                t("What Specter holds of these articles is overwritten."),
            ),
            answered,
        )

    def pull_stock(self) -> None:
        """Pull stock from Specter after asking, and open the page with the result."""

        def answered(_: str) -> None:
            self._engine.submit(ShopService.pull_stock)
            self.show_stock()

        self._ask(
            Question(
                t("Pull stock?"),
                t("What Specter's queue of stock holds is written to the shop, less what orders hold back."),
                t("Pull"),
            ),
            answered,
        )

    def pull_all_stock(self) -> None:
        """Pull the stock of every article from Specter, after asking."""

        def answered(_: str) -> None:
            self._engine.submit(ShopService.pull_stock, everything=True)
            self.show_stock()

        self._ask(
            Question(
                t("Pull all stock?"),
                t(
                    "Specter is asked for the stock of every article again, not only what changed. "
                    "All of it is written to the shop, less what orders hold back. For thousands of "
                    "articles that takes a while."
                ),
                t("Pull all"),
            ),
            answered,
        )

    def check_numbers(self) -> None:
        """Check the article numbers of the whole catalogue."""
        self._engine.submit(ShopService.check_numbers)
        self._model.tell(t("The article numbers are being checked."))

    def create_services(self) -> None:
        """Create the service articles of the settings in Specter, after asking."""
        numbers = [one.number for one in service_articles_set(self._engine.settings.order).articles if one.number]
        if not numbers:
            self._model.tell(
                t("No service article is set: ORDER__ARTICLE_DELIVERY and the others name them."), "warning"
            )
            return

        def answered(_: str) -> None:
            self._engine.submit(ShopService.create_service_articles)
            self.methods()

        text = t("These are made in Specter, without stock: {numbers}. One that exists there stays as it is.").format(
            numbers=", ".join(dict.fromkeys(numbers))
        )
        self._ask(Question(t("Create the service articles?"), text, t("Create")), answered)

    # --- how it is done ---

    def _ask_to_fix(self, accepted: "tuple[BadNumber, ...]") -> None:
        def answered(_: str) -> None:
            self._engine.submit(ShopService.fix_numbers, accepted)

        count = len(accepted)
        self._ask(
            ListQuestion(
                ngettext("Accept the article number?", "Accept {count} article numbers?", count).format(count=count),
                t("The new number is written to the shop in place of the old one:"),
                t("Write {count}").format(count=count),
                t("Orders placed before keep the old number on their rows."),
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
        span(bad.number or t("(none)"), "warn"),
        span(" → ", "muted"),
        span(bad.suggestion, "ready"),
        span(f"  {bad.name}", "muted"),
    )

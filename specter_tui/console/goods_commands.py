"""What the actions on articles, article numbers, stock, drift and deliveries do."""

from typing import TYPE_CHECKING

from specter_tui.console import words
from specter_tui.console.asking import Asking
from specter_tui.console.ink import Line, span

if TYPE_CHECKING:
    from specter_tui.export.article_numbers import BadNumber


class GoodsCommands(Asking):
    """One method for each name in the registry of actions."""

    # --- article numbers ---

    def fix(self) -> None:
        """Accept the suggested number of the row, or of the marked ones."""
        self._ask_to_fix(self._desk.numbers.targets)

    def fix_all(self) -> None:
        """Accept every suggested number that is listed; what is found meanwhile was not asked about."""
        self._ask_to_fix(tuple(bad for bad in self._desk.numbers.problems if bad.suggestion))

    # --- drift ---

    def drift(self) -> None:
        """What is to be changed in Specter by hand."""
        from specter_tui.console.panes import drift  # noqa: PLC0415 - not in the first frame
        from specter_tui.console.screens.full import ListScreen  # noqa: PLC0415 - with it

        self._desk.goods.drift.cursor = None  # until the list is there: what is not seen is not ticked off.
        self._app.past.read_drift()
        self._app.open_full(ListScreen("drift", drift.DriftRows(self._desk), drift.COLUMNS))

    def tick(self) -> None:
        """A person changed the stock in Specter: tick the line off and go to the next."""
        line = self._desk.goods.drift.current
        if line is not None:
            self._engine.tick_drift(line.uid, line.article_number)
            self._app.past.read_drift()
            self._app.action_cursor("down")

    # --- how it is done ---

    def _ask_to_fix(self, accepted: "tuple[BadNumber, ...]") -> None:
        from specter_tui.console.screens.question import ListQuestion  # noqa: PLC0415 - not in the first frame

        def answered(_: str) -> None:
            self._engine.fix_numbers(accepted)

        count = len(accepted)
        self._ask(
            ListQuestion(
                words.ASK_FIX_ONE if count == 1 else words.ASK_FIX.format(count=count),
                words.ASK_FIX_TEXT,
                words.ASK_FIX_YES.format(count=count),
                words.ASK_FIX_WARNING,
                tuple(map(_old_and_new, accepted)),
                self._app.inks,
            ),
            answered,
        )

    def _mark_number(self) -> None:
        self._desk.numbers.toggle_mark()
        self._app.rows.refresh()
        self._app.rows.action_move(1)

    def _mark_all_numbers(self) -> None:
        self._desk.numbers.mark_all()
        self._app.rows.refresh()

    def _unmark_numbers(self) -> None:
        self._desk.numbers.marks.clear()
        self._app.rows.refresh()

    def _open_numbers(self) -> None:
        from specter_tui.console.pages.numbers import NumbersPage  # noqa: PLC0415 - not in the first frame
        from specter_tui.console.screens.full import PageScreen  # noqa: PLC0415 - with the others

        self._app.open_full(PageScreen("page", NumbersPage(self._desk)))


def _old_and_new(bad: "BadNumber") -> Line:
    return (
        span(bad.number or words.NO_NUMBER, "warn"),
        span(" → ", "muted"),
        span(bad.suggestion, "ready"),
        span(f"  {bad.name}", "muted"),
    )

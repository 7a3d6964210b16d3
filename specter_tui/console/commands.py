"""What each action does: a command to the engine, a question first, or a change of what is shown."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from specter_tui.console import words
from specter_tui.console.actions import (
    ACTIONS,
    CLOSABLE,
    NUMBERABLE,
    REPEATABLE,
    SENDABLE,
    PaneName,
    usable,
)
from specter_tui.console.copying import Copying
from specter_tui.console.desk import Batch
from specter_tui.console.formats import money
from specter_tui.console.goods_commands import GoodsCommands
from specter_tui.console.orders import sum_of

if TYPE_CHECKING:
    from specter_tui.console.app import ConsoleApp
    from specter_tui.engine.messages import OrderView


class Commands(GoodsCommands):
    """One method for each name in the registry of actions."""

    def __init__(self, app: "ConsoleApp") -> None:
        super().__init__(app)
        self._copying = Copying(app.desk)

    def do(self, name: str) -> None:
        """Do an action, or say why it is not possible now."""
        if why := self.why_not()[name]:
            self._desk.tell(why, "warning")
        else:
            getattr(self, name)()
        self._app.draw()

    def why_not(self) -> dict[str, str]:
        """Of each action why it is not possible now; empty where it is."""
        situation = self._situation()
        return {action.name: action.why_not(situation) for action in ACTIONS}

    def _targets(self, states: "frozenset[str]") -> "tuple[OrderView, ...]":
        return usable(states, self._situation())  # type: ignore[arg-type]

    def _expect(self, views: "tuple[OrderView, ...]") -> None:
        self._desk.batch = Batch({view.uid for view in views})

    def _export(self, views: "tuple[OrderView, ...]") -> None:
        """The forms' hashes go along: what was not seen is not sent."""
        self._expect(views)
        self._engine.export([view.uid for view in views], {view.uid: view.form_hash for view in views})

    def export(self) -> None:
        """Export what is chosen."""
        self._export(self._targets(SENDABLE))

    def export_all(self) -> None:
        """Export everything that is ready, after asking; what becomes ready meanwhile was not asked about."""
        from specter_tui.console.screens.question import Question  # noqa: PLC0415 - not in the first frame

        ready = self._desk.orders.ready()
        total = _totals(ready)

        def answered(_: str) -> None:
            self._export(ready)

        self._ask(
            Question(
                words.ASK_EXPORT_ALL,
                words.ASK_EXPORT_ALL_TEXT.format(count=len(ready), total=total),
                words.ASK_EXPORT_ALL_YES.format(count=len(ready)),
                words.NOT_TO_UNDO,
            ),
            answered,
        )

    def auto(self) -> None:
        """Auto mode off at once, on after asking."""
        if self._desk.auto_on:
            self._engine.set_auto(False)
            return
        from specter_tui.console.screens.question import Question  # noqa: PLC0415 - not in the first frame

        ready = self._desk.orders.ready()
        text = words.ASK_AUTO_TEXT.format(count=len(ready), total=_totals(ready))

        def answered(_: str) -> None:
            self._engine.set_auto(True)

        self._ask(Question(words.ASK_AUTO, text, words.ASK_AUTO_YES, words.NOT_TO_UNDO), answered)

    def number(self) -> None:
        """Type the Specter number of one order."""
        from specter_tui.console.screens.question import Entry  # noqa: PLC0415 - not in the first frame

        view = self._targets(NUMBERABLE)[0]

        def answered(number: str) -> None:
            self._engine.enter_number(view.uid, number)

        title = words.ASK_NUMBER.format(order=view.number)
        self._ask(Entry(title, words.ASK_NUMBER_TEXT, words.NUMBER_HINT, digits=True), answered)

    def repeat(self) -> None:
        """Send again, with a reason."""
        views = self._targets(REPEATABLE)

        def answered(reason: str) -> None:
            self._expect(views)
            self._engine.repeat([view.uid for view in views], reason)

        title = words.ASK_REASON_REPEAT.format(orders=_called(views))
        self._ask_reason(title, words.ASK_REASON_REPEAT_TEXT, words.REASON_EXAMPLE_REPEAT, answered)

    def close(self) -> None:
        """Close, with a reason."""
        views = self._targets(CLOSABLE)

        def answered(reason: str) -> None:
            uids = [view.uid for view in views]
            self._desk.orders.unmark(uids)
            self._engine.close_orders(uids, reason)
            self._app.rearranged()

        title = words.ASK_REASON_CLOSE.format(orders=_called(views))
        self._ask_reason(title, words.ASK_REASON_CLOSE_TEXT, words.REASON_EXAMPLE_CLOSE, answered)

    def look(self) -> None:
        """Look at the shop, and let new orders into the list."""
        self._desk.orders.arrange()
        self._app.rearranged()
        self._desk.look_asked = True
        self._engine.look()
        if self._app.main.active == "numbers":
            self._engine.check_numbers()

    def mark(self) -> None:
        """Mark the row under the cursor and go to the next."""
        if self._app.front == "numbers":
            self._mark_number()
            return
        uid = self._desk.orders.cursor
        if uid is not None:
            self._desk.orders.toggle_mark(uid)
            self._app.rearranged()
            self._app.main.panes["orders"].rows.action_move(1)

    def mark_all(self) -> None:
        """Mark all shown, or none."""
        if self._app.front == "numbers":
            self._mark_all_numbers()
            return
        self._desk.orders.mark_all()
        self._app.rearranged()

    def open(self) -> None:
        """One order, full screen; from the log the order of the line."""
        front = self._app.front
        if front == "log":
            key = self._app.main.panes["log"].rows.cursor
            event = self._desk.log.events.get(key) if isinstance(key, int) else None
            if event is not None:
                self._go_to(str(event.uid), event.order_number)
        elif front == "orders" and self._desk.orders.current is not None:
            from specter_tui.console.screens.detail import DetailScreen  # noqa: PLC0415 - not in the first frame

            self._app.open_full(DetailScreen())
        elif front == "numbers" and self._desk.numbers.checked is not None:
            self._open_numbers()
        else:
            self._desk.tell(words.NOT_HERE)

    def filter(self) -> None:
        """Filter as one types."""
        self.pane_orders()
        self._app.main.open_filter(self._desk.orders.filter_text)

    def sort(self) -> None:
        """Sort in the next way."""
        self._desk.orders.next_sort()
        self._app.rearranged()

    def go(self) -> None:
        """Go to an order by a number."""
        from specter_tui.console.screens.question import Entry  # noqa: PLC0415 - not in the first frame

        def answered(number: str) -> None:
            self._go_to(number, number)

        self._ask(Entry(words.ASK_GO, words.ASK_GO_TEXT, words.GO_HINT), answered)

    def copy(self) -> None:
        """Copy what is under the cursor."""
        text, told = self._copying.next(self._app)
        if text:
            self._app.copy_to_clipboard(text)
            self._desk.tell(told)

    def back(self) -> None:
        """Close what is open, else the filter, else the marks."""
        orders, main = self._desk.orders, self._app.main
        if self._app.full is not None:
            self._app.close_full()
            return
        if self._app.front == "numbers" and self._desk.numbers.marks:
            self._unmark_numbers()
            return
        if main.filtering or orders.filter_text:
            main.close_filter()
            orders.arrange(filter_text="")
        elif orders.marks:
            orders.unmark(tuple(orders.marks))
        elif main.enlarged:
            main.enlarge()
        self._app.rearranged()

    def pane_orders(self) -> None:
        """To the orders."""
        self._show_pane("orders")

    def pane_log(self) -> None:
        """To the log."""
        self._show_pane("log")

    def pane_numbers(self) -> None:
        """To the article numbers."""
        self._show_pane("numbers")

    def enlarge(self) -> None:
        """Let the pane fill the screen."""
        if self._app.full is None:
            self._app.main.enlarge()

    def redraw(self) -> None:
        """Draw the screen anew."""
        self._app.redraw()

    def theme(self) -> None:
        """Other colours."""
        self._app.switch_theme()

    def help(self) -> None:
        """Every key."""
        from specter_tui.console.screens.help import Help  # noqa: PLC0415 - not in the first frame

        self._app.push_screen(Help(self._app.inks, self.why_not()))

    def palette(self) -> None:
        """Find an action by its words."""
        from specter_tui.console.screens.palette import Palette  # noqa: PLC0415 - not in the first frame

        def chosen(name: str | None) -> None:
            if name:
                self.do(name)

        self._app.push_screen(Palette(self._app.inks, self.why_not()), chosen)

    def leave(self) -> None:
        """Leave, when the calls in flight are done."""
        self._app.leave()

    def _show_pane(self, name: PaneName) -> None:
        self._app.close_full()
        self._app.main.show_pane(name)

    def _go_to(self, number: str, called: str) -> None:
        orders = self._desk.orders
        view = orders.find(number)
        if view is None:
            self._desk.tell(words.GO_NONE.format(number=called), "warning")
        elif view.uid not in orders.shown:
            self._desk.tell(words.GO_HIDDEN.format(number=called), "warning")
        else:
            self.pane_orders()
            orders.cursor = view.uid
            self._app.rearranged()
        self._app.draw()

    def _ask_reason(self, title: str, text: str, example: str, answered: Callable[[str], None]) -> None:
        from specter_tui.console.screens.question import Entry  # noqa: PLC0415 - not in the first frame

        self._ask(Entry(title, text, words.REASON.format(example=example), least=3), answered)


def _totals(views: "tuple[OrderView, ...]") -> str:
    sums: Mapping[str, object] = sum_of(views)
    return " + ".join(money(total, currency) for currency, total in sum_of(views).items()) if sums else money(None)


def _called(views: "tuple[OrderView, ...]") -> str:
    if len(views) == 1:
        return words.ORDER_ONE.format(number=views[0].number)
    return words.ORDERS_MANY.format(count=len(views))

"""What the actions on orders do: send, send again, settle, close. What many orders would suffer is asked first."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from specter_tui.console import words
from specter_tui.console.actions import CLOSABLE, REPEATABLE, SENDABLE, usable
from specter_tui.console.asking import Asking
from specter_tui.console.desk import Batch
from specter_tui.console.formats import money
from specter_tui.console.hold import Hold
from specter_tui.console.orders import sum_of

if TYPE_CHECKING:
    from specter_tui.console.app import ConsoleApp
    from specter_tui.engine.messages import OrderState, OrderView

    Views = tuple[OrderView, ...]


_MOST_LISTED = 6


class OrderCommands(Asking):
    """One method for each name in the registry of actions."""

    def __init__(self, app: "ConsoleApp") -> None:
        super().__init__(app)
        self._hold = Hold(app)

    def export(self) -> None:
        """Export the order that is looked at; marked ones, which may be out of sight, after their sum was seen."""
        views = self._targets(SENDABLE)
        if not self._situation().elsewhere:
            self._export(views, {})
        else:
            self._ask_to_push(views, words.ASK_EXPORT_MARKED.format(count=len(views)))

    def export_all(self) -> None:
        """Export everything that is ready, after asking; what becomes ready meanwhile was not asked about."""
        self._ask_to_push(self._desk.orders.ready(), words.ASK_EXPORT_ALL)

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

        view = self._situation().current
        assert view is not None  # noqa: S101 - the registry asked

        def answered(number: str) -> None:
            self._engine.enter_number(view.uid, number)

        title = words.ASK_NUMBER.format(order=view.number)
        self._ask(Entry(title, words.ASK_NUMBER_TEXT, words.NUMBER_HINT, digits=True), answered)

    def repeat(self) -> None:
        """Send again, with a reason."""
        views = self._targets(REPEATABLE)

        def answered(reason: str) -> None:
            self._confirm_count(views, words.ASK_REASON_REPEAT, lambda: self._hold.begin(views, send(reason)))

        def send(reason: str) -> Callable[[], None]:
            def act() -> None:
                self._expect(views)
                self._engine.repeat([view.uid for view in views], reason)

            return act

        title = words.ASK_REASON_REPEAT.format(orders=_called(views))
        self._ask_reason(title, _listed(views) + words.ASK_REASON_REPEAT_TEXT, words.REASON_EXAMPLE_REPEAT, answered)

    def close(self) -> None:
        """Close, with a reason."""
        views = self._targets(CLOSABLE)

        def answered(reason: str) -> None:
            self._confirm_count(views, words.ASK_REASON_CLOSE, lambda: self._close(views, reason))

        title = words.ASK_REASON_CLOSE.format(orders=_called(views))
        self._ask_reason(title, _listed(views) + words.ASK_REASON_CLOSE_TEXT, words.REASON_EXAMPLE_CLOSE, answered)

    def take_back(self) -> int:
        """Send nothing of what is about to be sent; answers how many orders that were."""
        return self._hold.cancel()

    def put_off(self) -> None:
        """Send nothing of what is about to be sent, since the console leaves; it was asked for all the same."""
        self._desk.want(self._hold.put_off())

    # --- how it is done ---

    def _targets(self, states: "frozenset[OrderState]") -> "Views":
        return usable(states, self._situation())

    def _expect(self, views: "Views") -> None:
        self._desk.orders.clear_outcomes()
        self._desk.want(views)
        self._desk.batch = Batch(frozenset(view.uid for view in views))

    def _export(self, views: "Views", hashes: Mapping[int, str | None]) -> None:
        """The forms' hashes go along: what was not seen is not sent."""
        self._expect(views)
        self._engine.export([view.uid for view in views], {**{view.uid: view.seen_hash for view in views}, **hashes})

    def _ask_to_push(self, views: "Views", title: str) -> None:
        """Show what the orders come to and each form, ask, and hold them for a moment before they go."""
        from specter_tui.console.screens.push import PushQuestion  # noqa: PLC0415 - not in the first frame

        uids = tuple(view.uid for view in views)

        def answered(_: str) -> None:
            told = self._desk.sum_of(uids)
            hashes = {} if told is None else {uid: told.hashes[uid] for uid in uids if uid in told.hashes}
            self._hold.begin(views, lambda: self._export(views, hashes))

        self._desk.sum = None
        self._engine.sum_up(uids)
        question = PushQuestion(self._desk, title, views, self._app.inks)
        question.ask_form = self._engine.preview
        self._ask(question, answered)

    def _close(self, views: "Views", reason: str) -> None:
        uids = [view.uid for view in views]
        self._desk.orders.unmark(uids)
        self._when(self._engine.close_orders(uids, reason), lambda closed: self._closed(len(closed), len(uids)))
        self._app.rearranged()

    def _closed(self, good: int, asked: int) -> None:
        told = words.CLOSED_OUTCOME.format(good=good, all=asked)
        self._desk.tell(told, "information" if good == asked else "warning")

    def _confirm_count(self, views: "Views", title: str, act: Callable[[], None]) -> None:
        """Of very many orders the count must be typed, too."""
        from specter_tui.console.screens.push import TYPED_ABOVE  # noqa: PLC0415 - not in the first frame
        from specter_tui.console.screens.question import Entry  # noqa: PLC0415 - with it

        count = len(views)
        if count <= TYPED_ABOVE:
            act()
            return
        hint = words.TYPE_COUNT.format(count=count)
        self._ask(Entry(title.format(orders=_called(views)), hint, str(count), exactly=str(count)), lambda _: act())

    def _ask_reason(self, title: str, text: str, example: str, answered: Callable[[str], None]) -> None:
        from specter_tui.console.screens.question import Entry  # noqa: PLC0415 - not in the first frame

        self._ask(Entry(title, text, words.REASON.format(example=example), least=3), answered)


def _totals(views: "Views") -> str:
    sums = sum_of(views)
    return " + ".join(money(total, currency) for currency, total in sums.items()) if sums else money(None)


def _listed(views: "Views") -> str:
    """The numbers of several orders on a line of their own: they may be out of sight."""
    if len(views) == 1:
        return ""
    numbers = ", ".join(view.number for view in views[:_MOST_LISTED])
    more = words.AND_MORE.format(count=len(views) - _MOST_LISTED) if len(views) > _MOST_LISTED else ""
    return f"{numbers} {more}".rstrip() + "\n"


def _called(views: "Views") -> str:
    if len(views) == 1:
        return words.ORDER_ONE.format(number=views[0].number)
    return words.ORDERS_MANY.format(count=len(views))
